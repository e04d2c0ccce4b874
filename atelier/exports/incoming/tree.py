"""A file from outside as pandoc's tree, brought down to what documents hold: words, headings, lists, tables, notes, links. Pure.

Nothing raw, no picture, no address but https, http and mailto; what has no place in a document leaves its words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from atelier.exports.manuscript.tree import Node, nodes, walked

SAFE = re.compile(r"(?:https?://|mailto:)\S", re.IGNORECASE)
INLINE_SHELLS = {
    "Span": 1,
    "Underline": None,
    "SmallCaps": None,
    "Superscript": None,
    "Subscript": None,
    "Cite": 1,
}
QUOTES = {"DoubleQuote": ("«\u00a0", "\u00a0»"), "SingleQuote": ("‘", "’")}
HIDDEN = {"\\": "\ue0f0", "&": "\ue0f1"}
NEEDING = re.compile(r"\\|&(?=#|\w+;)|[\ue0f0\ue0f1]")
LONGEST_BOLD_HEADING = 90
CELL_LEVELS = {"Plain", "Para", "Header"}
EMPTY_ATTR: list[Any] = ["", [], []]
SPACE: Node = {"t": "Space"}
DEFAULT_SIDE, DEFAULT_WIDTH = {"t": "AlignDefault"}, {"t": "ColWidthDefault"}


@dataclass(frozen=True, slots=True)
class Brought:
    """What a file brings: its tree, its own title, and how many pictures were left where they are."""

    tree: Node
    title: str
    pictures: int


def brought(tree: Node, office: bool) -> Brought:
    """Return the tree as documents can hold it. `office`: the words of pictures, which office programs guess, are left out."""
    pictures = sum(1 for node in nodes(tree["blocks"]) if node["t"] == "Image")
    blocks = walked(tree["blocks"], lambda node: _kept(node, office))
    blocks = walked(blocks, _flat_table)
    meta = tree.get("meta", {})
    ahead = _ahead(meta) if office else []
    blocks = _with_headings([*walked(ahead, lambda node: _kept(node, office)), *blocks])
    return Brought({**tree, "meta": {}, "blocks": blocks}, words_of(meta.get("title", {})), pictures)


def guarded(text: str) -> str:
    """Return words in which what pandoc would write bare, and Markdown would then read, is hidden behind signs of nobody's."""
    return NEEDING.sub(lambda found: HIDDEN.get(found[0], "\ufffd"), text)


def shown(markdown: str) -> str:
    """Return Markdown in which what `guarded` hid stands again, as itself."""
    for sign, hidden in HIDDEN.items():
        markdown = markdown.replace(hidden, f"\\{sign}")
    return markdown


def words_of(value: Any) -> str:
    """Return the words of a piece of tree on one line."""
    said = [node.get("c", "") if node["t"] in {"Str", "Code"} else " " for node in nodes(value)]
    return " ".join("".join(part if isinstance(part, str) else part[1] for part in said).split())


def _ahead(meta: Node) -> list[Node]:
    """Return what Word keeps apart from the text: subtitle, authors, date, abstract. They are words of the page all the same."""
    found: list[Node] = []
    for name in ("subtitle", "author", "date", "abstract"):
        values = meta.get(name, {})
        for value in values.get("c", []) if values.get("t") == "MetaList" else [values]:
            if value.get("t") == "MetaInlines" and value["c"]:
                found.append({"t": "Para", "c": value["c"]})
            elif value.get("t") == "MetaBlocks":
                found += value["c"]
    return found


def _kept(node: Node, office: bool) -> list[Node] | None:
    """Say what stands in the place of a node: None keeps it."""
    kind, content = node["t"], node.get("c")
    if kind in {"RawInline", "RawBlock"}:
        return []
    if kind == "Str":
        return [_word(guarded(content))] if NEEDING.search(content) else None  # type: ignore[arg-type]
    if kind in INLINE_SHELLS:
        place = INLINE_SHELLS[kind]
        return list(content if place is None else content[place])  # type: ignore[index, arg-type]
    if kind == "Image":
        return [] if office else list(content[1])  # type: ignore[index]
    if kind == "Link":
        return None if SAFE.match(content[2][0]) else list(content[1])  # type: ignore[index]
    if kind == "Quoted":
        opening, closing = QUOTES[content[0]["t"]]  # type: ignore[index]
        return [_word(opening), *content[1], _word(closing)]  # type: ignore[index]
    if kind == "Math":
        return [_word(content[1])]  # type: ignore[index]
    return _kept_block(kind, content)


def _kept_block(kind: str, content: Any) -> list[Node] | None:
    if kind == "Div":
        return list(content[1])
    if kind == "Figure":
        return [*content[2], *content[1][1]]
    if kind == "LineBlock":
        joined = [piece for line in content for piece in ({"t": "LineBreak"}, *line)]
        return [{"t": "Para", "c": joined[1:]}]
    if kind == "Header":
        return [{"t": "Header", "c": [content[0], EMPTY_ATTR, content[2]]}] if words_of(content[2]) else []
    if kind in {"Para", "Plain"}:
        return None if any(piece["t"] not in {"Space", "SoftBreak", "LineBreak"} for piece in content) else []
    return None


def _word(text: str) -> Node:
    return {"t": "Str", "c": text}


# ---------------------------------------------------------------- tables


def _flat_table(node: Node) -> list[Node] | None:
    """Make every cell one line of words in a place of its own; a table of one column, which only sets a page, is its words."""
    if node["t"] != "Table":
        return None
    _, caption, columns, head, bodies, foot = node["c"]
    given = [*head[1], *(row for body in bodies for part in (body[2], body[3]) for row in part), *foot[1]]
    rows = _grid(given)
    width = max([len(row) for row in rows], default=0)
    said = list(caption[1])
    if width < 2:
        return [*said, *(block for row in given for cell in row[1] for block in cell[4])]
    if not any(any(row) for row in rows):
        return said
    full = [row + [[]] * (width - len(row)) for row in rows if any(row)]
    cells = [[_cell(cell) for cell in row] for row in full]
    sides = [[side, DEFAULT_WIDTH] for side, _ in columns[:width]]
    sides += [[DEFAULT_SIDE, DEFAULT_WIDTH]] * (width - len(sides))
    head_rows, body_rows = [_row(cells[0])], [_row(row) for row in cells[1:]]
    body = [EMPTY_ATTR, 0, [], body_rows]
    made = [EMPTY_ATTR, [None, []], sides, [EMPTY_ATTR, head_rows], [body], [EMPTY_ATTR, []]]
    return [*said, {"t": "Table", "c": made}]


def _grid(rows: list[Any]) -> list[list[list[Node]]]:
    """Return each row's cells as blocks, with an empty one wherever a cell spreads over several places."""
    made: list[list[list[Node]]] = []
    hanging: dict[int, int] = {}  # column -> rows that a cell above still covers
    for _, cells in rows:
        row: list[list[Node]] = []
        waiting = list(cells)
        while waiting or hanging.get(len(row), 0) > 0:
            place = len(row)
            if hanging.get(place, 0) > 0:
                hanging[place] -= 1
                row.append([])
                continue
            _, _, down, across, blocks = waiting.pop(0)
            for step in range(across):
                hanging[place + step] = down - 1
                row.append(blocks if step == 0 else [])
        made.append(row)
    return made


def _cell(blocks: list[Node]) -> list[Node]:
    """Return a cell's words on one line, its paragraphs and items one after the other."""
    inlines: list[Node] = []
    for block in blocks:
        found = [piece for line in _lines(block) for piece in (SPACE, *line)]
        inlines += found
    flat = [SPACE if piece["t"] in {"LineBreak", "SoftBreak"} else piece for piece in inlines[1:]]
    return [{"t": "Plain", "c": flat}] if flat else []


def _lines(block: Node) -> list[list[Node]]:
    """Return the lines of words that a block holds, whatever surrounds them."""
    kind, content = block["t"], block.get("c")
    if kind in CELL_LEVELS:
        return [content[2] if kind == "Header" else content]  # type: ignore[index, list-item]
    if kind == "CodeBlock":
        return [[_word(" ".join(content[1].split()))]]  # type: ignore[index]
    return [line for inner in _inner(content) for line in _lines(inner)]


def _inner(value: Any) -> list[Node]:
    if isinstance(value, dict):
        return [value] if value.get("t") in CELL_LEVELS | {"CodeBlock"} else _inner(value.get("c", []))
    return [found for item in value for found in _inner(item)] if isinstance(value, list) else []


def _row(cells: list[list[Node]]) -> list[Any]:
    return [EMPTY_ATTR, [[EMPTY_ATTR, DEFAULT_SIDE, 1, 1, cell] for cell in cells]]


# ---------------------------------------------------------------- headings


def _with_headings(blocks: list[Node]) -> list[Node]:
    """Where a text has no heading at all, take its short lines all in bold for headings: what most people type in Word."""
    if any(node["t"] == "Header" for node in nodes(blocks)):
        return blocks
    return [
        {"t": "Header", "c": [2, EMPTY_ATTR, block["c"][0]["c"]]} if _is_bold_line(block) else block
        for block in blocks
    ]


def _is_bold_line(block: Node) -> bool:
    if block["t"] not in {"Para", "Plain"} or [piece["t"] for piece in block["c"]] != ["Strong"]:
        return False
    inside = block["c"][0]["c"]
    said = words_of(inside)
    plain = all(piece["t"] in {"Str", "Space", "Emph"} for piece in inside)
    return plain and 0 < len(said) <= LONGEST_BOLD_HEADING and said[-1] not in ".;,!?"
