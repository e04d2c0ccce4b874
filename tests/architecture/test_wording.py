"""The interface speaks French through gettext, in the voice and the typography the product has chosen."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from babel.messages.extract import extract_from_dir

from atelier.i18n import typeset
from tests.architecture.source import ROOT, files_in, text_of

NBSP = "\u00a0"
FAULTS = {
    "exclamation mark": re.compile(r"!"),
    "narrow space that the typeface lacks": re.compile("\u202f"),
    "point médian": re.compile(r"[^\W\d]·[^\W\d]"),
    "emoji": re.compile("[\U0001f000-\U0001ffff\ufe0f]"),
    "tutoiement": re.compile(r"\b(?:tu|toi|tes)\b", re.I),
    "no fixed space before : ; ?": re.compile(rf"(?<![{NBSP}\d:;?])[;?:](?=\s|$)"),
    "no fixed space inside « »": re.compile(rf"«(?!{NBSP})|(?<!{NBSP})»"),
}

# What a template may write outside gettext: the product's name and what is the same in every language.
SAME_EVERYWHERE = {"Atelier", "Atel", "er"}  # the last two: the word mark, whose i is drawn
SPOKEN_ATTRIBUTE = re.compile(
    r"""\b(?:aria-label|aria-description|title|alt|placeholder|label)\s*=\s*"([^"]*)\""""
)
TRANSLATED = re.compile(r"\{%-?\s*trans\b.*?\bendtrans\s*-?%\}", re.S)
# Blocks that fill a class or attributes of the page's own tags.
UNSPOKEN_BLOCK = re.compile(r"\{%-?\s*block (?:\w+_class|\w+_attributes)\b.*?\bendblock\s*-?%\}", re.S)
LOGIC = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.S)
UNSEEN = re.compile(r"<!--.*?-->|<!doctype[^>]*>|<(script|svg-data)\b.*?</\1>", re.S | re.I)
TAG = re.compile(r"<[^>]*>", re.S)
WORD = re.compile(r"[^\W\d_]{2,}")


def faults_of(sentence: str) -> list[str]:
    printed = typeset(TAG.sub("", sentence))
    plain = re.sub(r"%\(\w+\)[sd]|&\w+;", "x", printed).replace("%%", "%")
    return [name for name, pattern in FAULTS.items() if pattern.search(plain)]


def sentences() -> dict[str, str]:
    """Every sentence that code and templates pass through gettext -> where."""
    mappings = tomllib.loads(text_of(Path("pyproject.toml")))["tool"]["babel"]["mappings"]
    methods = [(mapping.pop("pattern"), mapping.pop("method"), mapping) for mapping in mappings]
    found: dict[str, str] = {}
    for folder in ("atelier", "templates"):
        method_map = [(pattern.removeprefix(f"{folder}/"), method) for pattern, method, _ in methods]
        options = {pattern.removeprefix(f"{folder}/"): options for pattern, _, options in methods}
        for file, line, message, *_ in extract_from_dir(str(ROOT / folder), method_map, options):
            for text in [message] if isinstance(message, str) else message:
                found.setdefault(text, f"{folder}/{file}:{line}")
    return found


def spoken_outside_gettext(markup: str) -> list[str]:
    """Words of a template that no language can change: text between tags, and attributes that are read aloud."""
    markup = UNSPOKEN_BLOCK.sub(" ", TRANSLATED.sub(" ", markup))
    markup = UNSEEN.sub(" ", LOGIC.sub(" ", markup))
    texts = [*SPOKEN_ATTRIBUTE.findall(markup), TAG.sub(" ", markup)]
    return [
        word
        for text in texts
        for word in WORD.findall(re.sub(r"&\w+;", " ", text))
        if word not in SAME_EVERYWHERE
    ]


def test_faults_of_wording_are_told_from_good_sentences() -> None:
    assert faults_of("Bravo" + NBSP + "!") == ["exclamation mark"]
    assert faults_of("Combien?") == ["no fixed space before : ; ?"]
    assert faults_of("«oui»") == ["no fixed space inside « »"]
    assert faults_of("les participant·es") == ["point médian"]
    assert faults_of("As-tu voté" + NBSP + "?") == ["tutoiement"]
    good = f"Code{NBSP}: %(code)s, «{NBSP}Écrire{NBSP}» à 18:30 · <b>prêts{NBSP}?</b>"
    assert faults_of(good) == []


def test_words_outside_gettext_are_found_in_text_and_in_what_is_read_aloud() -> None:
    assert spoken_outside_gettext("<p>Bonjour {{ name }}</p>") == ["Bonjour"]
    assert spoken_outside_gettext('<button aria-label="Fermer"></button>') == ["Fermer"]
    assert spoken_outside_gettext("{% block body_class %}page{% endblock %}") == []
    assert spoken_outside_gettext("{% block main %}page{% endblock %}") == ["page"]
    assert (
        spoken_outside_gettext(
            '<p title="{{ _("Fermer") }}" class="big">{% trans %}Oui{% endtrans %} 3 × 4</p>'
        )
        == []
    )


def test_every_sentence_of_the_interface_keeps_the_voice_and_the_typography() -> None:
    found = {(where, text): faults_of(text) for text, where in sentences().items()}
    assert found
    assert {place: faults for place, faults in found.items() if faults} == {}


def test_templates_say_nothing_outside_gettext() -> None:
    found = {str(path): spoken_outside_gettext(text_of(path)) for path in files_in("templates", ".html")}
    assert {path: words for path, words in found.items() if words} == {}
