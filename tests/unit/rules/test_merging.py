from __future__ import annotations

from dataclasses import replace

from atelier.errors import Refusal
from atelier.live.rules.clusters import DissolveCluster
from atelier.live.rules.contributions import EditContribution
from atelier.live.rules.merging import MergeContributions, UnmergeContribution
from atelier.live.rules.moderation import HideContribution
from atelier.live.rules.visibility import all_sources, receipt, standing_card
from atelier.live.rules.withdrawal import WithdrawContribution
from tests.unit.rules.cards import TEXTS, arrangement, card, cluster, group, make_board, send


def test_merge_contributions_lists_the_sources_and_tells_their_authors() -> None:
    play = make_board(cards=3)
    key = group(play, "Parole", 1, 2)
    play.act(MergeContributions(1, (2, 3, 2), "La parole circule mal"))
    assert (card(play, 1).sources, card(play, 1).words) == ((2, 3), "La parole circule mal")
    assert cluster(play, key).cards == (1,)
    told = receipt(play.state, card(play, 3))
    assert (told.state, told.into) == ("merged", 1)
    assert [card(play, n).words for n in (2, 3)] == [TEXTS[1], TEXTS[2]]
    play.assert_refolds()


def test_merge_contributions_without_a_text_keeps_the_targets_words() -> None:
    play = make_board(cards=2)
    play.act(MergeContributions(1, (2,), TEXTS[0]))
    assert (card(play, 1).merged, card(play, 1).words) == (None, TEXTS[0])


def test_unmerge_contribution_restores_everything_exactly() -> None:
    play = make_board(cards=6)
    group(play, "Parole", 4, 2, 3, 1)
    group(play, "Temps", 5)
    before = play.state
    play.act(MergeContributions(1, (3, 2, 6, 5), "Ensemble"))
    play.act(UnmergeContribution(1))
    same = ("contributions", "clusters", "cluster_order", "activities")
    assert [getattr(play.state, name) for name in same] == [getattr(before, name) for name in same]
    assert play.refused(UnmergeContribution(1)) == Refusal("not_merged")


def test_merge_contributions_in_a_chain_unmerges_one_level_at_a_time() -> None:
    play = make_board(cards=4)
    play.act(MergeContributions(2, (3,), "Deux et trois"))
    one_level = arrangement(play.state)
    play.act(MergeContributions(1, (2, 4), "Tous"))
    assert [source.number for source in all_sources(play.state, card(play, 1))] == [2, 3, 4]
    assert standing_card(play.state, 3).number == 1
    assert receipt(play.state, card(play, 3)).into == 1
    play.act(UnmergeContribution(1))
    assert arrangement(play.state) == one_level


def test_merge_contributions_keeps_what_was_waiting() -> None:
    play = make_board(cards=2, moderation="held")
    play.act(MergeContributions(1, (2,)))
    assert [card(play, n).status for n in (1, 2)] == ["kept", "kept"]


def test_merge_contributions_refuses_cards_that_cannot_stand_together() -> None:
    play = make_board(cards=4)
    strength = send(play, "Samira", "On ose parler", "plus")
    play.open("a2")
    question = send(play, "Samira", "Qui paie ?", "", "a2")
    play.act(HideContribution(2, "hate"))
    play.act(WithdrawContribution(3), "Odile")
    assert [play.refused(MergeContributions(1, sources)) for sources in (
        (), (1,), (9,), (2,), (3,), (strength,), (question,),
    )] == [
        Refusal("nothing_to_merge"), Refusal("nothing_to_merge"), Refusal("unknown_card"),
        Refusal("card_hidden", {"number": 2}), Refusal("already_withdrawn", {"number": 3}),
        Refusal("other_column", {"number": strength}), Refusal("other_activity", {"number": question}),
    ]  # fmt: skip


def test_merge_contributions_twice_at_once_refuses_the_second_desk() -> None:
    play = make_board(cards=3)
    play.act(MergeContributions(1, (2,)))
    assert play.refused(MergeContributions(3, (2,))) == Refusal("merged_card", {"number": 2, "into": 1})


def test_unmerge_contribution_puts_a_card_beside_the_other_when_its_cluster_is_gone() -> None:
    play = make_board(cards=4)
    gone, here = group(play, "Ici", 2), group(play, "Là", 1, 4)
    play.act(MergeContributions(1, (2,)))
    play.act(DissolveCluster(gone))
    play.act(UnmergeContribution(1))
    assert cluster(play, here).cards == (1, 4, 2)


def test_edit_contribution_of_a_source_changes_its_own_words_only() -> None:
    play = make_board(cards=2)
    play.act(MergeContributions(1, (2,), "Ensemble"))
    before = card(play, 1)
    play.act(EditContribution(2, "Mieux dit"), "Jean-Luc")
    assert (card(play, 1), card(play, 2).text) == (before, "Mieux dit")
    play.act(UnmergeContribution(1))
    assert replace(card(play, 1), sources=(2,), merged=before.merged) == before
