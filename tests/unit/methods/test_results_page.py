"""Every example of docs/results.md is what the method computes."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

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
from atelier.live.methods.counting import by_college, with_presence
from atelier.live.methods.lots import draw_lots

PAGE = Path(__file__).parents[3] / "docs/results.md"
TEXT = PAGE.read_text(encoding="utf-8")
EXAMPLES = {name: json.loads(body) for name, body in re.findall(r"```json (\w+)\n(.*?)```", TEXT, re.DOTALL)}
UNNAMED = [json.loads(body) for body in re.findall(r"```json\n(.*?)```", TEXT, re.DOTALL)]


def repeat(field: str, numbers: list[int], low: int = 0) -> list[dict[str, Any]]:
    return [{field: low + step} for step, number in enumerate(numbers) for _ in range(number)]


def one_option(field: str, numbers: list[int], low: int = 0) -> list[dict[str, Any]]:
    return [{field: {"o1": ballot["step"]}} for ballot in repeat("step", numbers, low)]


def computed() -> dict[str, dict[str, Any]]:
    dots = [{"o2": 2, "o1": 1}, {"o2": 2, "o1": 1}, {"o2": 1, "o1": 2}, {"o3": 2}, {"o3": 2}]
    shares = {"o1": 12, "o2": 7, "o3": 3}
    single = [{"options": [option]} for option, number in shares.items() for _ in range(number)]
    first = [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]
    second = [0, 0, 1, 2, 3, 4, 4, 4, 4, 4]
    graded: list[dict[str, Any]] = [
        {"grades": {"o1": one, "o2": two}} for one, two in zip(first, second, strict=True)
    ]
    del graded[0]["grades"]["o1"]
    answers = [{"answer": consent.ANSWERS[ballot["step"]]} for ballot in repeat("step", [8, 2, 1, 1])]
    return {
        "dot_vote": dot_vote.tally(
            [*({"dots": placed} for placed in dots), {"blank": True}], ["o1", "o2", "o3", "o4"], {}
        ),
        "choice": choice.tally([*single, {"blank": True}, {"abstain": True}], list(shares), {}),
        "scale": scale.tally(one_option("values", [0, 2, 1, 1, 0, 0, 0, 1, 1, 2, 0]), ["o1"], {}),
        "gradients": gradients.tally(one_option("levels", [23, 13, 4, 2, 0], 1), ["o1"], {}),
        "majority_judgment": majority_judgment.tally([*graded, {"blank": True}], ["o1", "o2"], {"grades": 5}),
        "consent": consent.tally(answers, (), {}),
        "check_in": check_in.tally(repeat("weather", [0, 1, 0, 3, 1], 1), (), {}),
        "roti": roti.tally(repeat("value", [0, 1, 2, 2, 1], 1), (), {}),
    }


@pytest.mark.parametrize("name", EXAMPLES)
def test_example_of_the_page_is_what_the_method_computes(name: str) -> None:
    assert EXAMPLES[name] == computed()[name]


def test_page_shows_every_method() -> None:
    assert set(EXAMPLES) == set(computed())


def test_presence_college_and_draw_of_the_page_are_what_is_computed() -> None:
    single = [{"options": ["o1"]}] * 41
    result = with_presence(
        choice.tally(single, ["o1"], {}), present=46, electorate=47, shared=7, quorum_percent=50
    )
    added = {name: result[name] for name in ("present", "electorate", "not_voting", "shared", "quorum")}
    colleges = {
        name: [{"options": ["o1"]}] * first + [{"options": ["o2"]}] * 5
        for name, first in (("A", 7), ("E", 5))
    }
    shown = by_college(colleges, lambda ballots: choice.tally(ballots, ["o1", "o2"], {}))
    assert [added, shown] == UNNAMED
    assert json.dumps(draw_lots(["o2", "o3"], "4 2 6")) in TEXT
