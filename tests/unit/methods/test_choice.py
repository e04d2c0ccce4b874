from __future__ import annotations

from typing import Any

import pytest

from atelier.live.methods import choice
from atelier.live.methods.contract import InvalidBallot

OPTIONS = ["o1", "o2", "o3"]
SINGLE: dict[str, Any] = {"multiple": False}


def votes(**people: int) -> list[dict[str, Any]]:
    return [{"options": [option]} for option, number in people.items() for _ in range(number)]


@pytest.mark.parametrize(
    ("people", "flags"),
    [
        ({"o1": 6, "o2": 5}, ["absolute_majority"]),
        ({"o1": 5, "o2": 4, "o3": 1}, ["relative_majority"]),
        ({"o1": 4, "o2": 4}, ["tied_first"]),
        ({"o1": 1}, ["absolute_majority"]),
    ],
)
def test_single_choice_says_which_majority_it_has(people: dict[str, int], flags: list[str]) -> None:
    assert choice.tally(votes(**people), OPTIONS, SINGLE)["flags"] == flags


def test_majority_is_of_the_valid_ballots_only() -> None:
    ballots = votes(o1=6, o2=5) + [{"blank": True}] * 5 + [{"abstain": True}] * 9
    assert choice.tally(ballots, OPTIONS, SINGLE)["flags"] == ["absolute_majority"]


def test_blank_ballots_as_many_as_the_first_option_are_said() -> None:
    ballots = votes(o1=4, o2=2) + [{"blank": True}] * 4
    assert choice.tally(ballots, OPTIONS, SINGLE)["flags"] == ["absolute_majority", "blank_ge_winner"]


def test_percentages_are_of_the_valid_ballots_and_wait_for_twenty() -> None:
    few = choice.tally(votes(o1=12, o2=7) + [{"blank": True}] * 3, OPTIONS, SINGLE)
    enough = choice.tally(votes(o1=12, o2=8) + [{"blank": True}] * 3, OPTIONS, SINGLE)
    assert [entry["percent"] for entry in few["options"]] == [None, None, None]
    assert [entry["percent"] for entry in enough["options"]] == [60, 40, 0]


def test_multiple_choice_adds_up_to_more_than_the_voters() -> None:
    settings = {"multiple": True, "min": 1, "max": None}
    ballots = [{"options": ["o1", "o2"]}] * 15 + [{"options": ["o2"]}] * 5
    result = choice.tally(ballots, OPTIONS, settings)
    assert (result["min"], result["max"], result["flags"]) == (1, 3, [])
    assert result["options"] == [
        {"key": "o2", "rank": 1, "tied": False, "people": 20, "percent": 100},
        {"key": "o1", "rank": 2, "tied": False, "people": 15, "percent": 75},
        {"key": "o3", "rank": 3, "tied": False, "people": 0, "percent": 0},
    ]


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"multiple": False, "min": 2, "max": 3}, (1, 1)),
        ({"multiple": True}, (1, 3)),
        ({"multiple": True, "min": 2, "max": 9}, (2, 3)),
        ({"multiple": True, "min": 3, "max": 2}, (2, 2)),
    ],
)
def test_bounds_never_ask_for_more_than_there_is(settings: dict[str, Any], expected: tuple[int, int]) -> None:
    assert choice.bounds(settings, OPTIONS) == expected


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (["o1", "o2"], "too_many_options"),
        (["o9"], "unknown_option"),
        ([["o1"]], "unknown_option"),
        (["o1", "o1"], "duplicate_option"),
        ([], "empty_ballot"),
        ("o1", "not_a_ballot"),
    ],
)
def test_check_of_a_single_choice_that_is_not_one_option_is_refused(content: Any, code: str) -> None:
    with pytest.raises(InvalidBallot) as refused:
        choice.check({"options": content}, SINGLE, OPTIONS)
    assert refused.value.code == code


def test_check_of_too_few_options_names_the_least() -> None:
    with pytest.raises(InvalidBallot) as refused:
        choice.check({"options": ["o1"]}, {"multiple": True, "min": 2}, OPTIONS)
    assert (refused.value.code, refused.value.params) == ("too_few_options", {"chosen": 1, "min": 2})


def test_check_puts_chosen_options_in_the_order_of_the_screen() -> None:
    checked = choice.check({"options": ["o3", "o1"]}, {"multiple": True}, OPTIONS)
    assert checked == {"options": ["o1", "o3"]}
