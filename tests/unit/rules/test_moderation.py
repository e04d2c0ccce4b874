from __future__ import annotations

from atelier.errors import Refusal
from atelier.live.rules.merging import MergeContributions
from atelier.live.rules.moderation import (
    MOTIVES,
    HideContribution,
    KeepContribution,
    MarkAnswered,
    ProjectContribution,
    UnhideContribution,
)
from atelier.live.rules.withdrawal import WithdrawContribution
from atelier.live.state import LogEntry
from tests.factories import BRUNO, make_play
from tests.unit.rules.cards import card, make_board, send


def test_keep_contribution_takes_a_held_card_out_of_the_queue_once() -> None:
    play = make_board(cards=1, moderation="held")
    play.act(KeepContribution(1), BRUNO)
    assert card(play, 1).status == "kept"
    assert play.act(KeepContribution(1)) == ()
    assert play.refused(KeepContribution(9)) == Refusal("unknown_card")


def test_hide_contribution_tells_the_motive_and_takes_the_card_off_the_projector() -> None:
    play = make_board(cards=1)
    play.act(ProjectContribution(1))
    play.act(HideContribution(1, "attack"), BRUNO)
    kept = card(play, 1)
    assert (kept.status, kept.motive, kept.hidden_by, kept.on_screen) == ("hidden", "attack", "Bruno", False)
    assert play.refused(ProjectContribution(1)) == Refusal("card_hidden", {"number": 1})
    assert play.refused(KeepContribution(1)) == Refusal("card_hidden", {"number": 1})
    play.assert_refolds()


def test_hide_contribution_asks_for_a_motive_of_the_list_and_words_with_other() -> None:
    play = make_board(cards=1)
    refusals = [
        play.refused(HideContribution(1, "ugly")),
        play.refused(HideContribution(1, "other", "  ")),
        play.refused(HideContribution(1, "other", "x" * 201)),
    ]
    assert refusals == [
        Refusal("unknown_motive"),
        Refusal("motive_needed"),
        Refusal("too_long", {"limit": 200}),
    ]
    for motive in MOTIVES:
        play.act(HideContribution(1, motive, "avec un mot"))
    assert card(play, 1).motive_note == "avec un mot"
    assert play.act(HideContribution(1, "other", "avec un mot")) == ()


def test_unhide_contribution_brings_back_what_the_card_was() -> None:
    play = make_board(cards=2, moderation="held")
    play.act(KeepContribution(2))
    for number in (1, 2):
        play.act(HideContribution(number, "off_topic"))
        play.act(HideContribution(number, "duplicate"))
        play.act(UnhideContribution(number))
    assert [card(play, n).status for n in (1, 2)] == ["held", "kept"]
    assert (card(play, 1).motive, card(play, 1).hidden_by) == ("", "")
    assert play.refused(UnhideContribution(1)) == Refusal("not_hidden")


def test_project_contribution_keeps_a_held_card_and_can_be_taken_off() -> None:
    play = make_board(cards=1, moderation="held")
    play.act(ProjectContribution(1))
    assert (card(play, 1).status, card(play, 1).on_screen) == ("kept", True)
    play.act(ProjectContribution(1, False))
    assert (card(play, 1).on_screen, card(play, 1).was_on_screen) == (False, True)
    assert play.act(ProjectContribution(1, False)) == ()


def test_project_contribution_refuses_a_merged_or_withdrawn_card() -> None:
    play = make_board(cards=3)
    play.act(MergeContributions(1, (2,)))
    play.act(WithdrawContribution(3), "Odile")
    assert [play.refused(ProjectContribution(n)) for n in (2, 3)] == [
        Refusal("merged_card", {"number": 2, "into": 1}),
        Refusal("already_withdrawn", {"number": 3}),
    ]


def test_every_act_of_moderation_is_logged_with_who_when_and_why() -> None:
    play = make_board(cards=1, moderation="held")
    before = len(play.state.log)
    play.wait(5)
    play.act(KeepContribution(1), BRUNO)
    play.act(ProjectContribution(1))
    play.act(HideContribution(1, "third_party_data", "un numéro de téléphone"))
    play.act(UnhideContribution(1), BRUNO)
    assert play.state.log[before:] == (
        LogEntry(play.now, "keep_contribution", "Bruno", {"number": 1}),
        LogEntry(play.now, "project_contribution", "Nadia", {"number": 1, "on": True}),
        LogEntry(
            play.now,
            "hide_contribution",
            "Nadia",
            {"number": 1, "motive": "third_party_data", "note": "un numéro de téléphone"},
        ),
        LogEntry(play.now, "unhide_contribution", "Bruno", {"number": 1}),
    )


def test_mark_answered_is_for_questions() -> None:
    play = make_play(1)
    play.open("a2")
    question = send(play, "Samira", "Qui paie ?", "", "a2")
    play.act(MarkAnswered(question))
    assert card(play, question).answered
    play.act(MarkAnswered(question, False))
    assert not card(play, question).answered
    play.open("a3")
    assert play.refused(MarkAnswered(send(play, "Samira", "Une idée"))) == Refusal("not_a_question")
