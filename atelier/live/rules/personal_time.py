"""« J'ai besoin de temps »: time for one person, on their phone alone (D-20, R-246).

Time given while an activity is open follows its close. Once a *vote* is closed nobody gets any: only undoing the close
brings ballots back (D-1). Refuses: `unknown_person`, `unknown_activity`, `activity_not_open`, `vote_closed` {at},
`no_time_here`, `bad_seconds` {limit}, `session_not_open`, `session_closed` {at}.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from atelier.errors import Refusal
from atelier.live.messages import Decider, Decision, Evolver
from atelier.live.rules.access_to_activity import person_of, session_running
from atelier.live.state import VOTES, WRITING, Activity, Actor, LiveState, hour, with_item, with_person

GIVEN = 120  # seconds (D-20)
LONGEST = 3_600


@dataclass(frozen=True, slots=True)
class AskTime:
    """Said by a phone: the desk sees « 1 personne termine »."""

    on: bool = True


@dataclass(frozen=True, slots=True)
class GiveTime:
    """Given by the desk, each time in addition."""

    person: str
    activity: str
    seconds: int = GIVEN


@dataclass(frozen=True, slots=True)
class TimeAsked:
    person: str
    on: bool


@dataclass(frozen=True, slots=True)
class TimeGiven:
    person: str
    activity: str
    seconds: int


def decide_ask_time(command: AskTime, state: LiveState, actor: Actor, now: datetime) -> Decision:
    refusal = session_running(state)
    if refusal:
        return refusal
    person = person_of(state, actor)
    if isinstance(person, Refusal):
        return person
    return () if person.wants_time == command.on else (TimeAsked(person.key, command.on),)


def evolve_time_asked(state: LiveState, event: TimeAsked, at: datetime | None) -> LiveState:
    return with_person(state, event.person, wants_time=event.on)


def decide_give_time(command: GiveTime, state: LiveState, actor: Actor, now: datetime) -> Decision:
    refusal = session_running(state) or untimely(state.activities.get(command.activity))
    if refusal:
        return refusal
    if command.person not in state.people:
        return Refusal("unknown_person")
    if not 0 < command.seconds <= LONGEST:
        return Refusal("bad_seconds", {"limit": LONGEST})
    return (TimeGiven(command.person, command.activity, command.seconds),)


def untimely(activity: Activity | None) -> Refusal | None:
    """Refuse time where it would be of no use, or would open a closed box."""
    if activity is None:
        return Refusal("unknown_activity")
    if activity.kind not in VOTES | WRITING:
        return Refusal("no_time_here")
    if activity.phase == "planned":
        return Refusal("activity_not_open")
    if activity.is_vote and activity.phase != "open":
        return Refusal("vote_closed", {"at": activity.closed_at})
    return None


def evolve_time_given(state: LiveState, event: TimeGiven, at: datetime | None) -> LiveState:
    person = state.people[event.person]
    if state.activities[event.activity].phase == "open":
        seconds = person.extra_seconds.get(event.activity, 0) + event.seconds
        given = with_item(person.extra_seconds, event.activity, seconds)
        return with_person(state, person.key, extra_seconds=given, wants_time=False)
    start = max(hour(at), person.extra_until.get(event.activity, hour(at)))
    until = with_item(person.extra_until, event.activity, start + timedelta(seconds=event.seconds))
    return with_person(state, person.key, extra_until=until, wants_time=False)


def time_after_close(state: LiveState, activity: Activity) -> dict[str, int]:
    """Return participant -> seconds that follow the close of an activity (rule in activities.CloseActivity)."""
    asked = activity.kind in WRITING
    extra = {
        key: person.extra_seconds.get(activity.key, GIVEN if asked and person.wants_time else 0)
        for key, person in state.people.items()
        if not person.left
    }
    return {key: seconds for key, seconds in extra.items() if seconds}


DECIDERS: Mapping[type, Decider] = {AskTime: decide_ask_time, GiveTime: decide_give_time}
EVOLVERS: Mapping[type, Evolver] = {TimeAsked: evolve_time_asked, TimeGiven: evolve_time_given}
