"""What is asked of everything that people send, in every capability: forms filled in, numbers that a row can bear, no U+0000.

PostgreSQL keeps no U+0000 and numbers its rows up to 2,147,483,647. Sentences are translated where they are drawn.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask import Flask, Request
from werkzeug.datastructures import ImmutableMultiDict, iter_multi_items
from werkzeug.routing import IntegerConverter, Map, UnicodeConverter, ValidationError
from wtforms import Field, Form
from wtforms.validators import InputRequired, Length

from atelier.later import N_

LARGEST = 2**31 - 1
NUL = "\x00"


class Required(InputRequired):
    """Spaces alone are nothing."""

    def __call__(self, form: Form, field: Field) -> None:
        if isinstance(field.data, str) and not field.data.strip():
            field.raw_data = None
        super().__call__(form, field)


def at_most(length: int) -> Length:
    return Length(max=length, message=N_("Ce texte est trop long."))


# ---------------------------------------------------------------- addresses and fields


def configure(app: Flask) -> None:
    """Read addresses and forms so on this application; before its routes are added."""
    app.request_class = Incoming
    app.url_map.converters |= {"int": Number, "string": Word, "default": Word}


def whole_number(text: str) -> int | None:
    """Return the whole number that somebody sent, None for what is none or could number no row."""
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(LARGEST))):
        return None
    number = int(text)
    return number if number <= LARGEST else None


class Number(IntegerConverter):
    """A number in an address; beyond what a row may be numbered nothing is there."""

    def __init__(self, routes: Map, *args: Any, **options: Any) -> None:
        super().__init__(routes, *args, **{"max": LARGEST, **options})


class Word(UnicodeConverter):
    """A word in an address; no reference holds U+0000."""

    def to_python(self, value: str) -> str:
        if NUL in value:
            raise ValidationError
        return value


class Values(ImmutableMultiDict[str, Any]):
    """Fields of a form or of an address. U+0000 is nobody's typing: it is dropped."""

    def __init__(self, mapping: Mapping[str, Any] | Iterable[tuple[str, Any]] | None = None) -> None:
        super().__init__([(_clean(name), _clean(value)) for name, value in iter_multi_items(mapping or ())])


class Incoming(Request):
    parameter_storage_class = Values


def _clean(value: Any) -> Any:
    return value.replace(NUL, "") if isinstance(value, str) else value
