"""Votes: each method with its bounds (domain §4, D-1 to D-10)."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, Field, StringField, TextAreaField
from wtforms.validators import ValidationError

from atelier.later import N_
from atelier.validators import Required, at_most
from atelier.workshops.forms.activity import OptionsForm, VoteForm, WrittenForm
from atelier.workshops.forms.fields import NumberField, OneOfField, OptionalNumber, between, choices, stripped


class DotVoteForm(OptionsForm):
    dots = NumberField(
        N_("Gommettes par personne"),
        validators=[OptionalNumber(), between(1, 20, N_("Entre 1 et 20 gommettes."))],
        description=N_("Vide : un tiers du nombre de propositions, entre 3 et 6."),
    )
    per_option = NumberField(
        N_("Gommettes sur une même proposition, au plus"),
        default=2,
        validators=[Required(N_("Indiquez un nombre.")), between(1, 20, N_("Entre 1 et 20 gommettes."))],
    )
    SETTINGS = ("dots", "per_option")

    def validate_per_option(self, field: Field) -> None:
        if self.dots.data and field.data and field.data > self.dots.data:
            raise ValidationError(N_("Pas plus que le nombre de gommettes par personne."))


class ChoiceForm(OptionsForm):
    multiple = OneOfField(
        N_("Réponses"),
        choices=choices([("", N_("Une seule")), ("1", N_("Plusieurs"))]),
        coerce=lambda value: "1" if value in {True, "1", "True"} else "",
        default="",
    )
    min = NumberField(
        N_("Au moins"), default=1, validators=[OptionalNumber(), between(1, 12, N_("Entre 1 et 12."))]
    )
    max = NumberField(
        N_("Au plus"),
        validators=[OptionalNumber(), between(1, 12, N_("Entre 1 et 12."))],
        description=N_("Vide : autant que de propositions."),
    )

    def validate_max(self, field: Field) -> None:
        if field.data and field.data < (self.min.data or 1):
            raise ValidationError(N_("Le plus grand nombre est sous le plus petit."))

    def validate_min(self, field: Field) -> None:
        if self.multiple.data and field.data and self.options.data and field.data > len(self.options.data):
            raise ValidationError(N_("Il y a moins de propositions que cela."))

    def settings(self) -> dict[str, Any]:
        own = {"multiple": bool(self.multiple.data), "min": self.min.data or 1, "max": self.max.data}
        return {**super().settings(), **own}


class ScaleForm(OptionsForm):
    bounds = OneOfField(
        N_("Échelle"), choices=choices([("0-10", N_("De 0 à 10")), ("1-5", N_("De 1 à 5"))]), default="0-10"
    )
    low_label = StringField(N_("Mot du plus bas"), filters=[stripped], validators=[at_most(40)])
    high_label = StringField(N_("Mot du plus haut"), filters=[stripped], validators=[at_most(40)])
    SETTINGS = ("low_label", "high_label")

    def settings(self) -> dict[str, Any]:
        low, high = (int(number) for number in self.bounds.data.split("-"))
        return {**super().settings(), "low": low, "high": high}


class GradientsForm(OptionsForm, WrittenForm):
    """Five levels, a reserve in words if one wishes: nothing more to set."""


class MajorityJudgmentForm(OptionsForm):
    grades = OneOfField(
        N_("Mentions"),
        choices=choices([(7, N_("Sept mentions")), (5, N_("Cinq mentions"))]),
        coerce=lambda value: int(value) if str(value).isdigit() else 0,
        default=7,
    )
    SETTINGS = ("grades",)


class ConsentForm(VoteForm, WrittenForm):
    proposal = TextAreaField(
        N_("Proposition"),
        filters=[stripped],
        validators=[Required(N_("Écrivez la proposition soumise au consentement.")), at_most(1000)],
        description=N_("Elle peut être amendée au pupitre, à chaque tour."),
    )
    SETTINGS = ("proposal",)


class CheckInForm(VoteForm, WrittenForm):
    word = BooleanField(N_("Un mot peut accompagner la météo"), default=True)
    SETTINGS = ("word",)


class RotiForm(VoteForm, WrittenForm):
    comment = BooleanField(N_("Un commentaire peut accompagner la note"), default=True)
    SETTINGS = ("comment",)
