"""What two versions of the same thing say differently: shown when two tabs wrote at once, so that nothing is lost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wtforms import Field

from atelier.i18n import translations

LEFT_OUT = frozenset({"csrf_token", "revision", "preset", "apply_preset"})


def errors_of(form: Any, locale: str) -> dict[str, list[str]]:
    """Return the sentences of a form by the id of their fields, those of rows inside rows too."""
    gettext = translations(locale).gettext
    found: dict[str, list[str]] = {}
    for field in form:
        _collect(field, found)
    return {name: [gettext(sentence) for sentence in sentences] for name, sentences in found.items()}


def _collect(field: Field, found: dict[str, list[str]]) -> None:
    inner = getattr(field, "entries", None) or (list(field.form) if hasattr(field, "form") else None)
    if inner is not None:
        for one in inner:
            _collect(one, found)
        own = [error for error in field.errors if isinstance(error, str)]
        if own and not any(entry.errors for entry in inner):
            found[field.id] = own
    elif field.errors:
        found[field.id] = [str(error) for error in field.errors]


def differences(mine: Any, theirs: Any, locale: str) -> tuple[Mapping[str, str], ...]:
    """Return the fields that two forms of one class fill differently: label, and the other's words."""
    gettext = translations(locale).gettext
    return tuple(
        {"label": gettext(field.label.text), "text": as_text(theirs[field.name].data)}
        for field in mine
        if field.name not in LEFT_OUT and as_text(field.data) != as_text(theirs[field.name].data)
    )


def as_text(value: Any) -> str:
    """Return a field's value as one text."""
    if isinstance(value, list | tuple):
        return "\n".join(filter(None, map(as_text, value)))
    if isinstance(value, Mapping):
        if "label" in value and not value["label"]:
            return ""  # a row left empty
        return " · ".join(filter(None, (as_text(item) for name, item in value.items() if name != "key")))
    if isinstance(value, bool):
        return "✓" if value else ""
    return "" if value is None else str(value)
