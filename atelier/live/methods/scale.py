"""Scale, thermometer (échelle; domain §4, method 3; D-9).

Ballot    {"values": {option: low..high}}; an option may be left out, not all of them.
Settings  low and high: 0 and 10 by default, or 1 and 5.
Paper     row of an option {"counts": [people at low, ..., people at high], "unanswered": int}.
Result    not ranked. Entry: key, rank (None), tied (False), counts, expressed, unanswered, median (lower),
          median_high, q1, q3, iqr, mean ([num, den], None under 8), low_count, high_count, split.
          Also: low, high. `expressed` is what median, quartiles, mean and split are taken on.
Flags     split (an option at least is « clivé »), blank_ge_winner (blank against valid ballots),
          no_valid_ballot.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from atelier.live.methods import counting, flags
from atelier.live.methods.contract import Ballot, Paper, Result, Settings
from atelier.live.methods.distribution import describe
from atelier.live.methods.grid import Row, check_grid_rows, tally_grid
from atelier.live.methods.paper import check_entry
from atelier.live.methods.reading import read_ballot, read_marks


def bounds(settings: Settings) -> tuple[int, int]:
    """(low, high) of the scale, both included."""
    return settings.get("low", 0), settings.get("high", 10)


def check(ballot: object, settings: Settings, options: Sequence[str]) -> Ballot:
    """The ballot normalised: options in order. Raises InvalidBallot."""
    finished, content = read_ballot(ballot, "values")
    return finished or {"values": read_marks(content, options, *bounds(settings))}


def check_paper(paper: object, settings: Settings, options: Sequence[str]) -> Paper:
    """The paper normalised: each row of the grid sums to the ballots (D-5)."""
    low, high = bounds(settings)
    return check_entry(
        paper,
        tuple(options),
        lambda ballot: check(ballot, settings, options),
        lambda rows, valid: check_grid_rows(rows, valid, high - low + 1),
    )


def tally(
    ballots: Sequence[Ballot], options: Sequence[str], settings: Settings, paper: Paper | None = None
) -> Result:
    """The histogram of each option and its description. Shape: module docstring."""
    low, high = bounds(settings)
    counts = counting.count(ballots, paper)
    marks = (ballot["values"] for ballot in counting.choices(ballots, paper))
    grid = tally_grid(marks, paper, options, low, high - low + 1, counts)
    entries = [
        {**row.entry(option), **describe(row.counts, low), **_ends(row)} for option, row in grid.items()
    ]
    return {
        "method": "scale",
        "counts": counts,
        "options": entries,
        "low": low,
        "high": high,
        "flags": flags.collect(
            no_valid_ballot=counts["valid"] == 0,
            split=any(entry["split"] for entry in entries),
            blank_ge_winner=0 < counts["blank"] >= counts["valid"],
        ),
    }


def end_steps(steps: int) -> int:
    """How many steps make two fifths of a scale: 4 of 0–10 (0–3 and 7–10), 2 of 1–5 (1–2 and 4–5) (D-9).

    Stated once for any scale: the steps nearer to the end than two fifths of its length.
    """
    return -(-2 * (steps - 1) // 5)


def _ends(row: Row) -> dict[str, Any]:
    width = end_steps(len(row.counts))
    low_count, high_count = sum(row.counts[:width]), sum(row.counts[-width:])
    needed = 3 * row.expressed
    split = row.expressed > 0 and 10 * low_count >= needed and 10 * high_count >= needed
    return {"low_count": low_count, "high_count": high_count, "split": split}
