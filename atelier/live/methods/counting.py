"""The counts printed with every result (D-2, D-4), the quorum, percentages, and the rule by college (D-6)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from atelier.live.methods import flags
from atelier.live.methods.contract import Ballot, Counts, Paper, Result

PERCENT_FROM = 20
"""Valid ballots from which percentages may be printed; counts only under it (D-4)."""

COLLEGE_FROM = 10
"""Valid ballots that every college needs before anything is shown by college (D-6)."""

CELL_FROM = 5
"""The smallest number, other than zero, that may stand in a cell of a result by college (D-6)."""


def is_choice(ballot: Ballot) -> bool:
    """Whether the ballot expresses a choice: neither blank nor « ne se prononce pas »."""
    return "blank" not in ballot and "abstain" not in ballot


def cast(ballots: Sequence[Ballot], paper: Paper | None) -> list[Ballot]:
    """All ballots known one by one, from phones and from paper, whatever they say."""
    return [*ballots, *(paper or {}).get("one_by_one", ())]


def choices(ballots: Sequence[Ballot], paper: Paper | None) -> list[Ballot]:
    """The ballots known one by one that express a choice."""
    return [ballot for ballot in cast(ballots, paper) if is_choice(ballot)]


def paper_rows(paper: Paper | None) -> Mapping[str, Mapping[str, Any]]:
    """The totals per option of the paper ballots; empty where they were entered one by one."""
    rows: Mapping[str, Mapping[str, Any]] = (paper or {}).get("options", {})
    return rows


def paper_size(paper: Paper | None) -> int:
    """Number of paper ballots, blank, abstaining and void included."""
    if not paper:
        return 0
    return int(paper["void"]) + len(paper["one_by_one"]) if "one_by_one" in paper else int(paper["ballots"])


def count(ballots: Sequence[Ballot], paper: Paper | None = None) -> Counts:
    """The counts of D-4 over phone ballots and checked paper."""
    known = cast(ballots, paper)
    totals = paper or {}
    blank = sum("blank" in ballot for ballot in known) + totals.get("blank", 0)
    abstain = sum("abstain" in ballot for ballot in known) + totals.get("abstain", 0)
    voters = len(ballots) + paper_size(paper)
    void = totals.get("void", 0)
    return Counts(
        voters=voters,
        valid=voters - blank - abstain - void,
        blank=blank,
        abstain=abstain,
        void=void,
        paper=paper_size(paper),
    )


def percent(part: int, whole: int) -> int | None:
    """`part` in whole percent of `whole`, rounded half up; None when `whole` is under 20 (D-4)."""
    if whole < PERCENT_FROM:
        return None
    return (200 * part + whole) // (2 * whole)


def fraction(value: Fraction) -> list[int]:
    """An exact fraction as JSON: [numerator, denominator], in lowest terms, denominator positive."""
    return [value.numerator, value.denominator]


def quorum(voters: int, electorate: int, percent_required: int | None) -> dict[str, Any] | None:
    """Whether enough people voted (domain §4, rule 5); None when no quorum was set.

    `voters` includes blank, abstaining and void ballots; people who sent none do not count.
    `percent_required` is an integer percentage of `electorate`, the required number is rounded up. An empty
    electorate reaches no quorum.
    """
    if percent_required is None:
        return None
    required = -(-percent_required * electorate // 100)
    return {
        "percent": percent_required,
        "electorate": electorate,
        "required": required,
        "voters": voters,
        "reached": electorate > 0 and voters >= required,
    }


def people_of_first(entries: Sequence[Mapping[str, Any]]) -> int:
    """The most `people` that an option of rank 1 has; 0 when nothing is ranked."""
    return max((entry["people"] for entry in entries if entry["rank"] == 1), default=0)


def with_presence(
    result: Result,
    *,
    present: int,
    electorate: int,
    shared: int = 0,
    quorum_percent: int | None = None,
    on_paper: bool = False,
) -> Result:
    """The result with the numbers of the room (D-2, D-4), and the flags that follow from them.

    present         people present at the close, with and without phone, as corrected by the desk
    electorate      people frozen when the vote opened; the quorum is taken on them
    shared          ballots cast on table phones, of the voters (D-3)
    on_paper        whether ballots came on paper: nobody knows whose, so that a surplus over the people present is unexplained
    Adds present, electorate, not_voting (present − voters, never negative: somebody may vote and leave),
    shared, quorum; flags `indicative` (more ballots than people, D-2) and `quorum_not_reached`. The result
    given is left as it is.
    """
    voters = result["counts"]["voters"]
    reached = quorum(voters, electorate, quorum_percent)
    raised = flags.collect(
        indicative=voters > electorate or (on_paper and voters > present),
        quorum_not_reached=reached is not None and not reached["reached"],
    )
    return {
        **result,
        "present": present,
        "electorate": electorate,
        "not_voting": max(0, present - voters),
        "shared": shared,
        "quorum": reached,
        "flags": sorted({*result["flags"], *raised}),
    }


def by_college(
    ballots_by_college: Mapping[str, Sequence[Ballot]],
    tally: Callable[[Sequence[Ballot]], Result],
    without_college: int = 0,
) -> dict[str, Any] | None:
    """The result by college, or None where D-6 forbids it (all or none: the last is found by subtraction).

    ballots_by_college   college key -> its ballots, « Autre, ou je préfère ne pas dire » being one of them
    tally                the tally of the method, options and settings bound
    without_college      ballots of the result that belong to no college (paper): any of them forbids the
                         breakdown, since their subtotals must not be found by subtraction (D-5)

    Returns {college: {"counts": Counts, "options": [{"key", "people"} or {"key", "counts"}]}},
    options sorted by key: only numbers that were checked. A college without a ballot has no cell and is left
    out; each other one needs 10 valid ballots, and no cell may hold 1 to 4: people for an option *and* people not
    for it, steps of a grid, blank and abstaining ballots. Fewer than two colleges are no breakdown.
    """
    results = {
        college: tally(ballots) for college, ballots in sorted(ballots_by_college.items()) if len(ballots) > 0
    }
    if without_college or len(results) < 2:
        return None
    if any(result["counts"]["valid"] < COLLEGE_FROM for result in results.values()):
        return None
    if any(0 < cell < CELL_FROM for result in results.values() for cell in _cells(result)):
        return None
    return {college: _breakdown(result) for college, result in results.items()}


def _cells(result: Result) -> Iterator[int]:
    counts = result["counts"]
    yield from (counts["blank"], counts["abstain"])
    for entry in result["options"]:
        if "people" in entry:
            yield from (entry["people"], counts["valid"] - entry["people"])
        else:
            yield from (*entry["counts"], counts["valid"] - sum(entry["counts"]))


def _breakdown(result: Result) -> dict[str, Any]:
    kept = ("key", "people", "counts")
    entries = sorted(result["options"], key=lambda entry: str(entry["key"]))
    return {
        "counts": result["counts"],
        "options": [{name: entry[name] for name in kept if name in entry} for entry in entries],
    }
