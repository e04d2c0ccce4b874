"""The document as pandoc's own tree (JSON), between our HTML and the writers: notes, figures, marks of what the app wrote.

Nothing raw comes in with the text: the tree is made from HTML that was cleaned, and `guarded` refuses any raw piece that is not
one of ours.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

Node = dict[str, Any]
Visit = Callable[[Node], list[Node] | None]
RAW = frozenset({"RawBlock", "RawInline"})
NESTED = frozenset({"BlockQuote", "Emph", "Strong", "Strikeout", "Superscript", "Subscript", "Underline"})
OUTSIDE = re.compile(r"https?://[^/]|mailto:.", re.IGNORECASE)
MACHINE_STYLE = "Repris de la séance"


def walked(value: Any, visit: Visit) -> Any:
    """Return the same tree where `visit` replaced nodes, the inner ones first; None keeps a node."""
    if isinstance(value, list):
        made: list[Any] = []
        for item in value:
            new = walked(item, visit)
            if isinstance(new, dict) and "t" in new:
                found = visit(new)
                made += [new] if found is None else found
            else:
                made.append(new)
        return made
    if isinstance(value, dict):
        return {name: walked(inner, visit) for name, inner in value.items()}
    return value


def nodes(value: Any) -> Iterator[Node]:
    """Yield every node of a tree."""
    if isinstance(value, list):
        for item in value:
            yield from nodes(item)
    elif isinstance(value, dict):
        if "t" in value:
            yield value
        for inner in value.values():
            yield from nodes(inner)


def words(text: str) -> list[Node]:
    """Return plain text as inline nodes: nothing in it is a mark."""
    made: list[Node] = []
    for word in text.split(" "):
        made += [{"t": "Space"}, {"t": "Str", "c": word}] if word else [{"t": "Space"}]
    return made[1:]


def note(text: str) -> Node:
    return {"t": "Note", "c": [{"t": "Para", "c": words(text)}]}


def with_real_links(tree: Node, site: str = "") -> Node:
    """Leave its words to a link that leads nowhere once the file is away: on a disk, « /x » and « x » are files of the reader.

    An address of `site` is written whole. Typst refuses an empty one, and with it the whole document.
    """
    places = {f"#{node['c'][1][0]}" for node in nodes(tree["blocks"]) if node["t"] == "Header"}

    def visit(node: Node) -> list[Node] | None:
        if node["t"] != "Link":
            return None
        attributes, said, (target, title) = node["c"]
        if target in places or OUTSIDE.match(target) or "citation" in attributes[1]:
            return None
        if site and target.startswith("/") and not target.startswith("//"):
            return [{"t": "Link", "c": [attributes, said, [site + target, title]]}]
        return list(said)

    return {**tree, "blocks": walked(tree["blocks"], visit)}


def with_depth(value: Any, most: int, depth: int = 0) -> Any:
    """Return the same words with marks and quotes no deeper than `most`: Typst gives up on hundreds, one in the other."""
    if isinstance(value, dict):
        deeper = depth + (value.get("t") in NESTED)
        return {name: with_depth(inner, most, deeper) for name, inner in value.items()}
    if not isinstance(value, list):
        return value
    made: list[Any] = []
    for item in value:
        kind = item.get("t") if isinstance(item, dict) else None
        inner = with_depth(item, most, depth)
        made += inner["c"] if kind in NESTED and depth >= most else [inner]
    return made


# ---------------------------------------------------------------- citations and notes


def with_sources(tree: Node, sources: Mapping[str, str]) -> Node:
    """Give each source its note where it is first cited: what it says, from `sources` (reference -> sentence)."""
    told: set[str] = set()

    def visit(node: Node) -> list[Node] | None:
        if node["t"] != "Link" or "citation" not in _classes(node):
            return None
        ref = _attributes(node).get("ref", "")
        label = node["c"][1]
        if ref not in sources or ref in told:
            return list(label)
        told.add(ref)
        return [*label, note(sources[ref])]

    return {**tree, "blocks": walked(tree["blocks"], visit)}


def with_notes(tree: Node) -> Node:
    """Turn the footnotes of our pages (a list at the end, and links to it) into real notes."""
    bodies: dict[str, list[Node]] = {}

    def collect(node: Node) -> list[Node] | None:
        if node["t"] != "Div" or "notes" not in _classes(node):
            return None
        for item in nodes(node["c"][1]):
            if item["t"] == "Div" and item["c"][0][0].startswith("note-"):
                bodies[f"#{item['c'][0][0]}"] = item["c"][1]
        return []

    blocks = walked(tree["blocks"], collect)
    kept = {name: walked(body, _without_return) for name, body in bodies.items()}

    def place(node: Node) -> list[Node] | None:
        if node["t"] != "Superscript":
            return None
        link = next((inner for inner in nodes(node["c"]) if inner["t"] == "Link"), None)
        target = link["c"][2][0] if link else ""
        return [{"t": "Note", "c": kept[target]}] if target in kept else None

    return {**tree, "blocks": walked(blocks, place)}


def _without_return(node: Node) -> list[Node] | None:
    return [] if node["t"] == "Link" and "note-back" in _classes(node) else None


# ---------------------------------------------------------------- headings


def with_levels(tree: Node) -> Node:
    """Make headings start at 1 and never skip a level, without empty ones: PDF/UA and screen readers ask for it."""
    headings = [node for node in nodes(tree["blocks"]) if node["t"] == "Header" and node["c"][2]]
    top = min((node["c"][0] for node in headings), default=1)
    levels: list[int] = []
    for node in headings:
        levels.append(min(node["c"][0] - top + 1, levels[-1] + 1 if levels else 1))
    given = iter(levels)

    def visit(node: Node) -> list[Node] | None:
        if node["t"] != "Header":
            return None
        return [{"t": "Header", "c": [next(given), *node["c"][1:]]}] if node["c"][2] else []

    return {**tree, "blocks": walked(tree["blocks"], visit)}


# ---------------------------------------------------------------- figures, blocks of the app, safety


def with_figures(tree: Node, drawn: Mapping[str, Callable[[], list[Node]]]) -> Node:
    """Put each figure's nodes where its image stands; an image that is none of ours leaves its words."""

    def visit(node: Node) -> list[Node] | None:
        if node["t"] != "Image":
            return None
        target = node["c"][2][0]
        return drawn[target]() if target in drawn else list(node["c"][1])

    return {**tree, "blocks": walked(tree["blocks"], visit)}


def with_marks(tree: Node) -> Node:
    """Name the style of what the app wrote, which DOCX and ODT readers show and may change."""

    def visit(node: Node) -> list[Node] | None:
        if not is_machine_block(node):
            return None
        return [{"t": "Div", "c": [["", [], [["custom-style", MACHINE_STYLE]]], node["c"][1]]}]

    return {**tree, "blocks": walked(tree["blocks"], visit)}


CALLS = frozenset(
    {"Emph", "Strong", "Strikeout", "Superscript", "Subscript", "Underline", "Link", "Note", "Span", "Quoted"}
)


SIGNS = re.compile(r"(^[=+/-]+|^\d+[.)]$|-(?=\?)|\.(?=\.\.))")
LEFT = {"t": "AlignLeft"}


def for_typst(tree: Node) -> Node:
    """Write what pandoc's Typst writer would say wrong: signs that begin a text, points after a mark, sides of cells."""

    def visit(node: Node) -> list[Node] | None:
        if node["t"] == "Str":
            return _without_signs(node["c"])
        if node["t"] == "Table":
            columns = [[LEFT if side["t"] == "AlignDefault" else side, width] for side, width in node["c"][2]]
            return [{"t": "Table", "c": [*node["c"][:2], columns, *node["c"][3:]]}]
        return None

    return {**tree, "blocks": with_points(walked(tree["blocks"], visit))}


def _without_signs(word: str) -> list[Node] | None:
    """Write as letters the « + », « = » or « 1. » at the head of a word, which would begin a list or a heading in a cell or an
    item, and the « -? » or « ... » in it, which Typst takes for a hidden hyphen and for one sign."""
    pieces = SIGNS.split(word)
    if len(pieces) == 1:
        return None
    made: list[Node] = []
    for place, piece in enumerate(pieces):
        if place % 2:
            raw = "".join(f"\\{sign}" if sign in "=+-/.)" else sign for sign in piece)
            made.append({"t": "RawInline", "c": ["typst", raw]})
        elif piece:
            made.append({"t": "Str", "c": piece})
    return made


def with_points(value: Any) -> Any:
    """Write a point that follows a mark as Typst's own: pandoc writes `*mot*.data` as `#emph[mot].data`, which is code."""
    if isinstance(value, dict):
        return {name: with_points(inner) for name, inner in value.items()}
    if not isinstance(value, list):
        return value
    made: list[Any] = []
    for item in value:
        after_call = bool(made) and isinstance(made[-1], dict) and made[-1].get("t") in CALLS
        if after_call and isinstance(item, dict) and item.get("t") == "Str" and item["c"].startswith("."):
            made += [{"t": "RawInline", "c": ["typst", "\\."]}, {"t": "Str", "c": item["c"][1:]}]
        else:
            made.append(with_points(item))
    return made


def is_machine_block(node: Node) -> bool:
    """Tell whether a node is a block as the app wrote it; one that people changed is a text like theirs."""
    return node["t"] == "Div" and {"block", "is-intact"} <= set(_classes(node))


def guarded(tree: Node) -> Node:
    """Return the tree as it is; ValueError when something raw is in it, which no text of ours can hold."""
    raw = [node["t"] for node in nodes(tree["blocks"]) if node["t"] in RAW]
    if raw:
        raise ValueError(f"raw pieces: {raw[:3]}")
    return tree


def _classes(node: Node) -> list[str]:
    return list(node["c"][0][1])


def _attributes(node: Node) -> dict[str, str]:
    return dict(node["c"][0][2])
