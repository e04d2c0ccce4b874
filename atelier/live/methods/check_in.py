"""Weather check-in (météo; domain §4, method 19): anonymous by default, never in the compte rendu.

Ballot    {"weather": 1..5}, 1 = the worst weather, 5 = the best. The optional word travels beside the ballot.
Settings  none used here. `options` is ignored.
Paper     {"weather": {"counts": [people at 1, ..., people at 5]}}.
Result    one entry, key "weather": rank (None), tied (False), counts, expressed, unanswered (0).
Flags     blank_ge_winner (blank against valid ballots), no_valid_ballot.
"""

from __future__ import annotations

from collections.abc import Sequence

from atelier.live.methods import counting
from atelier.live.methods.contract import Ballot, Paper, Result, Settings
from atelier.live.methods.grid import tally_grid
from atelier.live.methods.one_mark import STEPS, check_mark, check_marks_on_paper, flags_of


def check(ballot: object, settings: Settings, options: Sequence[str]) -> Ballot:
    """The ballot normalised. Raises InvalidBallot."""
    return check_mark(ballot, "weather")


def check_paper(paper: object, settings: Settings, options: Sequence[str]) -> Paper:
    """The paper normalised: the five counts sum to the ballots (D-5)."""
    return check_marks_on_paper(paper, "weather")


def tally(
    ballots: Sequence[Ballot], options: Sequence[str], settings: Settings, paper: Paper | None = None
) -> Result:
    """The number of people at each weather. Shape: module docstring."""
    counts = counting.count(ballots, paper)
    grid = tally_grid(counting.choices(ballots, paper), paper, ("weather",), 1, STEPS, counts)
    return {
        "method": "check_in",
        "counts": counts,
        "options": [grid["weather"].entry("weather")],
        "flags": flags_of(counts),
    }
