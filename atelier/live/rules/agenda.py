"""Going through the déroulé: where we are, what comes next (R-202).

Steps are the activities in order; a sequence without activity is a step of its own. A step is projected when reached;
it is opened and closed by activities.py. The countdown of a timed step (D-27) starts by itself.

Refuses: `unknown_sequence`, `unknown_activity`, `last_step`, `first_step`, `session_not_open`, `session_closed` {at},
`agenda_held` {by}.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from atelier.errors import Refusal
from atelier.live.messages import Decider, Decision, Event, Evolver
from atelier.live.rules.access_to_activity import session_running
from atelier.live.rules.agenda_key import agenda_act
from atelier.live.rules.options_taken import taken_on_arrival
from atelier.live.rules.timing import timer_for, without_timer_of
from atelier.live.state import Actor, LiveState, Scene, with_item

Step = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class GoTo:
    """Go to an activity, or to a sequence (its first activity if it has one). A skipped sequence is taken up again."""

    sequence: str
    activity: str | None = None


@dataclass(frozen=True, slots=True)
class NextStep:
    """« Suivant »."""


@dataclass(frozen=True, slots=True)
class PreviousStep:
    """« Précédent »."""


@dataclass(frozen=True, slots=True)
class StepReached:
    sequence: str
    activity: str | None = None


def steps_of(state: LiveState) -> tuple[Step, ...]:
    """Return the flattened déroulé without the skipped sequences: (sequence, activity or None)."""
    return tuple(
        (key, activity)
        for key in state.order
        if not state.sequences[key].skipped
        for activity in state.sequences[key].activities or (None,)
    )


def neighbour(state: LiveState, move: int) -> Step | None:
    """Return the step `move` steps away from the current one, counted from a skipped sequence's place if need be."""
    if state.current is None:
        return (steps_of(state) or (None,))[0] if move > 0 else None
    here = state.sequences[state.current[0]]
    kept = replace(state, sequences=with_item(state.sequences, here.key, replace(here, skipped=False)))
    steps = steps_of(kept)
    if state.current in steps:
        index = steps.index(state.current) + move
    else:  # an activity was put in the timed step we are in: it comes next
        index = next(i for i, step in enumerate(steps) if step[0] == here.key) + min(move, 0)
    return steps[index] if 0 <= index < len(steps) else None


@agenda_act
def decide_go_to(command: GoTo, state: LiveState, actor: Actor, now: datetime) -> Decision:
    refusal = session_running(state)
    if refusal:
        return refusal
    sequence = state.sequences.get(command.sequence)
    if sequence is None:
        return Refusal("unknown_sequence")
    if command.activity is not None and command.activity not in sequence.activities:
        return Refusal("unknown_activity")
    first = sequence.activities[0] if sequence.activities else None
    return reaching(state, (sequence.key, command.activity or first), now)


@agenda_act
def decide_next_step(command: NextStep, state: LiveState, actor: Actor, now: datetime) -> Decision:
    return stepping(state, now, 1, Refusal("last_step"))


@agenda_act
def decide_previous_step(command: PreviousStep, state: LiveState, actor: Actor, now: datetime) -> Decision:
    return stepping(state, now, -1, Refusal("first_step"))


def stepping(state: LiveState, now: datetime, move: int, at_the_end: Refusal) -> Decision:
    """Move by one step, or say that there is none on that side."""
    refusal = session_running(state)
    if refusal:
        return refusal
    step = neighbour(state, move)
    return at_the_end if step is None else reaching(state, step, now)


def reaching(state: LiveState, step: Step, now: datetime) -> tuple[Event, ...]:
    """Return what happens when a step is reached: it is projected, a vote takes its options, a timed step counts down."""
    sequence = state.sequences[step[0]]
    if step[1] is not None or state.current == step:
        return (StepReached(*step), *taken_on_arrival(state, step[1]))
    left = (sequence.minutes + sequence.extended) * 60
    if sequence.started_at is not None:
        left -= int((now - sequence.started_at).total_seconds())
    return (StepReached(*step), *timer_for(state, sequence.key, left))


def evolve_step_reached(state: LiveState, event: StepReached, at: datetime | None) -> LiveState:
    state = leaving(state, event.sequence, at)
    sequence = state.sequences[event.sequence]
    started = replace(sequence, started_at=sequence.started_at or at, ended_at=None, skipped=False)
    state = replace(
        state,
        phase="live" if state.phase == "lobby" else state.phase,
        started_at=state.started_at or at,
        sequences=with_item(state.sequences, event.sequence, started),
        current=(event.sequence, event.activity),
        join_large=False,
    )
    return replace(state, scene=scene_of_step(state))


def scene_of_step(state: LiveState) -> Scene:
    """Return what the projector shows of the current step, the lobby before the first one."""
    if state.current is None:
        return Scene()
    sequence, activity = state.current
    return Scene("activity", activity) if activity else Scene("sequence", sequence)


def leaving(state: LiveState, reached: str, at: datetime | None) -> LiveState:
    """Return `state` with the current sequence ended, and the countdown of a timed step gone, unless we stay in it."""
    if state.current is None or state.current[0] == reached:
        return state
    left = state.sequences[state.current[0]]
    state = replace(state, sequences=with_item(state.sequences, left.key, replace(left, ended_at=at)))
    return without_timer_of(state, left.key)


def with_sequence(state: LiveState, key: str, **changes: object) -> LiveState:
    """Return `state` with one sequence changed."""
    changed = replace(state.sequences[key], **changes)  # type: ignore[arg-type]
    return replace(state, sequences=with_item(state.sequences, key, changed))


DECIDERS: Mapping[type, Decider] = {
    GoTo: decide_go_to,
    NextStep: decide_next_step,
    PreviousStep: decide_previous_step,
}
EVOLVERS: Mapping[type, Evolver] = {
    StepReached: evolve_step_reached,
}
