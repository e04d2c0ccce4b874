"""What every voting method takes and gives: ballots, paper ballots, results, and the two ways of refusing.

A method is a module with three functions:

    check(ballot, settings, options) -> Ballot            normalised, or InvalidBallot
    check_paper(paper, settings, options) -> Paper        normalised, or InvalidPaper
    tally(ballots, options, settings, paper=None) -> Result

`options` are the keys of the activity's options in the projector's order (D-7); the methods without options
(consent, check_in, roti) ignore them. `tally` takes ballots as `check` gave them and paper as `check_paper`
did.

Ballot   {"blank": True} | {"abstain": True} | the one field of the method, see each module.
Paper    totals     {"ballots", "blank", "abstain", "void": int, "options": {key: row}}, row: see each module;
                    `ballots` is every paper ballot of the box, blank, abstaining and void included;
         or         {"one_by_one": [Ballot, ...], "void": int}.
Result   {"method": str, "counts": Counts, "options": [entry, ...], "flags": [code, ...], ...}: JSON-safe,
         integers and strings only, an exact fraction as [numerator, denominator]; see docs/results.md.
         entry = {"key", "rank": int | None, "tied": bool, ...}.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol, TypedDict

Ballot = dict[str, Any]
Paper = dict[str, Any]
Result = dict[str, Any]
Settings = Mapping[str, Any]


class Counts(TypedDict):
    """D-4: voters = valid (exprimés) + blank + abstain + void; `paper` of the voters used paper."""

    voters: int
    valid: int
    blank: int
    abstain: int
    void: int
    paper: int


class Method(Protocol):
    """The shape of a module of this package that is a voting method."""

    def check(self, ballot: object, settings: Settings, options: Sequence[str]) -> Ballot: ...

    def check_paper(self, paper: object, settings: Settings, options: Sequence[str]) -> Paper: ...

    def tally(
        self,
        ballots: Sequence[Ballot],
        options: Sequence[str],
        settings: Settings,
        paper: Paper | None = None,
    ) -> Result: ...


class Invalid(Exception):
    """A typed refusal: a stable `code`, and `params` (integers and known keys only) to word it with."""

    def __init__(self, code: str, **params: int | str) -> None:
        super().__init__(code)
        self.code = code
        self.params: dict[str, int | str] = params


class InvalidBallot(Invalid):
    """A ballot that cannot be counted.

    Codes: not_a_ballot, ambiguous_ballot (blank and choices at once), empty_ballot (D-4: propose a blank
    one), blank_not_offered, unknown_option, duplicate_option, not_an_integer, out_of_range(option, low,
    high), too_many_dots(placed, dots), too_many_on_option(option, placed, per_option),
    too_few_options(chosen, min), too_many_options(chosen, max), unknown_answer.
    """


class InvalidPaper(Invalid):
    """Paper totals that no box of ballots can give, or that D-5 forbids.

    Codes: not_a_paper, not_a_count(field), unknown_option, one_by_one_required(ballots, minimum),
    more_than_ballots(ballots, others), blank_not_offered, people_over_ballots(option, people, ballots),
    dots_over_people(option, dots, people, per_option), dots_under_people(option, dots, people),
    sum_over_allowed(total, allowed), sum_under_ballots(total, minimum), row_sum(option, total, ballots),
    row_length(option, length, steps), invalid_ballot(number, reason): the number-th ballot, from 1, and the
    code of its InvalidBallot.
    """
