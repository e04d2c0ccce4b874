"""The widths and the sides of a table's columns, from what its cells say: pandoc alone makes all columns equal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from atelier.exports.manuscript import tree
from atelier.exports.manuscript.tree import Node

LINE = 104  # letters of a table over the width of a page, as Typst sets it
OFFICE_LINE = 88  # in the fonts of an office program, which nobody knows
GAP = 4  # letters that the two margins of a cell take
LONGEST_WORD = 24  # longer words are cut
FIGURE = re.compile(r"[-+−]?[\d\s\u00a0]*\d([.,]\d+)?(\s*%)?|[–-]")
DEFAULT_WIDTH = {"t": "ColWidthDefault"}


def with_columns(page: Node, fitted: bool) -> Node:
    """Give each table the widths that its words ask for; a column of figures stands at its right where nobody chose a side.

    `fitted` is for a writer that fits by itself a table narrower than the page (Typst): such a table keeps no width.
    """

    def visit(node: Node) -> list[Node] | None:
        if node["t"] != "Table":
            return None
        return [{"t": "Table", "c": [*node["c"][:2], _columns(node, fitted), *node["c"][3:]]}]

    return {**page, "blocks": tree.walked(page["blocks"], visit)}


def _columns(table: Node, fitted: bool) -> list[Any]:
    given = table["c"][2]
    heads = _rows(table["c"][3][1])
    bodies = [row for body in table["c"][4] for row in _rows(body[3])]
    width = len(given)
    if any(len(row) != width for row in heads + bodies):
        return list(given)  # a cell over several columns: none of ours
    columns = [[row[place] for row in heads + bodies] for place in range(width)]
    figures = [[row[place] for row in bodies] for place in range(width)]
    has_caption = bool(table["c"][1][1])  # figures alone have one
    sides = [_side(side, cells, has_caption) for (side, _), cells in zip(given, figures, strict=True)]
    lengths = [[len(cell) for cell in cells] for cells in columns]
    shares = shares_of(lengths, [_word(cells) for cells in columns], LINE if fitted else OFFICE_LINE)
    if fitted and sum(shares) < 1:
        return [[side, DEFAULT_WIDTH] for side in sides]
    return [[side, {"t": "ColWidth", "c": share}] for side, share in zip(sides, shares, strict=True)]


def shares_of(lengths: Sequence[Sequence[int]], words: Sequence[int], line: int = LINE) -> list[float]:
    """Return the share of the page's width of each column, at most 1 in all: `lengths` of its cells, `words` its longest word.

    A table that holds on a line of `line` letters takes what it needs. In a larger one each column has its longest word, and
    the rest goes to those that have more to say.
    """
    wanted = [max([GAP, *cells]) + GAP for cells in lengths]
    if sum(wanted) <= line:
        return [round(letters / line, 4) for letters in wanted]
    least = [min(word, LONGEST_WORD) + GAP for word in words]
    spare = line - sum(least)
    if spare <= 0:
        return [round(letters / sum(least), 4) for letters in least]
    more = [letters - floor for letters, floor in zip(wanted, least, strict=True)]
    return [
        round((floor + spare * extra / max(1, sum(more))) / line, 4)
        for floor, extra in zip(least, more, strict=True)
    ]


def _side(side: Node, cells: Sequence[str], is_figure: bool) -> Node:
    if is_figure and side["t"] == "AlignDefault" and cells and all(FIGURE.fullmatch(cell) for cell in cells):
        return {"t": "AlignRight"}
    return side


def _word(cells: Sequence[str]) -> int:
    return max((len(word) for cell in cells for word in cell.split()), default=1)


def _rows(rows: Sequence[Any]) -> list[list[str]]:
    return [[text_of(cell[4]) for cell in row[1]] for row in rows]


def text_of(value: Any) -> str:
    """Return the words of blocks or inlines."""
    spaces = {"Space", "SoftBreak", "LineBreak"}
    said = "".join(
        node["c"] if node["t"] == "Str" else " " if node["t"] in spaces else "" for node in tree.nodes(value)
    )
    return " ".join(said.split(" "))
