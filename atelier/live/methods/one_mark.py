"""One question, one mark on five steps: what the check-in and the return on time invested have in common."""

from __future__ import annotations

from atelier.live.methods.contract import Ballot, Counts, Paper
from atelier.live.methods.flags import collect
from atelier.live.methods.grid import check_grid_rows
from atelier.live.methods.paper import check_entry
from atelier.live.methods.reading import read_ballot, read_mark

STEPS = 5


def check_mark(ballot: object, key: str) -> Ballot:
    """The ballot {key: 1..5} normalised. Raises InvalidBallot."""
    finished, content = read_ballot(ballot, key)
    return finished or {key: read_mark(content, key, 1, STEPS)}


def check_marks_on_paper(paper: object, key: str) -> Paper:
    """The paper {key: {"counts": five numbers}} normalised: they sum to the ballots (D-5)."""
    return check_entry(
        paper,
        (key,),
        lambda ballot: check_mark(ballot, key),
        lambda rows, valid: check_grid_rows(rows, valid, STEPS, partial=False),
    )


def flags_of(counts: Counts) -> list[str]:
    return collect(
        no_valid_ballot=counts["valid"] == 0,
        blank_ge_winner=0 < counts["blank"] >= counts["valid"],
    )
