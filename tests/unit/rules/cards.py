"""What the tests about cards share: sending one, finding words anywhere, the journal after erasure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from atelier.live.catalogue import EVENTS
from atelier.live.codec import decode, encode
from atelier.live.engine import fold
from atelier.live.messages import Event
from atelier.live.rules.arrangement import where
from atelier.live.rules.clusters import CreateCluster
from atelier.live.rules.contributions import SubmitContribution
from atelier.live.rules.withdrawal import ContributionWithdrawn
from atelier.live.state import Cluster, Contribution, LiveState
from tests.factories import NADIA, Play, make_play

BOARD = "a3"
TEXTS = (
    "Les mêmes parlent toujours",
    "On ne sait pas qui décide après l'assemblée",
    "Les jeunes viennent une fois et ne restent pas",
    "Le bailleur ne vient jamais aux réunions",
    "La garde d'enfants manque le soir",
    "Le micro fait peur aux nouveaux",
)


def make_board(people: int = 6, cards: int = 0, **meeting: Any) -> Play:
    """Return an evening whose board is open; `cards` weaknesses, C-1 on, each by the next person."""
    play = make_play(people, **meeting)
    play.open(BOARD)
    for text, name in zip(TEXTS[:cards], play.keys, strict=False):
        send(play, name, text)
    return play


def send(play: Play, name: str, text: str, column: str = "minus", activity: str = BOARD, **more: Any) -> int:
    """Make somebody send a card, and return its number."""
    events = play.act(SubmitContribution(activity, text, column=column, **more), name)
    number: int = events[0].number
    return number


def group(play: Play, title: str, *cards: int, by: Any = NADIA) -> str:
    """Make a cluster, and return its key."""
    events = play.act(CreateCluster(BOARD, title, cards=cards), by)
    key: str = events[-1].key
    return key


def card(play: Play, number: int) -> Contribution:
    return play.state.contributions[number]


def cluster(play: Play, key: str) -> Cluster:
    return play.state.clusters[key]


def arrangement(state: LiveState) -> tuple[Any, ...]:
    """Everything that grouping may change: where cards are, under which titles, in which order, and what is merged."""
    cards = {
        number: (card.cluster, card.merged_into, card.sources, card.words, card.came_from)
        for number, card in state.contributions.items()
    }
    return cards, dict(state.clusters), state.cluster_order


def assert_nothing_lost(state: LiveState, numbers: Iterable[int]) -> None:
    """Each card given out is in exactly one place, and both ends of every link agree."""
    assert set(state.contributions) == set(numbers)
    listed = [number for cluster in state.clusters.values() for number in cluster.cards]
    assert len(listed) == len(set(listed))
    assert set(state.cluster_order) == set(state.clusters)
    assert len(state.cluster_order) == len(state.clusters)
    for number, card in state.contributions.items():
        place, target = where(state, number)
        assert (card.cluster is not None) == (place == "cluster")
        assert (number in listed) == (place == "cluster")
        assert place != "cluster" or number in state.clusters[target].cards
        assert place != "merged" or number in state.contributions[int(target)].sources
        assert all(state.contributions[source].merged_into == number for source in card.sources)
        assert len(set(card.sources)) == len(card.sources)
        assert place != "withdrawn" or (card.sources, card.merged_into) == ((), None)
        assert _ends(state, number), f"C-{number} is merged into itself"


def _ends(state: LiveState, number: int) -> bool:
    """Whether following `merged_into` arrives at a card that stands, within as many steps as there are cards."""
    here: int | None = number
    for _ in state.contributions:
        here = state.contributions[here].merged_into if here is not None else None
    return here is None


def erased_journal(
    history: Sequence[tuple[Event, datetime | None]],
) -> tuple[list[tuple[Event, datetime | None]], str]:
    """Return the history as the journal gives it back once words are blanked, and all that is written there."""
    owners = {o for event, _ in history if isinstance(event, ContributionWithdrawn) for o in event.owners}
    replayed, written = [], []
    for seq, (event, at) in enumerate(history, 1):
        payload, rows = encode(event, seq)
        bodies = {row.id: "" if row.owner in owners else row.body for row in rows}
        replayed.append((decode(EVENTS[type(event).__name__], payload, bodies), at))
        written += [json.dumps(payload, ensure_ascii=False), *bodies.values()]
    return replayed, "\n".join(written)


def assert_refolds_erased(play: Play) -> None:
    """Replay with blanked words equals live state (architecture §4)."""
    replayed, _ = erased_journal(play.history)
    assert fold(LiveState(), replayed) == play.state
