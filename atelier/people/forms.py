"""What people may send to these doors: types, lengths, sentences, worded in French and translated where drawn."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, Form, IntegerField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import NumberRange, Optional, ValidationError

from atelier.later import N_
from atelier.validators import Required, at_most

EMAIL = re.compile(r"[^@\s<>,;\"]{1,64}@[^@\s<>,;\"]+\.[^@\s<>,;\"]{2,}")
EMAIL_LENGTH = 254
NOTE_LENGTH = 200
TEXT_LENGTH = 1000
PATH = re.compile(r"/[A-Za-z0-9/_-]*")


def stripped(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


def is_email(text: str) -> bool:
    return len(text) <= EMAIL_LENGTH and EMAIL.fullmatch(text) is not None


def own_path(text: str | None, default: str) -> str:
    """Return `text` if it is an address inside this site, else `default`: a link must not send people elsewhere."""
    found = text is not None and not text.startswith("//") and PATH.fullmatch(text)
    return str(text) if found else default


class EmailShape:
    def __call__(self, form: Form, field: Field) -> None:
        if field.data and not is_email(field.data):
            raise ValidationError(N_("Cette adresse semble incomplète. Exemple : prenom@exemple.fr"))


class OwnWords:
    """The library's sentences in the product's words; they are translated where they are drawn, like all others."""

    SENTENCES: ClassVar[Mapping[str, str]] = {
        "Not a valid choice.": N_("Choisissez une des réponses."),
        "Not a valid integer value.": N_("Indiquez un nombre entier."),
    }

    def gettext(self, message: str) -> str:
        return self.SENTENCES.get(message, message)

    def ngettext(self, one: str, many: str, count: int) -> str:
        return one if count == 1 else many


class OwnMeta:
    def get_translations(self, _form: Form) -> OwnWords:
        return OwnWords()


class OpenForm(Form):
    """A form that anybody may send: no token, the forgery rule decides."""

    class Meta(OwnMeta):
        pass


class SignedInForm(FlaskForm):
    """A form of somebody signed in: its own token beside the forgery rule, without time limit."""

    class Meta(OwnMeta):
        csrf_time_limit = None


class SignOutForm(SignedInForm):
    pass


class AskLinkForm(OpenForm):
    email = StringField(
        N_("Votre adresse électronique"),
        filters=[stripped],
        validators=[Required(N_("Indiquez votre adresse.")), at_most(EMAIL_LENGTH), EmailShape()],
    )


class RestoreForm(OpenForm):
    code = StringField(
        N_("Le code donné par l'animation"),
        filters=[stripped],
        validators=[Required(N_("Indiquez le code.")), at_most(20)],
    )


class InstallationForm(SignedInForm):
    """What R-255 asks before a séance may open, and what the legal pages say besides."""

    controller = TextAreaField(
        N_("Responsable du traitement"),
        filters=[stripped],
        validators=[at_most(TEXT_LENGTH)],
        description=N_("La collectivité ou l'association, avec son adresse."),
    )
    purpose = TextAreaField(
        N_("Finalité"),
        filters=[stripped],
        validators=[at_most(TEXT_LENGTH)],
        description=N_("À quoi servent les contributions, en une ou deux phrases."),
    )
    dpo_contact = TextAreaField(
        N_("Contact de la personne déléguée à la protection des données"),
        filters=[stripped],
        validators=[at_most(TEXT_LENGTH)],
    )
    recourse = TextAreaField(
        N_("Contact en cas de difficulté d'accès ou de réclamation"),
        filters=[stripped],
        validators=[at_most(TEXT_LENGTH)],
    )
    publisher = TextAreaField(
        N_("Direction de la publication"), filters=[stripped], validators=[at_most(TEXT_LENGTH)]
    )
    host = TextAreaField(N_("Hébergement"), filters=[stripped], validators=[at_most(TEXT_LENGTH)])
    device_hours = IntegerField(
        N_("Données de connexion, en heures après la clôture"),
        validators=[Optional(), NumberRange(1, 24, N_("Entre 1 et 24 heures."))],
    )
    contact_months = IntegerField(
        N_("Coordonnées, en mois après la publication du compte rendu"),
        validators=[Optional(), NumberRange(1, 3, N_("Entre 1 et 3 mois."))],
    )
    name_months = IntegerField(
        N_("Noms des personnes présentes, en mois"),
        validators=[Optional(), NumberRange(1, 120, N_("Entre 1 et 120 mois."))],
        description=N_("Plus de 3 mois seulement si un financement demande l'émargement."),
    )
    fictional = BooleanField(N_("Ces mentions sont fictives (démonstration)"))


class ContactForm(OpenForm):
    """« Comment recevoir le compte rendu ? » (D-16). Two consents, apart, never ticked beforehand (R-252)."""

    channel = RadioField(
        N_("Comment recevoir le compte rendu ?"),
        choices=[
            SelectChoice("email", N_("Par courriel")),
            SelectChoice("paper", N_("Sur papier, au centre")),
            SelectChoice("none", N_("Je ne souhaite pas le recevoir")),
        ],
        validators=[Required(N_("Choisissez une réponse."))],
    )
    email = StringField(
        N_("Votre adresse électronique"),
        filters=[stripped],
        validators=[at_most(EMAIL_LENGTH), EmailShape()],
    )
    postal_note = StringField(
        N_("Nom à écrire sur l'exemplaire papier"),
        filters=[stripped],
        validators=[at_most(NOTE_LENGTH)],
    )
    minutes_consent = BooleanField(
        N_("J'accepte que mon adresse serve à m'envoyer le compte rendu, et à rien d'autre.")
    )
    cowrite = BooleanField(N_("Je veux co-écrire le compte rendu. J'accepte que l'on m'écrive pour cela."))

    def validate_email(self, field: Field) -> None:
        if not field.data and (self.channel.data == "email" or self.cowrite.data):
            raise ValidationError(N_("Indiquez l'adresse où vous écrire."))

    def validate_minutes_consent(self, field: Field) -> None:
        if self.channel.data == "email" and not field.data:
            raise ValidationError(N_("Sans votre accord, nous ne gardons pas votre adresse."))
