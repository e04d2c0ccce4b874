from __future__ import annotations

from typing import Any

import pytest

from atelier.live.methods import majority_judgment
from atelier.live.methods.contract import InvalidBallot

FIVE: dict[str, Any] = {"grades": 5}


def ballots_of(profiles: dict[str, list[int]]) -> list[dict[str, Any]]:
    """Ballots whose tally is these profiles: the first ballot holds the lowest grade of each option, and so on."""
    columns = {
        key: [grade for grade, number in enumerate(profile) for _ in range(number)]
        for key, profile in profiles.items()
    }
    number = len(next(iter(columns.values())))
    return [{"grades": {key: column[place] for key, column in columns.items()}} for place in range(number)]


def test_tally_of_the_published_profiles_ranks_them_as_published() -> None:
    profiles = {
        "A": [2, 2, 2, 2, 2], "B": [2, 1, 1, 1, 5], "C": [2, 1, 1, 2, 4], "D": [2, 1, 5, 0, 2], "E": [2, 2, 2, 2, 2],
    }  # fmt: skip
    result = majority_judgment.tally(ballots_of(profiles), list(profiles), FIVE)
    assert [(entry["key"], entry["rank"], entry["tied"]) for entry in result["options"]] == [
        ("B", 1, False), ("C", 2, False), ("D", 3, False), ("A", 4, True), ("E", 4, True),
    ]  # fmt: skip
    assert {entry["key"]: entry["counts"] for entry in result["options"]} == profiles
    assert result["flags"] == []


def test_tally_of_seven_grades_names_the_majority_grades() -> None:
    profiles = {
        "Arancini": [1, 1, 4, 3, 7, 4, 1],
        "Burger": [2, 2, 5, 5, 5, 0, 2],
        "Chips": [0, 1, 2, 1, 6, 7, 4],
    }
    result = majority_judgment.tally(ballots_of(profiles), list(profiles), {"grades": 7})
    assert [(entry["key"], entry["rank"], entry["grade_code"]) for entry in result["options"]] == [
        ("Chips", 1, "very_good"), ("Arancini", 2, "good"), ("Burger", 3, "fairly_good"),
    ]  # fmt: skip


def test_tally_of_the_vector_of_decision_8_puts_x_above_y() -> None:
    result = majority_judgment.tally(
        ballots_of({"Y": [1, 0, 1, 1, 0], "X": [1, 0, 1, 0, 1]}), ["Y", "X"], FIVE
    )
    assert [(entry["key"], entry["rank"]) for entry in result["options"]] == [("X", 1), ("Y", 2)]


def test_missing_grade_counts_as_the_worst_and_is_said() -> None:
    ballots = [{"grades": {"o1": 4, "o2": 3}}, {"grades": {"o1": 4}}, {"grades": {"o1": 0}}, {"blank": True}]
    result = majority_judgment.tally(ballots, ["o1", "o2"], FIVE)
    assert result["flags"] == ["missing_grades"]
    assert [(entry["key"], entry["counts"], entry["unanswered"]) for entry in result["options"]] == [
        ("o1", [1, 0, 0, 0, 2], 0),
        ("o2", [2, 0, 0, 1, 0], 2),
    ]


def test_only_identical_profiles_tie() -> None:
    result = majority_judgment.tally([{"grades": {"o1": 3, "o2": 3}}] * 4, ["o1", "o2"], FIVE)
    assert result["flags"] == ["tied_first"]
    assert [entry["rank"] for entry in result["options"]] == [1, 1]


def test_blank_ballots_as_many_as_valid_ones_are_said() -> None:
    result = majority_judgment.tally([{"grades": {"o1": 3}}, {"blank": True}], ["o1"], FIVE)
    assert result["flags"] == ["blank_ge_winner"]


def test_ungraded_options_are_counted_before_sending() -> None:
    assert majority_judgment.ungraded({"grades": {"o2": 0}}, ["o1", "o2", "o3"]) == 2
    assert majority_judgment.ungraded({"blank": True}, ["o1", "o2"]) == 0


@pytest.mark.parametrize("grade", [5, -1, True, "4", None])
def test_check_of_a_grade_off_the_scale_is_refused(grade: Any) -> None:
    assert majority_judgment.check({"grades": {"o1": 4}}, FIVE, ["o1"]) == {"grades": {"o1": 4}}
    with pytest.raises(InvalidBallot):
        majority_judgment.check({"grades": {"o1": grade}}, FIVE, ["o1"])


def test_five_grades_are_those_of_decision_8() -> None:
    assert majority_judgment.grades_of(FIVE) == ("to_reject", "insufficient", "passable", "good", "very_good")
    assert len(majority_judgment.grades_of({"grades": 7})) == 7
