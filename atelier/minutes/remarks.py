"""Remarks that writers leave beside a passage, and the answers beneath: what may be asked, and how they are listed. Pure.

They are the writers' own: nothing of them is read outside the editor, and they are gone once the text is published (R-208).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from atelier.dialect import BLOCK, CITATION, cleaned
from atelier.errors import Refusal
from atelier.minutes.updates import Unreadable

KEEP, RESOLVE, REOPEN, ERASE = "keep", "resolve", "reopen", "erase"
ACTS = frozenset({KEEP, RESOLVE, REOPEN, ERASE})
ID = re.compile(r"[A-Za-z0-9:_.-]{8,40}")
LONGEST_WORDS = 2_000
LONGEST_QUOTE = 1_000
LONGEST_ANCHOR = 600
LONGEST_SECTION = 40
MOST = 1_000  # remarks and answers of one document
MARKS = re.compile(
    r"^[ \t]*(?:#{1,6}|>|[-*+]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?|[*_`~|\\]+", re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Asked:
    """One act of a writer's page on the remark `id`, which the page named.

    `thread`: the remark that this one answers. `anchor`: the two Yjs relative positions as the page wrote them, never read here;
    `quote`: the Markdown between them.
    """

    id: str
    act: str
    thread: str = ""
    section: str = ""
    anchor: str = ""
    quote: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """One remark or answer as it is kept. An erased one has neither words nor quotation."""

    id: str
    thread: str
    section: str
    anchor: str
    quote: str
    words: str
    person: str
    at: datetime
    resolved: bool = False
    erased: bool = False


@dataclass(frozen=True, slots=True)
class Thread:
    """A remark with its answers, oldest first."""

    first: Remark
    answers: tuple[Remark, ...] = ()


def read_asked(data: Mapping[str, Any]) -> Asked:
    """Read what a page sends; Unreadable when it is not the act of any page of ours."""
    sent = {
        name: data.get(name, "") for name in ("id", "act", "thread", "section", "anchor", "quote", "words")
    }
    if not all(isinstance(value, str) for value in sent.values()):
        raise Unreadable("not a text")
    asked = Asked(**sent)
    known = ID.fullmatch(asked.id) and (not asked.thread or ID.fullmatch(asked.thread))
    if not known or asked.act not in ACTS or asked.thread == asked.id:
        raise Unreadable("no such act")
    if len(asked.section) > LONGEST_SECTION or len(asked.anchor) > LONGEST_ANCHOR:
        raise Unreadable("no such place")
    return Asked(
        asked.id,
        asked.act,
        asked.thread,
        cleaned(asked.section),
        cleaned(asked.anchor),
        cleaned(asked.quote)[:LONGEST_QUOTE],
        cleaned(asked.words).strip(),
    )


def refusal_of_words(words: str) -> Refusal | None:
    """Refuse what says nothing (`remark_empty`) or too much (`remark_too_long` {limit})."""
    if not words:
        return Refusal("remark_empty")
    return Refusal("remark_too_long", {"limit": LONGEST_WORDS}) if len(words) > LONGEST_WORDS else None


def threads_of(remarks: Iterable[Remark]) -> tuple[Thread, ...]:
    """Gather remarks with their answers, the oldest first. What was erased stays only above somebody's answer."""
    kept = sorted(remarks, key=lambda one: (one.at, one.id))
    answers: dict[str, list[Remark]] = {}
    for one in kept:
        if one.thread and not one.erased:
            answers.setdefault(one.thread, []).append(one)
    return tuple(
        Thread(one, tuple(answers.get(one.id, ())))
        for one in kept
        if not one.thread and (not one.erased or one.id in answers)
    )


def open_ones(threads: Iterable[Thread]) -> int:
    """Count the remarks that nobody has marked as dealt with."""
    return sum(1 for thread in threads if not thread.first.resolved)


def shown_quote(quote: str) -> str:
    """Return a quotation as people read it: on one line, without the marks of Markdown nor the fences of a block."""
    told = BLOCK.sub(lambda block: block["inside"], quote)
    told = re.sub(r"^:::.*$", "", told, flags=re.MULTILINE)
    told = re.sub(r"!?\[([^\]\n]*)\]\([^)\n]*\)", r"\1", CITATION.sub(r"\1", told))
    return " ".join(MARKS.sub("", told).split())
