"""A text written elsewhere becomes a document: « importer un texte ». Pure; nothing of the text is lost but its front matter."""

from __future__ import annotations

import re

from atelier.dialect import cleaned, pieces
from atelier.markdown import Heading, Outline, outline
from atelier.minutes.content import Content, Section

FRONT_MATTER = re.compile(
    r"\A\ufeff?---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE
)
TITLE = re.compile(r"^title[ \t]*:[ \t]*(.+?)[ \t]*$", re.MULTILINE)
LONGEST_TITLE = 200
FENCE = re.compile(r"^:::(?= auto )", re.MULTILINE)


def content_from_markdown(text: str) -> Content:
    """Return a text as sections: its highest headings are parts, the next ones sections, those below stay in the bodies.

    The title is that of the front matter, else the only heading of the first level when the text begins with it. Notes and
    link addresses go along with the sections that use them. Blocks that the app wrote become people's text.
    """
    text = "".join(piece.inside if piece.source else piece.text for piece in pieces(cleaned(text)))
    text = FENCE.sub(r"\\:::", text)  # what stood around a block must not make another
    title = ""
    matter = FRONT_MATTER.match(text)
    if matter:
        named = TITLE.search(matter[1])
        title, text = (_unquoted(named[1]) if named else ""), text[matter.end() :]
    return _Cutting(text, title).content()


def _unquoted(value: str) -> str:
    return (
        value[1:-1].replace(value[0] * 2, value[0])
        if value[:1] in {"'", '"'} and value[-1:] == value[0]
        else value
    )


class _Cutting:
    def __init__(self, text: str, title: str) -> None:
        self._lines = text.split("\n")
        self._outline: Outline = outline(text)
        self._title = title
        self._cuts = [heading for heading in self._outline.headings if heading.words]

    def content(self) -> Content:
        self._take_title()
        levels = sorted({heading.level for heading in self._cuts})
        cuts = [heading for heading in self._cuts if heading.level in levels[:2]]
        first = cuts[0].start if cuts else len(self._lines)
        sections = [Section("s0", 2, "", self._body(0, first))]
        for index, heading in enumerate(cuts):
            end = cuts[index + 1].start if index + 1 < len(cuts) else len(self._lines)
            level = 1 if heading.level == levels[0] else 2
            sections.append(Section(f"s{index + 1}", level, heading.words, self._body(heading.end, end)))
        kept = [section for section in sections if section.heading or section.body]
        return Content(self._title[:LONGEST_TITLE], tuple(kept))

    def _take_title(self) -> None:
        """Take the one heading of the first level that the text begins with."""
        top = [heading for heading in self._cuts if heading.level == 1]
        if len(top) == 1 and not self._title and not "".join(self._lines[: top[0].start]).strip():
            self._title = top[0].words
            self._cuts.remove(top[0])
            self._blank(top[0])

    def _blank(self, heading: Heading) -> None:
        for line in range(heading.start, heading.end):
            self._lines[line] = ""

    def _body(self, start: int, end: int) -> str:
        """Return the lines between two, with the notes and addresses that they use and that are defined elsewhere."""
        own = "\n".join(self._lines[start:end]).strip("\n")
        folded = own.casefold()
        brought = [
            self._defined(place)
            for label, place in self._outline.notes.items()
            if f"[^{label}]" in own and not start <= place[0] < end
        ]
        brought += [
            self._defined(place)
            for label, place in self._outline.links.items()
            if f"[{label.casefold()}]" in folded and not start <= place[0] < end
        ]
        return "\n\n".join(part for part in [own, *brought] if part)

    def _defined(self, place: tuple[int, int]) -> str:
        return "\n".join(self._lines[place[0] : place[1]]).strip("\n")
