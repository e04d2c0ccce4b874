from __future__ import annotations

from atelier.errors import Refusal
from atelier.live.rules.contributions import EditContribution
from atelier.live.rules.merging import MergeContributions, UnmergeContribution
from atelier.live.rules.moderation import HideContribution
from atelier.live.rules.rewording import RewordContribution, UndoRewording
from atelier.live.rules.visibility import receipt
from tests.unit.rules.cards import TEXTS, card, make_board


def test_reword_contribution_keeps_the_authors_words_and_tells_the_author() -> None:
    play = make_board(cards=1)
    assert not receipt(play.state, card(play, 1)).reworded
    play.act(RewordContribution(1, "  La parole revient aux mêmes "))
    kept = card(play, 1)
    assert (kept.words, kept.text, kept.raw) == ("La parole revient aux mêmes", TEXTS[0], TEXTS[0])
    assert (kept.reworded_by, receipt(play.state, kept).reworded) == ("Nadia", True)
    play.assert_refolds()


def test_undo_rewording_brings_the_authors_words_back_however_often_they_were_changed() -> None:
    play = make_board(cards=1)
    before = card(play, 1)
    play.act(RewordContribution(1, "Une fois"))
    play.act(RewordContribution(1, "Deux fois"))
    play.act(UndoRewording(1))
    assert (card(play, 1).words, card(play, 1).reworded) == (before.words, None)
    assert play.refused(UndoRewording(1)) == Refusal("not_reworded")


def test_reword_contribution_with_the_authors_own_words_undoes_the_rewording() -> None:
    play = make_board(cards=1)
    play.act(RewordContribution(1, "Une fois"))
    play.act(RewordContribution(1, TEXTS[0]))
    assert card(play, 1).reworded is None
    assert play.act(RewordContribution(1, TEXTS[0])) == ()


def test_reword_contribution_says_what_does_not_fit() -> None:
    play = make_board(cards=2)
    play.act(MergeContributions(1, (2,)))
    assert [play.refused(command) for command in (
        RewordContribution(1, " "), RewordContribution(1, "x" * 141), RewordContribution(2, "Autre"),
        RewordContribution(9, "Autre"),
    )] == [
        Refusal("empty_text"), Refusal("too_long", {"limit": 140}), Refusal("merged_card", {"number": 2, "into": 1}),
        Refusal("unknown_card"),
    ]  # fmt: skip


def test_reword_contribution_of_a_hidden_card_can_take_a_name_out() -> None:
    play = make_board(cards=1)
    play.act(HideContribution(1, "attack"))
    play.act(RewordContribution(1, "On coupe la parole"))
    assert (card(play, 1).status, card(play, 1).words) == ("hidden", "On coupe la parole")


def test_edit_contribution_after_a_rewording_gives_the_last_word_to_the_author() -> None:
    play = make_board(cards=1)
    play.act(RewordContribution(1, "Une fois"))
    play.act(EditContribution(1, "Toujours les mêmes"), "Samira")
    assert (card(play, 1).words, card(play, 1).reworded) == ("Toujours les mêmes", None)


def test_reword_contribution_of_a_merged_card_changes_the_merged_wording_and_gives_it_back() -> None:
    play = make_board(cards=2)
    play.act(RewordContribution(1, "Avant la fusion"))
    play.act(MergeContributions(1, (2,), "Ensemble"))
    play.act(RewordContribution(1, "Ensemble, mieux dit"))
    assert card(play, 1).words == "Ensemble, mieux dit"
    play.act(UndoRewording(1))
    assert card(play, 1).words == "Ensemble"
    assert play.refused(UndoRewording(1)) == Refusal("not_reworded")
    play.act(UnmergeContribution(1))
    assert card(play, 1).words == "Avant la fusion"
    play.assert_refolds()
