"""Majority judgment (jugement majoritaire; domain §4, method 4; D-8).

Ballot    {"grades": {option: 0..G−1}}, 0 = the worst; an option left out is counted as the worst grade.
Settings  grades: G, 7 by default, or 5.
Paper     row of an option {"counts": [people at the worst, ..., at the best], "unanswered": int}.
Result    ranked by majority value; only identical profiles tie. Entry: key, rank, tied, counts (worst to
          best, those who gave no grade included at the worst), grade (index of the majority grade, None
          without a valid ballot), grade_code, unanswered, score ([[grade, signed size], ...], the scalable
          score, for the counting sheet). Also: grades (codes, worst to best).
Flags     missing_grades, tied_first, blank_ge_winner (blank against valid ballots), no_valid_ballot.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from atelier.live.methods import counting, flags
from atelier.live.methods.contract import Ballot, Paper, Result, Settings
from atelier.live.methods.grid import check_grid_rows, tally_grid
from atelier.live.methods.merit import balanced, lower_median, majority_value, score
from atelier.live.methods.paper import check_entry
from atelier.live.methods.ranks import ranked_entries, tied_first
from atelier.live.methods.reading import read_ballot, read_marks

GRADES: dict[int, tuple[str, ...]] = {
    5: ("to_reject", "insufficient", "passable", "good", "very_good"),
    7: ("to_reject", "insufficient", "passable", "fairly_good", "good", "very_good", "excellent"),
}
"""Number of grades -> their codes, from the worst to the best (D-8)."""


def grades_of(settings: Settings) -> tuple[str, ...]:
    """The codes of the grades in use, from the worst to the best."""
    return GRADES[settings.get("grades") or 7]


def check(ballot: object, settings: Settings, options: Sequence[str]) -> Ballot:
    """The ballot normalised: options in order, ungraded ones left out. Raises InvalidBallot."""
    finished, content = read_ballot(ballot, "grades")
    return finished or {"grades": read_marks(content, options, 0, len(grades_of(settings)) - 1)}


def ungraded(ballot: Mapping[str, Any], options: Sequence[str]) -> int:
    """Number of options that this ballot leaves without a grade: the phone says so before sending (D-4)."""
    return sum(option not in ballot["grades"] for option in options) if "grades" in ballot else 0


def check_paper(paper: object, settings: Settings, options: Sequence[str]) -> Paper:
    """The paper normalised: each row of the grid sums to the ballots (D-5)."""
    return check_entry(
        paper,
        tuple(options),
        lambda ballot: check(ballot, settings, options),
        lambda rows, valid: check_grid_rows(rows, valid, len(grades_of(settings))),
    )


def tally(
    ballots: Sequence[Ballot], options: Sequence[str], settings: Settings, paper: Paper | None = None
) -> Result:
    """The merit profile and majority grade of each option, ranked. Shape: module docstring."""
    codes = grades_of(settings)
    counts = counting.count(ballots, paper)
    marks = (ballot["grades"] for ballot in counting.choices(ballots, paper))
    grid = tally_grid(marks, paper, options, 0, len(codes), counts)
    profiles = {option: balanced(row.counts, counts["valid"]) for option, row in grid.items()}
    anything = counts["valid"] > 0
    ranked = ranked_entries(options, [majority_value(profiles[option]) for option in options], anything)
    entries = [
        {**entry, **_merit(profiles[entry["key"]], codes), "unanswered": grid[entry["key"]].unanswered}
        for entry in ranked
    ]
    return {
        "method": "majority_judgment",
        "counts": counts,
        "options": entries,
        "grades": list(codes),
        "flags": flags.collect(
            no_valid_ballot=not anything,
            tied_first=tied_first(entries),
            missing_grades=any(row.unanswered for row in grid.values()),
            blank_ge_winner=0 < counts["blank"] >= counts["valid"],
        ),
    }


def _merit(profile: list[int], codes: Sequence[str]) -> dict[str, Any]:
    if not sum(profile):
        return {"counts": profile, "grade": None, "grade_code": None, "score": []}
    grade = lower_median(profile)
    steps = [list(step) for step in score(profile)]
    return {"counts": profile, "grade": grade, "grade_code": codes[grade], "score": steps}
