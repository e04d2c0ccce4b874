"""What a text quotes, and who is said to have said it; its words one by one, whatever marks stand between them. Pure.

Offsets are code points of the text given.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import NamedTuple

from atelier.dialect import CITATION
from atelier.live.traces import WORD, plain
from atelier.minutes.citations import UNIT

PAIRS = {"»": "«", "›": "‹", "”": "“„"}
OPENINGS = frozenset("«‹“„")
STRAIGHT = re.compile(
    r"(?<![^\W_])\"(?=\S)[^\"]+\"(?![^\W_])"
    r"|(?<![^\W_])['‘](?=\S)(?:[^'’‘]|(?<=\w)['’](?=\w))+['’](?![^\W_])"
)
QUOTE_BLOCK = re.compile(r"(?:^[ \t]*>[^\n]*(?:\n|\Z))+", re.MULTILINE)
CITED = re.compile(rf"(?:[\s,;]*{CITATION.pattern})+")
AFTER = re.compile(rf"[\s.,;:!?…)*_]*((?:[\s,;]*{CITATION.pattern})+)")
BEFORE = re.compile(rf"((?:{CITATION.pattern}[\s,;]*)+)[\s:,(*_]*\Z")
LONGEST_CITED = 400  # characters of citations before a quotation
# What is no word of a sentence; between words unless it stands inside one.
ASIDE = re.compile(
    rf"\\[!-/:-@\[-`{{-~]|{CITATION.pattern}|\[\^[^\]\n]*\]|\]\([^)\n]*\)|</?[a-zA-Z][^<>\n]*>|&#?\w{{1,31}};"
    "|[*`~\u00ad\u200b-\u200d\u2060\ufeff]"
)
INSIDE_WORDS = frozenset("*`~\u00ad\u200b\u200c\u200d\u2060\ufeff")


class Token(NamedTuple):
    """One word as it is compared, and where it stands."""

    word: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quotation, its signs included. `refs`: the citations right beside it, those after it first."""

    start: int
    end: int
    refs: tuple[str, ...] = ()


def tokens(text: str) -> list[Token]:
    """Return the words of a text: bold, links, notes, citations and line ends left aside."""
    made: list[str] = []
    starts: list[int] = []  # where each stretch begins in what is read
    places: list[int] = []  # and in the text
    length = 0
    for start, end, read in _stretches(text):
        if end > start and read:
            made.append(read)
            starts.append(length)
            places.append(start)
            length += len(read)

    def place(offset: int) -> int:
        found = bisect_right(starts, offset) - 1
        return places[found] + offset - starts[found]

    return [
        Token(plain(found[0]), place(found.start()), place(found.end() - 1) + 1)
        for found in WORD.finditer("".join(made))
    ]


def _stretches(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, what is read there) for each stretch of a text: nothing for a mark that may stand inside a word."""
    at = 0
    for aside in ASIDE.finditer(text):
        yield at, aside.start(), text[at : aside.start()]
        at = aside.end()
        if aside[0][0] == "&":
            yield aside.start(), at, unescape(aside[0])[:1]
        elif aside[0] not in INSIDE_WORDS:
            yield aside.start(), at, " "
    yield at, len(text), text[at:]


def quotations(text: str) -> tuple[Quotation, ...]:
    """Return what stands between quotation signs or in a quoted block, the shortest first."""
    spans = {span for unit in UNIT.finditer(text) for span in _spans(unit[0], unit.start())}
    found = [Quotation(start, end, _refs(text, start, end)) for start, end in spans]
    found += [Quotation(*_trimmed(text, block.start(), block.end())) for block in QUOTE_BLOCK.finditer(text)]
    return tuple(sorted(found, key=lambda one: (one.end - one.start, one.start)))


def _spans(unit: str, at: int) -> Iterator[tuple[int, int]]:
    """Yield where the quotations of a paragraph stand; a sign that is alone quotes to the end, or from the beginning."""
    opened: list[int] = []
    for place, sign in enumerate(unit):
        if sign == "“" and opened and unit[opened[-1]] == "„":
            yield _trimmed(unit, opened.pop(), place + 1, at)
        elif sign in OPENINGS:
            opened.append(place)
        elif sign in PAIRS:
            while opened and unit[opened[-1]] not in PAIRS[sign]:
                opened.pop()
            yield _trimmed(unit, opened.pop() if opened else 0, place + 1, at)
    if opened:
        yield _trimmed(unit, opened[0], len(unit), at)
    for found in STRAIGHT.finditer(unit):
        yield at + found.start(), at + found.end()


def _trimmed(text: str, start: int, end: int, at: int = 0) -> tuple[int, int]:
    """Return a stretch without the marks of its line, nor the citations at its end."""
    lead = re.match(r"[\s>]*(?:(?:[-*+]|#{1,6}|\d+[.)])[ \t]+)?", text[start:end])
    first = start + (lead.end() if lead else 0)
    last = end
    for cited in CITED.finditer(text, first, end):
        if not text[cited.end() : end].strip(" \t\n."):
            last = cited.start()
    return at + first, at + max(first, first + len(text[first:last].rstrip()))


def _refs(text: str, start: int, end: int) -> tuple[str, ...]:
    """Return what a quotation is said to come from: « … » [C-1], or, when nothing follows it, [C-1] : « … »."""
    after = AFTER.match(text, end)
    found = after or BEFORE.search(text[max(0, start - LONGEST_CITED) : start])
    return tuple(cited[1] for cited in CITATION.finditer(found[1])) if found else ()
