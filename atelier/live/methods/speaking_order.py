"""Who speaks next (tour de parole; domain §4, method 9): pure ordering of requests, without clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

FIFO = "fifo"
FIRST_TIME = "first_time"
POLICIES = (FIFO, FIRST_TIME)


@dataclass(frozen=True, slots=True)
class SpeakingRequest:
    """A person asking to speak.

    person         participant id, or the id given to somebody without a phone
    requested_at   place in the order of requests: any increasing integer (a journal seq), unique in the list
    unserved       asked before and the list was closed first: gets priority this time
    """

    person: str
    requested_at: int
    unserved: bool = False


def speaking_order(
    requests: Sequence[SpeakingRequest],
    turns: Mapping[str, int],
    policy: str,
    by_hand: Sequence[str] = (),
) -> tuple[SpeakingRequest, ...]:
    """The requests, next speaker first. To be recomputed after each turn and each request.

    turns     person -> turns already taken in this sequence; absent is none
    policy    "fifo": order of request; "first_time": fewest turns first, then order of request. ValueError
              otherwise.
    by_hand   persons that the facilitator placed at the head, in that order; those who do not ask are ignored

    Whatever the policy, people left unserved last time come before the others (and after those placed by
    hand).
    """
    if policy not in POLICIES:
        raise ValueError(f"unknown speaking policy: {policy}")
    hand = {person: place for place, person in enumerate(by_hand)}

    def place(request: SpeakingRequest) -> tuple[int, bool, int, int]:
        taken = turns.get(request.person, 0) if policy == FIRST_TIME else 0
        return hand.get(request.person, len(hand)), not request.unserved, taken, request.requested_at

    return tuple(sorted(requests, key=place))
