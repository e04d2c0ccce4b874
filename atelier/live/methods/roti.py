"""Return on time invested (retour sur temps investi; domain §4, method 20), without names.

Ballot    {"value": 1..5}: 1 temps perdu, 2 utile mais ne valait pas le temps, 3 équilibre, 4 gagné plus que
          le temps passé, 5 très au-delà. The comment « pour gagner un point » travels beside the ballot.
Settings  none used here. `options` is ignored.
Paper     {"value": {"counts": [people at 1, ..., people at 5]}}.
Result    one entry, key "value": rank (None), tied (False), counts, expressed, unanswered (0), median
          (lower), median_high (differs when an even number splits: print both, D-9). No mean.
Flags     blank_ge_winner (blank against valid ballots), no_valid_ballot.
"""

from __future__ import annotations

from collections.abc import Sequence

from atelier.live.methods import counting
from atelier.live.methods.contract import Ballot, Paper, Result, Settings
from atelier.live.methods.distribution import medians
from atelier.live.methods.grid import tally_grid
from atelier.live.methods.one_mark import STEPS, check_mark, check_marks_on_paper, flags_of


def check(ballot: object, settings: Settings, options: Sequence[str]) -> Ballot:
    """The ballot normalised. Raises InvalidBallot."""
    return check_mark(ballot, "value")


def check_paper(paper: object, settings: Settings, options: Sequence[str]) -> Paper:
    """The paper normalised: the five counts sum to the ballots (D-5)."""
    return check_marks_on_paper(paper, "value")


def tally(
    ballots: Sequence[Ballot], options: Sequence[str], settings: Settings, paper: Paper | None = None
) -> Result:
    """The histogram and the median. Shape: module docstring."""
    counts = counting.count(ballots, paper)
    row = tally_grid(counting.choices(ballots, paper), paper, ("value",), 1, STEPS, counts)["value"]
    return {
        "method": "roti",
        "counts": counts,
        "options": [{**row.entry("value"), **medians(row.counts, 1)}],
        "flags": flags_of(counts),
    }
