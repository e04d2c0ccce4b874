"""The séance as a whole: created, set, deleted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, tzinfo
from typing import Any

from wtforms import BooleanField, DateField, Field, FieldList, Form, FormField, StringField, TextAreaField
from wtforms.validators import Optional, ValidationError

from atelier.later import N_
from atelier.validators import Required, at_most
from atelier.workshops.colleges import COLOURS, LAST, MOST, college
from atelier.workshops.forms.fields import (
    HourField,
    LinesBetween,
    LinesField,
    ListedField,
    NumberField,
    OneOfField,
    SignedInForm,
    between,
    choices,
    revision_field,
    stripped,
)
from atelier.workshops.operations.naming import REFERENCE
from atelier.workshops.templates import TEMPLATES

SHAPE_LABELS = (
    ("square", N_("Carré")),
    ("circle", N_("Rond")),
    ("triangle", N_("Triangle")),
    ("losange", N_("Losange")),
    ("pentagon", N_("Pentagone")),
    ("hexagon", N_("Hexagone")),
    ("croissant", N_("Croissant")),
)
MODERATIONS = (
    ("", N_("Selon la salle : retenues au-delà de 15 personnes ou si le code est public")),
    ("held", N_("Retenues : vous les gardez avant que la salle les voie")),
    ("shown", N_("Visibles au pupitre tout de suite")),
)


class DayField(DateField):
    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(N_("Écrivez la date ainsi : 2026-10-13")) from None


class PlainForm(SignedInForm):
    """Only the token: a button."""


class DeleteForm(SignedInForm):
    motive = StringField(
        N_("Pourquoi supprimer cette séance ?"), filters=[stripped], validators=[at_most(300)]
    )


class NewSessionForm(SignedInForm):
    template = OneOfField(
        N_("Partir de"),
        choices=choices([(key, item.label) for key, item in TEMPLATES.items()]),
        default="blank",
    )
    title = StringField(
        N_("Titre"),
        filters=[stripped],
        validators=[at_most(200)],
        description=N_("Vide : celui du modèle."),
    )
    day = DayField(N_("Date"), validators=[Optional()])
    hour = HourField(N_("Heure de début"), description=N_("Vide : celle du modèle."))
    place = StringField(N_("Lieu"), filters=[stripped], validators=[at_most(300)])


class CollegeForm(Form):
    letter = StringField(N_("Lettre"), filters=[stripped])
    label = StringField(N_("Nom du collège"), filters=[stripped], validators=[at_most(60)])
    shape = ListedField(N_("Forme"), choices=choices(SHAPE_LABELS), default="square")

    def validate_letter(self, field: Field) -> None:
        if self.label.data and not (field.data and len(field.data) == 1 and field.data.isalpha()):
            raise ValidationError(N_("Une seule lettre."))

    def validate_label(self, field: Field) -> None:
        if self.letter.data and not field.data:
            raise ValidationError(N_("Donnez un nom à ce collège."))


class MeetingForm(SignedInForm):
    """`continues` gets its choices from the view: the account's opened séances."""

    revision = revision_field()
    title = StringField(
        N_("Titre"),
        filters=[stripped],
        validators=[Required(N_("Donnez un titre à la séance.")), at_most(200)],
    )
    question = StringField(
        N_("Question de la séance"),
        filters=[stripped],
        validators=[at_most(300)],
        description=N_("Elle reste affichée sur l'écran et sur les téléphones."),
    )
    day = DayField(N_("Date"), validators=[Optional()])
    hour = HourField(N_("Heure de début"))
    place = TextAreaField(N_("Lieu et accès"), filters=[stripped], validators=[at_most(300)])
    reference = StringField(
        N_("Référence"),
        filters=[stripped, lambda text: text.upper() if isinstance(text, str) else text],
        description=N_("Des lettres puis un nombre. Elle ne change plus après l'ouverture."),
    )
    colleges = FieldList(FormField(CollegeForm), N_("Collèges"), max_entries=MOST + 2)
    tables = NumberField(
        N_("Nombre de tables"),
        default=0,
        validators=[between(0, 99, N_("Entre 0 et 99 tables."))],
        description=N_("0 : on ne demande pas le numéro de table."),
    )
    capacity = NumberField(
        N_("Nombre de personnes au plus"),
        default=0,
        validators=[between(0, 2000, N_("Entre 0 et 2000 personnes."))],
        description=N_("0 : sans limite. Ce sont des personnes, pas des téléphones."),
    )
    moderation = OneOfField(N_("Cartes reçues"), choices=choices(MODERATIONS), default="")
    open_code = BooleanField(N_("Le code est public (affiche, internet)"))
    confidential = BooleanField(N_("Séance confidentielle : aucun nom, aucun lien public, exports marqués"))
    vote_cards = BooleanField(N_("Une carte de vote est remise à chaque personne"))
    rules = LinesField(
        N_("Règles du jeu, une par ligne"),
        validators=[LinesBetween(7, 160)],
        description=N_("Sept lignes au plus : elles sont projetées à l'ouverture."),
    )
    continues = ListedField(N_("Continue la séance"), default="")

    def validate_hour(self, field: Field) -> None:
        if field.data and not self.day.data and not self.day.errors:
            raise ValidationError(N_("Indiquez aussi la date."))

    def validate_day(self, field: Field) -> None:
        if field.data and not self.hour.data:
            raise ValidationError(N_("Indiquez aussi l'heure de début."))

    def validate_reference(self, field: Field) -> None:
        if not REFERENCE.fullmatch(field.data or ""):
            raise ValidationError(N_("Une à six lettres puis un nombre, par exemple DK2."))

    def validate_colleges(self, field: Field) -> None:
        rows = chosen_colleges(field.data)
        keys = [row["key"] for row in rows]
        if len(rows) == 1:
            raise ValidationError(N_("Un collège seul ne distingue personne : ajoutez-en un, ou retirez-le."))
        if len(set(keys)) < len(keys) or LAST["key"] in keys:
            raise ValidationError(N_("Chaque collège a sa lettre ; la lettre X est réservée."))
        if len({row["shape"] for row in rows}) < len(rows):
            raise ValidationError(N_("Chaque collège a sa forme : on les distingue sans la couleur."))


def chosen_colleges(rows: Sequence[dict[str, Any]] | None) -> list[dict[str, str]]:
    """Return the filled rows as colleges."""
    return [
        college(row["letter"].upper(), row["label"], row["shape"])
        for row in rows or []
        if row.get("letter") and len(row["letter"]) == 1 and row.get("label") and row.get("shape") in COLOURS
    ]


def start_of(day: date | None, hour: str, zone: tzinfo) -> datetime | None:
    """Return the moment of a local day and hour, None while one is missing."""
    if day is None or not hour:
        return None
    return datetime.combine(day, time.fromisoformat(hour), tzinfo=zone)


def meeting_values(form: MeetingForm, zone: tzinfo) -> dict[str, Any]:
    """Return the columns that a valid form stands for."""
    plain = (
        "title", "question", "place", "reference", "tables", "capacity", "moderation", "open_code", "confidential",
        "vote_cards", "rules",
    )  # fmt: skip
    return {
        **{name: form[name].data for name in plain},
        "tables": form.tables.data or 0,
        "capacity": form.capacity.data or 0,
        "colleges": chosen_colleges(form.colleges.data),
        "starts_at": start_of(form.day.data, form.hour.data, zone),
        "continues": int(form.continues.data) if form.continues.data else None,
    }
