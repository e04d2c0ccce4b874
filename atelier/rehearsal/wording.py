"""The sentences of a rehearsal: French for its copy and its command, every language for the desk that reads its verdict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from atelier.i18n import DEFAULT, translations


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence marked for translation and what fills its blanks, other sentences among it."""

    text: str
    blanks: Mapping[str, Any] = field(default_factory=dict)

    def spoken(self, locale: str) -> str:
        said_too = {
            name: value.spoken(locale) if isinstance(value, Sentence) else value
            for name, value in self.blanks.items()
        }
        return translations(locale).gettext(self.text) % said_too


def said(sentence: str, **blanks: Any) -> str:
    """Return a sentence marked for translation in French, its blanks filled."""
    return Sentence(sentence, blanks).spoken(DEFAULT)
