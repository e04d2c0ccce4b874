"""What all activities share: question, minutes, who sees what, what goes to the compte rendu."""

from __future__ import annotations

from typing import Any, ClassVar

from wtforms import (
    BooleanField,
    Field,
    FieldList,
    Form,
    FormField,
    HiddenField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import ValidationError

from atelier.later import N_
from atelier.validators import at_most
from atelier.workshops.forms.fields import (
    LinesBetween,
    LinesField,
    ListedField,
    NumberField,
    OneOfField,
    OptionalNumber,
    SignedInForm,
    between,
    choices,
    minutes_field,
    revision_field,
    stripped,
)
from atelier.workshops.kinds import MAX_OPTIONS, keyed_columns, keyed_options
from atelier.workshops.models import Activity

ANONYMITIES = (
    ("named", N_("Nominatif")),
    ("pseudonym", N_("Pseudonyme")),
    ("college", N_("Collège")),
    ("anonymous", N_("Anonyme pour tous")),
)
# D-12, to the letter: what people read before they type.
ANONYMITY_SENTENCES = {
    "named": N_("Votre nom choisi sera affiché avec votre carte."),
    "pseudonym": N_("Un surnom tiré au sort sera affiché. Le même toute la soirée."),
    "college": N_("Les autres verront : « %(college)s ». Ni nom, ni table."),
    "anonymous": N_("Ni nom, ni collège, ni table ne sont gardés avec votre carte."),
}
MODERATIONS = (
    ("", N_("Comme la séance")),
    ("held", N_("Retenues avant affichage")),
    ("shown", N_("Visibles au pupitre tout de suite")),
)
TO_MINUTES = (
    ("all", N_("Tout")),
    ("validated", N_("Ce que la personne valide")),
    ("none", N_("Rien")),
)
SIGNS = (("none", N_("Sans signe")), ("plus", N_("Plus")), ("minus", N_("Moins")))
MOST_COLUMNS = 8
COMMON = ("question", "simple_question", "minutes", "to_minutes", "first_colleges")
WORDS = ("anonymity", "moderation", "silent")


class CollegesField(SelectMultipleField):
    def pre_validate(self, form: Form) -> None:
        known = {value for value, *_ in self.iter_choices()}
        if set(self.data or []) - known:
            raise ValidationError(N_("Choisissez dans la liste."))


class ActivityForm(SignedInForm):
    """The form of a kind names its `SETTINGS`; the view gives the choices that depend on the séance."""

    SETTINGS: ClassVar[tuple[str, ...]] = ()

    revision = revision_field()
    question = StringField(
        N_("Question ou titre"),
        filters=[stripped],
        validators=[at_most(300)],
        description=N_("Une seule question, douze mots si possible."),
    )
    simple_question = StringField(
        N_("Version simple"),
        filters=[stripped],
        validators=[at_most(300)],
        description=N_("La même, en mots courts. Elle s'affiche à la demande sur le téléphone."),
    )
    minutes = minutes_field()
    to_minutes = OneOfField(N_("Ce qui va au compte rendu"), choices=choices(TO_MINUTES), default="all")
    first_colleges = CollegesField(
        N_("D'abord ouverte à"), description=N_("Les autres lisent qu'elle s'ouvrira ensuite pour eux.")
    )

    def validate_first_colleges(self, field: Field) -> None:
        if field.data and len(field.data) == len(list(field.iter_choices())):
            raise ValidationError(N_("Tous les collèges sont cochés : n'en cochez aucun."))

    def columns_of(self, activity: Activity) -> dict[str, Any]:
        """Return the columns of the activity's row that a valid form stands for."""
        values: dict[str, Any] = {name: self[name].data for name in COMMON}
        values["first_colleges"] = list(self.first_colleges.data or [])
        if "anonymity" in self:
            values |= {name: self[name].data for name in WORDS}
        values["settings"] = {**activity.settings, **self.settings()}
        if "options" in self:
            values["options"] = keyed_options(self["options"].data, activity.options)
        return values

    def settings(self) -> dict[str, Any]:
        """Return the settings of the kind."""
        return {name: self[name].data for name in self.SETTINGS}


def stored(activity: Activity) -> dict[str, Any]:
    """Return an activity's row as the data of its form."""
    settings = dict(activity.settings)
    if "low" in settings:
        settings["bounds"] = f"{settings['low']}-{settings['high']}"
    return {
        **{name: getattr(activity, name) for name in (*COMMON, *WORDS)},
        **settings,
        "options": [option["text"] for option in activity.options],
        "revision": str(activity.revision),
    }


class WrittenForm(ActivityForm):
    """People write words: how they are named and when the room sees them."""

    anonymity = OneOfField(
        N_("Comment les personnes apparaissent"), choices=choices(ANONYMITIES), default="college"
    )
    moderation = OneOfField(N_("Cartes reçues"), choices=choices(MODERATIONS), default="")
    silent = BooleanField(N_("Écriture en silence : les cartes des autres restent cachées"))


class ContinuedForm(WrittenForm):
    """A board that may go on from the séance before (R-077); the view gives the choices."""

    continues = ListedField(N_("Reprendre les cartes de"), choices=choices([("", "")]), default="")


class VoteForm(ActivityForm):
    """What every vote may set (D-1, D-6, D-7)."""

    VOTE: ClassVar[tuple[str, ...]] = ("vary_order", "partial_to_desk", "quorum", "by_college")

    partial_to_desk = BooleanField(
        N_("Montrer le résultat partiel au pupitre"),
        description=N_("Les téléphones l'annoncent, et la clôture ne peut plus être annulée."),
    )
    quorum = NumberField(
        N_("Quorum, en pourcentage des personnes"),
        validators=[OptionalNumber(), between(1, 100, N_("Entre 1 et 100."))],
        description=N_("Vide : pas de quorum. Non atteint, le résultat est dit indicatif."),
    )
    by_college = BooleanField(
        N_("Résultat par collège"),
        description=N_("Seulement si chaque collège a au moins 10 bulletins."),
    )
    vary_order = BooleanField(
        N_("Varier l'ordre sur les téléphones"),
        description=N_("Sinon l'ordre est celui de l'écran, pour la lecture à voix haute."),
    )

    def settings(self) -> dict[str, Any]:
        return {name: self[name].data for name in (*self.SETTINGS, *self.VOTE)}


class OptionsForm(VoteForm):
    """One to twelve options, or none yet when they will come from clusters or cards of an earlier activity."""

    options = LinesField(
        N_("Propositions, une par ligne"),
        validators=[LinesBetween(MAX_OPTIONS, 300)],
        description=N_("De 1 à 12."),
    )
    options_from = ListedField(
        N_("Reprendre les propositions de"),
        choices=choices([("", "")]),
        default="",
        description=N_(
            "À l'ouverture du vote : ses regroupements dans l'ordre, sinon ses cartes gardées. Le pupitre les voit avant."
        ),
    )

    def validate_options(self, field: Field) -> None:
        if not field.data and not self.options_from.data:
            raise ValidationError(N_("Écrivez au moins une proposition, ou dites d'où elles viendront."))
        if field.data and self.options_from.data:
            raise ValidationError(
                N_("Retirez les propositions écrites ici, ou choisissez « Elles sont écrites ici ».")
            )

    def settings(self) -> dict[str, Any]:
        return {**super().settings(), "options_from": self.options_from.data}


class ColumnForm(Form):
    key = HiddenField(default="")
    label = StringField(N_("Titre de la colonne"), filters=[stripped], validators=[at_most(60)])
    sign = ListedField(N_("Signe"), choices=choices(SIGNS), default="none")
    prompt = StringField(N_("Aide à l'écriture"), filters=[stripped], validators=[at_most(160)])

    def validate_label(self, field: Field) -> None:
        if self.prompt.data and not field.data:
            raise ValidationError(N_("Donnez un titre à cette colonne."))


def columns_field() -> Field:
    return FieldList(FormField(ColumnForm), N_("Colonnes"), max_entries=MOST_COLUMNS + 2)


def filled_columns(rows: list[dict[str, Any]]) -> list[dict[str, str]]:
    """Return the columns that have a title, each with its key."""
    return keyed_columns([row for row in rows if row.get("label")])


def check_columns(rows: list[dict[str, Any]], least: int) -> None:
    """Refuse too few or too many columns, or two of the same title."""
    labels = [row["label"].casefold() for row in rows if row.get("label")]
    if len(labels) < least:
        raise ValidationError(N_("Il faut au moins une colonne."))
    if len(labels) > MOST_COLUMNS:
        raise ValidationError(N_("Huit colonnes au plus."))
    if len(set(labels)) < len(labels):
        raise ValidationError(N_("Deux colonnes ont le même titre."))


class TextForm(Form):
    heading = StringField(N_("Titre du texte"), filters=[stripped], validators=[at_most(120)])
    text = TextAreaField(N_("Texte"), filters=[stripped], validators=[at_most(1200)])
