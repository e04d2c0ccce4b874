"""Reads a text that comes from outside: a file of some office program, a web page, a plain text -> Markdown of the dialect."""

from __future__ import annotations

import re
from dataclasses import dataclass

from atelier import realtime
from atelier.dialect import cleaned
from atelier.exports.files import converters
from atelier.exports.files.cage import ConversionFailed
from atelier.exports.incoming.kinds import HTML, MARKDOWN, OFFICE, TEXT, NotReadable, decoded, kind_of
from atelier.exports.incoming.texts import (
    is_markdown,
    with_lines,
    without_needless_marks,
    without_pictures,
)
from atelier.exports.incoming.tree import Brought, brought, shown

MOST_FILE_BYTES = 10_000_000
MOST_SIGNS = 300_000  # of Markdown: some hundred pages
BETWEEN_LISTS = re.compile(r"^[ >]*&nbsp;[ ]*\n", re.MULTILINE)  # what pandoc puts there
LINE_OF_TITLE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Text:
    """What was read. `kind` as kinds.py tells it, `title` the file's own, `pictures` left out."""

    kind: str
    markdown: str
    title: str = ""
    pictures: int = 0


def read_file(name: str, body: bytes) -> Text:
    """Return the text of a file; NotReadable says why there is none."""
    if len(body) > MOST_FILE_BYTES:
        raise NotReadable("too_heavy")
    kind = kind_of(name, body)
    if kind in {MARKDOWN, TEXT}:
        return read_text(decoded(body, name), kind)
    try:
        return _said(_converted(kind, body, name))
    except ConversionFailed as failed:
        raise NotReadable("too_long_to_read" if failed.reason != "refused" else "spoiled", ending=kind) from failed  # fmt: skip


def read_text(text: str, kind: str = TEXT) -> Text:
    """Return what a plain text, or Markdown, says; NotReadable when it says nothing or too much."""
    whole = cleaned(text.removeprefix("\ufeff"))
    written = kind == MARKDOWN or is_markdown(whole)
    markdown, pictures = without_pictures(whole if written else with_lines(whole))
    return _said(Text(kind, markdown, pictures=pictures))


def _converted(kind: str, body: bytes, name: str) -> Text:
    given = decoded(body, name).encode() if kind == HTML else body
    tree = converters.tree_of_file(kind, given)
    found: Brought = realtime.offload(lambda: brought(tree, kind in OFFICE))  # a long text stops nobody
    markdown = shown(without_needless_marks(cleaned(converters.markdown_of(found.tree))))
    markdown = BETWEEN_LISTS.sub("\n", markdown)
    return Text(kind, markdown, LINE_OF_TITLE.sub(" ", cleaned(found.title)).strip(), found.pictures)


def _said(text: Text) -> Text:
    if not text.markdown.strip():
        raise NotReadable("only_pictures" if text.pictures else "no_words")
    if len(text.markdown) > MOST_SIGNS:
        raise NotReadable("too_many_words", most=MOST_SIGNS)
    return text
