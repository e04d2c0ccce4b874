"""Paper ballots entered by the desk before the reveal: checked here, merged by each tally (D-5)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from atelier.live.methods.contract import Ballot, InvalidBallot, InvalidPaper, Paper

TOTALS_FROM = 5
"""Paper ballots from which totals are accepted; under it, one by one, from the closed box (D-5)."""

MORE_PAPER_THAN_PEOPLE = "more_paper_than_people_without_phone"
"""The desk is warned and never blocked (D-5)."""

Rows = Mapping[str, Mapping[str, Any]]


def check_entry(
    paper: object,
    options: tuple[str, ...],
    check: Callable[[object], Ballot],
    check_rows: Callable[[Rows, int], dict[str, Any]],
    blank_offered: bool = True,
) -> Paper:
    """The paper of any method, normalised: totals, or ballots one by one. InvalidPaper otherwise.

    check        the method's check of one ballot, settings and options bound
    check_rows   (rows by option, number of valid paper ballots) -> normalised rows, for every option
    """
    if not isinstance(paper, Mapping):
        raise InvalidPaper("not_a_paper")
    if "one_by_one" in paper:
        return _one_by_one(paper, check)
    totals = {
        field: read_count(paper.get(field, 0), field) for field in ("ballots", "blank", "abstain", "void")
    }
    others = totals["blank"] + totals["abstain"] + totals["void"]
    if others > totals["ballots"]:
        raise InvalidPaper("more_than_ballots", ballots=totals["ballots"], others=others)
    if 0 < totals["ballots"] < TOTALS_FROM:
        raise InvalidPaper("one_by_one_required", ballots=totals["ballots"], minimum=TOTALS_FROM)
    if not blank_offered and totals["blank"] + totals["abstain"]:
        raise InvalidPaper("blank_not_offered")
    rows = _read_rows(paper.get("options", {}), options)
    return {**totals, "options": check_rows(rows, totals["ballots"] - others)}


def read_count(value: object, field: str) -> int:
    """A count of the form: an integer, zero or more."""
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise InvalidPaper("not_a_count", field=field)
    return value


def paper_warnings(paper_ballots: int, people_without_phone: int) -> tuple[str, ...]:
    """What the desk is told, without being blocked: more paper ballots than people without a phone (D-5)."""
    return (MORE_PAPER_THAN_PEOPLE,) if paper_ballots > people_without_phone else ()


def _one_by_one(paper: Mapping[str, object], check: Callable[[object], Ballot]) -> Paper:
    entered = paper["one_by_one"]
    if not isinstance(entered, list | tuple):
        raise InvalidPaper("not_a_paper")
    ballots = []
    for number, ballot in enumerate(entered, start=1):
        try:
            ballots.append(check(ballot))
        except InvalidBallot as refused:
            raise InvalidPaper("invalid_ballot", number=number, reason=refused.code) from refused
    return {"one_by_one": ballots, "void": read_count(paper.get("void", 0), "void")}


def _read_rows(rows: object, options: tuple[str, ...]) -> Rows:
    if not isinstance(rows, Mapping) or not all(isinstance(row, Mapping) for row in rows.values()):
        raise InvalidPaper("not_a_paper")
    if any(key not in options for key in rows):
        raise InvalidPaper("unknown_option")
    return {option: rows.get(option, {}) for option in options}
