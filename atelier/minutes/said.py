"""What the blocks of a document repeat of people's words, and which cards they tell. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from atelier.minutes.blocks import Block, blocks_of
from atelier.minutes.citations import citations_of
from atelier.minutes.content import Content

Place = tuple[str, str]  # section, source of the block
OPENING, CLOSING = "«", "»"
LINE = re.compile(r"^(?:#{1,6}|>)[ \t]+(.*)$", re.MULTILINE)
PARAGRAPH = re.compile(r"\n[ \t]*(?:\n|(?=[ \t]*- ))")


def places(content: Content) -> Iterator[tuple[Place, Block]]:
    for section in content.sections:
        for block in blocks_of(section.body):
            yield (section.key, block.source), block


def marks(content: Content) -> dict[Place, str]:
    return {place: block.mark for place, block in places(content)}


def told_refs(text: str) -> set[str]:
    """Return the cards and hypotheses that a block tells; votes are told again everywhere."""
    return {cited.ref for cited in citations_of(text) if not cited.ref.startswith("V-")}


def words_in(content: Content) -> set[str]:
    return {words for _, block in places(content) for words in said_in(block.text)}


def said_in(text: str) -> set[str]:
    """Return what a block repeats of people's words: titles, quoted lines, what stands between « », each whole."""
    found = {match[1].strip() for match in LINE.finditer(text)}
    for paragraph in PARAGRAPH.split(text):
        found.update(spans(paragraph))
    return found - {""}


def spans(paragraph: str) -> Iterator[str]:
    """Yield what stands between the outermost « » of a paragraph; one left open runs to its end."""
    depth = start = 0
    for place, sign in enumerate(paragraph):
        if sign == OPENING:
            depth += 1
            start = place + 1 if depth == 1 else start
        elif sign == CLOSING and depth:
            depth -= 1
            if depth == 0:
                yield " ".join(paragraph[start:place].split())
    if depth:
        yield " ".join(paragraph[start:].split())
