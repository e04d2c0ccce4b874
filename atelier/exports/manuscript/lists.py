"""Lists as office files can hold them: pandoc writes what a DOCX does not give back, and what an ODT has no place for."""

from __future__ import annotations

from typing import Any

from atelier.exports.manuscript import tree
from atelier.exports.manuscript.tree import Node

LISTS = frozenset({"BulletList", "OrderedList"})
TEXTS = frozenset({"Para", "Plain"})
LINE_BREAK: Node = {"t": "LineBreak"}


def with_tables_apart(page: Node) -> Node:
    """Put each table that stands in a list after its item: an ODT list holds none, and programs drop it with its words.

    The list goes on after it, with the number that follows.
    """

    def visit(node: Node) -> list[Node] | None:
        if node["t"] not in LISTS:
            return None
        items = _items(node)
        made: list[Node] = []
        current: list[list[Node]] = []
        done = 0
        for item in items:
            current.append([block for block in item if not _holds_table(block)])
            tables = [block for block in item if _holds_table(block)]
            if tables:
                made += [_list(node, current, done), *tables]
                done += len(current)
                current = []
        return [*made, *([_list(node, current, done)] if current else [])] if made else None

    return {**page, "blocks": tree.walked(page["blocks"], visit)}


def with_whole_items(page: Node) -> Node:
    """Join the paragraphs of each item into one of several lines: read again, a DOCX would make a list of each."""

    def visit(node: Node) -> list[Node] | None:
        if node["t"] not in LISTS:
            return None
        return [_list(node, [_joined(item) for item in _items(node)], 0)]

    return {**page, "blocks": tree.walked(page["blocks"], visit)}


def _holds_table(block: Node) -> bool:
    return any(node["t"] == "Table" for node in tree.nodes(block))


def _joined(item: list[Node]) -> list[Node]:
    made: list[Node] = []
    for block in item:
        if made and block["t"] in TEXTS and made[-1]["t"] in TEXTS:
            last = made.pop()
            made.append({"t": last["t"], "c": [*last["c"], LINE_BREAK, *block["c"]]})
        else:
            made.append(block)
    return made


def _items(node: Node) -> list[list[Node]]:
    found: list[list[Node]] = node["c"] if node["t"] == "BulletList" else node["c"][1]
    return found


def _list(node: Node, items: Any, done: int) -> Node:
    if node["t"] == "BulletList":
        return {"t": "BulletList", "c": items}
    start, *style = node["c"][0]
    return {"t": "OrderedList", "c": [[start + done, *style], items]}
