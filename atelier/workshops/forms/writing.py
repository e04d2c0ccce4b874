"""Activities where people write cards."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, Field, SubmitField

from atelier.later import N_
from atelier.validators import Required
from atelier.workshops.forms.activity import (
    ContinuedForm,
    WrittenForm,
    check_columns,
    columns_field,
    filled_columns,
)
from atelier.workshops.forms.fields import ListedField, NumberField, OneOfField, between, choices
from atelier.workshops.kinds import BOARDS


def length_field() -> Field:
    return NumberField(
        N_("Longueur d'une carte, en caractères"),
        default=140,
        validators=[
            Required(N_("Indiquez une longueur.")),
            between(20, 2000, N_("Entre 20 et 2000 caractères.")),
        ],
    )


class ContributionsForm(ContinuedForm):
    max_chars = length_field()
    max_per_person = NumberField(
        N_("Cartes par personne"),
        default=0,
        validators=[between(0, 50, N_("Entre 0 et 50 cartes."))],
        description=N_("0 : sans limite."),
    )

    def settings(self) -> dict[str, Any]:
        return {
            "max_chars": self.max_chars.data,
            "max_per_person": self.max_per_person.data or 0,
            "continues": self.continues.data,
        }


class BoardForm(ContinuedForm):
    preset = ListedField(
        N_("Colonnes toutes prêtes"),
        choices=choices([("", N_("Choisir…")), *((key, label) for key, (label, _) in BOARDS.items())]),
        default="",
    )
    apply_preset = SubmitField(N_("Remplacer les colonnes"))
    columns = columns_field()
    per = OneOfField(
        N_("Qui écrit"),
        choices=choices([("person", N_("Chaque personne")), ("table", N_("Chaque table, par un téléphone"))]),
        default="person",
    )
    minimum = NumberField(
        N_("Cartes demandées par colonne"),
        default=0,
        validators=[between(0, 20, N_("Entre 0 et 20 cartes."))],
        description=N_("Affiché comme un repère : « au moins 3 ». 0 : aucun."),
    )
    max_chars = length_field()

    def validate_columns(self, field: Field) -> None:
        check_columns(field.data, least=1)

    def settings(self) -> dict[str, Any]:
        return {
            "columns": filled_columns(self.columns.data),
            "per": self.per.data,
            "minimum": self.minimum.data or 0,
            "max_chars": self.max_chars.data,
            "continues": self.continues.data,
        }


class HypothesisForm(WrittenForm):
    """Four fixed fields (R-148): nothing more to set."""


class QuestionsForm(WrittenForm):
    upvotes = BooleanField(N_("On peut soutenir les questions des autres"), default=True)
    max_chars = length_field()
    SETTINGS = ("upvotes", "max_chars")


class CommitmentsForm(WrittenForm):
    """Qui, quoi, quand; the name only with consent: nothing more to set."""
