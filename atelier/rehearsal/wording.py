"""The sentences of a rehearsal, in the language of the desk."""

from __future__ import annotations

from typing import Any

from atelier.i18n import DEFAULT, translations


def said(sentence: str, **blanks: Any) -> str:
    """Return a sentence marked for translation, its blanks filled."""
    return translations(DEFAULT).gettext(sentence) % blanks
