"""Medians, quartiles and means of a histogram, exact (D-9)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from atelier.live.methods.counting import fraction

MEAN_FROM = 8
"""Answers from which a mean may be given (domain §4, method 3)."""


def value_of_rank(counts: Sequence[int], low: int, rank: int) -> int:
    """The value of the rank-th smallest answer, from 1; `counts[i]` answers have the value low + i."""
    seen = 0
    for step, number in enumerate(counts):
        seen += number
        if seen >= rank:
            return low + step
    raise ValueError("there are fewer answers than this rank")


def medians(counts: Sequence[int], low: int) -> dict[str, int | None]:
    """{"median": lower median, "median_high": upper one}; both None without an answer.

    They differ only when an even number of answers splits between two values: print both (« entre 3 et 4 »).
    """
    n = sum(counts)
    if not n:
        return {"median": None, "median_high": None}
    return {
        "median": value_of_rank(counts, low, (n + 1) // 2),
        "median_high": value_of_rank(counts, low, n // 2 + 1),
    }


def describe(counts: Sequence[int], low: int) -> dict[str, Any]:
    """Medians, quartiles (values of rank ⌈n/4⌉ and ⌈3n/4⌉), their distance `iqr`, and the mean as [num, den].

    All None without an answer; the mean is None under 8 answers.
    """
    n = sum(counts)
    if not n:
        return {**medians(counts, low), "q1": None, "q3": None, "iqr": None, "mean": None}
    first = value_of_rank(counts, low, -(-n // 4))
    third = value_of_rank(counts, low, -(-3 * n // 4))
    total = sum((low + step) * number for step, number in enumerate(counts))
    mean = fraction(Fraction(total, n)) if n >= MEAN_FROM else None
    return {**medians(counts, low), "q1": first, "q3": third, "iqr": third - first, "mean": mean}
