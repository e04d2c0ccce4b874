"""Texts of every kind leave as DOCX, ODT and Markdown, and come back with their headings, lists, tables, notes and words."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from atelier.exports.files import converters
from atelier.exports.files.making import made
from atelier.exports.manuscript.manuscript import finished, page_html
from atelier.exports.manuscript.web_page import with_notes
from tests.web.manuscripts import DIALECT, headings_of, manuscript, nodes, read_again, said, shape_of

KINDS = ("BulletList", "OrderedList", "Table", "Note")
WORDS = [
    "œuvre", "l’été", "😀", "«\u00a0oui\u00a0»", "20\u00a0000", "mot**gras**mot", "un_deux_trois", "*a*.b", "~~rayé~~", "`c | d`",
    "a\\|b", "[lien](https://exemple.fr/a_b?c=1&d=2)", "<b>", "C# x", "= 1 + 1", "-", "+", "/", "peut-?être", "@x", "$y$",
    "anticonstitutionnellement" * 6, "[vide](<>)", "“dit ‘bas’”", "\\*pas gras\\*", "https://exemple.fr/" + "x" * 150,
]  # fmt: skip
line = st.lists(st.sampled_from(WORDS), max_size=4).map(lambda words: " ".join(["Mot", *words]))
cell = st.one_of(
    st.sampled_from(["", "-", "+", "=", "1.", "/"]), line.map(lambda text: re.sub(r"(?<!\\)\|", r"\\|", text))
)
SIDES = ("---", ":--", "--:", ":-:")
FIXED = {
    "numbers from three": "3. trois\n4. quatre\n",
    "nested lists": "- un\n  - deux\n    1. trois\n    2. quatre\n       - cinq\n- six\n",
    "items of several paragraphs": "1. un\n\n   suite\n\n2. deux\n\n   encore\n",
    "notes everywhere": "## Titre[^a]\n\n| x[^b] | y |\n|---|---|\n| z[^c] | t |\n\n- puce[^d]\n\n"
    "[^a]: A\n[^b]: B\n[^c]: C\n[^d]: D **gras**\n",
    "a note twice": "un[^1] deux[^1]\n\n[^1]: partagée\n",
    "boxes": "- [ ] à faire\n- [x] fait\n",
    "three hundred rows": "| n | mot |\n|---|---|\n" + "".join(f"| {n} | mot {n} |\n" for n in range(300)),
    "a table in an item": "- puce\n\n  | a | b |\n  |---|---|\n  | c | d |\n",
    "quotes in quotes": "> un\n> > deux\n> > - trois\n>\n> fin\n",
    "hard breaks": "ligne  \ndure\\\nencore\n",
    "empty cells": "| a | |\n|---|--:|\n| | |\n| | x |\n",
}


def shape(tree: dict[str, Any]) -> dict[str, int]:
    found = shape_of(tree)
    return {kind: found[kind] for kind in KINDS}


def cells(tree: dict[str, Any]) -> list[list[str]]:
    """Return the words of each row of each table."""
    tables = [node["c"] for node in nodes(tree["blocks"]) if node["t"] == "Table"]
    rows = [row for table in tables for row in (*table[3][1], *(row for body in table[4] for row in body[3]))]
    return [["".join(said(cell[4]).split()) for cell in row[1]] for row in rows]


def words(tree: dict[str, Any]) -> str:
    return "".join(said(tree["blocks"]).split())


def goes_and_comes_back(body: str) -> None:
    text = manuscript(body)
    whole = finished(converters.tree_of(page_html(text)), text)
    for form in ("docx", "odt", "md"):
        file = text.markdown.encode() if form == "md" else made(form, text)
        again = read_again(DIALECT if form == "md" else form, file)
        assert (form, shape(again)) == (form, shape(whole))
        titles = [title for _, title in headings_of(again)][form == "md" :]
        assert (form, titles) == (form, [title for _, title in headings_of(whole)])
        assert (form, cells(again)) == (form, cells(whole))
        if form == "docx":
            assert words(again) == words(whole)
    assert made("pdf", text).startswith(b"%PDF")


@pytest.mark.parametrize("body", FIXED.values(), ids=FIXED)
def test_what_people_write_comes_back(body: str) -> None:
    goes_and_comes_back(body)


@st.composite
def tables(draw: st.DrawFn) -> str:
    width = draw(st.integers(1, 4))
    rows = draw(st.lists(st.lists(cell, min_size=width, max_size=width), min_size=1, max_size=4))
    sides = draw(st.lists(st.sampled_from(SIDES), min_size=width, max_size=width))
    head, *body = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([head, "|" + "|".join(sides) + "|", *body])


lists = st.lists(st.tuples(st.integers(0, 2), line), min_size=1, max_size=5).map(
    lambda items: "\n".join(
        f"{'  ' * min(depth, place)}- {text}" for place, (depth, text) in enumerate(items)
    )
)
blocks = st.one_of(
    line, tables(), lists, line.map(lambda text: f"## Titre {text}"), line.map(lambda text: f"> {text}")
)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(blocks, min_size=1, max_size=5))
def test_any_mixture_is_made_in_every_format_and_comes_back(pieces: list[str]) -> None:
    goes_and_comes_back("\n\n".join(f"{piece}\n\nEntre {place}." for place, piece in enumerate(pieces)))


def test_the_notes_of_the_saved_page_are_notes_for_other_programs() -> None:
    text = manuscript(FIXED["notes everywhere"])
    again = read_again("html", with_notes(text.html, {}, "").encode())
    whole = finished(converters.tree_of(page_html(text)), text)
    assert shape(again) == shape(whole)
    assert shape(whole)["Note"] == 4


def test_a_source_is_called_once_and_stands_among_the_notes_of_the_saved_page() -> None:
    cited = '<a class="citation" href="/r/DK2/C-12" data-ref="DK2-C-12">C-12</a>'
    page = with_notes(f"<p>{cited} puis {cited}</p>", {"DK2-C-12": object()}, "Source de {ref}")
    assert page.count('href="#source-DK2-C-12" aria-label="Source de C-12"') == 1
    ended = f'{page}<section role="doc-endnotes"><ol><li id="source-DK2-C-12">Le bus</li></ol></section>'
    [note] = [node for node in nodes(read_again("html", ended.encode())["blocks"]) if node["t"] == "Note"]
    assert said(note["c"]) == "Le bus"
