"""Scale, ROTI and check-in: medians, quartiles, means and the flag « clivé » (D-9)."""

from __future__ import annotations

from typing import Any

import pytest

from atelier.live.methods import check_in, roti, scale
from atelier.live.methods.contract import InvalidBallot
from atelier.live.methods.distribution import describe, medians, value_of_rank

OF_TEN: dict[str, Any] = {"low": 0, "high": 10}
OF_FIVE: dict[str, Any] = {"low": 1, "high": 5}


def answers(*values: int) -> list[dict[str, Any]]:
    return [{"values": {"o1": value}} for value in values]


def entry(settings: dict[str, Any], *values: int) -> dict[str, Any]:
    found: dict[str, Any] = scale.tally(answers(*values), ["o1"], settings)["options"][0]
    return found


def test_median_of_an_odd_number_is_the_middle_answer() -> None:
    assert medians([1, 0, 1, 0, 1], 1) == {"median": 3, "median_high": 3}


def test_median_of_an_even_number_that_splits_gives_both() -> None:
    assert medians([0, 0, 2, 2, 0], 1) == {"median": 3, "median_high": 4}
    assert medians([0, 1, 2, 1, 0], 1) == {"median": 3, "median_high": 3}


@pytest.mark.parametrize(
    ("values", "q1", "q3"),
    [
        ((4,), 4, 4),
        ((1, 9), 1, 9),
        ((1, 2, 3, 4), 1, 3),
        ((1, 2, 3, 4, 5), 2, 4),
        ((0, 1, 2, 3, 4, 5, 6, 7), 1, 5),
    ],
)
def test_quartiles_are_the_answers_of_rank_a_quarter_and_three_rounded_up(
    values: tuple[int, ...], q1: int, q3: int
) -> None:
    found = entry(OF_TEN, *values)
    assert (found["q1"], found["q3"], found["iqr"]) == (q1, q3, q3 - q1)


def test_mean_under_eight_answers_is_not_given() -> None:
    assert entry(OF_TEN, *[3] * 7)["mean"] is None
    assert entry(OF_TEN, *[3] * 7, 4)["mean"] == [25, 8]


@pytest.mark.parametrize(
    ("settings", "values", "split"),
    [
        (OF_TEN, (3, 3, 3, 5, 5, 5, 5, 7, 7, 7), True),
        (OF_TEN, (3, 3, 3, 5, 5, 5, 5, 6, 7, 7), False),
        (OF_TEN, (4, 3, 3, 5, 5, 5, 5, 7, 7, 7), False),
        (OF_FIVE, (2, 2, 2, 3, 3, 3, 3, 4, 4, 4), True),
        (OF_FIVE, (3, 2, 2, 3, 3, 3, 3, 4, 4, 4), False),
        (OF_TEN, (0, 10), True),
        (OF_TEN, (5,), False),
    ],
)
def test_split_needs_three_tenths_in_both_outer_two_fifths(
    settings: dict[str, Any], values: tuple[int, ...], split: bool
) -> None:
    assert entry(settings, *values)["split"] is split
    assert scale.tally(answers(*values), ["o1"], settings)["flags"] == (["split"] if split else [])


def test_two_fifths_are_four_values_of_eleven_and_two_of_five() -> None:
    assert (scale.end_steps(11), scale.end_steps(5)) == (4, 2)


def test_option_that_nobody_answered_has_no_median() -> None:
    result = scale.tally(answers(4, 6), ["o1", "o2"], OF_TEN)
    assert result["options"][1] == {
        "key": "o2", "rank": None, "tied": False, "counts": [0] * 11, "expressed": 0, "unanswered": 2,
        "median": None, "median_high": None, "q1": None, "q3": None, "iqr": None, "mean": None,
        "low_count": 0, "high_count": 0, "split": False,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("values", "code", "params"),
    [
        ({"o1": 11}, "out_of_range", {"option": "o1", "low": 0, "high": 10}),
        ({"o1": -1}, "out_of_range", {"option": "o1", "low": 0, "high": 10}),
        ({"o1": "7"}, "not_an_integer", {"option": "o1"}),
        ({"o2": 7}, "unknown_option", {}),
        ({}, "empty_ballot", {}),
    ],
)
def test_check_of_a_value_off_the_scale_is_refused(
    values: dict[str, Any], code: str, params: dict[str, Any]
) -> None:
    with pytest.raises(InvalidBallot) as refused:
        scale.check({"values": values}, OF_TEN, ["o1"])
    assert (refused.value.code, refused.value.params) == (code, params)


def test_rank_beyond_the_answers_is_refused() -> None:
    with pytest.raises(ValueError, match="fewer answers"):
        value_of_rank([1, 1], 0, 3)
    assert describe([0, 0], 0)["median"] is None


def test_roti_gives_a_histogram_and_a_median_without_a_mean() -> None:
    result = roti.tally([{"value": value} for value in (2, 3, 3, 4, 4, 5)], (), {})
    assert result["options"] == [
        {
            "key": "value", "rank": None, "tied": False, "counts": [0, 1, 2, 2, 1], "expressed": 6, "unanswered": 0,
            "median": 3, "median_high": 4,
        }
    ]  # fmt: skip


@pytest.mark.parametrize(("method", "field"), [(roti, "value"), (check_in, "weather")])
@pytest.mark.parametrize("value", [0, 6, True, None, "3", 3.0])
def test_check_of_a_step_that_does_not_exist_is_refused(method: Any, field: str, value: Any) -> None:
    assert method.check({field: 3}, {}, ()) == {field: 3}
    with pytest.raises(InvalidBallot):
        method.check({field: value}, {}, ())


def test_check_in_counts_people_at_each_weather() -> None:
    result = check_in.tally([{"weather": value} for value in (2, 4, 4, 4, 5)], (), {})
    assert result["options"][0]["counts"] == [0, 1, 0, 3, 1]
