"""The rest of the déroulé: a sequence skipped, given more time, put elsewhere (R-202).

Refuses: `unknown_sequence`, `bad_minutes` {limit}, `too_short`, `sequence_started`, `sequence_locked`, `activity_open`
{activity}, `session_not_open`, `session_closed` {at}, `agenda_held` {by}.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from atelier.errors import Refusal
from atelier.live.messages import Decider, Decision, Event, Evolver
from atelier.live.rules.access_to_activity import session_running
from atelier.live.rules.agenda import Step, reaching, steps_of, with_sequence
from atelier.live.rules.agenda_key import agenda_act
from atelier.live.rules.timing import TimerExtended
from atelier.live.state import Actor, LiveState, Sequence

LONGEST_EXTENSION = 600  # minutes


@dataclass(frozen=True, slots=True)
class SkipSequence:
    """Pass over a sequence (`on`), or take it up again. Skipping the current one goes to the next step, if any."""

    sequence: str
    on: bool = True


@dataclass(frozen=True, slots=True)
class ExtendSequence:
    """Give a sequence more minutes, or fewer; a countdown that runs for it follows."""

    sequence: str
    minutes: int


@dataclass(frozen=True, slots=True)
class MoveSequence:
    """Put a sequence that has not started at `position` (from 0, among all); never before what has started."""

    sequence: str
    position: int


@dataclass(frozen=True, slots=True)
class SequenceSkipped:
    sequence: str
    on: bool


@dataclass(frozen=True, slots=True)
class SequenceExtended:
    sequence: str
    minutes: int


@dataclass(frozen=True, slots=True)
class SequenceMoved:
    sequence: str
    position: int


@agenda_act
def decide_skip_sequence(command: SkipSequence, state: LiveState, actor: Actor, now: datetime) -> Decision:
    refusal = session_running(state)
    if refusal:
        return refusal
    sequence = state.sequences.get(command.sequence)
    if sequence is None:
        return Refusal("unknown_sequence")
    if sequence.skipped == command.on:
        return ()
    skipped = SequenceSkipped(sequence.key, command.on)
    if not command.on or state.current is None or state.current[0] != sequence.key:
        return (skipped,)
    still_open = [key for key in sequence.activities if state.activities[key].phase == "open"]
    if still_open:
        return Refusal("activity_open", {"activity": still_open[0]})
    following = step_after(state, sequence.key)
    return (skipped,) if following is None else (skipped, *reaching(state, following, now))


def step_after(state: LiveState, sequence: str) -> Step | None:
    """Return the first step of the next sequence that is not skipped."""
    later = state.order[state.order.index(sequence) + 1 :]
    return next((step for step in steps_of(state) if step[0] in later), None)


def evolve_sequence_skipped(state: LiveState, event: SequenceSkipped, at: datetime | None) -> LiveState:
    return with_sequence(state, event.sequence, skipped=event.on)


@agenda_act
def decide_extend_sequence(
    command: ExtendSequence, state: LiveState, actor: Actor, now: datetime
) -> Decision:
    refusal = session_running(state)
    if refusal:
        return refusal
    sequence = state.sequences.get(command.sequence)
    if sequence is None:
        return Refusal("unknown_sequence")
    if command.minutes == 0 or abs(command.minutes) > LONGEST_EXTENSION:
        return Refusal("bad_minutes", {"limit": LONGEST_EXTENSION})
    if command.minutes < 0 and sequence.minutes + sequence.extended + command.minutes < 1:
        return Refusal("too_short")
    extended = SequenceExtended(sequence.key, command.minutes)
    return (extended, *timer_following(state, sequence, command.minutes))


def timer_following(state: LiveState, sequence: Sequence, minutes: int) -> tuple[Event, ...]:
    """Return the extension of the countdown that runs for that sequence or one of its activities."""
    timer = state.timer
    if timer is None or timer.target not in {sequence.key, *sequence.activities}:
        return ()
    return (TimerExtended(timer.key, minutes * 60),)


def evolve_sequence_extended(state: LiveState, event: SequenceExtended, at: datetime | None) -> LiveState:
    extended = state.sequences[event.sequence].extended + event.minutes
    return with_sequence(state, event.sequence, extended=extended)


@agenda_act
def decide_move_sequence(command: MoveSequence, state: LiveState, actor: Actor, now: datetime) -> Decision:
    refusal = session_running(state)
    if refusal:
        return refusal
    sequence = state.sequences.get(command.sequence)
    if sequence is None:
        return Refusal("unknown_sequence")
    if sequence.started_at is not None:
        return Refusal("sequence_started")
    if sequence.locked:
        return Refusal("sequence_locked")
    position = min(max(command.position, first_free_place(state)), len(state.order) - 1)
    return () if state.order[position] == sequence.key else (SequenceMoved(sequence.key, position),)


def first_free_place(state: LiveState) -> int:
    """Return the place after the last sequence that has started."""
    started = [i for i, key in enumerate(state.order) if state.sequences[key].started_at is not None]
    return started[-1] + 1 if started else 0


def evolve_sequence_moved(state: LiveState, event: SequenceMoved, at: datetime | None) -> LiveState:
    others = [key for key in state.order if key != event.sequence]
    others.insert(event.position, event.sequence)
    return replace(state, order=tuple(others))


DECIDERS: Mapping[type, Decider] = {
    SkipSequence: decide_skip_sequence,
    ExtendSequence: decide_extend_sequence,
    MoveSequence: decide_move_sequence,
}
EVOLVERS: Mapping[type, Evolver] = {
    SequenceSkipped: evolve_sequence_skipped,
    SequenceExtended: evolve_sequence_extended,
    SequenceMoved: evolve_sequence_moved,
}
