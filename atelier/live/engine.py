"""Two dispatchers. Everything that a séance can do is listed in catalogue.py."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from atelier.errors import Refusal
from atelier.live.catalogue import DECIDERS, EVOLVERS
from atelier.live.messages import Command, Decision, Event
from atelier.live.state import Actor, LiveState


def decide(command: Command, state: LiveState, actor: Actor, now: datetime) -> Decision:
    """Return the events that `command` makes, none when it changes nothing, or the reason why it is refused."""
    return DECIDERS[type(command)](command, state, actor, now)


def evolve(state: LiveState, event: Event, at: datetime | None) -> LiveState:
    """Return the state after `event`. Never refuses, never reads a clock. `at` is None in anonymous activities."""
    return replace(EVOLVERS[type(event)](state, event, at), seq=state.seq + 1)


def fold(state: LiveState, history: Iterable[tuple[Event, datetime | None]]) -> LiveState:
    """Apply a whole history."""
    for event, at in history:
        state = evolve(state, event, at)
    return state


def perform_pure(
    state: LiveState, command: Command, actor: Actor, now: datetime
) -> tuple[LiveState, tuple[Event, ...] | Refusal]:
    """Decide and evolve in one step, without storage: what tests and rehearsals of rules use."""
    decision = decide(command, state, actor, now)
    if isinstance(decision, Refusal):
        return state, decision
    at = None if actor.id.startswith("anon:") else now
    return fold(state, ((event, at) for event in decision)), decision
