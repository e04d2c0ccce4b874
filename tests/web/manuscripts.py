"""Manuscripts for the tests of files, and how a file is read again."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import pypandoc

from atelier.drawing import Drawing
from atelier.exports.manuscript.figure import palette_of
from atelier.exports.manuscript.manuscript import Manuscript
from atelier.exports.manuscript.tree import nodes
from atelier.exports.manuscript.writing import Writer
from atelier.minutes.content import Content, Section
from atelier.minutes.sources import Sources
from tests.conftest import DATA

MINUTES = sorted((DATA / "comptes-rendus" / "developpeurs").glob("*.md"))
TOKENS = Path(__file__).parents[2] / "static" / "css" / "tokens.css"
SHAPE = ("Header", "BulletList", "OrderedList", "DefinitionList", "Table", "Note", "Strong", "Link")
# Without definition lists: pandoc takes a line that begins with `~` for one, CommonMark does not.
DIALECT = "commonmark+pipe_tables+footnotes+task_lists+strikeout+autolink_bare_uris"


def writer(sources: Sources | None = None, draw: Any = lambda source, words: "") -> Writer:
    drawing = Drawing("Europe/Paris", "https://atelier.exemple")
    palette = palette_of(TOKENS.read_text(encoding="utf-8"))
    return Writer(sources or Sources("DK2"), draw, palette, "https://atelier.exemple", drawing.speech())


def manuscript(*bodies: str, title: str = "Compte rendu") -> Manuscript:
    sections = [Section(f"s{place}", 1, f"Partie {place}", body) for place, body in enumerate(bodies, 1)]
    return writer().manuscript(Content(title, tuple(sections)), "DK2")


def read_again(form: str, made: bytes) -> dict[str, Any]:
    """Return pandoc's tree of a file that we made."""
    command = [pypandoc.get_pandoc_path(), "--from", form, "--to", "json"]
    found: dict[str, Any] = json.loads(
        subprocess.run(command, input=made, capture_output=True, check=True).stdout
    )
    return found


def shape_of(tree: dict[str, Any]) -> dict[str, int]:
    """Count what a reader would miss."""
    counts = Counter(node["t"] for node in nodes(tree["blocks"]))
    return {kind: counts[kind] for kind in SHAPE}


def headings_of(tree: dict[str, Any]) -> list[tuple[int, str]]:
    """Return (level, words) of each heading."""
    return [(node["c"][0], said(node["c"][2])) for node in nodes(tree["blocks"]) if node["t"] == "Header"]


def said(inlines: Any) -> str:
    words = "".join(
        node.get("c", " ") if node["t"] in {"Str", "Space", "SoftBreak"} else "" for node in nodes(inlines)
    )
    return " ".join(words.split())
