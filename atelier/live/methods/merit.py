"""Merit profiles of majority judgment: lower median, majority value, score (domain §4, method 4; D-8).

A profile is the number of ballots at each grade, from the worst to the best. Profiles that are compared have
the same number of ballots. Sources: M. Balinski and R. Laraki, *Majority Judgment*, MIT Press, 2011 (majority
grade, majority value); the score is the one of the MieuxVoter libraries, with the reading of D-8.
"""

from __future__ import annotations

from collections.abc import Sequence


def lower_median(profile: Sequence[int]) -> int:
    """The majority grade: that of the ballot of rank ⌊(n−1)/2⌋ from the worst, from 0. ValueError if empty."""
    rank = (sum(profile) - 1) // 2
    seen = 0
    for grade, number in enumerate(profile):
        seen += number
        if seen > rank >= 0:
            return grade
    raise ValueError("a profile without a ballot has no majority grade")


def majority_value(profile: Sequence[int]) -> tuple[int, ...]:
    """The majority grade, then the one left once a ballot of it is removed, and so on to the last ballot.

    As long as there are ballots; a greater tuple is a better rank, equal tuples are identical profiles.
    """
    remaining = list(profile)
    value = []
    for _ in range(sum(remaining)):
        grade = lower_median(remaining)
        value.append(grade)
        remaining[grade] -= 1
    return tuple(value)


def score(profile: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """The same order as `majority_value`, in one step per grade whatever the number of ballots.

    Each step gives (majority grade, ± size of the larger group): + for those above the grade if strictly more
    numerous, − for those below otherwise, 0 when nobody is on either side. Then the ballots of the grade join
    the nearest *non-empty* grade of that side. (Joining the adjacent grade, empty or not, ranks some pairs
    wrongly: D-8.)
    """
    remaining = list(profile)
    steps = []
    for _ in profile:
        grade = lower_median(remaining)
        below, above = sum(remaining[:grade]), sum(remaining[grade + 1 :])
        steps.append((grade, above if above > below else -below))
        joined = _nearest_above(remaining, grade) if above > below else _nearest_below(remaining, grade)
        remaining[joined] += remaining[grade] if joined != grade else 0
        remaining[grade] *= joined == grade
    return tuple(steps)


def balanced(profile: Sequence[int], ballots: int) -> list[int]:
    """The profile of `ballots` ballots, those missing counted at the worst grade (static default)."""
    return [profile[0] + ballots - sum(profile), *profile[1:]]


def _nearest_above(profile: Sequence[int], grade: int) -> int:
    return next((other for other in range(grade + 1, len(profile)) if profile[other]), grade)


def _nearest_below(profile: Sequence[int], grade: int) -> int:
    return next((other for other in range(grade - 1, -1, -1) if profile[other]), grade)
