"""Ballots cast from phones and table phones (D-1 to D-4). State learns who has voted, never what.

A ballot is checked by its method, sealed, and replaced by the voter's next one until the close; on a table phone each
slot is final. A ballot that names its round counts in that round alone: one that slept on a phone does not slip into
the next.

Refuses: `unknown_activity`, `not_a_vote`, `activity_not_open`, `activity_closed` {at}, `vote_annulled` {at}, `not_yet`,
`session_closed` {at}, `frozen`; `not_elector`, `unknown_slot`, `slot_final` (electorate.py); the codes of InvalidBallot
(methods/contract.py; `empty_ballot`: the phone proposes « Voter blanc »); `objection_needs_text`, `no_text_here`,
`too_long` {limit}.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from atelier.errors import Refusal
from atelier.live.messages import Decider, Decision, Evolver, secret
from atelier.live.methods.consent import TEXT_REQUIRED
from atelier.live.methods.contract import Ballot, InvalidBallot
from atelier.live.rules.access_to_activity import activity_open_to
from atelier.live.rules.electorate import elector, is_late, slot_refusal
from atelier.live.rules.envelope import enclosed
from atelier.live.state import Activity, Actor, LiveState, with_activity, with_item
from atelier.live.voting_methods import METHODS

MAX_TEXT = 1_000  # characters: six bytes each still fit in the seal's one length


@dataclass(frozen=True, slots=True)
class CastBallot:
    """Put a ballot in the box. `text` goes with a consent answer; `round`: the one the phone showed, or 0."""

    activity: str
    slot: int = 1
    ballot: Mapping[str, Any] = field(default_factory=dict)
    text: str = ""
    round: int = 0


@dataclass(frozen=True, slots=True)
class BallotReceived:
    """`voter` has a ballot in the box. What it says is sealed apart."""

    activity: str
    voter: str
    slot: int
    round: int
    ballot: Mapping[str, Any] | None = secret()


def decide_cast_ballot(command: CastBallot, state: LiveState, actor: Actor, now: datetime) -> Decision:
    activity = vote_open_to(state, command, actor, now)
    if isinstance(activity, Refusal):
        return activity
    person = elector(state, activity, actor.person)
    if isinstance(person, Refusal):
        return person
    refusal = slot_refusal(activity, actor.id, person, command.slot)
    if refusal:
        return refusal
    ballot = checked(activity, command.ballot)
    if isinstance(ballot, Refusal):
        return ballot
    text = text_beside(activity, ballot, command.text)
    if isinstance(text, Refusal):
        return text
    sealed = enclosed(ballot, text, is_late(activity, actor.person), person.shared)
    return (BallotReceived(activity.key, actor.id, command.slot, activity.round, sealed),)


def vote_open_to(state: LiveState, command: CastBallot, actor: Actor, now: datetime) -> Activity | Refusal:
    """Return the activity if it takes this ballot now: a vote, open, in the round that the phone showed."""
    activity = state.activities.get(command.activity)
    if activity is None:
        return Refusal("unknown_activity")
    if not activity.is_vote:
        return Refusal("not_a_vote")
    gone = refusal_of_round(activity, command.round)
    return gone or activity_open_to(state, command.activity, actor, now)


def refusal_of_round(activity: Activity, shown: int) -> Refusal | None:
    """Refuse a ballot for a round that is over, or for a vote that was annulled."""
    ended = next((kept for kept in activity.rounds if kept["round"] == (shown or activity.round)), None)
    if ended is not None:
        if ended["annulled"]:
            return Refusal("vote_annulled", {"at": ended["annulled_at"]})
        return Refusal("activity_closed", {"at": ended["closed_at"]})
    return Refusal("activity_not_open") if shown not in (0, activity.round) else None


def checked(activity: Activity, ballot: Mapping[str, Any]) -> Ballot | Refusal:
    """Return the ballot as its method normalises it, or the method's refusal."""
    try:
        return METHODS[activity.kind].check(ballot, activity.settings, option_keys(activity))
    except InvalidBallot as invalid:
        return Refusal(invalid.code, invalid.params)


def option_keys(activity: Activity) -> tuple[str, ...]:
    """Return the keys of the options in the projector's order (D-7)."""
    return tuple(option.key for option in activity.options)


def text_beside(activity: Activity, ballot: Ballot, text: str) -> str | Refusal:
    """Return the words sealed with a consent answer. An objection is argued; « je consens » has none (domain §4, 7)."""
    words = text.strip()
    if activity.kind != "consent":
        return Refusal("no_text_here") if words else ""
    if len(words) > MAX_TEXT:
        return Refusal("too_long", {"limit": MAX_TEXT})
    answer = ballot["answer"]
    if answer in TEXT_REQUIRED and not words:
        return Refusal("objection_needs_text")
    return "" if answer == "consent" else words


def evolve_ballot_received(state: LiveState, event: BallotReceived, at: datetime | None) -> LiveState:
    activity = state.activities[event.activity]
    slots = activity.slots.get(event.voter, ())
    if event.slot in slots:
        return state
    received = (*slots, event.slot)
    return with_activity(
        state,
        event.activity,
        slots=with_item(activity.slots, event.voter, received),
        turnout=with_item(activity.turnout, event.voter, len(received)),
    )


DECIDERS: Mapping[type, Decider] = {CastBallot: decide_cast_ballot}
EVOLVERS: Mapping[type, Evolver] = {BallotReceived: evolve_ballot_received}
