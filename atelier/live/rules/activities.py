"""One activity: opened, opened wider, its close announced, closed (D-1, D-2, D-20, R-249).

Refuses: `unknown_activity`, `activity_not_open`, `already_closed` {at}, `already_revealed` {at},
`vote_annulled`, `no_options`, `empty_option`, `option_hidden` {option}, `bad_seconds` {limit}, `session_not_open`,
`session_closed` {at}, `agenda_held` {by}, and what options_source.py refuses; `busy` for a clock that is early.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from atelier.errors import Refusal
from atelier.live.messages import Decider, Decision, Event, Evolver
from atelier.live.rules.access_to_activity import session_running
from atelier.live.rules.agenda_key import agenda_act
from atelier.live.rules.electorate import electorate_of, electors_of, present_at_close
from atelier.live.rules.floor import turns_ended_by_close
from atelier.live.rules.options_taken import taken_at_opening
from atelier.live.rules.personal_time import time_after_close
from atelier.live.rules.snapshot import WITH_OPTIONS
from atelier.live.rules.timing import timer_for, without_timer_of
from atelier.live.rules.visibility import shown_option
from atelier.live.state import (
    Activity,
    Actor,
    LiveState,
    hour,
    logged,
    with_activity,
    without_item,
)

ANNOUNCED_AHEAD = 300  # seconds, at most


@dataclass(frozen=True, slots=True)
class OpenActivity:
    """Let phones act. A vote freezes its electorate now (D-2); planned minutes start the countdown."""

    activity: str


@dataclass(frozen=True, slots=True)
class OpenToEveryone:
    """The colleges that listened first may now act too (R-249)."""

    activity: str


@dataclass(frozen=True, slots=True)
class AnnounceClose:
    """« Clôture dans 30 secondes »: the clock closes when they are over. 0 takes the announcement back."""

    activity: str
    seconds: int = 30


@dataclass(frozen=True, slots=True)
class CloseActivity:
    """Close now. It waits for nobody; a person with time of their own goes on alone (D-20, read with D-1):

    - writing: time given before the close follows it, and whoever asked for time gets two minutes by the close itself;
    - a vote: only time given *before* the close follows it; nothing given later re-opens the box for anybody. While
      such a time runs the result waits (electorate.finishing).
    """

    activity: str


@dataclass(frozen=True, slots=True)
class ActivityOpened:
    """`electors` are participants' keys and `electorate` a number of people, for votes only (None and 0 elsewhere)."""

    activity: str
    everyone: bool = True
    electors: frozenset[str] | None = None
    electorate: int = 0
    by: str = ""


@dataclass(frozen=True, slots=True)
class ActivityOpenedToEveryone:
    activity: str


@dataclass(frozen=True, slots=True)
class CloseAnnounced:
    """`seconds` 0: no longer announced."""

    activity: str
    seconds: int


@dataclass(frozen=True, slots=True)
class ActivityClosed:
    """`present`: people, at the close (D-4). `extra`: participant -> seconds of their own after it."""

    activity: str
    present: int
    extra: Mapping[str, int] = field(default_factory=dict)
    by: str = ""


@agenda_act
def decide_open_activity(command: OpenActivity, state: LiveState, actor: Actor, now: datetime) -> Decision:
    refusal = session_running(state)
    if refusal:
        return refusal
    activity = state.activities.get(command.activity)
    if activity is None:
        return Refusal("unknown_activity")
    if activity.phase == "open":
        return ()
    if activity.phase != "planned":
        return finished(activity)
    taken = taken_at_opening(state, activity)
    if isinstance(taken, Refusal):
        return taken
    refusal = None if taken else unreadable(state, activity)
    if refusal:
        return refusal
    electors = electors_of(state) if activity.is_vote else None
    electorate = electorate_of(state) if activity.is_vote else 0
    everyone = not activity.first_colleges
    opened = ActivityOpened(activity.key, everyone, electors, electorate, actor.signature)
    return (*taken, opened, *timer_for(state, activity.key, (activity.minutes or 0) * 60))


def unreadable(state: LiveState, activity: Activity) -> Refusal | None:
    """Refuse a vote that offers nothing; before anybody has read it, an option whose words are gone or hidden."""
    if activity.kind in WITH_OPTIONS and not activity.options:
        return Refusal("no_options")
    for option in activity.options if activity.untouched else ():
        if not option.text:
            return Refusal("empty_option")
        if not shown_option(state, option):
            return Refusal("option_hidden", {"option": option.key})
    return None


def finished(activity: Activity) -> Refusal:
    """Say why an activity that is over cannot open, nor its close be undone."""
    if activity.phase == "closed":
        return Refusal("already_closed", {"at": activity.closed_at})
    if activity.phase == "revealed":
        return Refusal("already_revealed", {"at": activity.revealed_at})
    return Refusal("vote_annulled")


def evolve_activity_opened(state: LiveState, event: ActivityOpened, at: datetime | None) -> LiveState:
    activity = state.activities[event.activity]
    state = with_activity(
        state,
        event.activity,
        phase="open",
        opened_at=at,
        everyone=event.everyone,
        electors=event.electors,
        electorate=event.electorate,
        operators=(*activity.operators, event.by),
    )
    people = {key: replace(person, finished=False, wants_time=False) for key, person in state.people.items()}
    counted = activity.is_vote and activity.key not in state.votes
    return replace(
        state,
        phase="live" if state.phase == "lobby" else state.phase,
        started_at=state.started_at or at,
        people=people,
        votes=(*state.votes, activity.key) if counted else state.votes,
    )


@agenda_act
def decide_open_to_everyone(
    command: OpenToEveryone, state: LiveState, actor: Actor, now: datetime
) -> Decision:
    activity = open_activity(state, command.activity)
    if isinstance(activity, Refusal):
        return activity
    return () if activity.everyone else (ActivityOpenedToEveryone(activity.key),)


def open_activity(state: LiveState, key: str) -> Activity | Refusal:
    """Return the activity if it is open."""
    activity = state.activities.get(key)
    if activity is None:
        return Refusal("unknown_activity")
    if activity.phase == "open":
        return activity
    return Refusal("activity_not_open") if activity.phase == "planned" else finished(activity)


def evolve_activity_opened_to_everyone(
    state: LiveState, event: ActivityOpenedToEveryone, at: datetime | None
) -> LiveState:
    return with_activity(state, event.activity, everyone=True)


@agenda_act
def decide_announce_close(command: AnnounceClose, state: LiveState, actor: Actor, now: datetime) -> Decision:
    activity = open_activity(state, command.activity)
    if isinstance(activity, Refusal):
        return activity
    if not 0 <= command.seconds <= ANNOUNCED_AHEAD:
        return Refusal("bad_seconds", {"limit": ANNOUNCED_AHEAD})
    if command.seconds == 0 and activity.closing_at is None:
        return ()
    return (CloseAnnounced(activity.key, command.seconds),)


def evolve_close_announced(state: LiveState, event: CloseAnnounced, at: datetime | None) -> LiveState:
    closing_at = hour(at) + timedelta(seconds=event.seconds) if event.seconds else None
    return with_activity(state, event.activity, closing_at=closing_at)


@agenda_act
def decide_close_activity(command: CloseActivity, state: LiveState, actor: Actor, now: datetime) -> Decision:
    activity = open_activity(state, command.activity)
    if actor.role == "clock":
        return closing_by_clock(state, activity, actor, now)
    if isinstance(activity, Refusal):
        return activity
    return closing(state, activity, actor, now)


def closing_by_clock(state: LiveState, activity: Activity | Refusal, actor: Actor, now: datetime) -> Decision:
    """Close what was announced and is due; nothing if the announcement was taken back; again later if it is early."""
    if isinstance(activity, Refusal) or activity.closing_at is None:
        return ()
    if state.frozen_at is not None or now < activity.closing_at:
        return Refusal("busy")
    return closing(state, activity, actor, now)


def closing(state: LiveState, activity: Activity, actor: Actor, now: datetime) -> tuple[Event, ...]:
    """Return what closing an open activity does."""
    extra = time_after_close(state, activity)
    present = present_at_close(state, activity)
    closed = ActivityClosed(activity.key, present, extra, actor.signature)
    return (*turns_ended_by_close(state, activity.key, now), closed)


def evolve_activity_closed(state: LiveState, event: ActivityClosed, at: datetime | None) -> LiveState:
    activity = state.activities[event.activity]
    state = with_activity(
        state,
        event.activity,
        phase="closed",
        closed_at=at,
        closing_at=None,
        present=event.present,
        operators=(*activity.operators, event.by),
    )
    people = dict(state.people)
    for key, seconds in event.extra.items():
        person = people[key]
        until = {**person.extra_until, event.activity: hour(at) + timedelta(seconds=seconds)}
        given = without_item(person.extra_seconds, event.activity)
        people[key] = replace(person, extra_until=until, extra_seconds=given, wants_time=False)
    state = without_timer_of(replace(state, people=people), event.activity)
    return logged(state, at, "close_activity", event.by, activity=event.activity)


DECIDERS: Mapping[type, Decider] = {
    OpenActivity: decide_open_activity,
    OpenToEveryone: decide_open_to_everyone,
    AnnounceClose: decide_announce_close,
    CloseActivity: decide_close_activity,
}
EVOLVERS: Mapping[type, Evolver] = {
    ActivityOpened: evolve_activity_opened,
    ActivityOpenedToEveryone: evolve_activity_opened_to_everyone,
    CloseAnnounced: evolve_close_announced,
    ActivityClosed: evolve_activity_closed,
}
