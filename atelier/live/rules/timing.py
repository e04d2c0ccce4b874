"""The one countdown of a séance, held by the server (R-202). When it rings, what is open stays open.

Refuses: `bad_seconds` {limit}, `no_timer`, `session_not_open`, `session_closed` {at}, `agenda_held` {by};
`busy` for a clock that is early.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from atelier.errors import Refusal
from atelier.live.messages import Decider, Decision, Event, Evolver
from atelier.live.rules.access_to_activity import session_running
from atelier.live.rules.agenda_key import agenda_act
from atelier.live.rules.numbering import next_key, with_key_taken
from atelier.live.state import Actor, LiveState, Timer, hour

LONGEST = 36_000  # seconds: ten hours


@dataclass(frozen=True, slots=True)
class StartTimer:
    """Start a countdown by hand; it replaces the one that runs."""

    seconds: int


@dataclass(frozen=True, slots=True)
class ExtendTimer:
    """Add seconds, or take some off; a timer that rang starts again from now."""

    seconds: int


@dataclass(frozen=True, slots=True)
class PauseTimer:
    """Hold the countdown by hand (`on`) or let it run on."""

    on: bool = True


@dataclass(frozen=True, slots=True)
class StopTimer:
    """Take the countdown away."""


@dataclass(frozen=True, slots=True)
class RingTimer:
    """The clock's act, with id `clock:<timer>:<revision>`: it happens once, whoever fires it, however late."""

    timer: str
    revision: int


@dataclass(frozen=True, slots=True)
class TimerStarted:
    timer: str
    seconds: int
    target: str = ""


@dataclass(frozen=True, slots=True)
class TimerExtended:
    timer: str
    seconds: int


@dataclass(frozen=True, slots=True)
class TimerPaused:
    timer: str
    on: bool


@dataclass(frozen=True, slots=True)
class TimerStopped:
    timer: str


@dataclass(frozen=True, slots=True)
class TimerRang:
    timer: str
    revision: int


def timer_for(state: LiveState, target: str, seconds: int) -> tuple[Event, ...]:
    """Return the start of the countdown of an activity or a timed step, nothing where no time is planned or left."""
    return (TimerStarted(next_key(state, "t"), seconds, target),) if seconds > 0 else ()


@agenda_act
def decide_start_timer(command: StartTimer, state: LiveState, actor: Actor, now: datetime) -> Decision:
    refusal = session_running(state)
    if refusal:
        return refusal
    if not 0 < command.seconds <= LONGEST:
        return Refusal("bad_seconds", {"limit": LONGEST})
    target = state.current[1] or state.current[0] if state.current else ""
    return (TimerStarted(next_key(state, "t"), command.seconds, target),)


def evolve_timer_started(state: LiveState, event: TimerStarted, at: datetime | None) -> LiveState:
    length = timedelta(seconds=event.seconds)
    start = hour(at)
    left = length if state.frozen_at is not None else None
    timer = Timer(event.timer, 1, start, start + length, left, target=event.target)
    return replace(with_key_taken(state, event.timer), timer=timer)


@agenda_act
def decide_extend_timer(command: ExtendTimer, state: LiveState, actor: Actor, now: datetime) -> Decision:
    if state.timer is None:
        return Refusal("no_timer")
    if command.seconds == 0 or abs(command.seconds) > LONGEST:
        return Refusal("bad_seconds", {"limit": LONGEST})
    if command.seconds < 0 and state.timer.paused_left is None and state.timer.ends_at <= now:
        return ()
    return (TimerExtended(state.timer.key, command.seconds),)


def evolve_timer_extended(state: LiveState, event: TimerExtended, at: datetime | None) -> LiveState:
    if state.timer is None:
        return state
    timer = extended(state.timer, timedelta(seconds=event.seconds), hour(at))
    return replace(state, timer=timer if state.frozen_at is None else paused(timer, hour(at)))


def extended(timer: Timer, more: timedelta, now: datetime) -> Timer:
    """Return the timer with more (or less) time left; never less than none."""
    revision = timer.revision + 1
    if timer.paused_left is not None:
        left = max(timer.paused_left + more, timedelta())
        return replace(timer, revision=revision, paused_left=left, ends_at=timer.ends_at + more)
    if timer.ends_at <= now:
        return replace(timer, revision=revision, started_at=now, ends_at=max(now, now + more), rang=False)
    return replace(timer, revision=revision, ends_at=max(now, timer.ends_at + more), rang=False)


@agenda_act
def decide_pause_timer(command: PauseTimer, state: LiveState, actor: Actor, now: datetime) -> Decision:
    if state.timer is None:
        return Refusal("no_timer")
    if state.timer.held == command.on or state.timer.rang:
        return ()
    return (TimerPaused(state.timer.key, command.on),)


def evolve_timer_paused(state: LiveState, event: TimerPaused, at: datetime | None) -> LiveState:
    if state.timer is None:
        return state
    timer = replace(state.timer, held=event.on)
    running = not event.on and state.frozen_at is None
    return replace(state, timer=resumed(timer, hour(at)) if running else paused(timer, hour(at)))


def paused(timer: Timer, now: datetime) -> Timer:
    """Return the timer standing still, with the time it has left."""
    if timer.paused_left is not None or timer.rang:
        return timer
    left = max(timer.ends_at - now, timedelta())
    return replace(timer, revision=timer.revision + 1, paused_left=left)


def resumed(timer: Timer, now: datetime) -> Timer:
    """Return the timer running on with the time it had left; its whole length stays the same."""
    if timer.paused_left is None or timer.held:
        return timer
    ends_at = now + timer.paused_left
    started_at = timer.started_at + (ends_at - timer.ends_at)
    return replace(
        timer, revision=timer.revision + 1, started_at=started_at, ends_at=ends_at, paused_left=None
    )


@agenda_act
def decide_stop_timer(command: StopTimer, state: LiveState, actor: Actor, now: datetime) -> Decision:
    return () if state.timer is None else (TimerStopped(state.timer.key),)


def evolve_timer_stopped(state: LiveState, event: TimerStopped, at: datetime | None) -> LiveState:
    return replace(state, timer=None)


def without_timer_of(state: LiveState, target: str) -> LiveState:
    """Return `state` without the countdown of that activity or sequence."""
    if state.timer is None or state.timer.target != target:
        return state
    return replace(state, timer=None)


def decide_ring_timer(command: RingTimer, state: LiveState, actor: Actor, now: datetime) -> Decision:
    """Ring once. A timer that was changed since has another revision: nothing happens. Too early: to be sent again."""
    timer = state.timer
    if timer is None or (timer.key, timer.revision) != (command.timer, command.revision):
        return ()
    if timer.rang or timer.paused_left is not None:
        return ()
    if now < timer.ends_at:
        return Refusal("busy")
    return (TimerRang(timer.key, timer.revision),)


def evolve_timer_rang(state: LiveState, event: TimerRang, at: datetime | None) -> LiveState:
    return state if state.timer is None else replace(state, timer=replace(state.timer, rang=True))


DECIDERS: Mapping[type, Decider] = {
    StartTimer: decide_start_timer,
    ExtendTimer: decide_extend_timer,
    PauseTimer: decide_pause_timer,
    StopTimer: decide_stop_timer,
    RingTimer: decide_ring_timer,
}
EVOLVERS: Mapping[type, Evolver] = {
    TimerStarted: evolve_timer_started,
    TimerExtended: evolve_timer_extended,
    TimerPaused: evolve_timer_paused,
    TimerStopped: evolve_timer_stopped,
    TimerRang: evolve_timer_rang,
}
