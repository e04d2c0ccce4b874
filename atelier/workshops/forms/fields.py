"""Fields that every form of preparation is made of. Sentences are worded here and translated where they are drawn."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    Field,
    Form,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import NumberRange, Optional, StopValidation, ValidationError

from atelier.later import N_
from atelier.validators import Required

HOUR = re.compile(r"(\d{1,2})\s*[:hH]\s*(\d{2})?")
MOST_MINUTES = 480


def stripped(value: Any) -> Any:
    """Trim, with one kind of line end; a field that was not sent is empty."""
    if value is None:
        return ""
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else value


def choices(pairs: Iterable[tuple[Any, str]]) -> list[SelectChoice]:
    """Return (value, label) pairs as WTForms wants them."""
    return [SelectChoice(value, label) for value, label in pairs]


class SignedInForm(FlaskForm):
    """A form of somebody signed in: its own token beside the forgery rule, without time limit."""

    class Meta:
        csrf_time_limit = None

        def get_translations(self, _form: Form) -> None:
            """Messages are worded here and translated where they are drawn."""


class OptionalNumber(Optional):
    """An empty number is none; one that cannot be read keeps its error."""

    def __call__(self, form: Form, field: Field) -> None:
        if not field.raw_data or not str(field.raw_data[0]).strip():
            field.errors = []
            field.data = None
            raise StopValidation


class NumberField(IntegerField):
    """A whole number, its error in words."""

    def process_formdata(self, valuelist: list[str]) -> None:
        if not valuelist or not valuelist[0].strip():
            self.data = None
            return
        try:
            self.data = int(valuelist[0].strip())
        except ValueError:
            self.data = None
            raise ValueError(N_("Indiquez un nombre entier.")) from None


class ListedField(SelectField):
    """One of a list."""

    def pre_validate(self, form: Form) -> None:
        if all(value != self.data for value, *_ in self.iter_choices()):
            raise ValidationError(N_("Choisissez dans la liste."))


class OneOfField(RadioField):
    """One of a few, as radios."""

    def pre_validate(self, form: Form) -> None:
        if all(value != self.data for value, *_ in self.iter_choices()):
            raise ValidationError(N_("Choisissez une réponse."))


class HourField(StringField):
    """A local hour, `19:10`, also typed `19h10`; empty is none."""

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = valuelist[0].strip() if valuelist else ""
        self.data = typed
        if not typed:
            return
        found = HOUR.fullmatch(typed)
        if not found or int(found[1]) > 23 or int(found[2] or 0) > 59:
            raise ValueError(N_("Écrivez l'heure ainsi : 19:10"))
        self.data = f"{int(found[1]):02d}:{int(found[2] or 0):02d}"


class LinesField(TextAreaField):
    """One thing per line; its data is a list of texts, empty lines left out."""

    def _value(self) -> str:
        return "\n".join(self.data or [])

    def process_formdata(self, valuelist: list[str]) -> None:
        text = valuelist[0] if valuelist else ""
        self.data = [" ".join(line.split()) for line in text.splitlines() if line.strip()]


class LinesBetween:
    """So many lines, each short enough, none twice."""

    def __init__(self, most: int, length: int) -> None:
        self.most = most
        self.length = length

    def __call__(self, form: Form, field: Field) -> None:
        lines: Sequence[str] = field.data or []
        if len(lines) > self.most:
            raise ValidationError(N_("Il y a trop de lignes."))
        if any(len(line) > self.length for line in lines):
            raise ValidationError(N_("Une ligne est trop longue."))
        if len({line.casefold() for line in lines}) < len(lines):
            raise ValidationError(N_("Deux lignes sont identiques."))


def revision_field() -> Field:
    """The state of the thing when the page was drawn: two tabs compare it."""
    return HiddenField(default="0")


class Between(NumberRange):
    """A number that could not be read has its own sentence already."""

    def __call__(self, form: Form, field: Field) -> None:
        if not field.process_errors:
            super().__call__(form, field)


def between(low: int, high: int, message: str) -> NumberRange:
    return Between(low, high, message)


def minutes_field(required: bool = False) -> Field:
    """Planned minutes. In the table of sequences, where they are required, the label is a column's."""
    first = Required(N_("Indiquez une durée.")) if required else OptionalNumber()
    low = 0 if required else 1
    bounds = between(low, MOST_MINUTES, N_("La durée va jusqu'à 480 minutes."))
    label = N_("Minutes") if required else N_("Durée en minutes")
    return NumberField(label, validators=[first, bounds])


def revision_of(form: Any) -> int:
    """Return the revision that a form was filled from; a senseless one is older than everything."""
    text = str(form.revision.data or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1
