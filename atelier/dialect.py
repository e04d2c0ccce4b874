"""What the dialect of documents adds to Markdown, as plain text: citations, blocks of the app, figures, words kept as they are.

Ground: the texts of capabilities are cut and escaped here, HTML is made in `markdown.py`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

# `[C-12]`, `[V-3]`, `[H-2]`; with the séance, `[DK2-C-12]`. Before a `(` it is the label of an ordinary link.
CITATION = re.compile(r"\[((?:[A-Z][A-Z0-9]{0,11}-)?[CVH]-[1-9][0-9]{0,5})\](?!\()")
FIGURE = re.compile(r"figure:((?:[A-Z][A-Z0-9]{0,11}-)?[VH]-[1-9][0-9]{0,5})")

# Three lines at least, from the left edge: `::: auto V-2 3f9a1c0d`, what it says, `:::`. Blocks never nest.
BLOCK = re.compile(
    r"^::: auto (?P<source>[A-Za-z0-9-]{1,24}) (?P<mark>[0-9a-f]{8})[ \t]*\n"
    r"(?P<inside>(?:(?!:::(?:[ \t]*$| auto ))[^\n]*\n)*?)"
    r":::[ \t]*$",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text, from `start` to `end` (code points): a block of the app, or what stands between two of them.

    `source` and `mark` are empty between blocks; `inside` is what a block holds, without its two fences.
    """

    text: str
    start: int
    end: int
    source: str = ""
    mark: str = ""
    inside: str = ""


def pieces(text: str) -> Iterator[Piece]:
    """Cut a text at its blocks: nothing is lost, the pieces' texts joined are the text."""
    at = 0
    for found in BLOCK.finditer(text):
        if found.start() > at:
            yield Piece(text[at : found.start()], at, found.start())
        yield Piece(
            found[0],
            found.start(),
            found.end(),
            found["source"],
            found["mark"],
            found["inside"].removesuffix("\n"),
        )
        at = found.end()
    if at < len(text):
        yield Piece(text[at:], at, len(text))


def mark_of(text: str) -> str:
    """Return the mark of what a block says: the first 8 hexadecimal digits of its SHA-256."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:8]


# ---------------------------------------------------------------- words kept as they are

SPECIAL = re.compile(r"[\\`*_\[\]<~|]|&(?=#|\w+;)|:(?=//)|@(?=\S)")
AT_LINE_START = re.compile(
    r"[+-](?=\s|$)|[:-](?=[-:\s]*$)|:(?=[\s:])|=(?==*$)|#(?=#{0,5}(?:\s|$))|>|\d{1,9}(?=[.)](?:\s|$))"
)
AT_LINE_END = re.compile(r"(?<=\s)#+$")
BREAKS = re.compile(r"[^\S\u00a0\u202f]+")  # fixed spaces are part of the words
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def cleaned(text: str) -> str:
    """Return a text with one kind of line ends, and U+FFFD for each character that no document can hold."""
    return CONTROL.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def escaped(text: str) -> str:
    """Return Markdown that shows exactly `cleaned(text)`: no markup, link, citation, note or block comes of people's words.

    Lines stay lines. Spaces at their ends become character references, for Markdown would drop them. May stand in a
    paragraph, a quote, a list item; use `escaped_line` in headings and table cells.
    """
    lines = [_line(line) for line in cleaned(text).split("\n")]
    while len(lines) > 1 and not lines[-1]:
        lines.pop()
        lines[-1] += "&#10;"
    first = 0
    while first < len(lines) - 1 and not lines[first]:
        first += 1
    return "&#10;" * first + "\\\n".join(lines[first:])


def escaped_line(text: str) -> str:
    """Return Markdown that shows the words of a text on one line, each run of spaces as one; fixed spaces stay."""
    return _line(BREAKS.sub(" ", cleaned(text)).strip())


def _line(line: str) -> str:
    words = line.strip()
    if not words:
        return "".join(_reference(space) for space in line)
    before, _, after = line.partition(words)
    shown = AT_LINE_END.sub(lambda found: found[0].replace("#", "\\#"), SPECIAL.sub(r"\\\g<0>", words))
    start = AT_LINE_START.match(shown)
    if start:
        shown = f"{start[0]}\\{shown[start.end() :]}" if start[0][-1].isdigit() else f"\\{shown}"
    return (
        "".join(_reference(space) for space in before) + shown + "".join(_reference(space) for space in after)
    )


def _reference(character: str) -> str:
    return f"&#{ord(character)};"
