"""A small tree of a page that we drew ourselves: enough to take a chart out of its HTML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

VOID = frozenset({"br", "hr", "img", "input", "wbr"})
CASED = {
    "viewbox": "viewBox",
    "preserveaspectratio": "preserveAspectRatio",
}  # the parser lowers what SVG does not


@dataclass(slots=True)
class Element:
    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)

    @property
    def classes(self) -> frozenset[str]:
        return frozenset(self.attributes.get("class", "").split())

    def elements(self) -> Iterator[Element]:
        """Yield every element below, in order of the page."""
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child.elements()

    def first(self, *, tag: str = "", css: str = "") -> Element | None:
        """Return the first element below with this tag and this class, or None."""
        return next(self.every(tag=tag, css=css), None)

    def every(self, *, tag: str = "", css: str = "") -> Iterator[Element]:
        return (e for e in self.elements() if (not tag or e.tag == tag) and (not css or css in e.classes))

    def text(self) -> str:
        """Return the words, with one space for any run of white."""
        return " ".join("".join(self._words()).split())

    def _words(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, str):
                yield child
            elif child.tag != "svg":
                yield from child._words()
                yield " " if child.tag in {"li", "p", "small", "td", "th", "b"} else ""

    def markup(self) -> str:
        """Write the element again, well formed."""
        attributes = "".join(f' {name}="{escape(value)}"' for name, value in self.attributes.items())
        inside = "".join(escape(c, quote=False) if isinstance(c, str) else c.markup() for c in self.children)
        return (
            f"<{self.tag}{attributes}/>" if not inside else f"<{self.tag}{attributes}>{inside}</{self.tag}>"
        )


def parsed(html: str) -> Element:
    """Return the tree of a fragment, under a nameless root."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.root


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {CASED.get(name, name): value or "" for name, value in attrs})
        self._open[-1].children.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        tags = [element.tag for element in self._open]
        if tag in tags[1:]:
            del self._open[len(tags) - 1 - tags[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)
