"""HTML as a tree: read from our own templates, which close what they open, and written again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser

VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)


@dataclass(frozen=True, slots=True)
class Element:
    """One element; its children are elements and raw HTML."""

    tag: str
    attributes: tuple[tuple[str, str | None], ...]
    children: tuple[Element | str, ...] = ()

    def get(self, name: str) -> str | None:
        return next((value or "" for known, value in self.attributes if known == name), None)


Node = Element | str


class _Reader(HTMLParser):
    """Reads well-formed HTML into a tree, raw texts kept as they are."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.opened: list[tuple[str, tuple[tuple[str, str | None], ...], list[Node]]] = [("", (), [])]

    def _add(self, node: Node) -> None:
        self.opened[-1][2].append(node)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            self._add(Element(tag, tuple(attrs)))
        else:
            self.opened.append((tag, tuple(attrs), []))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._add(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        while len(self.opened) > 1:
            name, attributes, children = self.opened.pop()
            self._add(Element(name, attributes, tuple(children)))
            if name == tag:
                return

    def handle_data(self, data: str) -> None:
        self._add(data)

    def handle_entityref(self, name: str) -> None:
        self._add(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._add(f"&#{name};")


def read(html: str) -> tuple[Node, ...]:
    """Return the whole tree of a piece of HTML."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    while len(reader.opened) > 1:
        reader.handle_endtag(reader.opened[-1][0])
    return tuple(reader.opened[0][2])


def written(nodes: Iterable[Node]) -> str:
    """Return the HTML of a tree."""
    return "".join(node if isinstance(node, str) else tags(node, written(node.children)) for node in nodes)


def tags(element: Element, inner: str) -> str:
    attributes = "".join(
        f" {name}" if value is None else f' {name}="{escape(value)}"' for name, value in element.attributes
    )
    return f"<{element.tag}{attributes}>" + ("" if element.tag in VOID else f"{inner}</{element.tag}>")
