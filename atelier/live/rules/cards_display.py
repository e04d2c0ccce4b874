"""When the others' cards are seen: the end of a silence, and « afficher en direct » (D-17, R-249).

Acts of any facilitator. Refuses: `unknown_activity`, `no_cards_here`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from atelier.errors import Refusal
from atelier.live.messages import Decider, Decision, Evolver
from atelier.live.state import Activity, Actor, LiveState, with_activity


@dataclass(frozen=True, slots=True)
class ShowCards:
    """Let phones see the others' cards of a silent activity (`on`), or hide them again."""

    activity: str
    on: bool = True


@dataclass(frozen=True, slots=True)
class SetLiveDisplay:
    """« Afficher en direct »: new cards reach the projector by themselves. The desk warns before."""

    activity: str
    on: bool = True


@dataclass(frozen=True, slots=True)
class CardsShown:
    activity: str
    on: bool


@dataclass(frozen=True, slots=True)
class LiveDisplaySet:
    activity: str
    on: bool


def decide_show_cards(command: ShowCards, state: LiveState, actor: Actor, now: datetime) -> Decision:
    activity = with_cards(state, command.activity)
    if isinstance(activity, Refusal):
        return activity
    return () if activity.cards_shown == command.on else (CardsShown(activity.key, command.on),)


def with_cards(state: LiveState, key: str) -> Activity | Refusal:
    """Return the activity if people write cards in it."""
    activity = state.activities.get(key)
    if activity is None:
        return Refusal("unknown_activity")
    return activity if activity.takes_cards else Refusal("no_cards_here")


def evolve_cards_shown(state: LiveState, event: CardsShown, at: datetime | None) -> LiveState:
    return with_activity(state, event.activity, cards_shown=event.on)


def decide_set_live_display(
    command: SetLiveDisplay, state: LiveState, actor: Actor, now: datetime
) -> Decision:
    activity = with_cards(state, command.activity)
    if isinstance(activity, Refusal):
        return activity
    return () if activity.live_display == command.on else (LiveDisplaySet(activity.key, command.on),)


def evolve_live_display_set(state: LiveState, event: LiveDisplaySet, at: datetime | None) -> LiveState:
    return with_activity(state, event.activity, live_display=event.on)


DECIDERS: Mapping[type, Decider] = {ShowCards: decide_show_cards, SetLiveDisplay: decide_set_live_display}
EVOLVERS: Mapping[type, Evolver] = {
    CardsShown: evolve_cards_shown,
    LiveDisplaySet: evolve_live_display_set,
}
