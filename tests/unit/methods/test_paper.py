"""What D-5 demands of paper ballots entered as totals."""

from __future__ import annotations

from typing import Any

import pytest

from atelier.live.methods import choice, dot_vote, gradients, majority_judgment, roti
from atelier.live.methods.contract import InvalidPaper
from atelier.live.methods.paper import paper_warnings

OPTIONS = ["o1", "o2"]
DOTS: dict[str, Any] = {"dots": 3, "per_option": 2}


def refusal(method: Any, settings: dict[str, Any], paper: Any) -> tuple[str, dict[str, Any]]:
    with pytest.raises(InvalidPaper) as refused:
        method.check_paper(paper, settings, OPTIONS)
    return refused.value.code, refused.value.params


def dots_paper(ballots: int = 6, **rows: tuple[int, int]) -> dict[str, Any]:
    return {
        "ballots": ballots,
        "options": {option: {"dots": dots, "people": people} for option, (dots, people) in rows.items()},
    }


def test_totals_that_a_box_can_give_are_accepted_and_completed() -> None:
    assert dot_vote.check_paper(dots_paper(o1=(9, 6)), DOTS, OPTIONS) == {
        "ballots": 6,
        "blank": 0,
        "abstain": 0,
        "void": 0,
        "options": {"o1": {"dots": 9, "people": 6}, "o2": {"dots": 0, "people": 0}},
    }


@pytest.mark.parametrize(
    ("paper", "refused"),
    [
        (dots_paper(o1=(7, 7)), ("people_over_ballots", {"option": "o1", "people": 7, "ballots": 6})),
        (
            dots_paper(o1=(13, 6)),
            ("dots_over_people", {"option": "o1", "dots": 13, "people": 6, "per_option": 2}),
        ),
        (dots_paper(o1=(5, 6)), ("dots_under_people", {"option": "o1", "dots": 5, "people": 6})),
        (dots_paper(o1=(10, 6), o2=(9, 6)), ("sum_over_allowed", {"total": 19, "allowed": 18})),
        (dots_paper(o1=(5, 5)), ("sum_under_ballots", {"total": 5, "minimum": 6})),
        (dots_paper(o9=(6, 6)), ("unknown_option", {})),
        (dots_paper(ballots=-1), ("not_a_count", {"field": "ballots"})),
        ({"ballots": 6, "options": {"o1": {"dots": "9", "people": 6}}}, ("not_a_count", {"field": "dots"})),
        ({"ballots": 6, "options": ["o1"]}, ("not_a_paper", {})),
        ({"ballots": 6, "options": {"o1": 4}}, ("not_a_paper", {})),
        ("six", ("not_a_paper", {})),
    ],
)
def test_totals_that_no_box_of_dots_can_give_are_refused(
    paper: Any, refused: tuple[str, dict[str, Any]]
) -> None:
    assert refusal(dot_vote, DOTS, paper) == refused


def test_blank_and_void_ballots_have_no_dots() -> None:
    paper = {**dots_paper(ballots=8, o1=(7, 7)), "blank": 1, "void": 1}
    assert refusal(dot_vote, DOTS, paper) == (
        "people_over_ballots", {"option": "o1", "people": 7, "ballots": 6},
    )  # fmt: skip
    assert refusal(dot_vote, DOTS, {"ballots": 6, "blank": 4, "void": 3}) == (
        "more_than_ballots", {"ballots": 6, "others": 7},
    )  # fmt: skip


@pytest.mark.parametrize("ballots", [1, 4])
def test_totals_of_fewer_than_five_ballots_are_refused(ballots: int) -> None:
    assert dot_vote.check_paper(dots_paper(ballots=5, o1=(5, 5)), DOTS, OPTIONS)["ballots"] == 5
    assert refusal(dot_vote, DOTS, dots_paper(ballots=ballots, o1=(ballots, ballots))) == (
        "one_by_one_required", {"ballots": ballots, "minimum": 5},
    )  # fmt: skip


def test_totals_of_no_ballot_are_no_paper() -> None:
    paper = dot_vote.check_paper({"ballots": 0}, DOTS, OPTIONS)
    assert dot_vote.tally([], OPTIONS, DOTS, paper)["counts"]["paper"] == 0


@pytest.mark.parametrize(
    ("settings", "people", "refused"),
    [
        ({"multiple": False}, (4, 3), ("sum_over_allowed", {"total": 7, "allowed": 6})),
        ({"multiple": False}, (4, 1), ("sum_under_ballots", {"total": 5, "minimum": 6})),
        ({"multiple": True}, (7, 0), ("people_over_ballots", {"option": "o1", "people": 7, "ballots": 6})),
        ({"multiple": True, "min": 2}, (6, 5), ("sum_under_ballots", {"total": 11, "minimum": 12})),
    ],
)
def test_totals_of_a_choice_fit_what_each_ballot_may_hold(
    settings: dict[str, Any], people: tuple[int, int], refused: tuple[str, dict[str, Any]]
) -> None:
    rows = {option: {"people": number} for option, number in zip(OPTIONS, people, strict=True)}
    assert refusal(choice, settings, {"ballots": 6, "options": rows}) == refused


def test_rows_of_a_grid_sum_to_the_ballots() -> None:
    full = {"counts": [1, 2, 1, 1, 1]}
    paper = {"ballots": 7, "blank": 1, "options": {"o1": full, "o2": {"counts": [5, 0, 0, 0, 0]}}}
    assert refusal(gradients, {}, paper) == ("row_sum", {"option": "o2", "total": 5, "ballots": 6})
    paper["options"] = {"o1": full, "o2": {"counts": [5, 0, 0, 0, 0], "unanswered": 1}}
    assert gradients.check_paper(paper, {}, OPTIONS)["options"]["o2"]["unanswered"] == 1
    assert refusal(gradients, {}, {"ballots": 6, "options": {"o1": full}})[0] == "row_sum"


def test_rows_of_a_grid_have_one_count_per_step() -> None:
    paper = {"ballots": 6, "options": {"o1": {"counts": [6]}}}
    assert refusal(majority_judgment, {"grades": 5}, paper) == (
        "row_length", {"option": "o1", "length": 1, "steps": 5},
    )  # fmt: skip
    paper["options"] = {"o1": {"counts": 6}}
    assert refusal(majority_judgment, {"grades": 5}, paper) == ("not_a_count", {"field": "o1"})


def test_row_of_a_single_question_leaves_nobody_out() -> None:
    paper = {"ballots": 6, "options": {"value": {"counts": [0, 0, 0, 5, 0], "unanswered": 1}}}
    with pytest.raises(InvalidPaper, match="row_sum"):
        roti.check_paper(paper, {}, ())


def test_one_by_one_names_the_ballot_that_cannot_count() -> None:
    paper = {"one_by_one": [{"dots": {"o1": 2}}, {"blank": True}, {"dots": {"o1": 3}}]}
    assert refusal(dot_vote, DOTS, paper) == ("invalid_ballot", {"number": 3, "reason": "too_many_on_option"})
    assert refusal(dot_vote, DOTS, {"one_by_one": "o1"}) == ("not_a_paper", {})
    assert refusal(dot_vote, DOTS, {"one_by_one": [], "void": -1}) == ("not_a_count", {"field": "void"})


def test_void_ballots_are_voters_and_express_nothing() -> None:
    paper = dot_vote.check_paper({"one_by_one": [{"dots": {"o1": 2}}], "void": 2}, DOTS, OPTIONS)
    assert dot_vote.tally([{"blank": True}], OPTIONS, DOTS, paper)["counts"] == {
        "voters": 4, "valid": 1, "blank": 1, "abstain": 0, "void": 2, "paper": 3,
    }  # fmt: skip


def test_more_paper_than_people_without_phone_warns() -> None:
    assert paper_warnings(6, 5) == ("more_paper_than_people_without_phone",)
    assert paper_warnings(5, 5) == ()


def test_a_grid_may_be_entered_by_place_as_a_sheet_is_read_from_the_best_mention() -> None:
    by_place = {
        "ballots": 6,
        "options": {"o1": {"counts": {"6": 4, "0": 2}}, "o2": {"counts": [0, 0, 0, 0, 0, 0, 6]}},
    }
    checked = majority_judgment.check_paper(by_place, {"grades": 7}, OPTIONS)
    assert checked["options"]["o1"] == {"counts": [2, 0, 0, 0, 0, 0, 4], "unanswered": 0}


@pytest.mark.parametrize("place", ["7", "-1", "06", "best"])
def test_a_place_that_the_scale_does_not_have_is_refused(place: str) -> None:
    paper = {"ballots": 6, "options": {"o1": {"counts": {"6": 4, place: 2}}}}
    assert refusal(majority_judgment, {"grades": 7}, paper)[0] == "row_length"
