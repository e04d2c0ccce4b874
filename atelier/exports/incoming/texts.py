"""Texts that need no converter: lines that stay lines, pictures that stay out. Pure: Markdown in, Markdown out."""

from __future__ import annotations

import re

SHORT_LINE = 60  # signs: a line that is shorter, and followed by another, was ended on purpose
# A line that Markdown gives a meaning of its own, or that a break would spoil.
OWN = re.compile(r"\s*(?:#{1,6}\s|[-*+•]\s|\d{1,9}[.)]\s|>|\||```|~~~|:::|\[[^\]]+\]:|(?:[-=_*]\s*){3,}$|$)")
FENCE = re.compile(r"^ {0,3}(```+|~~~+)")
BULLET = re.compile(r"^(\s*)[•·▪◦●‣–—](\s+)(?=\S)")
INDENT = re.compile(r"^[ \t]+(?![-*+•]\s|\d{1,9}[.)]\s|\s)")

CODE = (
    r"(?P<fence>^ {0,3}(?P<mark>`{3,}(?!`)|~{3,}(?!~))[^\n]*\n.*?(?:^ {0,3}(?P=mark)|\Z))"
    r"|(?P<span>(?<!`)(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`))"
)
PICTURE = (
    r"|!\[(?P<alt>(?:[^\[\]\\]|\\.)*)\](?:\((?!figure:)(?:<[^<>\n]*>|(?:[^()\s]|\([^()\s]*\))*)(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)"
    r"|\[[^\]\n]*\])"
)
PICTURES = re.compile(CODE + PICTURE, re.MULTILINE | re.DOTALL)
ARROWS = re.compile(CODE + r"|(?P<arrow>(?<=[^\s>])\\>)", re.MULTILINE | re.DOTALL)
MARKED = re.compile(
    r"^#{1,6} \S|\*\*\S|^\|?[ :]*-{3,}[ :]*\||\]\((?:https?:|mailto:)|\\$|^\[\^[^\]]+\]:|^ {0,3}(?:```|~~~)",
    re.MULTILINE,
)


def without_pictures(text: str) -> tuple[str, int]:
    """Return a Markdown text whose pictures are their words, and how many there were. What stands in code stays as it is."""
    count = 0

    def worded(found: re.Match[str]) -> str:
        nonlocal count
        if found["alt"] is None:
            return found[0]
        count += 1
        return found["alt"]

    return PICTURES.sub(worded, text), count


def without_needless_marks(markdown: str) -> str:
    """Return pandoc's Markdown with « -> » written as people write it."""
    return ARROWS.sub(lambda found: ">" if found["arrow"] else found[0], markdown)


def is_markdown(text: str) -> bool:
    """Tell whether a text that was pasted is Markdown already: it has a heading, bold words, a table, a link, a note, code."""
    return MARKED.search(text) is not None


def with_lines(text: str) -> str:
    """Return Markdown of a plain text: what was a line stays a line, unless it was only folded at the edge of a page.

    A line was folded when the first word of the next one had no room left beside it. Typed bullets become lists; a text that is
    set back from the edge is no code.
    """
    lines = [_unindented(BULLET.sub(r"\1-\2", line.rstrip())) for line in text.split("\n")]
    width = max([SHORT_LINE, *(len(line) for line in lines)])
    made: list[str] = []
    fence = ""
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        found = FENCE.match(line)
        if found and (not fence or found[1].startswith(fence)):
            fence = "" if fence else found[1]
        broken = not fence and not found and _broken(line, following, width)
        made.append(f"{line}\\" if broken else line)
    return "\n".join(made)


def _broken(line: str, following: str, width: int) -> bool:
    if OWN.match(line) and not re.match(r"\s*(?:[-*+]|\d{1,9}[.)])\s", line):
        return False
    if OWN.match(following) or line.endswith("\\"):
        return False
    return len(line) + 1 + len(following.split()[0]) <= width


def _unindented(line: str) -> str:
    return INDENT.sub("", line)
