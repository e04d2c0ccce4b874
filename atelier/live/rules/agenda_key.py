"""« Prendre la main »: the agenda is driven by one person at a time (D-18).

The first who drives takes the key; the others are refused with `agenda_held` {by} until they take it in so many words,
which both read. The clock and imports need no key.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import wraps
from typing import TypeVar

from atelier.errors import Refusal
from atelier.live.messages import Decider, Decision, Evolver
from atelier.live.state import Actor, LiveState, logged

C = TypeVar("C")
KEYLESS = frozenset({"clock", "import"})


@dataclass(frozen=True, slots=True)
class TakeAgenda:
    """« Prendre la main », whoever holds it."""


@dataclass(frozen=True, slots=True)
class AgendaTaken:
    """`previous` is the label of who held it, empty when nobody did."""

    holder: str
    label: str
    previous: str = ""


def agenda_act(
    decide: Callable[[C, LiveState, Actor, datetime], Decision],
) -> Callable[[C, LiveState, Actor, datetime], Decision]:
    """Keep a decider for the holder of the key; who drives first takes it, after the act's own events.

    An act that is refused or changes nothing takes nothing.
    """

    @wraps(decide)
    def guarded(command: C, state: LiveState, actor: Actor, now: datetime) -> Decision:
        if actor.role in KEYLESS or state.agenda_holder == actor.id:
            return decide(command, state, actor, now)
        if state.agenda_holder is not None:
            return Refusal("agenda_held", {"by": state.agenda_label})
        decision = decide(command, state, actor, now)
        if isinstance(decision, Refusal) or not decision:
            return decision
        return (*decision, AgendaTaken(actor.id, actor.signature))

    return guarded


def decide_take_agenda(command: TakeAgenda, state: LiveState, actor: Actor, now: datetime) -> Decision:
    if state.agenda_holder == actor.id:
        return ()
    return (AgendaTaken(actor.id, actor.signature, state.agenda_label),)


def evolve_agenda_taken(state: LiveState, event: AgendaTaken, at: datetime | None) -> LiveState:
    state = replace(state, agenda_holder=event.holder, agenda_label=event.label)
    if not event.previous:
        return state
    return logged(state, at, "take_agenda", event.label, previous=event.previous)


DECIDERS: Mapping[type, Decider] = {TakeAgenda: decide_take_agenda}
EVOLVERS: Mapping[type, Evolver] = {AgendaTaken: evolve_agenda_taken}
