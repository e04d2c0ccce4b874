"""Draws charts for the tests and reads them back: cells, names of pictures, texts by class."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from html.parser import HTMLParser
from typing import Any

from jinja2 import Environment

from atelier.drawing import Drawing
from atelier.live.methods import (
    choice,
    consent,
    dot_vote,
    gradients,
    majority_judgment,
    roti,
    scale,
)

TEXTS = {"o1": "Défrayer la garde d'enfants", "o2": "Répondre par écrit", "o3": "Tirer au sort"}
OPTIONS = [{"key": key, "text": text} for key, text in TEXTS.items()]


class Page(HTMLParser):
    """Reads a drawing: cells of its tables, names of its pictures, text of its classes, its elements."""

    VOID = frozenset({"circle", "rect", "line", "path", "link", "br"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.names: list[str] = []
        self.foot: list[str] = []
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.unnamed: list[str] = []
        self._open: list[tuple[str, str]] = []
        self._texts: dict[str, list[str]] = {}
        self.feed(html)
        self.close()
        assert self._open == [], f"left open: {self._open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.elements.append((tag, values))
        if values.get("role") == "img":
            self.names.append(values.get("aria-label", ""))
        if tag == "tr":
            self.rows.append([])
        if tag == "li" and self._open[-1][1] == "result-foot":
            self.foot.append("")
        if tag in ("td", "th"):
            self.rows[-1].append("")
        inside = any(opened == "svg" for opened, _ in self._open)
        if tag == "svg" and not inside and not {"role", "aria-hidden"} & set(values):
            self.unnamed.append(values.get("class", ""))
        if tag not in self.VOID:
            self._open.append((tag, values.get("class", "")))
            self._texts.setdefault(values.get("class", ""), []).append("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in self.VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open[-1][0] == tag, f"</{tag}> closes {self._open[-1]}"
        self._open.pop()

    def handle_data(self, data: str) -> None:
        for tag, name in self._open:
            self._texts[name][-1] += data
            if tag in ("td", "th"):
                self.rows[-1][-1] += data
        if self.foot and ("ul", "result-foot") in self._open:
            self.foot[-1] += data.strip("\n")

    def text(self, name: str) -> list[str]:
        return [re.sub(r"[ \n]+", " ", text).strip() for text in self._texts.get(name, [])]

    def classes(self) -> list[str]:
        return [name for _, values in self.elements for name in values.get("class", "").split()]


def draw(result: Mapping[str, Any], size: str = "desk", **more: Any) -> Page:
    return Page(drawn(result, size, **more))


def drawn(result: Mapping[str, Any], size: str = "desk", **more: Any) -> str:
    arguments = ", ".join(f"{name}={name}" for name in more)
    return from_text(
        '{% from "charts/result.html" import result_chart %}'
        f"{{{{ result_chart(result, options, size{', ' + arguments if arguments else ''}) }}}}",
        result=result,
        options=OPTIONS,
        size=size,
        **more,
    )


def from_text(text: str, locale: str = "fr", **data: Any) -> str:
    return environment(locale).from_string(text).render(data)


@cache
def environment(locale: str) -> Environment:
    return Drawing("Europe/Paris", "https://atelier.example")._environments[locale]


def make_dots(count: int = 5) -> Mapping[str, Any]:
    ballots = [{"dots": {"o1": 2, "o2": 1}}] * count + [{"dots": {"o2": 2, "o3": 1}}] * 2 + [{"blank": True}]
    return dot_vote.tally(ballots, list(TEXTS), {"dots": 3, "per_option": 2})


def make_choice(first: int, second: int, third: int, **settings: Any) -> Mapping[str, Any]:
    ballots = [{"options": ["o1"]}] * first + [{"options": ["o2"]}] * second + [{"options": ["o3"]}] * third
    return choice.tally(ballots, list(TEXTS), {"multiple": False, **settings})


def make_merit(*rows: list[int]) -> Mapping[str, Any]:
    """`rows` from worst to best, one per option."""
    graded = [[grade for grade, count in enumerate(row) for _ in range(count)] for row in rows]
    ballots = [
        {"grades": {f"o{place}": row[voter] for place, row in enumerate(graded, 1)}}
        for voter in range(len(graded[0]))
    ]
    return majority_judgment.tally(ballots, list(TEXTS)[: len(rows)], {"grades": len(rows[0])})


def make_gradients(*counts: int) -> Mapping[str, Any]:
    ballots = [{"levels": {"o1": level}} for level, count in enumerate(counts, 1) for _ in range(count)]
    return gradients.tally(ballots, ["o1"], {})


def make_scale(*values: int) -> Mapping[str, Any]:
    return scale.tally([{"values": {"o1": value}} for value in values], ["o1"], {"low": 0, "high": 10})


def make_consent(**answers: int) -> Mapping[str, Any]:
    ballots = [{"answer": answer} for answer, count in answers.items() for _ in range(count)]
    return consent.tally(ballots, ["answer"], {})


def every_result() -> dict[str, Mapping[str, Any]]:
    return {
        "dot_vote": make_dots(),
        "choice": make_choice(12, 7, 3),
        "scale": make_scale(1, 1, 2, 3, 7, 8, 9, 9),
        "gradients": make_gradients(23, 13, 4, 2, 0),
        "majority_judgment": make_merit([2, 2, 2, 2, 2], [2, 1, 1, 1, 5]),
        "consent": make_consent(consent=8, reservation=2, objection=1),
        "check_in": {
            "method": "check_in",
            "counts": {"voters": 2, "valid": 2, "blank": 0, "abstain": 0, "void": 0, "paper": 0},
            "options": [{"key": "weather", "counts": [0, 0, 0, 1, 1], "expressed": 2, "unanswered": 0}],
            "flags": [],
        },
        "roti": roti.tally([{"value": 3}, {"value": 4}], ["value"], {}),
    }
