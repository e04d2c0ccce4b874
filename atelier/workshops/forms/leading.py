"""Activities that lead: texts to show, the recap, timed steps, turns to speak."""

from __future__ import annotations

from typing import Any

from wtforms import Field, FieldList, FormField, TextAreaField
from wtforms.validators import ValidationError

from atelier.later import N_
from atelier.validators import Required, at_most
from atelier.workshops.forms.activity import (
    ActivityForm,
    TextForm,
    WrittenForm,
    check_columns,
    columns_field,
    filled_columns,
)
from atelier.workshops.forms.fields import NumberField, OneOfField, between, choices, stripped

MOST_TEXTS = 8


class PresentationForm(ActivityForm):
    texts = FieldList(FormField(TextForm), N_("Textes"), max_entries=MOST_TEXTS + 2)

    def validate_texts(self, field: Field) -> None:
        if len(self.settings()["texts"]) > MOST_TEXTS:
            raise ValidationError(N_("Huit textes au plus."))

    def settings(self) -> dict[str, Any]:
        kept = [{"heading": row["heading"] or "", "text": row["text"] or ""} for row in self.texts.data]
        return {"texts": [row for row in kept if row["heading"] or row["text"]]}


class RecapForm(ActivityForm):
    """Nothing to set: the recap is what the continued séance left."""


class StepForm(WrittenForm):
    instruction = TextAreaField(
        N_("Consigne"),
        filters=[stripped],
        validators=[at_most(600)],
        description=N_("Ce que chacune et chacun fait pendant cette étape."),
    )
    columns = columns_field()

    def validate_columns(self, field: Field) -> None:
        check_columns(field.data, least=0)

    def settings(self) -> dict[str, Any]:
        return {"instruction": self.instruction.data or "", "columns": filled_columns(self.columns.data)}


class SpeakingForm(ActivityForm):
    policy = OneOfField(
        N_("Ordre de parole"),
        choices=choices(
            [
                ("first_time", N_("D'abord les personnes qui ont le moins parlé")),
                ("fifo", N_("Dans l'ordre des demandes")),
            ]
        ),
        default="first_time",
    )
    seconds = NumberField(
        N_("Temps par personne, en secondes"),
        default=120,
        validators=[Required(N_("Indiquez un temps.")), between(15, 900, N_("Entre 15 et 900 secondes."))],
    )
    SETTINGS = ("policy", "seconds")
