"""Dot vote (gommettes; domain §4, method 1).

Ballot    {"dots": {option: 1..c}}, k dots at most in all; unused dots are allowed and are not a blank ballot.
Settings  dots: k, or None for the default; per_option: c, 2 by default (1 is approval voting).
Paper     row of an option {"dots": int, "people": int}.
Result    ranked by dots. Entry: key, rank, tied, dots, people (distinct voters: shown, never a tie-break).
          Also: dots_per_ballot (k), per_option (c), dots_placed, dots_available (k × valid).
Flags     tied_first, blank_ge_winner (blank ballots against the people of the first option), no_valid_ballot.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from atelier.live.methods import counting, flags
from atelier.live.methods.contract import Ballot, InvalidBallot, InvalidPaper, Paper, Result, Settings
from atelier.live.methods.paper import Rows, check_entry, read_count
from atelier.live.methods.ranks import ranked_entries, tied_first
from atelier.live.methods.reading import read_ballot

DEFAULT_PER_OPTION = 2


def default_dots(options: int) -> int:
    """k = max(3, min(6, round(n/3))) for n options; n/3 is never halfway, so rounding has no tie."""
    return max(3, min(6, (2 * options + 3) // 6))


def allowance(settings: Settings, options: Sequence[str]) -> tuple[int, int]:
    """(k, c): dots per ballot, and dots at most on one option."""
    dots = settings.get("dots")
    return dots or default_dots(len(options)), settings.get("per_option") or DEFAULT_PER_OPTION


def check(ballot: object, settings: Settings, options: Sequence[str]) -> Ballot:
    """The ballot normalised: options in order, zero dots left out. Raises InvalidBallot."""
    finished, content = read_ballot(ballot, "dots")
    if finished:
        return finished
    per_ballot, per_option = allowance(settings, options)
    dots = _read_dots(content, options)
    for option, placed in dots.items():
        if placed > per_option:
            raise InvalidBallot("too_many_on_option", option=option, placed=placed, per_option=per_option)
    if sum(dots.values()) > per_ballot:
        raise InvalidBallot("too_many_dots", placed=sum(dots.values()), dots=per_ballot)
    if not dots:
        raise InvalidBallot("empty_ballot")
    return {"dots": dots}


def check_paper(paper: object, settings: Settings, options: Sequence[str]) -> Paper:
    """The paper normalised: people ≤ ballots, people ≤ dots ≤ c × people, sum ≤ k × ballots (D-5)."""
    per_ballot, per_option = allowance(settings, options)

    def rows(entered: Rows, valid: int) -> dict[str, Any]:
        checked = {option: _check_row(option, row, valid, per_option) for option, row in entered.items()}
        people, dots = (sum(row[name] for row in checked.values()) for name in ("people", "dots"))
        if dots > per_ballot * valid:
            raise InvalidPaper("sum_over_allowed", total=dots, allowed=per_ballot * valid)
        if people < valid:
            raise InvalidPaper("sum_under_ballots", total=people, minimum=valid)
        return checked

    return check_entry(paper, tuple(options), lambda ballot: check(ballot, settings, options), rows)


def tally(
    ballots: Sequence[Ballot], options: Sequence[str], settings: Settings, paper: Paper | None = None
) -> Result:
    """The dots and people of each option, ranked by dots. Shape: module docstring."""
    counts = counting.count(ballots, paper)
    rows = counting.paper_rows(paper)
    dots = {option: rows[option]["dots"] if option in rows else 0 for option in options}
    people = {option: rows[option]["people"] if option in rows else 0 for option in options}
    for ballot in counting.choices(ballots, paper):
        for option, placed in ballot["dots"].items():
            dots[option] += placed
            people[option] += 1
    ranked = ranked_entries(options, [dots[option] for option in options], counts["valid"] > 0)
    entries = [{**entry, "dots": dots[entry["key"]], "people": people[entry["key"]]} for entry in ranked]
    per_ballot, per_option = allowance(settings, options)
    return {
        "method": "dot_vote",
        "counts": counts,
        "options": entries,
        "dots_per_ballot": per_ballot,
        "per_option": per_option,
        "dots_placed": sum(dots.values()),
        "dots_available": per_ballot * counts["valid"],
        "flags": flags.collect(
            no_valid_ballot=counts["valid"] == 0,
            tied_first=tied_first(entries),
            blank_ge_winner=0 < counts["blank"] >= counting.people_of_first(entries),
        ),
    }


def _read_dots(content: object, options: Sequence[str]) -> dict[str, int]:
    if not isinstance(content, Mapping):
        raise InvalidBallot("not_a_ballot")
    if any(key not in options for key in content):
        raise InvalidBallot("unknown_option")
    placed = {option: content[option] for option in options if option in content}
    for option, value in placed.items():
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise InvalidBallot("not_an_integer", option=option)
    return {option: value for option, value in placed.items() if value}


def _check_row(option: str, row: Mapping[str, Any], valid: int, per_option: int) -> dict[str, int]:
    dots, people = (read_count(row.get(name, 0), name) for name in ("dots", "people"))
    if people > valid:
        raise InvalidPaper("people_over_ballots", option=option, people=people, ballots=valid)
    if dots > per_option * people:
        raise InvalidPaper("dots_over_people", option=option, dots=dots, people=people, per_option=per_option)
    if dots < people:
        raise InvalidPaper("dots_under_people", option=option, dots=dots, people=people)
    return {"dots": dots, "people": people}
