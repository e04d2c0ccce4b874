from __future__ import annotations

import pytest

from atelier.errors import Refusal
from atelier.live.rules.cluster_vote import VoteOnClusters
from atelier.live.rules.clusters import MoveCluster
from atelier.live.rules.moderation import HideContribution
from atelier.live.rules.placing import PlaceCard
from atelier.live.state import Option
from tests.factories import BRUNO
from tests.unit.rules.cards import BOARD, TEXTS, group, make_board

QUESTION = "Lesquelles comprendre d'abord ?"


@pytest.mark.parametrize("kind", ["dot_vote", "choice", "scale", "gradients", "majority_judgment"])
def test_vote_on_clusters_offers_their_titles_in_the_desks_order(kind: str) -> None:
    play = make_board(cards=3)
    parole, copied, empty = group(play, "Parole", 1), group(play, TEXTS[1], 2), group(play, "Vide")
    play.act(MoveCluster(copied, 0))
    play.act(VoteOnClusters(BOARD, kind, QUESTION, {"dots": 2}, minutes=5))
    vote = play.state.activities["a9"]
    assert vote.options == (
        Option("o1", TEXTS[1], copied, (2,)),
        Option("o2", "Parole", parole, ()),
    )
    assert (vote.kind, vote.question, vote.minutes, vote.from_clusters) == (kind, QUESTION, 5, BOARD)
    assert play.state.current == ("s3", "a9")
    assert empty in play.state.clusters
    play.assert_refolds()


def test_vote_on_clusters_can_take_some_of_them_in_another_order_and_wait() -> None:
    play = make_board(cards=2)
    keys = [group(play, title, number) for number, title in ((1, "Parole"), (2, "Temps"))]
    play.act(VoteOnClusters(BOARD, "choice", QUESTION, clusters=(keys[1], keys[0], keys[1]), go=False))
    vote = play.state.activities["a9"]
    assert [option.cluster for option in vote.options] == [keys[1], keys[0]]
    assert play.state.current == ("s3", BOARD)
    assert play.state.sequences["s3"].activities == (BOARD, "a9")


def test_vote_on_clusters_leaves_out_a_cluster_whose_cards_are_all_hidden() -> None:
    play = make_board(cards=2)
    hidden = group(play, "Parole", 1)
    group(play, "Temps", 2)
    play.act(HideContribution(1, "attack"))
    play.act(VoteOnClusters(BOARD, "choice", QUESTION))
    assert [option.text for option in play.state.activities["a9"].options] == ["Temps"]
    assert hidden in play.state.clusters


def test_vote_on_clusters_keeps_the_anonymity_of_the_cards() -> None:
    play = make_board(cards=1)
    group(play, "Parole", 1)
    play.act(VoteOnClusters(BOARD, "gradients", QUESTION))
    assert play.state.activities["a9"].anonymity == play.state.activities[BOARD].anonymity


def test_vote_on_clusters_says_what_cannot_be_voted_on() -> None:
    play = make_board(cards=2)
    assert play.refused(VoteOnClusters(BOARD, "choice", QUESTION)) == Refusal("no_clusters")
    one, same, untitled = group(play, "Parole", 1), group(play, "PAROLE", 2), group(play, "")
    assert [play.refused(VoteOnClusters(**command)) for command in (
        {"source": "a99", "kind": "choice", "question": QUESTION},
        {"source": BOARD, "kind": "consent", "question": QUESTION},
        {"source": BOARD, "kind": "choice", "question": QUESTION, "clusters": ("K9",)},
        {"source": "a2", "kind": "choice", "question": QUESTION, "clusters": (one,)},
        {"source": BOARD, "kind": "choice", "question": QUESTION, "clusters": (untitled,)},
        {"source": BOARD, "kind": "choice", "question": QUESTION},
        {"source": BOARD, "kind": "choice", "question": " ", "clusters": (one,)},
    )] == [
        Refusal("unknown_activity"), Refusal("unknown_kind"), Refusal("unknown_cluster"),
        Refusal("other_activity", {"cluster": one}), Refusal("untitled_cluster", {"cluster": untitled}),
        Refusal("same_title", {"clusters": (one, same)}), Refusal("question_required"),
    ]  # fmt: skip


def test_vote_on_clusters_takes_twelve_and_refuses_thirteen() -> None:
    play = make_board(cards=1)
    keys = [group(play, f"Groupe {n}") for n in range(13)]
    play.act(PlaceCard(1, keys[0]))
    refusal = play.refused(VoteOnClusters(BOARD, "dot_vote", QUESTION, clusters=tuple(keys)))
    assert refusal == Refusal("too_many_options", {"limit": 12, "count": 13})
    play.act(VoteOnClusters(BOARD, "dot_vote", QUESTION, clusters=tuple(keys[:12])))
    assert len(play.state.activities["a9"].options) == 12


def test_vote_on_clusters_needs_the_agenda_key() -> None:
    play = make_board(cards=1)
    group(play, "Parole", 1)
    refusal = play.refused(VoteOnClusters(BOARD, "choice", QUESTION), BRUNO)
    assert refusal == Refusal("agenda_held", {"by": "Nadia"})
