"""English is complete for what phones show (joining, writing, voting, refusals, information pages) and for the editor."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po

from atelier.drawing import Drawing
from tests.architecture.source import ROOT, text_of

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}|%%|<[^>]+>")
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "say": None,
    "plural": (1, 2),
    "counted": (2, 3),
}  # as scripts/messages.sh asks for
MANY = 2_000
FRENCH_TYPOGRAPHY = re.compile("\u00a0[:;?»]|[«»]|'|\"")

Message = str | tuple[str, ...]


def blanks(sentence: str) -> set[str]:
    return set(PLACEHOLDER.findall(sentence))


def forms(message: Message) -> tuple[str, ...]:
    return (message,) if isinstance(message, str) else tuple(message)


@lru_cache(maxsize=1)
def messages() -> Mapping[Message, str]:
    """Each sentence (singular and plural) of the code and the templates, and where it stands first."""
    mappings = tomllib.loads(text_of(Path("pyproject.toml")))["tool"]["babel"]["mappings"]
    found: dict[Message, str] = {}
    for folder in ("atelier", "templates"):
        methods, options = [], {}
        for mapping in mappings:
            pattern = mapping["pattern"].removeprefix(f"{folder}/")
            methods.append((pattern, mapping["method"]))
            options[pattern] = {k: v for k, v in mapping.items() if k not in {"pattern", "method"}}
        for file, line, message, *_ in extract_from_dir(str(ROOT / folder), methods, options, KEYWORDS):
            found.setdefault(message, f"{folder}/{file}:{line}")
    return found


def is_translated(catalogue: Catalog, message: Message) -> bool:
    entry = catalogue.get(forms(message)[0])
    return entry is not None and all(forms(entry.string)) and len(forms(entry.string)) >= len(forms(message))


@pytest.fixture(scope="module")
def english() -> Catalog:
    with (ROOT / "locale/en/LC_MESSAGES/messages.po").open("rb") as file:
        return read_po(file, locale="en")


def test_every_sentence_has_its_english(english: Catalog) -> None:
    assert len(messages()) > MANY
    missing = {where: message for message, where in messages().items() if not is_translated(english, message)}
    assert missing == {}, "run scripts/messages.sh, then write the English"


def test_catalogue_holds_no_sentence_that_is_gone(english: Catalog) -> None:
    known = {forms(message)[0] for message in messages()}
    gone = [entry.id for entry in english if entry.id and forms(entry.id)[0] not in known]
    assert gone == [], "run scripts/messages.sh"
    assert not english.obsolete


def test_no_translation_was_guessed(english: Catalog) -> None:
    assert [entry.id for entry in english if entry.id and entry.fuzzy] == []


def test_english_fills_the_same_blanks_as_the_french(english: Catalog) -> None:
    different = {}
    for entry in english:
        if entry.id and any(forms(entry.string)):
            french, other = forms(entry.id), forms(entry.string)
            if any(blanks(ours) != blanks(theirs) for ours, theirs in zip(french, other, strict=True)):
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
