"""Single and multiple choice (choix simple, choix multiple; domain §4, method 2).

Ballot    {"options": [option, ...]}: exactly one, or between min and max distinct ones.
Settings  multiple: bool; min, 1 by default; max, None for no limit (multiple only).
Paper     row of an option {"people": int}.
Result    ranked by people. Entry: key, rank, tied, people, percent (of the exprimés, None under 20; D-4).
          Also: multiple, min, max. Percentages of a multiple choice add up to more than 100.
Flags     single: absolute_majority (more than half of the exprimés), else relative_majority, else tied_first;
          multiple: tied_first only, since half of the voters may approve of several options;
          both: blank_ge_winner (blank ballots against the people of the first option), no_valid_ballot.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from atelier.live.methods import counting, flags
from atelier.live.methods.contract import Ballot, InvalidBallot, InvalidPaper, Paper, Result, Settings
from atelier.live.methods.paper import Rows, check_entry, read_count
from atelier.live.methods.ranks import ranked_entries, tied_first
from atelier.live.methods.reading import read_ballot


def bounds(settings: Settings, options: Sequence[str]) -> tuple[int, int]:
    """(min, max) of options that a ballot chooses: (1, 1) for a single choice; never more than there are."""
    if not settings.get("multiple"):
        return 1, 1
    most = min(settings.get("max") or len(options), len(options))
    return min(max(1, settings.get("min") or 1), most), most


def check(ballot: object, settings: Settings, options: Sequence[str]) -> Ballot:
    """The ballot normalised: options in order. Raises InvalidBallot."""
    finished, content = read_ballot(ballot, "options")
    if finished:
        return finished
    if not isinstance(content, list | tuple):
        raise InvalidBallot("not_a_ballot")
    if any(not isinstance(key, str) or key not in options for key in content):
        raise InvalidBallot("unknown_option")
    if len(set(content)) != len(content):
        raise InvalidBallot("duplicate_option")
    if not content:
        raise InvalidBallot("empty_ballot")
    least, most = bounds(settings, options)
    if len(content) < least:
        raise InvalidBallot("too_few_options", chosen=len(content), min=least)
    if len(content) > most:
        raise InvalidBallot("too_many_options", chosen=len(content), max=most)
    return {"options": [option for option in options if option in content]}


def check_paper(paper: object, settings: Settings, options: Sequence[str]) -> Paper:
    """The paper normalised: people ≤ ballots, min × ballots ≤ sum ≤ max × ballots (D-5)."""
    least, most = bounds(settings, options)

    def rows(entered: Rows, valid: int) -> dict[str, Any]:
        checked = {option: _check_row(option, row, valid) for option, row in entered.items()}
        total = sum(row["people"] for row in checked.values())
        if total > most * valid:
            raise InvalidPaper("sum_over_allowed", total=total, allowed=most * valid)
        if total < least * valid:
            raise InvalidPaper("sum_under_ballots", total=total, minimum=least * valid)
        return checked

    return check_entry(paper, tuple(options), lambda ballot: check(ballot, settings, options), rows)


def tally(
    ballots: Sequence[Ballot], options: Sequence[str], settings: Settings, paper: Paper | None = None
) -> Result:
    """The people of each option, ranked. Shape: module docstring."""
    counts = counting.count(ballots, paper)
    valid = counts["valid"]
    rows = counting.paper_rows(paper)
    people = {option: rows[option]["people"] if option in rows else 0 for option in options}
    for ballot in counting.choices(ballots, paper):
        for option in ballot["options"]:
            people[option] += 1
    ranked = ranked_entries(options, [people[option] for option in options], valid > 0)
    entries = [
        {**entry, "people": people[entry["key"]], "percent": counting.percent(people[entry["key"]], valid)}
        for entry in ranked
    ]
    multiple = bool(settings.get("multiple"))
    least, most = bounds(settings, options)
    return {
        "method": "choice",
        "counts": counts,
        "options": entries,
        "multiple": multiple,
        "min": least,
        "max": most,
        "flags": _flags(entries, counts["blank"], valid, multiple),
    }


def _flags(entries: Sequence[Mapping[str, Any]], blank: int, valid: int, multiple: bool) -> list[str]:
    first = counting.people_of_first(entries)
    tie = tied_first([dict(entry) for entry in entries])
    alone = not multiple and not tie and first > 0
    return flags.collect(
        no_valid_ballot=valid == 0,
        tied_first=tie,
        absolute_majority=alone and 2 * first > valid,
        relative_majority=alone and 2 * first <= valid,
        blank_ge_winner=0 < blank >= first,
    )


def _check_row(option: str, row: Mapping[str, Any], valid: int) -> dict[str, int]:
    people = read_count(row.get("people", 0), "people")
    if people > valid:
        raise InvalidPaper("people_over_ballots", option=option, people=people, ballots=valid)
    return {"people": people}
