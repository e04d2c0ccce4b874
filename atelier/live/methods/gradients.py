"""Gradients of agreement (degrés d'accord; domain §4, method 8; D-10).

Ballot    {"levels": {option: 1..5}}, 1 = pour, 5 = contre; an option may be left out, not all of them.
Settings  steps: 5 by default, or 8 (Kaner: 1 = adhère pleinement, 8 = veto).
Paper     row of an option {"counts": [people at 1, ..., people at 5], "unanswered": int}.
Result    not ranked, a distribution and never a mean. Entry: key, rank (None), tied (False), counts,
          expressed, unanswered, favourable, neutral, unfavourable, percent_favourable and
          percent_unfavourable (of `expressed`, None under 20), label (None under 8), minority_block. Also:
          steps. « Neutre » is expressed. With 8 steps, step 4 is an abstention: in `counts`, not in
          `expressed`, and a veto (8) is an open objection.
Flags     blank_ge_winner (blank against valid ballots), no_valid_ballot.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from atelier.live.methods import counting, flags
from atelier.live.methods.agreement import agreement_label, gradient_sides, keeps_minority_block
from atelier.live.methods.contract import Ballot, Paper, Result, Settings
from atelier.live.methods.grid import Row, check_grid_rows, tally_grid
from atelier.live.methods.paper import check_entry
from atelier.live.methods.reading import read_ballot, read_marks

KANER_STEPS = 8


def steps_of(settings: Settings) -> int:
    """Number of steps: 5, or 8."""
    return settings.get("steps") or 5


def check(ballot: object, settings: Settings, options: Sequence[str]) -> Ballot:
    """The ballot normalised: options in order. Raises InvalidBallot."""
    finished, content = read_ballot(ballot, "levels")
    return finished or {"levels": read_marks(content, options, 1, steps_of(settings))}


def check_paper(paper: object, settings: Settings, options: Sequence[str]) -> Paper:
    """The paper normalised: each row of the grid sums to the ballots (D-5)."""
    return check_entry(
        paper,
        tuple(options),
        lambda ballot: check(ballot, settings, options),
        lambda rows, valid: check_grid_rows(rows, valid, steps_of(settings)),
    )


def tally(
    ballots: Sequence[Ballot], options: Sequence[str], settings: Settings, paper: Paper | None = None
) -> Result:
    """The distribution of each option and its agreement label. Shape: module docstring."""
    counts = counting.count(ballots, paper)
    marks = (ballot["levels"] for ballot in counting.choices(ballots, paper))
    grid = tally_grid(marks, paper, options, 1, steps_of(settings), counts)
    return {
        "method": "gradients",
        "counts": counts,
        "options": [{**row.entry(option), **_agreement(row)} for option, row in grid.items()],
        "steps": steps_of(settings),
        "flags": flags.collect(
            no_valid_ballot=counts["valid"] == 0,
            blank_ge_winner=0 < counts["blank"] >= counts["valid"],
        ),
    }


def _agreement(row: Row) -> dict[str, Any]:
    sides = gradient_sides(row.counts)
    vetoes = row.counts[-1] if len(row.counts) == KANER_STEPS else 0
    label = agreement_label(sides, open_objections=vetoes)
    return {
        "expressed": sides.expressed,
        **sides._asdict(),
        "percent_favourable": counting.percent(sides.favourable, sides.expressed),
        "percent_unfavourable": counting.percent(sides.unfavourable, sides.expressed),
        "label": label,
        "minority_block": keeps_minority_block(label, sides.favourable),
    }
