"""Majority judgment: the published vectors, those of D-8, and the equality of the two ways of ranking."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atelier.live.methods.merit import balanced, lower_median, majority_value, score
from atelier.live.methods.ranks import ranks

LETTERS = {
    "A": [2, 2, 2, 2, 2],
    "B": [2, 1, 1, 1, 5],
    "C": [2, 1, 1, 2, 4],
    "D": [2, 1, 5, 0, 2],
    "E": [2, 2, 2, 2, 2],
}
SNACKS = {"Arancini": [1, 1, 4, 3, 7, 4, 1], "Burger": [2, 2, 5, 5, 5, 0, 2], "Chips": [0, 1, 2, 1, 6, 7, 4]}
X, Y = [1, 0, 1, 0, 1], [1, 0, 1, 1, 0]


def profiles(ballots: int, grades: int) -> Iterator[list[int]]:
    """Every way in which so many ballots may stand at so many grades."""
    if grades == 1:
        yield [ballots]
        return
    for first in range(ballots + 1):
        for rest in profiles(ballots - first, grades - 1):
            yield [first, *rest]


def adjacent_score(profile: Sequence[int]) -> tuple[Any, ...]:
    """The reading that D-8 forbids: the majority grade's ballots join the next grade, be it empty."""
    remaining = list(profile)
    steps = []
    for _ in profile:
        grade = lower_median(remaining)
        below, above = sum(remaining[:grade]), sum(remaining[grade + 1 :])
        steps.append((grade, above if above > below else -below))
        joined = grade + 1 if above > below else max(0, grade - (below > 0))
        moved, remaining[grade] = remaining[grade], 0
        remaining[joined] += moved
    return tuple(steps)


@pytest.mark.parametrize("measure", [majority_value, score])
def test_rank_of_the_published_profiles_is_the_published_one(measure: Any) -> None:
    assert ranks([measure(profile) for profile in LETTERS.values()]) == [4, 1, 2, 3, 4]
    assert ranks([measure(profile) for profile in SNACKS.values()]) == [2, 3, 1]
    assert [lower_median(profile) for profile in SNACKS.values()] == [4, 3, 5]


@pytest.mark.parametrize("measure", [majority_value, score])
def test_rank_of_the_vector_of_decision_8_puts_x_above_y(measure: Any) -> None:
    assert measure(X) > measure(Y)


def test_adjacent_reading_passes_the_published_vectors_and_fails_that_of_decision_8() -> None:
    assert ranks([adjacent_score(profile) for profile in LETTERS.values()]) == [4, 1, 2, 3, 4]
    assert ranks([adjacent_score(profile) for profile in SNACKS.values()]) == [2, 3, 1]
    assert not adjacent_score(X) > adjacent_score(Y)


@pytest.mark.parametrize(
    ("profile", "grade"),
    [([0, 2, 0, 2, 0], 1), ([1, 0, 0], 0), ([0, 0, 1], 2), ([1, 1], 0), ([1, 2], 1), ([5, 0, 0, 0, 5], 0)],
)
def test_majority_grade_is_the_lower_median(profile: list[int], grade: int) -> None:
    assert lower_median(profile) == grade


def test_majority_grade_of_no_ballot_is_refused() -> None:
    with pytest.raises(ValueError, match="without a ballot"):
        lower_median([0, 0, 0])


def test_score_of_the_documented_pizza_is_the_documented_one() -> None:
    assert score([3, 2, 2, 3])[:3] == ((1, 5), (2, -3), (0, 3))
    assert score([2, 4, 2, 2])[:3] == ((1, 4), (2, -2), (0, 2))
    assert score([1, 3, 4, 2])[:3] == ((2, -4), (1, 2), (3, -1))


@pytest.mark.parametrize(("grades", "ballots"), [(3, 8), (4, 6), (5, 5), (7, 4)])
def test_score_orders_every_profile_as_the_majority_value_does(grades: int, ballots: int) -> None:
    by_value = sorted(profiles(ballots, grades), key=majority_value)
    for lower, higher in pairwise(by_value):
        assert majority_value(lower) < majority_value(higher)
        assert score(lower) < score(higher)


def test_adjacent_reading_misorders_some_of_every_profile() -> None:
    by_value = sorted(profiles(5, 5), key=majority_value)
    assert any(adjacent_score(lower) >= adjacent_score(higher) for lower, higher in pairwise(by_value))


@settings(max_examples=80, deadline=None, database=None)
@given(st.data())
def test_score_compares_two_random_profiles_as_the_majority_value_does(data: st.DataObject) -> None:
    grades = data.draw(st.integers(3, 7))
    ballots = data.draw(st.lists(st.tuples(*[st.integers(0, grades - 1)] * 2), min_size=1, max_size=40))
    one, other = (
        [list(column).count(grade) for grade in range(grades)] for column in zip(*ballots, strict=True)
    )
    assert (score(one) > score(other)) == (majority_value(one) > majority_value(other))
    assert (score(one) == score(other)) == (one == other) == (majority_value(one) == majority_value(other))


def test_balanced_profile_counts_missing_grades_as_the_worst() -> None:
    assert balanced([1, 0, 2], 7) == [5, 0, 2]
