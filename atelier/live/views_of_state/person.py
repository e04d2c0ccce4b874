"""What a phone knows of its own person: cards with what became of them, ballots, turn, time given. Nobody else gets it.

Everything is JSON-safe: this is `me` on the wire, filled into the page by lib/me.js and by personal.py.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from atelier.live.rules.electorate import is_let_in
from atelier.live.rules.speaking import speaking_now, waiting_order
from atelier.live.rules.visibility import shown_title, standing_card
from atelier.live.state import Activity, Contribution, LiveState, Participant
from atelier.live.views_of_state.person_cards import card_of, is_current

OwnIds = Mapping[str, str]  # anonymous activity -> this person's author id there
Turns = Mapping[str, Mapping[str, Any]]  # speaker -> activity -> turn


class _Same:
    """A value compared by identity, and kept alive so that no other takes its address."""

    __slots__ = ("value",)

    def __init__(self, value: Any) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.value is other.value

    __hash__ = None  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class Persons:
    """What everybody's payload is made of, found in one pass over cards, votes and turns.

    A tick thus costs the same for 12 phones and for 450, and a payload the same with 20 cards and with 2,000.
    """

    state: LiveState
    by_author: Mapping[str, list[Contribution]]
    supported: Mapping[str, list[int]]
    votes: tuple[tuple[str, Mapping[str, tuple[int, ...]]], ...]
    turns: Turns
    shared: tuple[Any, ...]

    def signature(self, participant: str, own_ids: OwnIds) -> tuple[Any, ...]:
        """Return, for one person, something that changes whenever their payload may have changed.

        A ballot of one person changes nobody else's.
        """
        authors = (participant, *own_ids.values())
        cards = [card for author in authors for card in self.by_author.get(author, ())]
        return (
            _Same(self.state.people.get(participant)),
            tuple((_Same(card), _Same(_shown(self.state, card))) for card in cards),
            tuple(number for author in authors for number in self.supported.get(author, ())),
            tuple((key, slots[participant]) for key, slots in self.votes if participant in slots),
            self.turns.get(participant),
            self.shared,
        )

    def view(self, participant: str, own_ids: OwnIds) -> dict[str, Any]:
        """Return the personal payload (`me` on the wire)."""
        state = self.state
        person = state.people.get(participant)
        if person is None:
            return {"participant": None, "cards": [], "ballots": {}}
        authors = {participant, *own_ids.values()}
        own = sorted(
            (card for author in authors for card in self.by_author.get(author, ())),
            key=lambda card: card.number,
        )
        return {
            "participant": _profile(state, person),
            "cards": [card_of(state, card) for card in reversed(own)],
            "earlier": any(not is_current(state, state.activities[card.activity]) for card in own),
            "own": [card.number for card in own],
            "ballots": {
                key: a.turnout[participant] for key, a in state.activities.items() if participant in a.turnout
            },
            "box": {
                a.key: _box(a, person) for a in state.activities.values() if a.is_vote and a.phase == "open"
            },
            "upvotes": sorted({number for author in authors for number in self.supported.get(author, ())}),
            "turn": dict(self.turns.get(participant, {})),
            "time_extra": {key: until.isoformat() for key, until in person.extra_until.items()},
            "time_given": {key: max(1, round(seconds / 60)) for key, seconds in person.extra_seconds.items()},
            "wants_time": person.wants_time,
            "help": person.wants_help,
            "done": person.finished,
            "notices": [],
        }


def persons(state: LiveState) -> Persons:
    """Look at a state once, for everybody."""
    by_author: dict[str, list[Contribution]] = defaultdict(list)
    supported: dict[str, list[int]] = defaultdict(list)
    for card in state.contributions.values():
        if card.author:
            by_author[card.author].append(card)
        for voter in card.upvotes:
            supported[voter].append(card.number)
    shared = (
        state.phase,
        state.current,
        _Same(state.clusters),
        tuple(c.key for c in state.clusters.values() if c.title and not shown_title(state, c)),
        tuple((a.phase, a.round, a.cards_shown) for a in state.activities.values()),
    )
    votes = tuple((key, activity.slots) for key, activity in state.activities.items() if activity.slots)
    return Persons(state, by_author, supported, votes, turns_of(state), shared)


def person_view(state: LiveState, participant: str, own_ids: OwnIds) -> dict[str, Any]:
    """Return one person's payload."""
    return persons(state).view(participant, own_ids)


def _shown(state: LiveState, card: Contribution) -> Contribution:
    return card if card.merged_into is None else standing_card(state, card.number)


def turns_of(state: LiveState) -> Turns:
    """Return, for each person who waits to speak or speaks, their place in each list: 0 is speaking."""
    found: dict[str, dict[str, Any]] = defaultdict(dict)
    for key, activity in state.activities.items():
        if activity.kind != "speaking" or activity.phase != "open":
            continue
        for position, turn in enumerate(waiting_order(state, key), 1):
            found[turn.speaker][key] = {"state": "waiting", "position": position, "first": position == 1}
        running = speaking_now(state, key)
        if running is not None:
            found[running.speaker][key] = {"state": "speaking", "position": 0, "first": False}
    return found


def _profile(state: LiveState, person: Participant) -> dict[str, Any]:
    college = next((known for known in state.meeting.colleges if known.key == person.college), None)
    return {
        "key": person.key,
        "name": person.name,
        "pseudonym": person.pseudonym,
        "college": person.college,
        "is": {person.college: True},
        "college_label": college.label if college else "",
        "table": person.table or 0,
        "shared": person.shared,
        "single": not person.shared,
        "people": person.people,
        "left": person.left,
    }


def _box(activity: Activity, person: Participant) -> dict[str, Any]:
    """Return what this phone may still put in the box: the slots received, the next one, and why none if none (D-2, D-3).

    `slot` is 0 when every person of a table phone has voted; a phone of one person may vote again until the close.
    """
    received = activity.slots.get(person.key, ())
    people = range(1, person.people + 1) if person.shared else range(1, 2)
    free = [slot for slot in people if slot not in received]
    allowed = is_let_in(person) or person.key in (activity.electors or ())
    return {
        "slot": (free[0] if free else 0) if person.shared else 1,
        "received": ",".join(map(str, received)),
        "voted": bool(received),
        "full": person.shared and not free,
        "people": len(people),
        "refused": "" if allowed else ("left" if person.left else "entry_closed"),
    }
