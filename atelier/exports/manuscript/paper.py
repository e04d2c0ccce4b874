"""The tree of a document as Typst sets it on paper: sources at the end, addresses that can be read, what goes together."""

from __future__ import annotations

import re
from typing import Any

from atelier.exports.manuscript import tree
from atelier.exports.manuscript.manuscript import ANNEX, Manuscript, file_of
from atelier.exports.manuscript.tables import text_of, with_columns
from atelier.exports.manuscript.tree import Node
from atelier.exports.manuscript.typesetting import image, source_call

DEEPEST = 8  # marks and quotes, one in the other
WHOLE = 900  # letters of a block of the app that stands on one page
WHOLE_TABLE = 600  # letters of a table that stands on one page
LED = frozenset({"BulletList", "OrderedList", "Table", "CodeBlock"})
READABLE = re.compile(r"(https?://|mailto:)(.+)", re.IGNORECASE)
CLOSED = frozenset({"Header", "Note", "Table"})  # where a note cannot stand


def for_press(page: Node, manuscript: Manuscript) -> Node:
    """Return the tree for Typst: figures by the name of their file, blocks of the app beside a rule of their own."""
    drawn = {
        address: _press_image(file_of(address), figure.said) for address, figure in manuscript.figures.items()
    }
    noted = tree.with_notes(tree.with_levels(tree.guarded(page)))
    made = tree.with_real_links(noted, manuscript.site)
    made = with_columns(made, fitted=True)
    blocks = _cited(_told(tree.with_depth(made["blocks"], DEEPEST)), manuscript)
    together = _whole_tables(with_leads(tree.walked(blocks, _marked)))
    return tree.for_typst(tree.with_figures({**made, "blocks": _annexed(together)}, drawn))


def _press_image(name: str, said: str) -> Any:
    node = {"t": "RawInline", "c": ["typst", image(name, said)]}
    return lambda: [node]


def _cited(blocks: Any, manuscript: Manuscript) -> Any:
    """Make of each citation a way to its place among the sources, at the end."""

    def visit(node: Node) -> list[Node] | None:
        if node["t"] != "Link" or "citation" not in node["c"][0][1]:
            return None
        ref = dict(node["c"][0][2]).get("ref", "")
        if ref not in manuscript.sources:
            return list(node["c"][1])
        return [{"t": "RawInline", "c": ["typst", source_call(ref, text_of(node["c"][1]))]}]

    return tree.walked(blocks, visit)


def _told(blocks: Any) -> Any:
    """Say the address of each link whose words are others: in a note, or between brackets where no note can stand."""

    def visit(value: Any, closed: bool) -> Any:
        if isinstance(value, dict):
            inner = closed or value.get("t") in CLOSED
            return {name: visit(content, inner) for name, content in value.items()}
        if not isinstance(value, list):
            return value
        made: list[Any] = []
        for item in value:
            made.append(visit(item, closed))
            address = _hidden_address(item)
            if address:
                made += tree.words(f"\u00a0({address})") if closed else [tree.note(address)]
        return made

    return visit(blocks, False)


def _hidden_address(item: Any) -> str:
    """Return the address that a link's words do not say; nothing for a citation or a place of the page."""
    if not isinstance(item, dict) or item.get("t") != "Link" or "citation" in item["c"][0][1]:
        return ""
    found = READABLE.fullmatch(item["c"][2][0])
    said = text_of(item["c"][1])
    return "" if found is None or found[2].rstrip("/") in said else str(item["c"][2][0])


def _marked(node: Node) -> list[Node] | None:
    """Set what the app wrote beside a rule; a short block is not cut between two pages."""
    if not tree.is_machine_block(node):
        return None
    inside = node["c"][1]
    short = len(text_of(inside)) < WHOLE and not any(n["t"] in {"Table", "Image"} for n in tree.nodes(inside))
    start = f"#told(whole: {'true' if short else 'false'})["
    return [_typst(start), *inside, _typst("]")]


def with_leads(value: Any) -> Any:
    """Keep a paragraph with the list, the table or the figure that it announces."""
    if isinstance(value, dict):
        return {name: with_leads(inner) for name, inner in value.items()}
    if not isinstance(value, list):
        return value
    made: list[Any] = []
    for item, after in zip(value, [*value, None][1:], strict=True):
        inner = with_leads(item)
        leads = _kind(item) == "Para" and (
            _is_figure(after) or (_kind(after) in LED and not _is_figure(item))
        )
        made += [_typst("#lead["), inner, _typst("]")] if leads else [inner]
    return made


def _kind(item: Any) -> str:
    return str(item.get("t", "")) if isinstance(item, dict) else ""


def _is_figure(item: Any) -> bool:
    return _kind(item) == "Para" and [_kind(inner) for inner in item["c"]] == ["Image"]


def _annexed(blocks: list[Node]) -> list[Node]:
    """Set in smaller letters what follows the numbered parts."""
    first = next(
        (place for place, node in enumerate(blocks) if _kind(node) == "Header" and ANNEX in node["c"][1][1]),
        None,
    )
    return blocks if first is None else [*blocks[:first], _typst("#show: annexed"), *blocks[first:]]


def _whole_tables(blocks: Any) -> Any:
    def visit(node: Node) -> list[Node] | None:
        if node["t"] != "Table" or len(text_of(node)) > WHOLE_TABLE:
            return None
        return [_typst("#block(breakable: false, width: 100%)["), node, _typst("]")]

    return tree.walked(blocks, visit)


def _typst(text: str) -> Node:
    return {"t": "RawBlock", "c": ["typst", text]}
