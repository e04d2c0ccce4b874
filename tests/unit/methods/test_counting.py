"""Counts, quorum, percentages, presence (D-2, D-4) and the rule by college (D-6)."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from atelier.live.methods import choice, counting, dot_vote, majority_judgment, scale
from atelier.live.methods.ranks import ranks

OPTIONS = ["o1", "o2"]
SINGLE = {"multiple": False}
tally_choice = partial(choice.tally, options=OPTIONS, settings=SINGLE)


def votes(first: int, second: int, blank: int = 0) -> list[dict[str, Any]]:
    return [{"options": ["o1"]}] * first + [{"options": ["o2"]}] * second + [{"blank": True}] * blank


def with_college(**colleges: list[dict[str, Any]]) -> Any:
    return counting.by_college(colleges, tally_choice)


def test_counts_add_paper_to_phones() -> None:
    paper = {"ballots": 9, "blank": 2, "abstain": 1, "void": 1, "options": {"o1": {"people": 5}}}
    assert counting.count([*votes(3, 2, 1), {"abstain": True}], paper) == {
        "voters": 16, "valid": 10, "blank": 3, "abstain": 2, "void": 1, "paper": 9,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("part", "whole", "percent"),
    [
        (1, 19, None),
        (1, 20, 5),
        (1, 40, 3),
        (3, 40, 8),
        (1, 200, 1),
        (9, 2000, 0),
        (20, 20, 100),
        (0, 0, None),
    ],
)
def test_percentages_are_rounded_half_up_from_twenty(part: int, whole: int, percent: int | None) -> None:
    assert counting.percent(part, whole) == percent


@pytest.mark.parametrize(
    ("voters", "electorate", "required", "reached"),
    [(24, 47, 24, True), (23, 47, 24, False), (23, 46, 23, True), (0, 0, 0, False)],
)
def test_quorum_is_reached_by_the_rounded_up_share(
    voters: int, electorate: int, required: int, reached: bool
) -> None:
    assert counting.quorum(voters, electorate, 50) == {
        "percent": 50, "electorate": electorate, "required": required, "voters": voters, "reached": reached,
    }  # fmt: skip
    assert counting.quorum(voters, electorate, None) is None


def test_blank_ballots_count_towards_the_quorum() -> None:
    result = tally_choice(votes(2, 0, blank=3))
    assert counting.with_presence(result, present=10, electorate=10, quorum_percent=50)["quorum"]["reached"]


def test_people_present_are_voters_and_those_who_did_not_vote() -> None:
    result = counting.with_presence(tally_choice(votes(20, 15, 6)), present=46, electorate=47, shared=7)
    assert (result["present"], result["not_voting"], result["shared"], result["quorum"]) == (46, 5, 7, None)
    assert result["flags"] == ["absolute_majority"]


def test_more_ballots_than_people_make_the_result_indicative() -> None:
    tallied = tally_choice(votes(30, 22))
    result = counting.with_presence(tallied, present=46, electorate=46)
    assert (result["flags"], result["not_voting"]) == (["absolute_majority", "indicative"], 0)
    assert tallied["flags"] == ["absolute_majority"]


def test_ballots_of_people_who_left_do_not_make_the_result_indicative() -> None:
    result = counting.with_presence(tally_choice(votes(30, 16)), present=40, electorate=46)
    assert (result["flags"], result["not_voting"]) == (["absolute_majority"], 0)
    late = counting.with_presence(tally_choice(votes(30, 17)), present=50, electorate=46)
    assert (late["flags"], late["not_voting"]) == (["absolute_majority", "indicative"], 3)


def test_quorum_not_reached_is_said_with_the_result() -> None:
    result = counting.with_presence(tally_choice(votes(3, 1)), present=20, electorate=20, quorum_percent=50)
    assert result["flags"] == ["absolute_majority", "quorum_not_reached"]


def test_result_by_college_shows_the_cells_and_nothing_else() -> None:
    assert with_college(E=votes(5, 5), A=votes(7, 5)) == {
        "A": {
            "counts": {"voters": 12, "valid": 12, "blank": 0, "abstain": 0, "void": 0, "paper": 0},
            "options": [{"key": "o1", "people": 7}, {"key": "o2", "people": 5}],
        },
        "E": {
            "counts": {"voters": 10, "valid": 10, "blank": 0, "abstain": 0, "void": 0, "paper": 0},
            "options": [{"key": "o1", "people": 5}, {"key": "o2", "people": 5}],
        },
    }


@pytest.mark.parametrize(
    "colleges",
    [
        {"E": votes(9, 0), "A": votes(7, 5)},
        {"E": votes(9, 1), "A": votes(7, 5)},
        {"E": votes(8, 4), "A": votes(7, 5)},
        {"E": votes(5, 5, blank=1), "A": votes(7, 5)},
        {"E": votes(5, 0, blank=5), "A": votes(7, 5)},
        {"E": votes(5, 5), "A": votes(7, 5), "autre": votes(1, 0)},
        {"A": votes(7, 5)},
    ],
    ids=[
        "nine ballots",
        "cell of one",
        "cell of four",
        "one blank",
        "five valid",
        "small last",
        "one college",
    ],
)
def test_result_by_college_with_a_small_college_or_cell_is_withheld_entirely(
    colleges: dict[str, Any],
) -> None:
    assert with_college(E=votes(5, 5), A=votes(7, 5)) is not None
    assert with_college(**colleges) is None


def test_result_by_college_shows_empty_cells_and_leaves_empty_colleges_out() -> None:
    shown = with_college(E=votes(10, 0), A=votes(7, 5), autre=[])
    assert list(shown) == ["A", "E"]
    assert shown["E"]["options"] == [{"key": "o1", "people": 10}, {"key": "o2", "people": 0}]


def test_result_by_college_with_ballots_outside_the_colleges_is_withheld() -> None:
    colleges = {"E": votes(5, 5), "A": votes(7, 5)}
    assert counting.by_college(colleges, tally_choice) is not None
    assert counting.by_college(colleges, tally_choice, without_college=6) is None


def test_result_by_college_guards_those_who_gave_an_option_nothing() -> None:
    tally = partial(dot_vote.tally, options=OPTIONS, settings={"dots": 3, "per_option": 2})
    both, first = [{"dots": {"o1": 1, "o2": 1}}], [{"dots": {"o1": 1}}]
    assert counting.by_college({"E": both * 10, "A": both * 5 + first * 5}, tally) is not None
    assert counting.by_college({"E": both * 10, "A": both * 9 + first * 3}, tally) is None


@pytest.mark.parametrize(
    ("tally", "ballot"),
    [
        (partial(scale.tally, options=OPTIONS, settings={}), {"values": {"o1": 3, "o2": 4}}),
        (
            partial(majority_judgment.tally, options=OPTIONS, settings={"grades": 5}),
            {"grades": {"o1": 3, "o2": 4}},
        ),
    ],
)
def test_result_by_college_guards_the_cells_of_a_grid(tally: Any, ballot: dict[str, Any]) -> None:
    field = next(iter(ballot))
    other = {field: {"o1": 2, "o2": 4}}
    assert counting.by_college({"E": [ballot] * 10, "A": [ballot] * 5 + [other] * 5}, tally) is not None
    assert counting.by_college({"E": [ballot] * 10, "A": [ballot] * 6 + [other] * 4}, tally) is None


def test_result_by_college_guards_the_few_who_left_an_option_out() -> None:
    tally = partial(scale.tally, options=OPTIONS, settings={})
    full, half = {"values": {"o1": 3, "o2": 4}}, {"values": {"o1": 3}}
    assert counting.by_college({"E": [full] * 10, "A": [full] * 8 + [half] * 2}, tally) is None


def test_ranks_of_tied_scores_skip_the_next() -> None:
    assert ranks([7, 9, 7, 3]) == [2, 1, 2, 4]
    assert ranks([]) == []
