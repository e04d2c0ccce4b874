"""The floor: given, ended, the order changed, the list closed, people added by hand.

Refuses, beside speaking.speaking_activity: `unknown_turn`, `nobody_waiting`, `already_waiting`, `empty_name`,
`name_too_long` {limit}, `unknown_college`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from atelier.errors import Refusal
from atelier.live.messages import Decider, Decision, Event, Evolver
from atelier.live.rules.numbering import next_key
from atelier.live.rules.speaking import (
    TurnRequested,
    list_of,
    speaking_activity,
    speaking_now,
    unfinished,
    waiting_order,
    with_list,
    with_turn,
)
from atelier.live.state import Actor, LiveState, Turn, logged

LONGEST_NAME = 40  # characters


@dataclass(frozen=True, slots=True)
class AddSpeaker:
    """Put somebody on the list by hand: a raised hand, no phone."""

    activity: str
    label: str
    college: str = ""


@dataclass(frozen=True, slots=True)
class GiveTurn:
    """Give the floor: to `turn`, or to the next in order. Whoever was speaking has finished."""

    activity: str
    turn: str | None = None


@dataclass(frozen=True, slots=True)
class EndTurn:
    activity: str


@dataclass(frozen=True, slots=True)
class MoveTurn:
    """Place a request at `position` (from 0) in the order."""

    activity: str
    turn: str
    position: int


@dataclass(frozen=True, slots=True)
class CloseList:
    activity: str
    on: bool = True


@dataclass(frozen=True, slots=True)
class TurnGiven:
    activity: str
    turn: str


@dataclass(frozen=True, slots=True)
class TurnEnded:
    """`seconds` spoken, pauses (« Figer ») left out."""

    activity: str
    turn: str
    seconds: int


@dataclass(frozen=True, slots=True)
class TurnMoved:
    """`head` holds the speakers that the desk has placed first, in order."""

    activity: str
    turn: str
    head: tuple[str, ...]
    by: str = ""


@dataclass(frozen=True, slots=True)
class ListClosed:
    activity: str
    on: bool


def decide_add_speaker(command: AddSpeaker, state: LiveState, actor: Actor, now: datetime) -> Decision:
    """Add a raised hand. The same name in the same college is the same speaker, for whom turns are counted."""
    activity = speaking_activity(state, command.activity)
    if isinstance(activity, Refusal):
        return activity
    label = " ".join(command.label.split())
    if not label:
        return Refusal("empty_name")
    if len(label) > LONGEST_NAME:
        return Refusal("name_too_long", {"limit": LONGEST_NAME})
    if command.college and command.college not in {college.key for college in state.meeting.colleges}:
        return Refusal("unknown_college")
    speaker = speaker_by_hand(state, label, command.college)
    if any(turn.speaker == speaker for turn in unfinished(state, activity.key)):
        return Refusal("already_waiting")
    return (TurnRequested(activity.key, next_key(state, "q"), speaker, label, command.college),)


def speaker_by_hand(state: LiveState, label: str, college: str) -> str:
    """Return the key of somebody already added by hand under that name, else a new `hand:n`."""
    for speaking in state.speaking.values():
        for turn in speaking.turns:
            known = turn.speaker.startswith("hand:") and turn.college == college
            if known and turn.label.casefold() == label.casefold():
                return turn.speaker
    return f"hand:{next_key(state, 'h')[1:]}"


def decide_give_turn(command: GiveTurn, state: LiveState, actor: Actor, now: datetime) -> Decision:
    activity = speaking_activity(state, command.activity)
    if isinstance(activity, Refusal):
        return activity
    running = speaking_now(state, activity.key)
    if running is not None and command.turn == running.key:
        return ()
    waiting = waiting_order(state, activity.key)
    if not waiting and command.turn is None:
        return Refusal("nobody_waiting")
    chosen = [turn for turn in waiting if command.turn in {None, turn.key}][:1]
    if not chosen:
        return Refusal("unknown_turn")
    return (*ending(activity.key, running, now), TurnGiven(activity.key, chosen[0].key))


def ending(activity: str, running: Turn | None, now: datetime) -> tuple[Event, ...]:
    """Return the end of the turn that runs, if one does."""
    if running is None or running.started_at is None:
        return ()
    seconds = max(0, int((now - running.started_at).total_seconds()))
    return (TurnEnded(activity, running.key, seconds),)


def evolve_turn_given(state: LiveState, event: TurnGiven, at: datetime | None) -> LiveState:
    return with_turn(state, event.activity, event.turn, status="speaking", started_at=at)


def decide_end_turn(command: EndTurn, state: LiveState, actor: Actor, now: datetime) -> Decision:
    activity = speaking_activity(state, command.activity)
    if isinstance(activity, Refusal):
        return activity
    return ending(activity.key, speaking_now(state, activity.key), now)


def turns_ended_by_close(state: LiveState, activity: str, now: datetime) -> tuple[Event, ...]:
    """Return the end of the turn that runs when its activity closes."""
    return ending(activity, speaking_now(state, activity), now)


def evolve_turn_ended(state: LiveState, event: TurnEnded, at: datetime | None) -> LiveState:
    return with_turn(state, event.activity, event.turn, status="done", seconds=event.seconds)


def decide_move_turn(command: MoveTurn, state: LiveState, actor: Actor, now: datetime) -> Decision:
    """Fix the order down to where the request was put: what comes after it still follows the policy."""
    activity = speaking_activity(state, command.activity)
    if isinstance(activity, Refusal):
        return activity
    order = list(waiting_order(state, activity.key))
    moved = next((turn for turn in order if turn.key == command.turn), None)
    if moved is None:
        return Refusal("unknown_turn")
    position = min(max(command.position, 0), len(order) - 1)
    if order[position] == moved:
        return ()
    fixed = max(position + 1, len(list_of(state, activity.key).manual_order))
    order.remove(moved)
    order.insert(position, moved)
    head = tuple(turn.speaker for turn in order[:fixed])
    return (TurnMoved(activity.key, moved.key, head, actor.signature),)


def evolve_turn_moved(state: LiveState, event: TurnMoved, at: datetime | None) -> LiveState:
    state = with_list(state, event.activity, manual_order=event.head)
    return logged(state, at, "move_turn", event.by, activity=event.activity, turn=event.turn)


def decide_close_list(command: CloseList, state: LiveState, actor: Actor, now: datetime) -> Decision:
    activity = speaking_activity(state, command.activity)
    if isinstance(activity, Refusal):
        return activity
    if list_of(state, activity.key).closed == command.on:
        return ()
    return (ListClosed(activity.key, command.on),)


def evolve_list_closed(state: LiveState, event: ListClosed, at: datetime | None) -> LiveState:
    return with_list(state, event.activity, closed=event.on)


DECIDERS: Mapping[type, Decider] = {
    AddSpeaker: decide_add_speaker,
    GiveTurn: decide_give_turn,
    EndTurn: decide_end_turn,
    MoveTurn: decide_move_turn,
    CloseList: decide_close_list,
}
EVOLVERS: Mapping[type, Evolver] = {
    TurnGiven: evolve_turn_given,
    TurnEnded: evolve_turn_ended,
    TurnMoved: evolve_turn_moved,
    ListClosed: evolve_list_closed,
}
