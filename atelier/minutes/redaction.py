"""Words taken out of a text that is kept: a card withdrawn or hidden leaves the versions of a document too (D-14). Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from atelier.dialect import CITATION, mark_of, pieces
from atelier.later import N_
from atelier.minutes.blocks import written
from atelier.minutes.content import Content
from atelier.minutes.said import CLOSING, OPENING, spans

GONE = N_("(mots retirés)")
HEADING = re.compile(r"^(#{1,6}[ \t]+)(.*)$")


def redacted(content: Content, refs: Collection[str], gone: str = GONE) -> Content:
    """Return a content without the words of some cards (`C-12` or `H-12`: both are card 12).

    What is quoted with one of these citations goes, and the same words wherever else they are quoted or stand as a title.
    Citations stay: they lead to a card that says it was withdrawn. What people said of it in their own words stays too.
    """
    words = quoted_words((section.body for section in content.sections), refs)
    if not words:
        return content
    return replace(
        content,
        sections=tuple(replace(one, body=_without(one.body, words, gone)) for one in content.sections),
    )


def quoted_words(bodies: Iterable[str], refs: Collection[str]) -> frozenset[str]:
    """Return what some texts quote of some cards, each quotation on one line."""
    numbers = {ref.rpartition("-")[2] for ref in refs}
    return frozenset(words for body in bodies for words in _quoted_of(body, numbers))


def _quoted_of(body: str, numbers: Collection[str]) -> Iterator[str]:
    """Yield what a body quotes of some cards: in the lines that cite them, and in those that hang under these lines."""
    for piece in pieces(body):
        of_one = piece.source.startswith("H-") and _is_one(piece.source, numbers)
        telling, margin = of_one, -1
        for line in _lines(piece.inside if piece.source else piece.text):
            indent = len(line) - len(line.lstrip())
            cards = [found for found in CITATION.finditer(line) if not _kind(found[1]).endswith("V")]
            if cards:
                telling, margin = _is_one(cards[-1][1], numbers), indent
                yield from _before_each(line, cards, numbers)
            elif telling and (of_one or indent > margin >= 0):
                yield from _spoken(line)
            else:
                telling = of_one


def _before_each(line: str, cards: list[re.Match[str]], numbers: Collection[str]) -> Iterator[str]:
    """Yield the quotations of a line that belong to some cards: each belongs to the citation that follows it."""
    start = 0
    for card in cards:
        if _is_one(card[1], numbers):
            yield from _spoken(line[start : card.start()])
        start = card.end()
    if _is_one(cards[-1][1], numbers):
        yield from _spoken(line[start:])


def _spoken(text: str) -> Iterator[str]:
    """Yield what stands between « »; where marks do not pair, all from the first to the last."""
    if text.count(OPENING) == text.count(CLOSING):
        yield from (words for words in spans(text) if words)
        return
    first, last = text.find(OPENING), text.rfind(CLOSING)
    words = " ".join(text[first + 1 : last if last > first else len(text)].split())
    if words:
        yield words


def _kind(ref: str) -> str:
    return ref.rpartition("-")[0]


def _is_one(ref: str, numbers: Collection[str]) -> bool:
    return not _kind(ref).endswith("V") and ref.rpartition("-")[2] in numbers


def _lines(text: str) -> Iterator[str]:
    """Yield the lines of a text, a break inside a quotation being part of its line."""
    waiting = ""
    for line in text.split("\n"):
        waiting += line
        if line.endswith("\\"):
            waiting += "\n"
        else:
            yield waiting
            waiting = ""
    if waiting:
        yield waiting.removesuffix("\n")


def _without(body: str, words: Collection[str], gone: str) -> str:
    made = []
    for piece in pieces(body):
        if not piece.source:
            made.append(_cleared(piece.text, words, gone))
            continue
        inside = _cleared(piece.inside, words, gone)
        intact = piece.mark == mark_of(piece.inside)
        fences = written(piece.source, inside) if intact else piece.text.replace(piece.inside, inside)
        made.append(piece.text if inside == piece.inside else fences)
    return "".join(made)


def _cleared(text: str, words: Collection[str], gone: str) -> str:
    return "\n".join(_clear_line(line, words, gone) for line in _lines(text))


def _clear_line(line: str, words: Collection[str], gone: str) -> str:
    heading = HEADING.match(line)
    if heading and " ".join(heading[2].split()) in words:
        return f"{heading[1]}{gone}"
    for said in words:
        first, *_ = said.split()
        if OPENING in line and first in line:
            pattern = r"\s+".join(re.escape(word) for word in said.split())
            line = re.sub(rf"{OPENING}\s*{pattern}\s*{CLOSING}", lambda _: gone, line)
    return line
