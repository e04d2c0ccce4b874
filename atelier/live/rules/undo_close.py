"""A close undone: between close and reveal only, logged, both hours printed with the result (D-1).

Refuses: `unknown_activity`, `activity_not_open`, `already_revealed` {at}, `vote_annulled`, `partial_results_seen`,
`session_not_open`, `session_closed` {at}, `agenda_held` {by}.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from atelier.errors import Refusal
from atelier.live.messages import Decider, Decision, Evolver
from atelier.live.rules.access_to_activity import session_running
from atelier.live.rules.activities import finished
from atelier.live.rules.agenda_key import agenda_act
from atelier.live.state import (
    Actor,
    LiveState,
    Participant,
    hour,
    logged,
    with_activity,
    with_item,
    without_item,
)


@dataclass(frozen=True, slots=True)
class UndoClose:
    """Open again what was closed, before any reveal (D-1). Never where partial results were shown to the desk."""

    activity: str


@dataclass(frozen=True, slots=True)
class ActivityReopened:
    activity: str
    by: str = ""


@agenda_act
def decide_undo_close(command: UndoClose, state: LiveState, actor: Actor, now: datetime) -> Decision:
    refusal = session_running(state)
    if refusal:
        return refusal
    activity = state.activities.get(command.activity)
    if activity is None:
        return Refusal("unknown_activity")
    if activity.phase == "open":
        return ()
    if activity.phase == "planned":
        return Refusal("activity_not_open")
    if activity.phase != "closed":
        return finished(activity)
    if activity.is_vote and activity.settings.get("partial_to_desk"):
        return Refusal("partial_results_seen")
    return (ActivityReopened(activity.key, actor.signature),)


def evolve_activity_reopened(state: LiveState, event: ActivityReopened, at: datetime | None) -> LiveState:
    activity = state.activities[event.activity]
    closed_at = hour(activity.closed_at)
    people = {key: with_time_back(person, event.activity, closed_at) for key, person in state.people.items()}
    state = with_activity(
        replace(state, people=people),
        event.activity,
        phase="open",
        closed_at=None,
        reopened=(*activity.reopened, (closed_at, hour(at))),
        operators=(*activity.operators, event.by),
    )
    return logged(state, at, "undo_close", event.by, activity=event.activity, closed_at=closed_at)


def with_time_back(person: Participant, activity: str, closed_at: datetime) -> Participant:
    """Return a person whose own time will follow the next close, as it had followed the one that is undone."""
    until = person.extra_until.get(activity)
    if until is None:
        return person
    seconds = int((until - closed_at).total_seconds())
    return replace(
        person,
        extra_until=without_item(person.extra_until, activity),
        extra_seconds=with_item(person.extra_seconds, activity, seconds),
    )


DECIDERS: Mapping[type, Decider] = {UndoClose: decide_undo_close}
EVOLVERS: Mapping[type, Evolver] = {ActivityReopened: evolve_activity_reopened}
