"""A plain form that was refused comes back with what was typed in it, and the server's sentence (no script needed)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from atelier.live.markup import Element, Node, read, written
from atelier.live.personal import Scope, text_of


def typed_again(html: str, act: str, typed: Scope, sentence: str) -> str:
    """Return a page of forms where the one that was refused holds again what was typed, with the server's sentence."""
    return written(_typed(read(html), act, flat(typed), sentence))


def flat(values: Any, name: str = "") -> dict[str, Any]:
    """`{"fields": {"who": "x"}}` -> `{"fields[who]": "x"}`; lists stay lists under `name[]`."""
    if not isinstance(values, Mapping):
        return {f"{name}[]": list(values)} if isinstance(values, list | tuple) else {name: values}
    found: dict[str, Any] = {}
    for key, value in values.items():
        found |= flat(value, f"{name}[{key}]" if name else str(key))
    return found


def _typed(nodes: Iterable[Node], act: str, typed: Scope, sentence: str) -> tuple[Node, ...]:
    changed: list[Node] = []
    for node in nodes:
        if isinstance(node, str):
            changed.append(node)
            continue
        ours = node.tag == "form" and _is_form_of(node, act, typed)
        inner = (
            _refilled(node.children, typed, sentence) if ours else _typed(node.children, act, typed, sentence)
        )
        changed.append(Element(node.tag, node.attributes, inner))
    return tuple(changed)


def _is_form_of(form: Element, act: str, typed: Scope) -> bool:
    hidden = {
        field.get("name") or "": field.get("value") or ""
        for field in _fields_in(form.children)
        if field.get("type") == "hidden"
    }
    about = {name: value for name, value in hidden.items() if name not in {"act", "id", "slot"}}
    if hidden.get("act") != act or any(text_of(typed.get(name)) != value for name, value in about.items()):
        return False
    visible = set(typed) - set(hidden)
    return not visible or bool(visible & set(_names_in(form.children)))


def _names_in(nodes: Iterable[Node]) -> Iterable[str]:
    for node in nodes:
        if isinstance(node, Element):
            yield node.get("name") or ""
            yield from _names_in(node.children)


def _fields_in(nodes: Iterable[Node]) -> Iterable[Element]:
    for node in nodes:
        if isinstance(node, Element):
            if node.tag == "input":
                yield node
            yield from _fields_in(node.children)


def _refilled(nodes: Iterable[Node], typed: Scope, sentence: str) -> tuple[Node, ...]:
    return tuple(node if isinstance(node, str) else _refill(node, typed, sentence) for node in nodes)


def _refill(element: Element, typed: Scope, sentence: str) -> Element:
    attributes = dict(element.attributes)
    if "data-error" in attributes:
        attributes.pop("hidden", None)
        return Element(element.tag, tuple(attributes.items()), (escape(sentence, quote=False),))
    name, kind = attributes.get("name") or "", attributes.get("type") or ""
    if name not in typed:
        return Element(element.tag, element.attributes, _refilled(element.children, typed, sentence))
    if element.tag == "textarea":
        return Element(element.tag, element.attributes, (escape(text_of(typed[name]), quote=False),))
    if kind in {"radio", "checkbox"}:
        attributes.pop("checked", None)
        chosen = typed[name] if isinstance(typed[name], list) else [typed[name]]
        if (attributes.get("value") or "") in [text_of(value) for value in chosen]:
            attributes["checked"] = None
    elif element.tag == "input" and kind != "hidden":
        attributes["value"] = text_of(typed[name])
    return Element(element.tag, tuple(attributes.items()), element.children)
