"""Languages. French is the language of the messages themselves; English is a catalogue.

A page speaks its reader's language (people/access.py chooses it). What several people read alike speaks `DEFAULT`, whoever
acts: the screen of the room, what the app writes into a document, files, paper, letters.
"""

from __future__ import annotations

import re
from functools import lru_cache
from gettext import NullTranslations

from babel.support import Translations

from atelier.assets import asset_dir

DEFAULT = "fr"
LOCALES = ("fr", "en")


APOSTROPHE = re.compile(r"(?<=\w)'(?=[\w%{«<])")
SPACE = re.compile(r"(?<=[^\s\u00a0]) (?=[:;?!»])|(?<=«) ")


@lru_cache(maxsize=4096)
def typeset(sentence: str) -> str:
    """Return a French sentence as it is printed: « ’ » for the apostrophe, fixed spaces before : ; ? ! and inside « »."""
    return SPACE.sub("\u00a0", APOSTROPHE.sub("’", sentence))


class French(NullTranslations):
    """The messages themselves, typeset. Zero and one are singular: « 0 bulletin », « 1,5 heure », « 2 bulletins »."""

    def gettext(self, message: str) -> str:
        return typeset(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return typeset(msgid2 if abs(n) >= 2 else msgid1)

    def pgettext(self, context: str, message: str) -> str:
        return typeset(message)

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        return self.ngettext(msgid1, msgid2, n)


class Catalogue(Translations):
    """A translation. No words stay no words: gettext would answer with the catalogue's own header."""

    def gettext(self, message: str) -> str:
        return super().gettext(message) if message else ""


@lru_cache(maxsize=len(LOCALES))
def translations(locale: str) -> NullTranslations:
    """Return the catalogue of a locale; French answers with the messages themselves."""
    if locale == DEFAULT:
        return French()
    return Catalogue.load(asset_dir("locale"), [locale], domain="messages")


def colon(locale: str) -> str:
    """Return the colon with the space that a language puts before it."""
    return "\u00a0:" if locale == DEFAULT else ":"


def best_locale(accepted: list[str], wanted: str | None = None) -> str:
    """Choose a locale: the one asked for if we have it, else the first accepted, else French."""
    for candidate in [wanted or "", *accepted]:
        short = candidate[:2].lower()
        if short in LOCALES:
            return short
    return DEFAULT
