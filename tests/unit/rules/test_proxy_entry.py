from __future__ import annotations

import pytest

from atelier.errors import Refusal
from atelier.live.rules.activities import CloseActivity
from atelier.live.rules.closing import CloseSession
from atelier.live.rules.contributions import EditContribution
from atelier.live.rules.moderation import HideContribution
from atelier.live.rules.pausing import FreezePhones
from atelier.live.rules.proxy_entry import EnterContribution, same_sheet
from atelier.live.rules.withdrawal import WithdrawContribution
from tests.factories import HELPER, make_activity, make_play, make_sequence, make_snapshot
from tests.unit.rules.cards import BOARD, card, make_board

WORDS = "Le micro fait peur. Je préfère qu'on passe à ma table."


def paper(text: str = WORDS, **more: object) -> EnterContribution:
    return EnterContribution(BOARD, text, column="minus", **more)  # type: ignore[arg-type]


def test_enter_contribution_keeps_channel_sheet_college_and_table_and_no_author() -> None:
    play = make_board(moderation="held")
    number = play.act(paper(college="A", table=6, channel="oral", sheet=" 0173 "), HELPER)[0].number
    kept = card(play, number)
    assert (kept.raw, kept.kind, kept.author, kept.entered_by) == (WORDS, "weakness", None, HELPER.id)
    assert (kept.college, kept.table, kept.channel, kept.sheet) == ("A", 6, "oral", "0173")
    assert (kept.status, kept.at) == ("held", play.now)
    play.assert_refolds()


@pytest.mark.parametrize("again", ["0173", "173", " 00173 "])
def test_enter_contribution_refuses_a_sheet_twice_with_its_number_and_hour(again: str) -> None:
    play = make_board()
    number = play.act(paper(sheet="0173"), HELPER)[0].number
    hour = play.now
    play.wait(240)
    refusal = play.refused(paper("Autre chose", sheet=again), HELPER)
    assert refusal == Refusal("sheet_already_entered", {"number": number, "at": hour, "sheet": "0173"})
    play.act(paper("Autre chose", sheet="0174"), HELPER)
    play.act(paper("Sans numéro"), HELPER)
    play.act(paper("Sans numéro non plus"), HELPER)


def test_enter_contribution_takes_a_withdrawn_sheet_again_and_not_a_hidden_one() -> None:
    play = make_board()
    wrong = play.act(paper("Faute de frape", sheet="7"), HELPER)[0].number
    play.act(HideContribution(wrong, "other", "mal saisie"))
    assert play.refused(paper(sheet="7"), HELPER).code == "sheet_already_entered"
    play.act(WithdrawContribution(wrong), HELPER)
    play.act(paper(sheet="7"), HELPER)


def test_enter_contribution_takes_the_same_sheet_number_in_another_activity() -> None:
    play = make_board()
    play.act(paper(sheet="7"), HELPER)
    play.open("a2")
    play.act(EnterContribution("a2", "Qui paie ?", sheet="7"), HELPER)


def test_enter_contribution_works_until_the_end_of_the_seance_and_while_phones_are_frozen() -> None:
    play = make_board()
    assert play.refused(EnterContribution("a2", "Trop tôt"), HELPER) == Refusal("activity_not_open")
    play.act(FreezePhones())
    play.act(paper(sheet="1"), HELPER)
    play.act(CloseActivity(BOARD))
    play.act(paper(sheet="2"), HELPER)
    play.act(CloseSession())
    assert play.refused(paper(sheet="3"), HELPER) == Refusal("session_closed", {"at": play.now})


def test_enter_contribution_says_what_the_seance_does_not_have() -> None:
    play = make_board()
    assert [play.refused(command, HELPER).code for command in (
        paper(channel="pigeon"), paper(college="Z"), paper(table=8), paper(table=0), paper(" "),
        EnterContribution("a99", WORDS), EnterContribution(BOARD, WORDS),
    )] == [
        "unknown_channel", "unknown_college", "unknown_table", "unknown_table", "empty_text",
        "unknown_activity", "choose_column",
    ]  # fmt: skip


def test_enter_contribution_does_not_cut_words_written_on_paper() -> None:
    play = make_board()
    long = "Le micro fait peur. " * 12
    number = play.act(paper(long), HELPER)[0].number
    assert card(play, number).raw == long
    play.act(EditContribution(number, f"{long} Vraiment."), HELPER)
    assert card(play, number).text == f"{long} Vraiment."
    assert card(play, number).raw == long


def test_enter_contribution_where_anonymous_keeps_no_college_table_nor_hour() -> None:
    silent = make_activity("a1", "contributions", "Ce qui pèse", anonymity="anonymous")
    play = make_play(1, make_snapshot([make_sequence("s1", "Silence", 10, silent)]))
    play.open("a1")
    command = EnterContribution("a1", "Dit en aparté", college="A", table=3, draw=5)
    number = play.act(command, HELPER)[0].number
    kept = card(play, number)
    assert (kept.college, kept.table, kept.at, kept.author) == ("", None, None, None)
    play.assert_refolds()


def test_same_sheet_tells_numbers_apart() -> None:
    assert same_sheet("B 12", "b-12")
    assert not same_sheet("A-12", "B-12")
    assert not same_sheet("17", "170")
