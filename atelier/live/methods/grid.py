"""A grid option × step: what scale, gradients, grades, and the one-question methods have in common."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from atelier.live.methods.contract import Counts, InvalidPaper, Paper
from atelier.live.methods.counting import paper_rows
from atelier.live.methods.paper import Rows, read_count


class Row(NamedTuple):
    """One option: how many ballots stand at each step, in the order of the scale, and how many at none."""

    counts: list[int]
    unanswered: int

    @property
    def expressed(self) -> int:
        return sum(self.counts)

    def entry(self, key: str) -> dict[str, Any]:
        """The entry of the option in a result, before what the method adds: unranked."""
        return {
            "key": key,
            "rank": None,
            "tied": False,
            "counts": self.counts,
            "expressed": self.expressed,
            "unanswered": self.unanswered,
        }


def tally_grid(
    marks: Iterable[Mapping[str, int]],
    paper: Paper | None,
    keys: Sequence[str],
    low: int,
    steps: int,
    counts: Counts,
) -> dict[str, Row]:
    """The row of each key. `marks`: one mapping key -> step (from `low`) per valid ballot known one by one."""
    totals = paper_rows(paper)
    grid = {key: list(totals[key]["counts"]) if key in totals else [0] * steps for key in keys}
    for ballot in marks:
        for key, step in ballot.items():
            grid[key][step - low] += 1
    return {key: Row(row, counts["valid"] - sum(row)) for key, row in grid.items()}


def check_grid_rows(rows: Rows, valid: int, steps: int, partial: bool = True) -> dict[str, Any]:
    """Paper rows {"counts": [one per step], "unanswered"}: each must sum to the valid paper ballots (D-5).

    `counts` may also be {"0": …, "6": …}, by place in the scale: a sheet is read from the best mention (experience §6, 10).
    `partial` false: the method has one question, a valid ballot answers it, `unanswered` is 0.
    """
    return {key: _check_row(key, row, valid, steps, partial) for key, row in rows.items()}


def _check_row(key: str, row: Mapping[str, Any], valid: int, steps: int, partial: bool) -> dict[str, Any]:
    entered = row.get("counts", [0] * steps)
    if isinstance(entered, Mapping):
        entered = _placed(key, entered, steps)
    if not isinstance(entered, list | tuple):
        raise InvalidPaper("not_a_count", field=key)
    if len(entered) != steps:
        raise InvalidPaper("row_length", option=key, length=len(entered), steps=steps)
    counts = [read_count(number, key) for number in entered]
    unanswered = read_count(row.get("unanswered", 0), key) if partial else 0
    total = sum(counts) + unanswered
    if total != valid:
        raise InvalidPaper("row_sum", option=key, total=total, ballots=valid)
    return {"counts": counts, "unanswered": unanswered}


def _placed(key: str, counts: Mapping[str, Any], steps: int) -> list[Any]:
    """Return counts given by place as one per step; a step left out has none."""
    places = [str(place) for place in range(steps)]
    if set(counts) - set(places):
        raise InvalidPaper("row_length", option=key, length=len(counts), steps=steps)
    return [counts.get(place, 0) for place in places]
