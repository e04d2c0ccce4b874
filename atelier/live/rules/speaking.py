"""Who speaks: requests, the order, turns given and ended, by hand included (domain §4, method 9; R-249).

The order is methods/speaking_order.py's: fifo, or those who spoke least in this sequence first; the desk may place
people at the head (logged). Refuses: `unknown_activity`, `not_a_list`, `activity_not_open`, `activity_closed` {at},
`list_closed`, `named_only`, `unknown_person`, `unknown_turn`; `not_yet`, `frozen`, `session_not_open`,
`session_closed` {at}.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from atelier.errors import Refusal
from atelier.live.messages import Decider, Decision, Evolver, words
from atelier.live.methods.speaking_order import FIFO, POLICIES, SpeakingRequest, speaking_order
from atelier.live.rules.access_to_activity import activity_open_to, person_of, session_running
from atelier.live.rules.numbering import next_key, with_key_taken
from atelier.live.state import Activity, Actor, LiveState, SpeakingList, Turn, with_item


@dataclass(frozen=True, slots=True)
class RequestTurn:
    activity: str


@dataclass(frozen=True, slots=True)
class WithdrawTurn:
    """Take one's own request back; the desk names the `turn`."""

    activity: str
    turn: str = ""


@dataclass(frozen=True, slots=True)
class TurnRequested:
    """`speaker` is a participant's key, or `hand:n`; `label` is said by the desk for the latter only."""

    activity: str
    turn: str
    speaker: str
    label: str = words("P:{speaker}", default="")
    college: str = ""


@dataclass(frozen=True, slots=True)
class TurnWithdrawn:
    activity: str
    turn: str


def list_of(state: LiveState, activity: str) -> SpeakingList:
    """Return the speaking list of an activity, empty before the first request."""
    return state.speaking.get(activity, SpeakingList())


def waiting_order(state: LiveState, activity: str) -> tuple[Turn, ...]:
    """Return the requests that wait, next speaker first."""
    speaking = list_of(state, activity)
    waiting = {turn.speaker: turn for turn in speaking.turns if turn.status == "waiting"}
    policy = state.activities[activity].settings.get("policy", FIFO)
    requests = [SpeakingRequest(turn.speaker, int(turn.key[1:])) for turn in waiting.values()]
    taken = turns_taken(state, state.activities[activity].sequence)
    order = speaking_order(requests, taken, policy if policy in POLICIES else FIFO, speaking.manual_order)
    return tuple(waiting[request.person] for request in order)


def turns_taken(state: LiveState, sequence: str) -> Mapping[str, int]:
    """Return speaker -> number of times they had the floor in this sequence."""
    return Counter(
        turn.speaker
        for key, speaking in state.speaking.items()
        if key in state.activities and state.activities[key].sequence == sequence
        for turn in speaking.turns
        if turn.status in {"speaking", "done"}
    )


def speaking_now(state: LiveState, activity: str) -> Turn | None:
    """Return the turn that is running."""
    return next((turn for turn in list_of(state, activity).turns if turn.status == "speaking"), None)


def speaking_by_college(state: LiveState) -> Mapping[str, tuple[int, int]]:
    """Return college -> (turns, seconds) over the whole séance: totals only, never a person."""
    shares: dict[str, tuple[int, int]] = {}
    for speaking in state.speaking.values():
        for turn in speaking.turns:
            if turn.status == "done":
                turns, seconds = shares.get(turn.college, (0, 0))
                shares[turn.college] = (turns + 1, seconds + turn.seconds)
    return shares


def decide_request_turn(command: RequestTurn, state: LiveState, actor: Actor, now: datetime) -> Decision:
    activity = activity_open_to(state, command.activity, actor, now)
    if isinstance(activity, Refusal):
        return activity
    if activity.kind != "speaking":
        return Refusal("not_a_list")
    if actor.id.startswith("anon:"):
        return Refusal("named_only")
    person = person_of(state, actor)
    if isinstance(person, Refusal):
        return person
    if list_of(state, activity.key).closed:
        return Refusal("list_closed")
    if any(turn.speaker == person.key for turn in unfinished(state, activity.key)):
        return ()
    return (TurnRequested(activity.key, next_key(state, "q"), person.key, "", person.college),)


def unfinished(state: LiveState, activity: str) -> tuple[Turn, ...]:
    """Return the turns that wait or run."""
    return tuple(turn for turn in list_of(state, activity).turns if turn.status in {"waiting", "speaking"})


def evolve_turn_requested(state: LiveState, event: TurnRequested, at: datetime | None) -> LiveState:
    state = with_key_taken(state, event.turn)
    if event.speaker.startswith("hand:"):
        state = with_key_taken(state, "h" + event.speaker.removeprefix("hand:"))
    speaking = list_of(state, event.activity)
    turn = Turn(event.turn, event.speaker, event.label, event.college)
    return with_list(state, event.activity, turns=(*speaking.turns, turn))


def with_list(state: LiveState, activity: str, **changes: Any) -> LiveState:
    """Return `state` with one speaking list changed."""
    changed = replace(list_of(state, activity), **changes)
    return replace(state, speaking=with_item(state.speaking, activity, changed))


def decide_withdraw_turn(command: WithdrawTurn, state: LiveState, actor: Actor, now: datetime) -> Decision:
    activity = speaking_activity(state, command.activity)
    if isinstance(activity, Refusal):
        return activity
    own = actor.role in {"phone", "table"}
    for turn in waiting_order(state, activity.key):
        if turn.speaker == actor.person if own else turn.key == command.turn:
            return (TurnWithdrawn(activity.key, turn.key),)
    return () if own else Refusal("unknown_turn")


def speaking_activity(state: LiveState, key: str) -> Activity | Refusal:
    """Return the activity if it is a speaking list that is open."""
    refusal = session_running(state)
    if refusal:
        return refusal
    activity = state.activities.get(key)
    if activity is None:
        return Refusal("unknown_activity")
    if activity.kind != "speaking":
        return Refusal("not_a_list")
    if activity.phase == "open":
        return activity
    if activity.phase == "planned":
        return Refusal("activity_not_open")
    return Refusal("activity_closed", {"at": activity.closed_at})


def evolve_turn_withdrawn(state: LiveState, event: TurnWithdrawn, at: datetime | None) -> LiveState:
    return with_turn(state, event.activity, event.turn, status="withdrawn")


def with_turn(state: LiveState, activity: str, key: str, **changes: Any) -> LiveState:
    """Return `state` with one turn changed; who no longer waits loses the place the desk had given."""
    speaking = list_of(state, activity)
    turns = tuple(replace(turn, **changes) if turn.key == key else turn for turn in speaking.turns)
    waiting = {turn.speaker for turn in turns if turn.status == "waiting"}
    head = tuple(speaker for speaker in speaking.manual_order if speaker in waiting)
    return with_list(state, activity, turns=turns, manual_order=head)


DECIDERS: Mapping[type, Decider] = {
    RequestTurn: decide_request_turn,
    WithdrawTurn: decide_withdraw_turn,
}
EVOLVERS: Mapping[type, Evolver] = {
    TurnRequested: evolve_turn_requested,
    TurnWithdrawn: evolve_turn_withdrawn,
}
