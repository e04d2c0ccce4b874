"""Fills what is personal into HTML that is drawn once for everybody: the server's reading of the vocabulary of lib/me.js.

    data-me-list, data-template, data-where, data-field, data-attr, data-if, data-count       as in static/js/lib/me.js
    <hour-text datetime="…">                                                                  the hour, in words

A page without scripts is thus complete, and the first painting is already the right one. A region's HTML is read once
(cached); filling it for one more person joins texts. Templates must close every element that they open.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import Any

from atelier.live.markup import Element, Node, read, tags, written

Scope = Mapping[str, Any]
Hour = Callable[[str], str]

PERSONAL = frozenset({"data-me-list", "data-field", "data-attr", "data-if", "data-count"})
ITEM = "data-me-item"
CONDITION = re.compile(r"(!?)([^!=~]+)(?:(=|!=|~)(.*))?")


@lru_cache(maxsize=1024)
def _compiled(html: str) -> tuple[Node, ...]:
    return _collapsed(read(html))


def _collapsed(nodes: Iterable[Node]) -> tuple[Node, ...]:
    """Return the same tree where everything that is nobody's in particular is plain text."""
    kept: list[Node] = []
    for node in nodes:
        piece: tuple[Node, ...] = (node,)
        if isinstance(node, Element):
            inner = _collapsed(node.children)
            if PERSONAL.intersection(name for name, _ in node.attributes):
                piece = (Element(node.tag, node.attributes, inner),)
            elif any(isinstance(child, Element) for child in inner) and node.tag != "template":
                opening, _, closing = tags(node, "\0").partition("\0")
                piece = (opening, *inner, closing)
            else:
                piece = (tags(node, written(inner)),)
        for part in piece:
            if isinstance(part, str) and kept and isinstance(kept[-1], str):
                kept[-1] += part
            else:
                kept.append(part)
    return tuple(kept)


@lru_cache(maxsize=64)
def _templates_in(html: str) -> Mapping[str, Element]:
    """Return the templates of a piece of HTML by id: their only element, ready to be filled."""
    found: dict[str, Element] = {}

    def look_in(nodes: Iterable[Node]) -> None:
        for node in nodes:
            if isinstance(node, Element):
                if node.tag == "template":
                    models = [child for child in node.children if isinstance(child, Element)]
                    found[node.get("id") or ""] = Element(
                        models[0].tag, models[0].attributes, _collapsed(models[0].children)
                    )
                else:
                    look_in(node.children)

    look_in(read(html) if "<template" in html else ())
    return found


def fill(pieces: Mapping[str, str], me: Scope, hour: Hour) -> dict[str, str]:
    """Return the same pieces of one page with what is personal in place. `hour` words an ISO moment."""
    templates: dict[str, Element] = {}
    for html in pieces.values():
        templates.update(_templates_in(html))
    filler = _Filler(templates, me, hour)
    return {name: filler.draw(_compiled(html), me) for name, html in pieces.items()}


@dataclass(frozen=True, slots=True)
class _Filler:
    templates: Mapping[str, Element]
    me: Scope
    hour: Hour

    def draw(self, nodes: Sequence[Node], scope: Scope) -> str:
        return "".join(node if isinstance(node, str) else self._one(node, scope) for node in nodes)

    def _one(self, element: Element, scope: Scope) -> str:
        attributes = filled_attributes(element, scope)
        filled = Element(element.tag, tuple(attributes.items()))
        return tags(filled, self._inner(element, scope, attributes))

    def _inner(self, element: Element, scope: Scope, attributes: Mapping[str, str | None]) -> str:
        listed = element.get("data-me-list")
        if listed is not None:
            model = self.templates.get(element.get("data-template") or "")
            items = _items(look(self.me, listed), element)
            return "".join(self._item(model, item) for item in items) if model else ""
        field, counted = element.get("data-field"), element.get("data-count")
        if field:
            return escape(text_of(look(scope, field)), quote=False)
        if counted:
            return str(len(_items(look(scope, counted), element)))
        if element.tag == "hour-text":
            return escape(self.hour(attributes["datetime"] or "")) if attributes.get("datetime") else ""
        return self.draw(element.children, scope)

    def _item(self, model: Element, item: Scope) -> str:
        key = text_of(item.get("id", item.get("key")))
        marked = Element(model.tag, (*model.attributes, (ITEM, key)), model.children)
        return self._one(marked, {**item, "me": self.me})


def filled_attributes(element: Element, scope: Scope) -> dict[str, str | None]:
    """Return the attributes of an element for one person: `hidden` by data-if, values by data-attr."""
    attributes = dict(element.attributes)
    shown = attributes.get("data-if")
    if shown:
        attributes.pop("hidden", None)
        if not holds(scope, shown):
            attributes["hidden"] = None
    for pair in (attributes.get("data-attr") or "").split():
        name, _, path = pair.partition(":")
        keep, name = name.endswith("?"), name.removesuffix("?")
        value = look(scope, path)
        if value is not None and value is not False:
            attributes[name] = None if value is True else text_of(value)
        elif not keep:
            attributes.pop(name, None)
    return attributes


def look(scope: Any, path: str) -> Any:
    """Return what stands at a path (`fields.statement`), None where nothing does."""
    for key in path.split("."):
        scope = scope.get(key) if isinstance(scope, Mapping) else None
    return scope


def holds(scope: Scope, conditions: str) -> bool:
    """Tell whether all conditions hold: `path`, `!path`, `path=value`, `path!=value`, `path~value`."""
    return all(_holds(scope, condition) for condition in conditions.split())


def _holds(scope: Scope, condition: str) -> bool:
    found = CONDITION.fullmatch(condition)
    if found is None:
        return False
    no, path, sign, expected = found.groups()
    value = look(scope, path)
    if not sign:
        return bool(value) != bool(no)
    if sign == "~":
        return (expected in map(text_of, value or ())) != bool(no)
    return (text_of(value) == expected) != (sign == "!=")


def text_of(value: Any) -> str:
    """Return a value as a script would write it."""
    if value is None:
        return ""
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def _items(found: Any, element: Element) -> list[Scope]:
    where = element.get("data-where") or ""
    return [item for item in found or () if holds(item, where)] if isinstance(found, list | tuple) else []
