from __future__ import annotations

import pytest

from atelier.errors import Refusal
from atelier.live.rules.activities import CloseActivity
from atelier.live.rules.agenda_changes import EditActivity, RemoveActivity
from atelier.live.rules.closing import CloseSession
from atelier.live.rules.cluster_vote import VoteOnClusters
from atelier.live.rules.clusters import RenameCluster
from atelier.live.rules.contributions import EditContribution
from atelier.live.rules.grouping_undo import UndoGrouping
from atelier.live.rules.merging import MergeContributions, UnmergeContribution
from atelier.live.rules.moderation import HideContribution, ProjectContribution
from atelier.live.rules.proxy_entry import EnterContribution
from atelier.live.rules.rewording import RewordContribution
from atelier.live.rules.withdrawal import WithdrawContribution
from tests.factories import HELPER, Play
from tests.unit.rules.cards import (
    BOARD,
    TEXTS,
    assert_refolds_erased,
    card,
    cluster,
    erased_journal,
    group,
    make_board,
    send,
)

OWN = "Le maire répond enfin aux lettres"


def withdraw(play: Play, number: int, name: str) -> None:
    play.act(WithdrawContribution(number), name)
    assert_refolds_erased(play)


def test_withdraw_contribution_leaves_no_trace_of_the_words_in_state_or_journal() -> None:
    play = make_board(cards=3)
    number = send(play, "Samira", OWN)
    play.act(EditContribution(number, f"{OWN}, tous les mardis"), "Samira")
    play.act(RewordContribution(number, "Le maire répond"))
    key = group(play, OWN, number)
    play.act(RenameCluster(key, "Réponses"))
    play.act(MergeContributions(1, (2,), f"{OWN}. {TEXTS[0]}"))
    play.act(RewordContribution(3, f"Comme on l'a dit : {OWN.lower()}"))
    play.act(VoteOnClusters(BOARD, "dot_vote", "Lesquels ?", clusters=(group(play, OWN, 3), key), go=False))
    play.act(HideContribution(number, "other", f"Recopie : {OWN}"))
    assert OWN in repr(play.state)
    assert erased_journal(play.history)[1].count(OWN) == 7  # sent, edited, two titles, merged, note, option
    withdraw(play, number, "Samira")
    assert OWN.lower() not in repr(play.state).lower()
    assert OWN.lower() not in erased_journal(play.history)[1].lower()
    kept = card(play, number)
    assert (kept.status, kept.raw, kept.text, kept.reworded) == ("withdrawn", "", "", None)
    assert [cluster.title for cluster in play.state.clusters.values()] == ["Réponses", ""]
    assert [option.text for option in play.state.activities["a9"].options] == ["", "Réponses"]


def test_withdraw_contribution_keeps_a_title_that_says_something_else() -> None:
    play = make_board(cards=2)
    key = group(play, "Qui parle", 1, 2)
    withdraw(play, 1, "Samira")
    assert (cluster(play, key).title, cluster(play, key).cards) == ("Qui parle", (2,))


def test_withdraw_contribution_is_possible_after_the_close_and_only_once() -> None:
    play = make_board(cards=1)
    play.act(CloseActivity(BOARD))
    play.act(CloseSession())
    withdraw(play, 1, "Samira")
    assert play.refused(WithdrawContribution(1), "Samira") == Refusal("already_withdrawn")
    assert play.refused(WithdrawContribution(1), "Odile") == Refusal("not_your_card")


def test_withdraw_contribution_from_a_merged_card_leaves_the_others_merged() -> None:
    play = make_board(cards=3)
    play.act(MergeContributions(1, (2, 3), "La parole circule mal"))
    withdraw(play, 2, "Jean-Luc")
    assert (card(play, 1).sources, card(play, 1).words) == ((3,), "La parole circule mal")
    assert card(play, 3).merged_into == 1


def test_withdraw_contribution_of_the_last_source_gives_the_card_its_own_words_back() -> None:
    play = make_board(cards=2)
    play.act(MergeContributions(1, (2,), "La parole circule mal"))
    play.act(ProjectContribution(1))
    withdraw(play, 2, "Jean-Luc")
    kept = card(play, 1)
    assert (kept.sources, kept.words, kept.on_screen) == ((), TEXTS[0], False)


def test_withdraw_contribution_of_the_target_hands_the_merged_card_over() -> None:
    play = make_board(cards=4)
    key = group(play, "Parole", 4, 1)
    play.act(MergeContributions(1, (2, 3), "La parole circule mal"))
    withdraw(play, 1, "Samira")
    heir = card(play, 2)
    assert (heir.sources, heir.words, heir.cluster) == ((3,), "La parole circule mal", key)
    assert (cluster(play, key).cards, card(play, 3).merged_into) == ((4, 2), 2)
    play.act(UnmergeContribution(2))
    assert (card(play, 2).words, card(play, 3).words) == (TEXTS[1], TEXTS[2])


def test_withdraw_contribution_of_the_target_drops_a_wording_that_repeats_it() -> None:
    play = make_board(cards=3)
    play.act(MergeContributions(1, (2, 3), f"{TEXTS[0]} ; {TEXTS[1]}"))
    withdraw(play, 1, "Samira")
    assert (card(play, 2).sources, card(play, 2).words, card(play, 2).merged) == ((3,), TEXTS[1], None)


def test_withdraw_contribution_in_a_chain_of_merges_keeps_every_link() -> None:
    play = make_board(cards=4)
    play.act(MergeContributions(2, (3,), "Les uns décident"))
    play.act(MergeContributions(1, (2, 4)))
    withdraw(play, 2, "Jean-Luc")
    assert (card(play, 1).sources, card(play, 3).merged_into, card(play, 3).sources) == ((3, 4), 1, ())
    withdraw(play, 1, "Samira")
    assert (card(play, 3).sources, card(play, 3).merged_into, card(play, 4).merged_into) == ((4,), None, 3)


def test_withdraw_contribution_leaves_the_desks_other_acts_to_be_undone() -> None:
    play = make_board(cards=3)
    group(play, "Parole", 1, 2)
    withdraw(play, 1, "Samira")
    play.act(UndoGrouping())
    assert (play.state.clusters, card(play, 2).cluster) == ({}, None)


def test_withdraw_contribution_makes_a_merge_that_named_it_impossible_to_undo() -> None:
    play = make_board(cards=3)
    play.act(MergeContributions(1, (2, 3)))
    withdraw(play, 2, "Jean-Luc")
    assert play.refused(UndoGrouping()) == Refusal("nothing_to_undo")


def test_withdraw_contribution_sends_a_card_that_loses_its_rewording_back_to_the_desk() -> None:
    play = make_board(cards=2)
    play.act(RewordContribution(2, TEXTS[0]))
    play.act(ProjectContribution(2))
    withdraw(play, 1, "Samira")
    kept = card(play, 2)
    assert (kept.words, kept.status, kept.on_screen) == (TEXTS[1], "held", False)


@pytest.mark.parametrize(
    "after", [RemoveActivity("a9"), EditActivity("a9", "Autrement ?", options=({"text": "Autre chose"},))]
)
def test_withdraw_contribution_erases_options_of_a_vote_removed_or_edited_since(after: object) -> None:
    play = make_board(cards=1)
    group(play, TEXTS[0], 1)
    play.act(VoteOnClusters(BOARD, "choice", "Lequel ?", go=False))
    play.act(after)
    assert erased_journal(play.history)[1].count(TEXTS[0]) == 3  # sent, title, option
    withdraw(play, 1, "Samira")
    assert TEXTS[0] not in erased_journal(play.history)[1]


@pytest.mark.parametrize(("by", "code"), [("Samira", "not_your_card"), (HELPER, None)])
def test_withdraw_contribution_entered_for_someone_is_done_by_staff(by: object, code: str | None) -> None:
    play = make_board(cards=1)
    number = play.act(EnterContribution(BOARD, "Dit à voix basse", column="plus"), HELPER)[0].number
    decision = play.try_act(WithdrawContribution(number), by)  # type: ignore[arg-type]
    assert getattr(decision, "code", None) == code
    assert card(play, number).status == ("kept" if code else "withdrawn")
