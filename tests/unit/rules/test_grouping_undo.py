from __future__ import annotations

import pytest

from atelier.errors import Refusal
from atelier.live.rules.clusters import DissolveCluster, MoveCluster, RenameCluster, ValidateCluster
from atelier.live.rules.grouping_undo import DEPTH, UndoGrouping
from atelier.live.rules.merging import MergeContributions, UnmergeContribution
from atelier.live.rules.moderation import HideContribution
from atelier.live.rules.placing import MergeClusters, PlaceCard, SplitCluster
from tests.factories import BRUNO, NADIA
from tests.unit.rules.cards import arrangement, card, cluster, group, make_board


@pytest.mark.parametrize(
    "act",
    [
        RenameCluster("K1", "Autrement"), MoveCluster("K1", 2), ValidateCluster("K1"), DissolveCluster("K1"),
        PlaceCard(1, "K2", 0), PlaceCard(1, "K1", 2), PlaceCard(1, None), SplitCluster("K1", (1, 3), "À part"),
        MergeClusters("K2", "K1"), MergeContributions(1, (2, 4, 6), "Ensemble"),
    ],
    ids=lambda act: type(act).__name__,
)  # fmt: skip
def test_undo_grouping_gives_back_exactly_what_the_act_changed(act: object) -> None:
    play = make_board(cards=6)
    for title, cards in (("Parole", (1, 2, 3)), ("Temps", (4, 5)), ("Lieu", ())):
        group(play, title, *cards)
    before = arrangement(play.state)
    play.act(act)
    assert arrangement(play.state) != before
    play.act(UndoGrouping())
    assert arrangement(play.state) == before
    play.assert_refolds()


def test_undo_grouping_several_times_goes_back_act_by_act() -> None:
    play = make_board(cards=2)
    lived = [arrangement(play.state)]
    for act in (lambda: group(play, "Parole", 1), lambda: play.act(PlaceCard(2, "K1")),
                lambda: play.act(MergeContributions(1, (2,))), lambda: play.act(UnmergeContribution(1))):  # fmt: skip
        act()
        lived.append(arrangement(play.state))
    for expected in reversed(lived[:-1]):
        play.act(UndoGrouping())
        assert arrangement(play.state) == expected
    assert play.refused(UndoGrouping()) == Refusal("nothing_to_undo")


def test_undo_grouping_concerns_ones_own_acts_only() -> None:
    play = make_board(cards=2)
    group(play, "Parole", 1, by=NADIA)
    assert play.refused(UndoGrouping(), BRUNO) == Refusal("nothing_to_undo")
    mine = group(play, "Temps", 2, by=BRUNO)
    play.act(UndoGrouping(), NADIA)
    assert set(play.state.clusters) == {mine}


def test_undo_grouping_is_refused_once_somebody_moved_the_card_again() -> None:
    play = make_board(cards=1)
    one, two = group(play, "Parole"), group(play, "Temps")
    play.act(PlaceCard(1, one), NADIA)
    play.act(PlaceCard(1, two), BRUNO)
    assert play.refused(UndoGrouping(), NADIA) == Refusal("undo_outdated", {"act": "place_card"})
    play.act(UndoGrouping(), BRUNO)
    play.act(UndoGrouping(), NADIA)
    assert card(play, 1).cluster is None


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        (RenameCluster("K1", "Ma façon"), RenameCluster("K1", "La leur")),
        (RenameCluster("K1", "Ma façon"), DissolveCluster("K1")),
        (DissolveCluster("K1"), PlaceCard(1, "K2")),
        (MoveCluster("K1", 1), MoveCluster("K1", 0)),
        (MergeContributions(1, (2,)), UnmergeContribution(1)),
        (PlaceCard(3, "K1"), DissolveCluster("K1")),
        (PlaceCard(1, None), MergeContributions(2, (1,))),
        (PlaceCard(1, "K1", 1), PlaceCard(3, "K1", 0)),
    ],
    ids=lambda act: type(act).__name__,
)
def test_undo_grouping_is_refused_when_the_same_thing_was_touched(mine: object, theirs: object) -> None:
    play = make_board(cards=4)
    group(play, "Parole", 1, 2, by=BRUNO)
    group(play, "Temps", by=BRUNO)
    play.act(mine, NADIA)
    play.act(theirs, BRUNO)
    before = play.state
    assert play.refused(UndoGrouping(), NADIA).code == "undo_outdated"
    assert play.state == before


def test_undo_grouping_never_merges_two_cards_into_each_other() -> None:
    play = make_board(cards=3)
    play.act(MergeContributions(1, (2, 3)), BRUNO)
    play.act(UnmergeContribution(1), NADIA)
    play.act(MergeContributions(2, (1,)), BRUNO)
    assert play.refused(UndoGrouping(), NADIA) == Refusal("undo_outdated", {"act": "unmerge_contribution"})


def test_undo_grouping_of_a_cluster_is_refused_once_somebody_works_in_it() -> None:
    play = make_board(cards=2)
    key = group(play, "Parole", 1, by=NADIA)
    play.act(PlaceCard(2, key), BRUNO)
    assert play.refused(UndoGrouping(), NADIA) == Refusal("undo_outdated", {"act": "create_cluster"})
    assert cluster(play, key).cards == (1, 2)


def test_undo_grouping_leaves_what_others_did_in_the_same_cluster() -> None:
    play = make_board(cards=5)
    key = group(play, "Parole", 1, 2, by=BRUNO)
    play.act(PlaceCard(3, key, 0), NADIA)
    play.act(PlaceCard(4, key, 2), BRUNO)
    play.act(HideContribution(3, "off_topic"), BRUNO)
    play.act(UndoGrouping(), NADIA)
    assert (cluster(play, key).cards, card(play, 3).cluster) == ((1, 4, 2), None)
    assert card(play, 3).status == "hidden"


def test_undo_grouping_of_a_new_cluster_keeps_the_order_that_others_gave() -> None:
    play = make_board()
    one, two = group(play, "Un", by=BRUNO), group(play, "Deux", by=BRUNO)
    group(play, "Trois", by=NADIA)
    play.act(MoveCluster(one, 1), BRUNO)
    play.act(UndoGrouping(), NADIA)
    assert play.state.cluster_order == (two, one)


def test_undo_grouping_of_a_dissolved_cluster_puts_it_back_between_its_neighbours() -> None:
    play = make_board(cards=2)
    one, two, three = (group(play, title, by=BRUNO) for title in ("Un", "Deux", "Trois"))
    play.act(DissolveCluster(two), NADIA)
    play.act(MoveCluster(three, 0), BRUNO)
    play.act(UndoGrouping(), NADIA)
    assert play.state.cluster_order == (three, one, two)


def test_undo_grouping_remembers_the_last_acts_only() -> None:
    play = make_board()
    keys = [group(play, f"Groupe {n}") for n in range(DEPTH + 2)]
    for _ in range(DEPTH):
        play.act(UndoGrouping())
    assert play.refused(UndoGrouping()) == Refusal("nothing_to_undo")
    assert play.state.cluster_order == tuple(keys[:2])
