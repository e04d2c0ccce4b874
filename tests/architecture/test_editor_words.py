"""The scripts of the editor say only what the page carries for them, and the page carries nothing that they do not say."""

from __future__ import annotations

import json
import re
from pathlib import Path

from atelier.drawing import Drawing
from tests.architecture.source import files_in, text_of

CALL = re.compile(r'\b(word|wordCount|button)\(\s*"(\w+)"')
STEM = re.compile(r"`(\w+_)\$\{")
LITERAL = re.compile(r'"(\w+)"')
COUNTED = re.compile(r"_(?:one|many)$")


def table() -> set[str]:
    """The keys of templates/minutes/_editor_words.html."""
    drawn = Drawing("Europe/Paris", "https://atelier.example").draw("minutes/_editor_words.html")
    return set(json.loads(drawn))


def scripts() -> str:
    folders = ("static/js/minutes", "static/js/lib/minutes")
    files = [Path("static/js/editor.js"), *(path for folder in folders for path in files_in(folder, ".js"))]
    return "\n".join(text_of(path) for path in files)


def test_every_sentence_that_the_editor_says_is_in_the_page() -> None:
    known, source = table(), scripts()
    said = {(f"{key}_one" if call == "wordCount" else key) for call, key in CALL.findall(source)}
    assert len(said) > 40
    assert said - known == set()


def test_every_sentence_of_the_page_is_said_by_a_script() -> None:
    source = scripts()
    stems, literals = set(STEM.findall(source)), set(LITERAL.findall(source))
    unsaid = {
        key
        for key in table()
        if COUNTED.sub("", key) not in literals and not any(key.startswith(stem) for stem in stems)
    }
    assert unsaid == set()
