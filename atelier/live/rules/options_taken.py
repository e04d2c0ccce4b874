"""A vote takes its options by itself from an earlier activity: when its step is reached, and again when it opens.

The desk sees them before anybody votes, may change them (they are then its own), and may take them anew. Each taking is
an edition of the options: texts of an earlier edition keep their own owner in the table of words, so that blanking one
never blanks another (architecture §4).

Refuses, beside what options_source.py refuses: `unknown_activity`, `activity_not_planned`, `no_source`,
`session_not_open`, `session_closed` {at}, `agenda_held` {by}.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from atelier.errors import Refusal
from atelier.live.messages import Decider, Decision, Event, Evolver, words
from atelier.live.rules.access_to_activity import session_running
from atelier.live.rules.agenda_key import agenda_act
from atelier.live.rules.copies import with_option_copies
from atelier.live.rules.numbering import next_key, with_key_taken
from atelier.live.rules.options_source import fills_itself, options_to_take, source_of
from atelier.live.rules.snapshot import numbered_options, option_of
from atelier.live.state import Activity, Actor, LiveState, Option, with_activity


@dataclass(frozen=True, slots=True)
class TakeOptions:
    """Take the options of a planned vote anew from the activity that it names, in place of those it has."""

    activity: str


@dataclass(frozen=True, slots=True)
class OptionsTaken:
    """`source`: the activity they come from. `edition`: `.w7`, part of the owner of their words."""

    activity: str
    source: str
    edition: str
    options: Sequence[Mapping[str, Any]] = words("O:{activity}{edition}:{key}", default_factory=tuple)


@agenda_act
def decide_take_options(command: TakeOptions, state: LiveState, actor: Actor, now: datetime) -> Decision:
    refusal = session_running(state)
    if refusal:
        return refusal
    activity = state.activities.get(command.activity)
    if activity is None:
        return Refusal("unknown_activity")
    if not source_of(activity)[0]:
        return Refusal("no_source")
    if not activity.untouched:
        return Refusal("activity_not_planned")
    return taking(state, activity)


def taken_on_arrival(state: LiveState, key: str | None) -> tuple[Event, ...]:
    """Return what a step reached takes; nothing while there is nothing to take: the desk reads why (desk_votes.py)."""
    activity = state.activities.get(key or "")
    if activity is None or not fills_itself(activity):
        return ()
    taken = taking(state, activity)
    return () if isinstance(taken, Refusal) else taken


def taken_at_opening(state: LiveState, activity: Activity) -> tuple[Event, ...] | Refusal:
    """Return what a vote takes as it opens, so that it offers what exists then; the reason when it cannot open so."""
    return taking(state, activity) if fills_itself(activity) else ()


def taking(state: LiveState, activity: Activity) -> tuple[Event, ...] | Refusal:
    """Return the event that gives a vote its options, none when they are those it has."""
    found = options_to_take(state, activity)
    if isinstance(found, Refusal):
        return found
    options = numbered_options(found)
    if activity.taken_from and tuple(map(option_of, options)) == plain_options(activity):
        return ()
    return (OptionsTaken(activity.key, source_of(activity)[0], next_edition(state), options),)


def plain_options(activity: Activity) -> tuple[Option, ...]:
    """Return the options an activity has, under the keys that options taken anew would have."""
    return tuple(replace(option, key=f"o{place}") for place, option in enumerate(activity.options, 1))


def with_origins(activity: Activity, options: Sequence[Mapping[str, Any]]) -> tuple[Mapping[str, Any], ...]:
    """Return options that remember their cluster and cards: those of the former option of the same text or the same place."""
    former = {option.text: option for option in activity.options}
    kept = {option["text"] for option in options} & set(former)
    done = []
    for place, option in enumerate(options):
        here = activity.options[place] if place < len(activity.options) else None
        origin = former.get(option["text"]) or (here if here and here.text not in kept else None)
        if origin and not option["cluster"] and not option["copied_from"]:
            option = {**option, "cluster": origin.cluster, "copied_from": origin.copied_from}
        done.append(option)
    return tuple(done)


def next_edition(state: LiveState) -> str:
    """Return the mark of the next edition of an activity's options: `.w7`, never given twice."""
    return f".{next_key(state, 'w')}"


def with_edition(state: LiveState, activity: str, edition: str) -> LiveState:
    """Remember that an activity's options are of that edition; "" for those of releases that had none."""
    state = with_activity(state, activity, edition=edition)
    return with_key_taken(state, edition[1:]) if edition else state


def evolve_options_taken(state: LiveState, event: OptionsTaken, at: datetime | None) -> LiveState:
    options = tuple(option_of(option) for option in event.options)
    grouped = any(option.cluster for option in options)
    state = with_activity(
        with_edition(state, event.activity, event.edition),
        event.activity,
        options=options,
        taken_from=event.source,
        from_clusters=event.source if grouped else None,
    )
    return with_option_copies(state, event.activity)


DECIDERS: Mapping[type, Decider] = {TakeOptions: decide_take_options}
EVOLVERS: Mapping[type, Evolver] = {OptionsTaken: evolve_options_taken}
