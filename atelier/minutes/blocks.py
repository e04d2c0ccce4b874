"""Blocks that the app writes into a document, each marked and linked to its source. The notation is in atelier/dialect.py.

    ::: auto V-2 3f9a1c0d
    40 suffrages exprimés, 118 gommettes. …
    :::

A block is *intact* while its mark is that of what it says. Somebody who edits it, or presses « Modifier ce texte », makes it
theirs: the mark no longer fits, or the two fences are gone; the citations inside stay.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from atelier.dialect import Piece, cleaned, escaped, escaped_line, mark_of, pieces

__all__ = [
    "Block",
    "blocks_of",
    "detach",
    "escaped",
    "escaped_line",
    "mark_of",
    "remove_block",
    "replace_block",
    "written",
]

SOURCE = re.compile(r"[A-Za-z0-9-]{1,24}")
FENCE = re.compile(r"^(?=:::)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Block:
    """One block in a body. `start` and `end` are code points, fences included, without the line end after them."""

    source: str
    mark: str
    text: str
    start: int
    end: int
    intact: bool


def blocks_of(body: str) -> tuple[Block, ...]:
    """Return the blocks of a body, in order."""
    return tuple(_block(piece) for piece in pieces(body) if piece.source)


def written(source: str, text: str) -> str:
    """Return the block that says `text` (Markdown) of a source, its mark right. ValueError when the source is no source."""
    if not SOURCE.fullmatch(source):
        raise ValueError(source)
    inside = FENCE.sub(r"\\", cleaned(text).strip("\n"))
    return (
        f"::: auto {source} {mark_of(inside)}\n{inside}\n:::"
        if inside
        else f"::: auto {source} {mark_of('')}\n:::"
    )


def detach(body: str, source: str) -> str:
    """Return the body where the blocks of a source are people's text: the same words without their fences."""
    return _changed(body, source, lambda block: block.text)


def replace_block(body: str, source: str, text: str) -> str:
    """Return the body where the intact blocks of a source say `text`; a block that is theirs stays as it is."""
    return _changed(body, source, lambda block: written(source, text) if block.intact else None)


def remove_block(body: str, source: str) -> str:
    """Return the body without the intact blocks of a source, nor the empty lines that followed them."""
    cut = _changed(body, source, lambda block: "" if block.intact else None)
    return re.sub(r"\n{3,}", "\n\n", cut).strip("\n") if cut != body else body


def _block(piece: Piece) -> Block:
    return Block(
        piece.source, piece.mark, piece.inside, piece.start, piece.end, piece.mark == mark_of(piece.inside)
    )


def _changed(body: str, source: str, change: Callable[[Block], str | None]) -> str:
    """Return the body where `change` gave other words for blocks of a source; None leaves one as it is."""
    made = []
    for piece in pieces(body):
        new = change(_block(piece)) if piece.source == source else None
        made.append(piece.text if new is None else new)
    return "".join(made)
