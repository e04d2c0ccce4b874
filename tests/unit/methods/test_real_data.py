"""Majority judgment replayed on MieuxVoter's assertions and on a real polling station (Orsay, 2007)."""

from __future__ import annotations

import csv
import json
import os
from fractions import Fraction
from math import lcm
from pathlib import Path
from typing import Any

import pytest

from atelier.live.methods.merit import balanced, lower_median, majority_value, score
from atelier.live.methods.ranks import ranks

PROJECT = Path(__file__).parents[3]
DATA = Path(os.environ.get("ATELIER_TEST_DATA", PROJECT / "../shared/data")) / "jugement-majoritaire"
ASSERTIONS = DATA / "library-typescript/assertions.json"
ORSAY = DATA / "orsay2007/bureau_01.csv"


def made_comparable(case: dict[str, Any]) -> list[list[int]]:
    """The profiles of a published case with as many ballots each, by the rule the case names."""
    tallies, people = case["tallies"], case["participants"]
    mode = case.get("mode")
    if mode == "Normalized":
        whole = lcm(*(sum(tally) for tally in tallies))
        return [[int(Fraction(number * whole, sum(tally))) for number in tally] for tally in tallies]
    if mode == "MedianDefault":
        return [with_default(tally, lower_median(tally), people) for tally in tallies]
    if case.get("default", 0):
        return [with_default(tally, case["default"], people) for tally in tallies]
    return [balanced(tally, people) for tally in tallies]


def with_default(tally: list[int], grade: int, people: int) -> list[int]:
    return [number + (people - sum(tally)) * (place == grade) for place, number in enumerate(tally)]


@pytest.mark.skipif(not ASSERTIONS.exists(), reason="published assertions not beside the project")
def test_rank_of_every_published_assertion_is_the_published_one() -> None:
    cases = json.loads(ASSERTIONS.read_text(encoding="utf-8"))
    assert len(cases) == 9
    for case in cases:
        comparable = made_comparable(case)
        assert ranks([score(profile) for profile in comparable]) == case["ranks"], case["title"]
        if case["participants"] < 1000:
            by_removal = ranks([majority_value(profile) for profile in comparable])
            assert by_removal == case["ranks"], case["title"]


@pytest.mark.skipif(not ORSAY.exists(), reason="Orsay ballots not beside the project")
def test_rank_of_a_real_polling_station_is_that_of_ballots_removed_one_by_one() -> None:
    with ORSAY.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    # 0 is « sans opinion »: counted as « À rejeter », like 1.
    grades = {
        name: sorted(max(1, int(row[column])) - 1 for row in rows)
        for column, name in enumerate(header)
        if name
    }
    profiles = {name: [given.count(grade) for grade in range(6)] for name, given in grades.items()}
    by_list = ranks([removed_one_by_one(given) for given in grades.values()])
    assert len(rows) == 559
    assert {sum(profile) for profile in profiles.values()} == {559}
    assert ranks([majority_value(profile) for profile in profiles.values()]) == by_list
    assert ranks([score(profile) for profile in profiles.values()]) == by_list
    assert dict(zip(profiles, by_list, strict=True))["Bayrou"] == 1


def removed_one_by_one(given: list[int]) -> list[int]:
    left = list(given)
    return [left.pop((len(left) - 1) // 2) for _ in given]
