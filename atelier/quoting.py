"""People's words inside Markdown: escaped, never interpreted."""

from __future__ import annotations

import re

SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&!^])")
MARK = re.compile(r"^([-+=:])")  # of a list, a heading, a block
NUMBER = re.compile(r"^(\d+)([.)])")
BREAKS = re.compile(r"[^\S\u00a0\u202f]+")  # fixed spaces are part of the words


def on_one_line(text: str) -> str:
    """Return a text without its line ends; fixed spaces stay."""
    return BREAKS.sub(" ", text).strip()


def escaped(text: str) -> str:
    """Return a text that Markdown shows as it is, on one line."""
    line = SPECIAL.sub(r"\\\1", on_one_line(str(text)))
    return NUMBER.sub(r"\1\\\2", MARK.sub(r"\\\1", line))
