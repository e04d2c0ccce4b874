"""What every file of a document is made from: its words as one cleaned page, its sources, its figures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from atelier.exports.manuscript import tree
from atelier.exports.manuscript.figure import Figure
from atelier.exports.manuscript.lists import with_tables_apart
from atelier.exports.manuscript.tables import with_columns
from atelier.exports.manuscript.tree import Node

LANGUAGE = "fr-FR"
BOX = re.compile(r'<input [^>]*type="checkbox"[^>]*>')
SIDE = re.compile(r'<(td|th) class="is-(center|right)"')
UNWRITTEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufeff\ufffe\uffff]")
ANNEX = "annex"  # class of the heading where what follows the numbered parts begins
PNG = "data:image/png;base64,"


@dataclass(frozen=True, slots=True)
class Cited:
    """A source as files tell it: its reference as the text writes it, what it says, its permanent address."""

    full: str
    label: str
    said: str
    address: str

    @property
    def sentence(self) -> str:
        return " ".join(filter(None, [f"{self.full}\u00a0: {self.said}", self.address]))


@dataclass(frozen=True, slots=True)
class Manuscript:
    """One document, ready to be written in any form.

    `html` is the cleaned page (headings from h2 on), `lines` what stands under the title, `sources` what each citation rests
    on, `figures` the drawing of each `figure:V-2`, `markdown` the same text in the dialect, `stem` the name of its files;
    `kind`, `state` and `address` say on every sheet what it is, how far it went and where it is read; `headings` are the
    words of our own that paper needs.
    """

    title: str
    stem: str
    html: str
    markdown: str
    lines: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    foot: str = ""
    sources: Mapping[str, Cited] = field(default_factory=dict)
    figures: Mapping[str, Figure] = field(default_factory=dict)
    kind: str = ""
    state: str = ""
    address: str = ""
    headings: Mapping[str, str] = field(default_factory=dict)

    @property
    def site(self) -> str:
        """Return `https://atelier.exemple` of the address, or nothing."""
        parts = urlsplit(self.address)
        return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def page_html(manuscript: Manuscript) -> str:
    """Return the page that pandoc reads: what stands under the title, then the text."""
    lines = "".join(f"<p>{_escaped(printable(line))}</p>" for line in manuscript.lines)
    return lines + text_html(manuscript)


def text_html(manuscript: Manuscript) -> str:
    """Return the text alone, with what pandoc's HTML reader would lose: boxes as characters, sides of cells."""
    boxed = BOX.sub(lambda box: "☒ " if "checked=" in box[0] else "☐ ", printable(manuscript.html))
    return SIDE.sub(r'<\1 style="text-align:\2"', boxed)


def printable(text: str) -> str:
    """Return a text without what is no letter: XML has no place for it, and PDF/UA refuses the document for one."""
    return UNWRITTEN.sub("", text)


def finished(page: Node, manuscript: Manuscript) -> Node:
    """Return the tree with its notes, its sources and its title, and nothing raw; figures are still images."""
    sentences = {ref: source.sentence for ref, source in manuscript.sources.items()}
    noted = tree.with_notes(tree.with_sources(tree.with_levels(tree.guarded(page)), sentences))
    made = tree.with_real_links(noted, manuscript.site)
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
    apart = with_tables_apart(with_columns(page, fitted=False))
    return tree.with_marks(tree.with_figures(apart, drawn))


def images_of(page: Node) -> list[str]:
    """Return the address of each image, in the order of the text."""
    return [node["c"][2][0] for node in tree.nodes(page["blocks"]) if node["t"] == "Image"]


def _office_image(picture: str, figure: Figure) -> Any:
    size = [["width", "82%"]]
    node = {"t": "Image", "c": [["", [], size], tree.words(figure.said), [PNG + picture, ""]]}
    return lambda: [node]


def file_of(address: str) -> str:
    """`figure:V-2` -> `V-2.svg`: a name made of letters and figures only."""
    return re.sub(r"[^A-Za-z0-9-]", "", address.removeprefix("figure:")) + ".svg"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
