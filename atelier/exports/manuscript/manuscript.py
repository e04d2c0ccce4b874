"""What every file of a document is made from: its words as one cleaned page, its sources, its figures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from atelier.exports.manuscript import tree
from atelier.exports.manuscript.figure import Figure
from atelier.exports.manuscript.tree import Node
from atelier.exports.manuscript.typesetting import image

LANGUAGE = "fr-FR"
BOX = re.compile(r'<input [^>]*type="checkbox"[^>]*>')
SIDE = re.compile(r'<(td|th) class="is-(center|right)"')
PNG = "data:image/png;base64,"
MACHINE_START = '#block(fill: rgb("#f6f4ef"), inset: 9pt, radius: 2pt, width: 100%)['


@dataclass(frozen=True, slots=True)
class Manuscript:
    """One document, ready to be written in any form.

    `html` is the cleaned page (headings from h2 on), `lines` what stands under the title, `sources` the sentence of each
    citation, `figures` the drawing of each `figure:V-2`, `markdown` the same text in the dialect, `stem` the name of its files.
    """

    title: str
    stem: str
    html: str
    markdown: str
    lines: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    foot: str = ""
    sources: Mapping[str, str] = field(default_factory=dict)
    figures: Mapping[str, Figure] = field(default_factory=dict)


def page_html(manuscript: Manuscript) -> str:
    """Return the body that pandoc reads, with what its HTML reader would lose: boxes as characters, sides of cells."""
    lines = "".join(f"<p>{_escaped(line)}</p>" for line in manuscript.lines)
    boxed = BOX.sub(lambda box: "☒ " if "checked=" in box[0] else "☐ ", manuscript.html)
    return lines + SIDE.sub(r'<\1 style="text-align:\2"', boxed)


def finished(page: Node, manuscript: Manuscript) -> Node:
    """Return the tree with its notes, its sources and its title, and nothing raw; figures are still images."""
    made = tree.with_notes(tree.with_sources(tree.with_levels(tree.guarded(page)), manuscript.sources))
    meta = {
        "title": {"t": "MetaInlines", "c": tree.words(manuscript.title)},
        "lang": {"t": "MetaString", "c": LANGUAGE},
        "author": {
            "t": "MetaList",
            "c": [{"t": "MetaInlines", "c": tree.words(name)} for name in manuscript.authors],
        },
    }
    return {**made, "meta": meta}


def for_office(page: Node, manuscript: Manuscript, pictures: Mapping[str, str]) -> Node:
    """Return the tree for DOCX and ODT: figures as PNG (base64) with their alternative, blocks of the app in their style."""
    drawn = {
        address: _office_image(pictures[address], figure) for address, figure in manuscript.figures.items()
    }
    return tree.with_marks(tree.with_figures(page, drawn))


def _office_image(picture: str, figure: Figure) -> Any:
    size = [["width", "100%"]]
    node = {"t": "Image", "c": [["", [], size], tree.words(figure.said), [PNG + picture, ""]]}
    return lambda: [node]


def for_press(page: Node, manuscript: Manuscript) -> Node:
    """Return the tree for Typst: figures by the name of their file, blocks of the app on a ground of their own."""
    drawn = {
        address: _press_image(file_of(address), figure.said) for address, figure in manuscript.figures.items()
    }

    def visit(node: Node) -> list[Node] | None:
        if not tree.is_machine_block(node):
            return None
        return [_typst_block(MACHINE_START), *node["c"][1], _typst_block("]")]

    placed = tree.with_figures(page, drawn)
    return tree.for_typst({**placed, "blocks": tree.walked(placed["blocks"], visit)})


def _press_image(name: str, said: str) -> Any:
    node = {"t": "RawInline", "c": ["typst", image(name, said)]}
    return lambda: [node]


def _typst_block(text: str) -> Node:
    return {"t": "RawBlock", "c": ["typst", text]}


def file_of(address: str) -> str:
    """`figure:V-2` -> `V-2.svg`: a name made of letters and figures only."""
    return re.sub(r"[^A-Za-z0-9-]", "", address.removeprefix("figure:")) + ".svg"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
