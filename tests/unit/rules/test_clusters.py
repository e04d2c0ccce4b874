from __future__ import annotations

from atelier.errors import Refusal
from atelier.live.rules.card_marks import ReportMisplaced
from atelier.live.rules.clusters import (
    CreateCluster,
    DissolveCluster,
    MoveCluster,
    RenameCluster,
    ValidateCluster,
)
from atelier.live.rules.contributions import EditContribution
from atelier.live.rules.merging import MergeContributions
from atelier.live.rules.moderation import HideContribution
from atelier.live.rules.placing import MergeClusters, PlaceCard, SplitCluster
from atelier.live.rules.rewording import RewordContribution
from atelier.live.rules.visibility import receipt
from atelier.live.rules.withdrawal import WithdrawContribution
from tests.factories import BRUNO, make_activity, make_play, make_sequence, make_snapshot
from tests.unit.rules.cards import BOARD, TEXTS, card, cluster, group, make_board, send


def test_create_cluster_takes_its_cards_in_order_and_tells_their_authors() -> None:
    play = make_board(cards=3)
    key = group(play, " Aller chercher   les gens ", 3, 1)
    made = cluster(play, key)
    assert (made.title, made.cards, made.copied_from) == ("Aller chercher les gens", (3, 1), ())
    told = receipt(play.state, card(play, 1))
    assert (told.state, told.cluster, told.title) == ("placed", key, "Aller chercher les gens")
    play.assert_refolds()


def test_create_cluster_remembers_the_cards_its_title_repeats() -> None:
    play = make_board(cards=2)
    send(play, "Samira", "Temps")
    titles = [TEXTS[0].upper(), f"{TEXTS[0]} !", "Temps", "Temps et parole"]
    keys = [group(play, title) for title in titles]
    assert [cluster(play, key).copied_from for key in keys] == [(1,), (1,), (3,), ()]


def test_create_cluster_takes_cards_out_of_the_cluster_they_were_in() -> None:
    play = make_board(cards=3)
    first = group(play, "Parole", 1, 2, 3)
    second = group(play, "Temps", 2, by=BRUNO)
    assert (cluster(play, first).cards, cluster(play, second).cards) == ((1, 3), (2,))


def test_create_cluster_keeps_what_was_waiting() -> None:
    play = make_board(cards=2, moderation="held")
    group(play, "Parole", 1)
    play.act(PlaceCard(2, "K1"))
    assert [card(play, n).status for n in (1, 2)] == ["kept", "kept"]


def test_create_cluster_says_what_cannot_be_grouped() -> None:
    play = make_board(cards=4)
    play.act(HideContribution(2, "attack"))
    play.act(WithdrawContribution(3), "Odile")
    play.act(MergeContributions(1, (4,)))
    assert [play.refused(command) for command in (
        CreateCluster("a99"), CreateCluster("a1"), CreateCluster(BOARD, "x" * 61), CreateCluster(BOARD, column="swot"),
        CreateCluster(BOARD, cards=(2,)), CreateCluster(BOARD, cards=(3,)), CreateCluster(BOARD, cards=(4,)),
        CreateCluster("a2", cards=(1,)),
    )] == [
        Refusal("unknown_activity"), Refusal("no_cards_here"), Refusal("title_too_long", {"limit": 60}),
        Refusal("unknown_column"), Refusal("card_hidden", {"number": 2}), Refusal("already_withdrawn", {"number": 3}),
        Refusal("merged_card", {"number": 4, "into": 1}), Refusal("other_activity", {"number": 1}),
    ]  # fmt: skip


def test_grouping_takes_cards_of_an_earlier_session_that_nobody_may_edit() -> None:
    board = make_activity("a1", "contributions", "Ce qui a été dit")
    snapshot = make_snapshot([make_sequence("s1", "Suite", 10, board)])
    snapshot["imports"] = [
        {"activity": "a1", "cards": [{"origin": "DK1-C-4", "text": "Le port est loin"}], "clusters": []}
    ]
    play = make_play(1, snapshot)
    assert card(play, 1).origin == "DK1-C-4"
    play.act(CreateCluster("a1", "Port", cards=(1,)))
    assert card(play, 1).cluster == "K1"
    assert play.refused(RewordContribution(1, "Le port")) == Refusal("earlier_session")
    assert play.refused(EditContribution(1, "Le port"), "Samira") == Refusal("earlier_session")


def test_rename_cluster_opens_a_validated_cluster_again() -> None:
    play = make_board(cards=1)
    key = group(play, "Parole", 1)
    play.act(ValidateCluster(key))
    assert play.act(RenameCluster(key, " Parole ")) == ()
    assert cluster(play, key).validated
    play.act(RenameCluster(key, "Prise de parole"))
    assert (cluster(play, key).title, cluster(play, key).validated) == ("Prise de parole", False)
    assert play.refused(RenameCluster("K9", "x")) == Refusal("unknown_cluster")


def test_validate_cluster_refuses_an_empty_one() -> None:
    play = make_board()
    assert play.refused(ValidateCluster(group(play, "Vide"))) == Refusal("empty_cluster")


def test_move_cluster_orders_the_clusters_of_its_activity() -> None:
    play = make_board()
    one, two, three = (group(play, title) for title in ("Un", "Deux", "Trois"))
    play.act(MoveCluster(three, 0))
    play.act(MoveCluster(one, 99))
    assert [c.key for c in play.state.clusters_of(BOARD)] == [three, two, one]
    assert play.act(MoveCluster(one, 99)) == ()


def test_dissolve_cluster_unplaces_its_cards() -> None:
    play = make_board(cards=2)
    play.act(DissolveCluster(group(play, "Parole", 1, 2)))
    assert (play.state.clusters, [card(play, n).cluster for n in (1, 2)]) == ({}, [None, None])
    play.assert_refolds()


def test_place_card_puts_it_at_a_position_and_settles_a_misplaced_card() -> None:
    play = make_board(cards=3)
    key = group(play, "Parole", 1, 2)
    play.act(ReportMisplaced(3), "Odile")
    play.act(PlaceCard(3, key, 1))
    assert (cluster(play, key).cards, card(play, 3).misplaced) == ((1, 3, 2), False)
    play.act(PlaceCard(1, key, 99))
    assert cluster(play, key).cards == (3, 2, 1)
    play.act(PlaceCard(3, None))
    assert (cluster(play, key).cards, card(play, 3).cluster) == ((2, 1), None)
    assert play.act(PlaceCard(3, None)) == ()
    assert play.refused(PlaceCard(1, "K9")) == Refusal("unknown_cluster")


def test_place_card_where_it_stands_answers_its_author() -> None:
    play = make_board(cards=1)
    key = group(play, "Parole", 1)
    play.act(ReportMisplaced(1), "Samira")
    play.act(PlaceCard(1, key))
    assert not card(play, 1).misplaced


def test_split_cluster_leaves_a_cluster_right_after_it() -> None:
    play = make_board(cards=4)
    first, last = group(play, "Parole", 1, 2, 3), group(play, "Temps", 4)
    made = play.act(SplitCluster(first, (3, 1), "Micro"))[-1].key
    assert [(c.key, c.cards) for c in play.state.clusters_of(BOARD)] == [
        (first, (2,)), (made, (1, 3)), (last, (4,)),
    ]  # fmt: skip
    assert [play.refused(command) for command in (
        SplitCluster(first, ()), SplitCluster(first, (2,)), SplitCluster(first, (4,)), SplitCluster("K9", (1,)),
        SplitCluster(made, (1,), "x" * 61),
    )] == [
        Refusal("nothing_to_split"), Refusal("nothing_left"), Refusal("not_in_cluster", {"number": 4}),
        Refusal("unknown_cluster"), Refusal("title_too_long", {"limit": 60}),
    ]  # fmt: skip
    play.assert_refolds()


def test_merge_clusters_joins_the_cards_in_order_and_opens_the_target_again() -> None:
    play = make_board(cards=3)
    target, source = group(play, "Parole", 2), group(play, "Micro", 3, 1)
    play.act(ValidateCluster(target))
    play.act(MergeClusters(target, source))
    assert (cluster(play, target).cards, cluster(play, target).validated) == ((2, 3, 1), False)
    assert (set(play.state.clusters), play.state.cluster_order) == ({target}, (target,))
    assert play.refused(MergeClusters(target, target)) == Refusal("same_cluster")
    assert play.refused(MergeClusters(target, source)) == Refusal("unknown_cluster")
    play.assert_refolds()
