"""The smallest edits that turn one text into another, so that what somebody types beside them at the same moment stays. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

MOST_WORDS = (
    2_000  # beyond, comparing word by word takes longer than anybody waits: the whole passage is replaced
)
WORDS = re.compile(r"\w+|\s+|[^\w\s]")


class Edit(NamedTuple):
    """Replace `before[start:end]` by `text`. Offsets are of the text before any edit, in code points."""

    start: int
    end: int
    text: str


def edits(before: str, after: str) -> list[Edit]:
    """Return edits in order, that do not overlap: applied together they turn `before` into `after`."""
    found: list[Edit] = []
    lines_before, lines_after = before.splitlines(keepends=True), after.splitlines(keepends=True)
    for start, end, first, last in _changed(lines_before, lines_after):
        offset = sum(map(len, lines_before[:start]))
        passage = "".join(lines_before[start:end])
        found += _within(offset, passage, "".join(lines_after[first:last]))
    return found


def _within(offset: int, before: str, after: str) -> Iterator[Edit]:
    """Compare two passages word by word, then trim what both begin and end with."""
    words_before, words_after = WORDS.findall(before), WORDS.findall(after)
    if len(words_before) + len(words_after) > MOST_WORDS:
        yield _trimmed(offset, before, after)
        return
    for start, end, first, last in _changed(words_before, words_after):
        at = offset + sum(map(len, words_before[:start]))
        yield _trimmed(at, "".join(words_before[start:end]), "".join(words_after[first:last]))


def _changed(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    for tag, start, end, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            yield start, end, first, last


def _trimmed(offset: int, before: str, after: str) -> Edit:
    head = 0
    while head < min(len(before), len(after)) and before[head] == after[head]:
        head += 1
    tail = 0
    while tail < min(len(before), len(after)) - head and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    return Edit(offset + head, offset + len(before) - tail, after[head : len(after) - tail])


def utf8_offset(text: str, offset: int) -> int:
    """Return the offset in UTF-8 bytes (what the library counts) of an offset in code points (what Python counts)."""
    return offset if text.isascii() else len(text[:offset].encode())


def utf16_to_utf8(text: str, offset: int) -> int:
    """Return the offset in UTF-8 bytes of an offset in UTF-16 units (what browsers count).

    An offset inside a character (between the halves of 😀) is that of its beginning.
    """
    if text.isascii():
        return offset
    units = count = 0
    for sign in text:
        width = 2 if ord(sign) > 0xFFFF else 1
        if units + width > offset:
            break
        units += width
        count += len(sign.encode())
    return count
