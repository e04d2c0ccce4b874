"""Strategies for ballots of each method, and paper totals counted by hand from the same ballots."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from types import ModuleType
from typing import Any

from hypothesis import strategies as st

from atelier.live.methods import (
    check_in,
    choice,
    consent,
    dot_vote,
    gradients,
    majority_judgment,
    roti,
    scale,
)

OPTIONS = ("o1", "o2", "o3", "o4")
BLANK_OR_ABSTAIN = st.sampled_from([{"blank": True}, {"abstain": True}])


@dataclass(frozen=True)
class Case:
    """One way of voting: a method, its settings, and ballots that a phone may send."""

    name: str
    method: ModuleType
    settings: dict[str, Any]
    choices: st.SearchStrategy[dict[str, Any]]
    options: tuple[str, ...] = OPTIONS

    def ballots(self, least: int = 0, most: int = 14) -> st.SearchStrategy[list[dict[str, Any]]]:
        if self.method is consent:
            return st.lists(self.choices, min_size=least, max_size=most)
        return st.lists(self.choices | BLANK_OR_ABSTAIN, min_size=least, max_size=most)

    def check(self, ballot: object) -> dict[str, Any]:
        return self.method.check(ballot, self.settings, self.options)

    def check_paper(self, paper: object) -> dict[str, Any]:
        return self.method.check_paper(paper, self.settings, self.options)

    def tally(
        self, ballots: Sequence[dict[str, Any]], paper: Any = None, options: Any = None
    ) -> dict[str, Any]:
        return self.method.tally(ballots, options or self.options, self.settings, paper)

    def __repr__(self) -> str:
        return self.name


def pool(draw: Callable[[Random], dict[str, Any]], size: int = 60) -> st.SearchStrategy[dict[str, Any]]:
    """A fixed pile of ballots to pick from: an example costs one integer per ballot, and shrinks well."""
    chance = Random(2011)
    return st.sampled_from([draw(chance) for _ in range(size)])


def marks(field: str, low: int, high: int) -> st.SearchStrategy[dict[str, Any]]:
    def draw(chance: Random) -> dict[str, Any]:
        answered = chance.sample(OPTIONS, chance.randint(1, len(OPTIONS)))
        return {field: {option: chance.randint(low, high) for option in answered}}

    return pool(draw)


def one_value(field: str, values: Sequence[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.sampled_from([{field: value} for value in values])


def dots(most: int, per_option: int) -> st.SearchStrategy[dict[str, Any]]:
    def draw(chance: Random) -> dict[str, Any]:
        places = chance.sample(OPTIONS * per_option, chance.randint(1, most))
        return {"dots": {option: places.count(option) for option in places}}

    return pool(draw)


def chosen(least: int, most: int) -> st.SearchStrategy[dict[str, Any]]:
    return pool(lambda chance: {"options": chance.sample(OPTIONS, chance.randint(least, most))})


CASES = (
    Case("dot_vote", dot_vote, {"dots": None, "per_option": 2}, dots(3, 2)),
    Case("approval", dot_vote, {"dots": 4, "per_option": 1}, dots(4, 1)),
    Case("single_choice", choice, {"multiple": False}, chosen(1, 1)),
    Case("multiple_choice", choice, {"multiple": True, "min": 1, "max": 3}, chosen(1, 3)),
    Case("scale_of_10", scale, {"low": 0, "high": 10}, marks("values", 0, 10)),
    Case("scale_of_5", scale, {"low": 1, "high": 5}, marks("values", 1, 5)),
    Case("gradients", gradients, {}, marks("levels", 1, 5)),
    Case("kaner", gradients, {"steps": 8}, marks("levels", 1, 8)),
    Case("five_grades", majority_judgment, {"grades": 5}, marks("grades", 0, 4)),
    Case("seven_grades", majority_judgment, {"grades": 7}, marks("grades", 0, 6)),
    Case("consent", consent, {}, one_value("answer", consent.ANSWERS)),
    Case("check_in", check_in, {}, one_value("weather", range(1, 6))),
    Case("roti", roti, {}, one_value("value", range(1, 6))),
)

WITH_OPTIONS = tuple(case for case in CASES if case.method not in (consent, check_in, roti))


def totals(case: Case, ballots: Sequence[dict[str, Any]], void: int = 0) -> dict[str, Any]:
    """The totals that somebody counting these paper ballots by hand would write on the form."""
    blank = sum(1 for ballot in ballots if ballot.get("blank"))
    abstain = sum(1 for ballot in ballots if ballot.get("abstain"))
    said = [ballot for ballot in ballots if not ballot.get("blank") and not ballot.get("abstain")]
    return {
        "ballots": len(ballots) + void,
        "blank": blank,
        "abstain": abstain,
        "void": void,
        "options": _rows(case, said),
    }


def _rows(case: Case, said: Sequence[dict[str, Any]]) -> dict[str, Any]:
    if case.method is dot_vote:
        return {
            option: {
                "dots": sum(ballot["dots"].get(option, 0) for ballot in said),
                "people": sum(1 for ballot in said if option in ballot["dots"]),
            }
            for option in OPTIONS
        }
    if case.method is choice:
        return {
            option: {"people": sum(1 for ballot in said if option in ballot["options"])} for option in OPTIONS
        }
    if case.method in (consent, check_in, roti):
        field, steps = {
            consent: ("answer", consent.ANSWERS),
            check_in: ("weather", range(1, 6)),
            roti: ("value", range(1, 6)),
        }[case.method]
        given = [ballot[field] for ballot in said]
        return {field: {"counts": [given.count(step) for step in steps]}}
    field, scale_steps = {
        scale: ("values", range(case.settings.get("low", 0), case.settings.get("high", 0) + 1)),
        gradients: ("levels", range(1, case.settings.get("steps", 5) + 1)),
        majority_judgment: ("grades", range(case.settings.get("grades", 0))),
    }[case.method]
    return {option: _row([ballot[field].get(option) for ballot in said], scale_steps) for option in OPTIONS}


def _row(given: list[int | None], steps: range) -> dict[str, Any]:
    return {"counts": [given.count(step) for step in steps], "unanswered": given.count(None)}
