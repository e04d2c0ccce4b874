"""May this person act in this activity now? One answer for cards, ballots and turns.

Refuses: `unknown_activity`, `activity_not_open`, `activity_closed` {at}, `not_yet` (opened to other colleges first),
`session_not_open`, `session_closed` {at}, `unknown_person`, and `frozen`, which is sent again later.
"""

from __future__ import annotations

from datetime import datetime

from atelier.errors import Refusal
from atelier.live.state import Activity, Actor, LiveState, Participant

STAFF = frozenset({"facilitator", "cofacilitator", "helper"})


def session_running(state: LiveState) -> Refusal | None:
    """Refuse what only makes sense between the opening and the close of the séance."""
    if state.phase == "draft":
        return Refusal("session_not_open")
    if state.phase == "closed":
        return Refusal("session_closed", {"at": state.closed_at})
    return None


def person_of(state: LiveState, actor: Actor) -> Participant | Refusal:
    """Return the participant behind a phone."""
    person = state.people.get(actor.person)
    return Refusal("unknown_person") if person is None else person


def activity_open_to(state: LiveState, key: str, actor: Actor, now: datetime) -> Activity | Refusal:
    """Return the activity if `actor` may send something to it at `now`, else why not.

    Staff entering for someone may do so until the result is revealed (D-5); phones until the close, or until the end of
    the time given to one person (D-20), and not while everything is paused (« Figer »).
    """
    activity = state.activities.get(key)
    if activity is None:
        return Refusal("unknown_activity")
    if actor.role in STAFF:
        return activity if activity.phase in {"open", "closed"} else Refusal("activity_not_open")
    if state.phase == "closed":
        return Refusal("session_closed", {"at": state.closed_at})
    if state.frozen_at is not None:
        return Refusal("frozen")
    if not sees_activity(state, activity, actor.person):
        return Refusal("not_yet")
    if activity.phase == "open" or has_extra_time(state, activity, actor, now):
        return activity
    if activity.phase == "planned":
        return Refusal("activity_not_open")
    return Refusal("activity_closed", {"at": activity.closed_at})


def opened_to_some_first(state: LiveState) -> list[Activity]:
    """Return the open activities that only some colleges see for now (R-249)."""
    return [
        activity
        for activity in state.activities.values()
        if activity.phase == "open" and activity.first_colleges and not activity.everyone
    ]


def sees_activity(state: LiveState, activity: Activity, participant: str) -> bool:
    """Tell whether an activity opened to some colleges first (R-249) is open to this person."""
    if activity.everyone or not activity.first_colleges:
        return True
    person = state.people.get(participant)
    return person is not None and person.college in activity.first_colleges


def has_extra_time(state: LiveState, activity: Activity, actor: Actor, now: datetime) -> bool:
    """Tell whether this person was given time of their own that is not over (D-20)."""
    person = state.people.get(actor.person)
    if person is None or activity.phase != "closed":
        return False
    until = person.extra_until.get(activity.key)
    return until is not None and now <= until
