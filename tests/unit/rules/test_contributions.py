from __future__ import annotations

from atelier.errors import Refusal
from atelier.live.rules.activities import CloseActivity
from atelier.live.rules.card_marks import (
    AllowName,
    ReportMisplaced,
    SupportContribution,
    ValidateContribution,
)
from atelier.live.rules.cards_display import SetLiveDisplay
from atelier.live.rules.closing import CloseSession
from atelier.live.rules.contributions import EditContribution, SubmitContribution
from atelier.live.rules.moderation import HideContribution, ProjectContribution
from atelier.live.rules.rewording import RewordContribution
from tests.factories import make_activity, make_play, make_sequence, make_snapshot
from tests.unit.rules.cards import BOARD, card, make_board, send


def test_submit_contribution_keeps_the_raw_text_through_edits_and_rewording() -> None:
    play = make_board()
    number = send(play, "Samira", "On ne nous écoute pas")
    play.act(EditContribution(number, "On ne nous écoute guère"), "Samira")
    play.act(RewordContribution(number, "L'écoute manque"))
    kept = card(play, number)
    assert (kept.raw, kept.text, kept.words) == (
        "On ne nous écoute pas",
        "On ne nous écoute guère",
        "L'écoute manque",
    )
    play.assert_refolds()


def test_submit_contribution_says_what_does_not_fit() -> None:
    play = make_board(1)
    play.open("a5")
    codes = [
        play.refused(SubmitContribution(BOARD, "Sans colonne"), "Samira"),
        play.refused(SubmitContribution(BOARD, "Trois minutes", column="swot"), "Samira"),
        play.refused(SubmitContribution(BOARD, "  ", column="minus"), "Samira"),
        play.refused(SubmitContribution(BOARD, "x" * 141, column="minus"), "Samira"),
        play.refused(SubmitContribution("a1", "Bonjour"), "Samira"),
        play.refused(SubmitContribution("a5", fields={"statement": "Oui", "author": "moi"}), "Samira"),
        play.refused(SubmitContribution("a5", "Un texte seul"), "Samira"),
    ]
    assert codes == [
        Refusal("choose_column"),
        Refusal("choose_column"),
        Refusal("empty_text"),
        Refusal("too_long", {"limit": 140}),
        Refusal("activity_not_open"),
        Refusal("unknown_field"),
        Refusal("empty_text"),
    ]


def test_submit_contribution_waits_for_the_desk_above_fifteen_people_or_with_an_open_code() -> None:
    few, many = make_board(15, moderation=""), make_board(16, moderation="")
    public = make_board(2, moderation="", open_code=True)
    shown = make_board(16, moderation="shown")
    status = [card(play, send(play, "Samira", "Une idée")).status for play in (few, many, public, shown)]
    assert status == ["kept", "held", "held", "kept"]


def test_submit_contribution_reaches_the_projector_by_itself_only_with_live_display() -> None:
    play = make_board(moderation="held")
    before = card(play, send(play, "Samira", "Avant"))
    play.act(SetLiveDisplay(BOARD))
    after = card(play, send(play, "Samira", "Après"))
    assert [(c.status, c.on_screen) for c in (before, after)] == [("held", False), ("kept", True)]


def test_edit_contribution_takes_a_projected_card_off_the_projector() -> None:
    play = make_board(moderation="shown")
    number = send(play, "Samira", "Trois minutes chacun")
    play.act(ProjectContribution(number))
    assert card(play, number).on_screen
    play.act(EditContribution(number, "M. D. coupe la parole"), "Samira")
    assert (card(play, number).on_screen, card(play, number).was_on_screen) == (False, True)


def test_edit_contribution_of_a_kept_card_waits_again_where_cards_are_held() -> None:
    play = make_board(moderation="held")
    number = send(play, "Samira", "Trois minutes chacun")
    play.act(ProjectContribution(number))
    play.act(EditContribution(number, "Cinq minutes chacun"), "Samira")
    assert card(play, number).status == "held"


def test_edit_contribution_of_a_hidden_card_puts_it_back_to_the_desk() -> None:
    play = make_board(moderation="shown")
    number = send(play, "Samira", "M. D. coupe toujours la parole")
    play.act(HideContribution(number, "attack"))
    play.act(EditContribution(number, "On coupe toujours la parole"), "Samira")
    kept = card(play, number)
    assert (kept.status, kept.motive, kept.hidden_by) == ("held", "", "")
    play.act(HideContribution(number, "attack"))
    play.act(CloseActivity(BOARD))
    late = play.refused(EditContribution(number, "Encore"), "Samira")
    assert late == Refusal("activity_closed", {"at": play.now})


def test_edit_contribution_refuses_somebody_elses_card() -> None:
    play = make_board()
    number = send(play, "Samira", "À moi")
    assert play.refused(EditContribution(number, "À toi"), "Odile") == Refusal("not_your_card")
    assert play.refused(EditContribution(99, "À toi"), "Odile") == Refusal("not_your_card")


def test_edit_contribution_with_the_same_words_changes_nothing() -> None:
    play = make_board()
    number = send(play, "Samira", "Pareil")
    assert play.act(EditContribution(number, "Pareil"), "Samira") == ()


def test_submit_contribution_beyond_the_limit_counts_merged_cards_and_not_withdrawn_ones() -> None:
    column = {"key": "plus", "label": "Forces", "sign": "plus", "prompt": ""}
    limited = make_activity("a1", "board", "Deux forces", settings={"columns": [column], "max_per_person": 1})
    play = make_play(1, make_snapshot([make_sequence("s1", "Forces", 10, limited)]))
    play.open("a1")
    send(play, "Samira", "Une", "plus", "a1")
    again = play.refused(SubmitContribution("a1", "Deux", column="plus"), "Samira")
    assert again == Refusal("too_many_cards", {"limit": 1})


def test_commitment_keeps_a_name_only_with_consent_and_allow_name_takes_it_back() -> None:
    promise = make_activity("a1", "commitments", "Qui fait quoi ?", anonymity="named")
    play = make_play(1, make_snapshot([make_sequence("s1", "Suites", 10, promise)]))
    play.open("a1")
    fields = {"who": "Samira B.", "what": "Relire le compte rendu", "when": "avant mardi"}
    without = card(play, send(play, "Samira", "", "", "a1", fields=fields))
    number = send(play, "Samira", "", "", "a1", fields=fields, name_consent=True)
    assert (without.fields["who"], without.text) == ("", "Relire le compte rendu")
    assert card(play, number).fields == fields
    play.act(AllowName(number, False), "Samira")
    assert card(play, number).fields == {**fields, "who": ""}
    play.assert_refolds()


def test_validate_contribution_is_the_authors_also_after_the_close() -> None:
    play = make_board()
    number = send(play, "Samira", "À publier")
    play.act(CloseActivity(BOARD))
    play.act(CloseSession())
    play.act(ValidateContribution(number), "Samira")
    assert card(play, number).validated
    assert play.act(ValidateContribution(number), "Samira") == ()
    assert play.refused(ValidateContribution(number), "Odile") == Refusal("not_your_card")
    play.act(ValidateContribution(number, False), "Samira")
    assert not card(play, number).validated


def test_support_contribution_counts_each_person_once_and_never_the_author() -> None:
    play = make_play(3)
    play.open("a2")
    number = send(play, "Samira", "Qui paie ?", "", "a2")
    play.act(SupportContribution(number), "Odile")
    assert play.act(SupportContribution(number), "Odile") == ()
    assert play.refused(SupportContribution(number), "Samira") == Refusal("own_question")
    assert card(play, number).upvotes == {play.keys["Odile"]}
    play.act(SupportContribution(number, False), "Odile")
    assert card(play, number).upvotes == frozenset()


def test_support_contribution_of_a_hidden_question_is_refused() -> None:
    play = make_play(2)
    play.open("a2")
    number = send(play, "Samira", "Qui paie ?", "", "a2")
    play.act(HideContribution(number, "off_topic"))
    assert play.refused(SupportContribution(number), "Jean-Luc") == Refusal("unknown_card")


def test_report_misplaced_is_settled_by_the_author_too() -> None:
    play = make_board()
    number = send(play, "Samira", "Mal rangée")
    play.act(ReportMisplaced(number), "Samira")
    assert card(play, number).misplaced
    play.act(ReportMisplaced(number, False), "Samira")
    assert not card(play, number).misplaced


def test_submit_contribution_where_anonymous_keeps_neither_person_nor_hour_nor_order() -> None:
    board = make_activity("a1", "contributions", "Ce qui pèse", anonymity="anonymous")
    play = make_play(2, make_snapshot([make_sequence("s1", "Silence", 10, board)]))
    play.open("a1")
    play.wait(60)
    numbers = []
    for draw, name in ((13, "Samira"), (4, "Jean-Luc")):
        mask = play.masked(name, "a1")
        numbers.append(play.act(SubmitContribution("a1", f"Dit par {draw}", draw=draw), mask)[0].number)
    cards = [card(play, number) for number in numbers]
    assert numbers[0] > numbers[1]
    assert [(c.college, c.table, c.at, c.author) for c in cards] == [
        ("", None, None, play.masked(name, "a1").id) for name in ("Samira", "Jean-Luc")
    ]
    assert play.refused(AllowName(numbers[0]), play.masked("Samira", "a1")) == Refusal("anonymous_activity")
    play.assert_refolds()
