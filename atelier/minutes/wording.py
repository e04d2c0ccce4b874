"""Refusals about documents in words, in the person's language: what happened, and what to do. French is the message itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from atelier.i18n import translations
from atelier.minutes.refusals_of_review import SENTENCES as REVIEW
from atelier.minutes.refusals_of_writing import SENTENCES as WRITING

SENTENCES: Mapping[str, str] = {**WRITING, **REVIEW}


def worded(code: str, params: Mapping[str, Any], locale: str, act: str = "") -> str:
    """Return the sentence for a refusal: of this act and phase if there is one, else of the code alone."""
    phase = str(params.get("phase", ""))
    stems = (f"{act}.{code}", code) if act else (code,)
    names = [name for stem in stems for name in (f"{stem}.{phase}", stem)]
    found = next((SENTENCES[name] for name in names if name in SENTENCES), SENTENCES["fault"])
    return translations(locale).gettext(found) % {key: str(value) for key, value in params.items()}
