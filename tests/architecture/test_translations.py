"""English is complete for what phones show (joining, writing, voting, refusals, information pages) and for the editor."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from atelier.drawing import Drawing
from tests.architecture.source import ROOT, files_in, text_of

SOURCES = [
    "templates/_*.html", "templates/charts/*.html", "templates/live/my_cards*.html", "templates/live/phone/*.html",
    "templates/minutes/_editor*.html", "templates/minutes/editor.html", "templates/people/*.html",
    "atelier/live/refusals_of_*.py", "atelier/minutes/refusals_of_writing.py", "atelier/people/*.py",
]  # fmt: skip
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}|%%")
FRENCH_TYPOGRAPHY = re.compile("\u00a0[:;?»]|[«»]|'|\"")

Message = str | tuple[str, ...]


def forms(message: Message) -> tuple[str, ...]:
    return (message,) if isinstance(message, str) else tuple(message)


def messages() -> Iterator[tuple[str, Message]]:
    """Where it stands, and each sentence (singular and plural) of the sources that phones show."""
    mappings = tomllib.loads(text_of(Path("pyproject.toml")))["tool"]["babel"]["mappings"]
    for folder in ("atelier", "templates"):
        methods, options = [], {}
        for mapping in mappings:
            pattern = mapping["pattern"].removeprefix(f"{folder}/")
            methods.append((pattern, mapping["method"]))
            options[pattern] = {k: v for k, v in mapping.items() if k not in {"pattern", "method"}}
        for file, line, message, *_ in extract_from_dir(str(ROOT / folder), methods, options):
            if any(fnmatch(f"{folder}/{file}", source) for source in SOURCES):
                yield f"{folder}/{file}:{line}", message


def is_translated(catalogue: Catalog, message: Message) -> bool:
    entry = catalogue.get(forms(message)[0])
    return entry is not None and not entry.fuzzy and all(forms(entry.string))


@pytest.fixture(scope="module")
def english() -> Catalog:
    with (ROOT / "locale/en/LC_MESSAGES/messages.po").open("rb") as file:
        return read_po(file, locale="en")


def test_every_source_that_phones_show_is_still_there() -> None:
    files = [str(path) for path in [*files_in("templates", ".html"), *files_in("atelier", ".py")]]
    assert [source for source in SOURCES if not any(fnmatch(file, source) for file in files)] == []


def test_every_sentence_that_phones_show_has_its_english(english: Catalog) -> None:
    found = list(messages())
    assert found
    assert [(where, message) for where, message in found if not is_translated(english, message)] == []


def test_english_fills_the_same_blanks_as_the_french(english: Catalog) -> None:
    different = {}
    for entry in english:
        if entry.id and any(forms(entry.string)):
            french, other = forms(entry.id), forms(entry.string)
            if set(PLACEHOLDER.findall(french[-1])) != set(PLACEHOLDER.findall(other[-1])):
                different[french] = other
    assert different == {}


def test_english_has_the_typography_of_english(english: Catalog) -> None:
    assert FRENCH_TYPOGRAPHY.search("Who\u00a0: me")
    translated = [text for entry in english if entry.id for text in forms(entry.string)]
    assert [text for text in translated if FRENCH_TYPOGRAPHY.search(text)] == []


def test_scripts_say_in_french_what_the_page_would_have_translated() -> None:
    """The words of lib/words.js and those that the page carries for other languages are the same list."""
    french = Drawing("Europe/Paris", "https://atelier.example").draw("_script_words.html")
    source = text_of(Path("static/js/lib/words.js")).partition("DEFAULTS = {")[2].partition("\n};")[0]
    spoken = {key: json.loads(f'"{text}"') for key, text in re.findall(r'(\w+): "((?:[^"\\]|\\.)*)"', source)}
    assert spoken
    assert spoken == json.loads(french)
