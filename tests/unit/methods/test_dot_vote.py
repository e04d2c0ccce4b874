from __future__ import annotations

from typing import Any

import pytest

from atelier.live.methods import dot_vote
from atelier.live.methods.contract import InvalidBallot

OPTIONS = ["o1", "o2", "o3", "o4"]
SETTINGS: dict[str, Any] = {"dots": None, "per_option": 2}


@pytest.mark.parametrize(
    ("options", "dots"),
    [(1, 3), (4, 3), (9, 3), (10, 3), (11, 4), (12, 4), (13, 4), (14, 5), (16, 5), (17, 6), (18, 6), (60, 6)],
)
def test_default_number_of_dots_is_a_third_of_the_options_between_three_and_six(
    options: int, dots: int
) -> None:
    assert dot_vote.default_dots(options) == dots


def test_tally_adds_dots_and_counts_distinct_people() -> None:
    ballots: list[dict[str, Any]] = [
        {"dots": {"o1": 2, "o2": 1}},
        {"dots": {"o2": 2, "o3": 1}},
        {"dots": {"o1": 1}},
        {"blank": True},
    ]
    assert dot_vote.tally(ballots, OPTIONS, SETTINGS) == {
        "method": "dot_vote",
        "counts": {"voters": 4, "valid": 3, "blank": 1, "abstain": 0, "void": 0, "paper": 0},
        "options": [
            {"key": "o1", "rank": 1, "tied": True, "dots": 3, "people": 2},
            {"key": "o2", "rank": 1, "tied": True, "dots": 3, "people": 2},
            {"key": "o3", "rank": 3, "tied": False, "dots": 1, "people": 1},
            {"key": "o4", "rank": 4, "tied": False, "dots": 0, "people": 0},
        ],
        "dots_per_ballot": 3,
        "per_option": 2,
        "dots_placed": 7,
        "dots_available": 9,
        "flags": ["tied_first"],
    }


def test_people_do_not_break_a_tie_of_dots() -> None:
    ballots = [{"dots": {"o1": 2}}, {"dots": {"o2": 1}}, {"dots": {"o2": 1}}]
    entries = dot_vote.tally(ballots, ["o1", "o2"], SETTINGS)["options"]
    assert [(entry["rank"], entry["tied"], entry["people"]) for entry in entries] == [
        (1, True, 1),
        (1, True, 2),
    ]


@pytest.mark.parametrize(("blank", "flags"), [(1, []), (2, ["blank_ge_winner"])])
def test_blank_ballots_as_many_as_people_of_the_first_option_are_said(blank: int, flags: list[str]) -> None:
    ballots: list[dict[str, Any]] = [{"dots": {"o1": 2}}] * 2 + [{"blank": True}] * blank
    assert dot_vote.tally(ballots, OPTIONS, SETTINGS)["flags"] == flags


def test_check_keeps_unused_dots_and_drops_zeros() -> None:
    assert dot_vote.check({"dots": {"o3": 0, "o2": 1}}, SETTINGS, OPTIONS) == {"dots": {"o2": 1}}


@pytest.mark.parametrize(
    ("ballot", "code", "params"),
    [
        ({"dots": {"o1": 3}}, "too_many_on_option", {"option": "o1", "placed": 3, "per_option": 2}),
        ({"dots": {"o1": 2, "o2": 2}}, "too_many_dots", {"placed": 4, "dots": 3}),
        ({"dots": {"o9": 1}}, "unknown_option", {}),
        ({"dots": {"o1": 0}}, "empty_ballot", {}),
        ({"dots": {}}, "empty_ballot", {}),
        ({}, "empty_ballot", {}),
        ({"dots": {"o1": True}}, "not_an_integer", {"option": "o1"}),
        ({"dots": {"o1": -1}}, "not_an_integer", {"option": "o1"}),
        ({"dots": {"o1": 1.0}}, "not_an_integer", {"option": "o1"}),
        ({"dots": ["o1"]}, "not_a_ballot", {}),
        ([], "not_a_ballot", {}),
        ({"blank": "yes"}, "not_a_ballot", {}),
        ({"blank": True, "abstain": True}, "ambiguous_ballot", {}),
    ],
)
def test_check_of_a_ballot_that_cannot_count_is_refused(
    ballot: Any, code: str, params: dict[str, Any]
) -> None:
    with pytest.raises(InvalidBallot) as refused:
        dot_vote.check(ballot, SETTINGS, OPTIONS)
    assert (refused.value.code, refused.value.params) == (code, params)


def test_one_dot_per_option_is_approval() -> None:
    settings = {"dots": 4, "per_option": 1}
    assert dot_vote.check({"dots": {"o1": 1, "o4": 1}}, settings, OPTIONS) == {"dots": {"o1": 1, "o4": 1}}
    with pytest.raises(InvalidBallot, match="too_many_on_option"):
        dot_vote.check({"dots": {"o1": 2}}, settings, OPTIONS)
