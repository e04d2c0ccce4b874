"""What an activity will look like: the prepared séance opened in memory, some people, some cards. Nothing is stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from atelier.errors import Refusal
from atelier.live.engine import perform_pure
from atelier.live.messages import Command
from atelier.live.rules.activities import OpenActivity
from atelier.live.rules.agenda import GoTo
from atelier.live.rules.card_fit import MAIN_FIELD, field_names
from atelier.live.rules.contributions import SubmitContribution
from atelier.live.rules.opening import OpenSession
from atelier.live.rules.people import Join
from atelier.live.rules.snapshot import WITH_OPTIONS
from atelier.live.state import Activity, Actor, LiveState

DESK = Actor("facilitator", "u0", "")
VIEWER = "p1"
PEOPLE = 3


def previewed(
    snapshot: Mapping[str, Any], key: str, now: datetime, examples: Sequence[str], options: Sequence[str]
) -> LiveState:
    """Return the state when activity `key` has just opened; the viewer's phone is `p1`.

    examples  texts for the sample cards
    options   texts for a vote whose options will come from clusters later
    """
    state, _ = perform_pure(LiveState(), OpenSession(completed(snapshot, key, options)), DESK, now)
    activity = state.activities.get(key)
    if activity is None:
        return state
    state = peopled(state, activity, now)
    for command in (GoTo(activity.sequence, key), OpenActivity(key)):
        state = done(state, command, DESK, now)
    return with_cards(state, state.activities[key], examples, now)


def completed(snapshot: Mapping[str, Any], key: str, options: Sequence[str]) -> dict[str, Any]:
    """Return the snapshot as a preview needs it: no limit of people, nothing held, options where none are written yet."""
    made = [{"key": f"o{number}", "text": text} for number, text in enumerate(options, 1)]

    def filled(activity: Mapping[str, Any]) -> dict[str, Any]:
        wanting = activity["key"] == key and activity["kind"] in WITH_OPTIONS and not activity["options"]
        return {**activity, "moderation": "shown", "options": made if wanting else activity["options"]}

    sequences = [
        {**sequence, "activities": [filled(activity) for activity in sequence["activities"]]}
        for sequence in snapshot["sequences"]
    ]
    return {**snapshot, "meeting": {**snapshot["meeting"], "capacity": 0}, "sequences": sequences}


def peopled(state: LiveState, activity: Activity, now: datetime) -> LiveState:
    """Let some people in, of the colleges that see the activity first if it has some."""
    keys = activity.first_colleges or tuple(college.key for college in state.meeting.colleges) or ("",)
    for number in range(PEOPLE):
        table = number + 1 if state.meeting.tables > number else None
        command = Join(college=keys[number % len(keys)], table=table)
        state = done(state, command, Actor("phone", "visitor"), now)
    return state


def with_cards(state: LiveState, activity: Activity, examples: Sequence[str], now: datetime) -> LiveState:
    """Let the people write sample cards, in every column."""
    if not activity.takes_cards:
        return state
    columns = [column["key"] for column in activity.settings.get("columns", ())] or [""]
    for number, text in enumerate(examples):
        person = f"p{number % PEOPLE + 1}"
        command = sample_card(activity, text, columns[number % len(columns)])
        state = done(state, command, author(activity, person), now)
    return state


def sample_card(activity: Activity, text: str, column: str) -> SubmitContribution:
    """Return the act that sends one card, in the fields of its kind."""
    limit = activity.settings.get("max_chars") or len(text)
    card = SubmitContribution(activity.key, text[:limit], column=column)
    if activity.kind not in MAIN_FIELD:
        return card
    fields = {name: text if name == MAIN_FIELD[activity.kind] else "" for name in field_names(activity)}
    return replace(card, text="", fields=fields)


def author(activity: Activity, person: str) -> Actor:
    """Return who sends a card: nobody, where the activity is anonymous for all."""
    if activity.anonymity == "anonymous":
        return Actor("phone", own_id(activity.key, person), "", participant=person)
    return Actor("phone", person, "", participant=person)


def own_id(activity: str, person: str) -> str:
    """Return the viewer's author id in an anonymous activity."""
    return f"anon:{activity}:{person}"


def done(state: LiveState, command: Command, actor: Actor, now: datetime) -> LiveState:
    """Perform an act; one that the rules refuse changes nothing, and the preview shows what there is."""
    after, decision = perform_pure(state, command, actor, now)
    return state if isinstance(decision, Refusal) else after
