"""« Figer » and « Masquer » (D-20): phones stand still with what is typed kept, or show the waiting page.

While frozen, every clock stands still: the countdown, an announced close, time of one's own, the turn that runs. Each goes
on afterwards with what it had left. Safety acts of any facilitator. Refuses: `session_not_open`, `session_closed` {at}.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from atelier.live.messages import Decider, Decision, Evolver
from atelier.live.rules.access_to_activity import session_running
from atelier.live.rules.timing import paused, resumed
from atelier.live.state import Activity, Actor, LiveState, Participant, SpeakingList, hour


@dataclass(frozen=True, slots=True)
class FreezePhones:
    on: bool = True


@dataclass(frozen=True, slots=True)
class HidePhones:
    on: bool = True


@dataclass(frozen=True, slots=True)
class PhonesFrozen:
    on: bool


@dataclass(frozen=True, slots=True)
class PhonesHidden:
    on: bool


def decide_freeze_phones(command: FreezePhones, state: LiveState, actor: Actor, now: datetime) -> Decision:
    refusal = session_running(state)
    if refusal:
        return refusal
    return () if (state.frozen_at is not None) == command.on else (PhonesFrozen(command.on),)


def evolve_phones_frozen(state: LiveState, event: PhonesFrozen, at: datetime | None) -> LiveState:
    now = hour(at)
    if event.on:
        timer = state.timer and paused(state.timer, now)
        return replace(state, frozen_at=now, timer=timer)
    return thawed(state, now)


def thawed(state: LiveState, now: datetime) -> LiveState:
    """Return `state` moving again, each deadline later by the time it stood still."""
    if state.frozen_at is None:
        return state
    since, pause = state.frozen_at, now - state.frozen_at
    return replace(
        state,
        frozen_at=None,
        timer=state.timer and resumed(state.timer, now),
        activities={key: closing_later(activity, pause) for key, activity in state.activities.items()},
        people={key: ending_later(person, since, pause) for key, person in state.people.items()},
        speaking={key: speaking_later(turns, since, pause) for key, turns in state.speaking.items()},
    )


def closing_later(activity: Activity, pause: timedelta) -> Activity:
    """Return an activity whose announced close comes later."""
    if activity.closing_at is None:
        return activity
    return replace(activity, closing_at=activity.closing_at + pause)


def ending_later(person: Participant, since: datetime, pause: timedelta) -> Participant:
    """Return a person whose own time, not over at `since`, ends later."""
    if not person.extra_until:
        return person
    until = {key: end + pause if end >= since else end for key, end in person.extra_until.items()}
    return replace(person, extra_until=until)


def speaking_later(speaking: SpeakingList, since: datetime, pause: timedelta) -> SpeakingList:
    """Return a list whose running turn does not count the pause."""
    turns = tuple(
        replace(turn, started_at=turn.started_at + pause)
        if turn.status == "speaking" and turn.started_at is not None and turn.started_at <= since
        else turn
        for turn in speaking.turns
    )
    return replace(speaking, turns=turns)


def decide_hide_phones(command: HidePhones, state: LiveState, actor: Actor, now: datetime) -> Decision:
    refusal = session_running(state)
    if refusal:
        return refusal
    return () if state.phones_hidden == command.on else (PhonesHidden(command.on),)


def evolve_phones_hidden(state: LiveState, event: PhonesHidden, at: datetime | None) -> LiveState:
    return replace(state, phones_hidden=event.on)


DECIDERS: Mapping[type, Decider] = {FreezePhones: decide_freeze_phones, HidePhones: decide_hide_phones}
EVOLVERS: Mapping[type, Evolver] = {PhonesFrozen: evolve_phones_frozen, PhonesHidden: evolve_phones_hidden}
