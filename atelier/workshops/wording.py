"""Refusals and states of preparation, in words."""

from __future__ import annotations

from collections.abc import Mapping

from atelier.errors import Refusal
from atelier.i18n import translations
from atelier.later import N_

REFUSALS: Mapping[str, str] = {
    "already_open": N_(
        "Cette séance est ouverte : son déroulé change maintenant depuis le pupitre. Rien n'a été enregistré ici."
    ),
    "conflict": N_("Un autre onglet a enregistré entre-temps. Votre texte est gardé ici."),
    "too_many": N_("La limite est de %(limit)s."),
    "reference_taken": N_("La référence %(reference)s est déjà prise."),
    "motive_required": N_("Dites pourquoi : le motif est gardé avec la séance pendant 30 jours."),
    "minutes_approved": N_(
        "Le compte rendu %(reference)s de cette séance est approuvé : c'est une archive publique. La séance reste."
    ),
    "invalid": N_("Certaines réponses sont à corriger. Rien n'est perdu."),
    "nothing_to_undo": N_("Il n'y a plus rien à annuler."),
}
ACTS: Mapping[str, str] = {
    "add": N_("« %(title)s » est ajoutée."),
    "edit": N_("« %(title)s » est modifiée."),
    "move": N_("« %(title)s » est déplacée."),
    "remove": N_("« %(title)s » est supprimée."),
    "undo": N_("Annulé : « %(title)s »."),
}
UNDOING: Mapping[str, str] = {
    "add": N_("Annuler l'ajout"),
    "edit": N_("Annuler la modification"),
    "move": N_("Annuler le déplacement"),
    "remove": N_("Annuler la suppression"),
}
MISSING: Mapping[str, str] = {
    "question": N_("Question à écrire"),
    "options": N_("Propositions à écrire"),
    "source": N_("L'activité dont viennent les propositions doit passer avant ce vote"),
    "proposal": N_("Proposition à écrire"),
}


def worded(refusal: Refusal, locale: str) -> str:
    """Return the sentence of a refusal."""
    return translations(locale).gettext(REFUSALS[refusal.code]) % dict(refusal.params)


def said(act: str, title: str, locale: str) -> str:
    """Return what an act did, as it is announced. What has no words of its own goes by the name of its kind, translated."""
    gettext = translations(locale).gettext
    return gettext(ACTS[act]) % {"title": gettext(title)}
