"""Finds names in a text however they are written: accents, capitals, apostrophes and dashes left aside. Pure.

A name is looked for whole, and by its first name or family name alone. The words of a text are listed once, so that hundreds
of names are looked for in a long text in a moment.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import NamedTuple

SENTENCE = re.compile(r"[^\n.!?…]+(?:[.!?…]+[\])»\"']*|$)|[.!?…]+", re.M)
CITED_AFTER = re.compile(r"(?:[ \u00a0]*\[[A-Z0-9]*-?[CVH]-\d+\])*")
CITATION = re.compile(r"\[(?:[A-Z0-9]+-)?([CVH]-\d+)\]")
LETTERS = re.compile(r"[^\W\d_]+")
WORD = re.compile(r"\w+")
JOINTS = re.compile(r"[\s.'-]+")
PARTICLES = frozenset(
    {"ben", "bin", "dal", "del", "den", "der", "des", "dos", "las", "les", "los", "van", "von"}
)
LEAST_LETTERS = 3  # of a part of a name that is looked for alone
LIGATURES = {"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss", "’": "'", "‑": "-", "\u00a0": " "}


class Span(NamedTuple):
    """Where a name stands, from code point to code point; `certain`: with its capital."""

    start: int
    end: int
    certain: bool


class Searched:
    """One text, its words listed."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._plain, self._places = folded(text)

    def spans(self, name: str) -> Iterator[Span]:
        """Yield where a name stands, in order."""
        pattern, heads = _pattern(name)
        begins = {place - before for head, before in heads for place in self._words.get(head, ())}
        last = 0
        for begin in sorted(begins):
            found = pattern.match(self._plain, begin) if begin >= last else None
            if found is not None:
                last = found.end()
                yield self._span(begin, last)

    def sentence(self, place: int) -> tuple[str, tuple[str, ...]]:
        """Return the sentence around a place, and what it cites, the citations after its full stop included."""
        at = bisect_right(self._starts, place) - 1
        start, end = (
            self._sentences[at] if at >= 0 and place < self._sentences[at][1] else (0, len(self.text))
        )
        after = CITED_AFTER.match(self.text, end)
        whole = self.text[start : after.end() if after else end]
        return self.text[start:end].strip(), tuple(dict.fromkeys(CITATION.findall(whole)))

    @cached_property
    def _words(self) -> dict[str, list[int]]:
        words: dict[str, list[int]] = defaultdict(list)
        for found in WORD.finditer(self._plain):
            words[found.group()].append(found.start())
        return words

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _ in self._sentences]

    @cached_property
    def _sentences(self) -> list[tuple[int, int]]:
        return [found.span() for found in SENTENCE.finditer(self.text)]

    def _span(self, begin: int, last: int) -> Span:
        start, end = self._places[begin], self._places[last - 1] + 1
        while end < len(self.text) and unicodedata.combining(self.text[end]):
            end += 1
        return Span(start, end, self.text[start].isupper())


def folded(text: str) -> tuple[str, list[int]]:
    """Return a text without accents nor capitals, and for each of its signs the place it comes from."""
    signs: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        plain = _plain(sign)
        signs.append(plain)
        places += [place] * len(plain)
    return "".join(signs), places


@lru_cache(maxsize=4096)
def _plain(sign: str) -> str:
    known = LIGATURES.get(sign)
    if known is not None:
        return known
    return "".join(
        one for one in unicodedata.normalize("NFD", sign).casefold() if not unicodedata.combining(one)
    )


@lru_cache(maxsize=2048)
def _pattern(name: str) -> tuple[re.Pattern[str], tuple[tuple[str, int], ...]]:
    """Return what finds a name in a folded text, and the words by which it begins, each with what stands before it."""
    plain = folded(name)[0].strip()
    whole = [word for word in JOINTS.split(plain) if word]
    parts = re.split(r"[\s.]+", plain)
    alone = [
        part
        for part in parts
        if len(part) >= LEAST_LETTERS and part not in PARTICLES and LETTERS.search(part) and len(parts) > 1
    ]
    forms = [r"[\s.'-]+".join(map(re.escape, whole)), *map(re.escape, alone)]
    begins = [found for word in (whole[:1] + alone) if (found := WORD.search(word))]
    heads = tuple(dict.fromkeys((found.group(), found.start()) for found in begins))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(forms)})(?![\w-])"), heads
