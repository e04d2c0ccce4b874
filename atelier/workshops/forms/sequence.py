"""Sequences: one row of the déroulé, put in, changed, moved."""

from __future__ import annotations

from typing import Any

from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import Optional

from atelier.later import N_
from atelier.validators import Required, at_most
from atelier.workshops.forms.fields import (
    HourField,
    ListedField,
    NumberField,
    SignedInForm,
    choices,
    minutes_field,
    revision_field,
    stripped,
)
from atelier.workshops.kinds import ALL

COLUMNS = ("title", "minutes", "locked_start", "instructions", "notes")


class SequenceForm(SignedInForm):
    revision = revision_field()
    title = StringField(
        N_("Titre de la séquence"),
        filters=[stripped],
        validators=[Required(N_("Donnez un titre à la séquence.")), at_most(200)],
    )
    minutes = minutes_field(required=True)
    locked_start = HourField(
        N_("Heure fixe"), description=N_("Vide : à la suite. Sinon la séquence commence à cette heure.")
    )
    instructions = TextAreaField(
        N_("Consigne publique"),
        filters=[stripped],
        validators=[at_most(1000)],
        description=N_("Projetée et lue à voix haute."),
    )
    notes = TextAreaField(
        N_("Notes privées"),
        filters=[stripped],
        validators=[at_most(4000)],
        description=N_("Au pupitre seulement."),
    )

    def values(self) -> dict[str, Any]:
        return {name: self[name].data for name in COLUMNS}


class AddSequenceForm(SignedInForm):
    title = StringField(
        N_("Titre de la séquence"),
        filters=[stripped],
        validators=[Required(N_("Donnez un titre à la séquence.")), at_most(200)],
    )
    minutes = minutes_field(required=True)
    after = HiddenField(default="")


class AddActivityForm(SignedInForm):
    kind = ListedField(N_("Activité"), choices=choices([(kind.key, kind.label) for kind in ALL]))


class MoveForm(SignedInForm):
    """`to`: `up`, `down`, a place (sequences), or `s3` and `s3:2` (activities)."""

    to = StringField(validators=[Required(N_("Choisissez où déplacer."))])
    place = NumberField(validators=[Optional()])
