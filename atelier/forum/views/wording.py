"""Refusals and missing things of a contribution au forum, in sentences that say what to do."""

from __future__ import annotations

from collections.abc import Mapping

from atelier.errors import Refusal
from atelier.forum.propositions import FIELDS
from atelier.forum.readiness import Missing
from atelier.i18n import translations
from atelier.later import N_
from atelier.minutes.refusals_of_writing import SENTENCES as WRITING
from atelier.people import access

SENTENCES: Mapping[str, str] = {
    "no_source": N_("Cochez au moins un compte rendu approuvé : la contribution part de lui."),
    "title_missing": N_("Donnez un titre : la question posée au groupe convient."),
    "unknown_card": N_("La contribution %(ref)s n'est pas, ou plus, dans les séances de ce groupe."),
    "unknown_motive": N_("Choisissez un motif dans la liste."),
    "note_missing": N_("Écrivez le motif en quelques mots : il sera publié en annexe."),
    "merged_in_circle": N_(
        "Ces deux contributions se renverraient l'une à l'autre. Choisissez celle qui reste."
    ),
    "message_too_long": N_(
        "La ligne %(place)s a %(length)s caractères ; %(most)s au plus, pour être lue du fond de la salle."
    ),
    "too_many_propositions": N_(
        "Sept propositions au plus : réunissez-en deux, ou retirez-en une dans le texte."
    ),
    "unknown_proposition": N_("Cette proposition n'est plus dans le texte. Choisissez-en une autre."),
    "unknown_vote": N_("Ce vote ne donne pas de degré d'accord. Choisissez-en un dans la liste."),
    "label_raised": N_("Le degré d'accord calculé peut être abaissé, jamais relevé."),
    "motive_missing": N_("Écrivez pourquoi vous l'abaissez : le motif sera publié."),
    "no_label": N_("Ce vote compte moins de huit réponses : il donne des nombres, pas de degré d'accord."),
}
MISSING: Mapping[str, str] = {
    "cards_left": N_("Reprendre, fusionner ou écarter avec un motif : %(count)s à traiter."),
    "no_proposition": N_("Écrire au moins une proposition."),
    "too_many_propositions": N_("%(count)s propositions, pour %(most)s au plus : en réunir ou en retirer."),
    "proposition_without_title": N_("Donner un intitulé à cette proposition."),
    "fields_empty": N_("« %(title)s » : écrire %(fields)s."),
    "divided_without_views": N_(
        "« %(title)s » a partagé la salle : écrire les points de vue divergents, des deux côtés."
    ),
    "label_raised": N_(
        "« %(title)s » annonce « %(label)s » : le degré d'accord vient du vote et ne se relève pas. Retirer cette ligne."
    ),
    "section_empty": N_("Écrire « %(heading)s »."),
    "screen_missing": N_("Écrire les trois messages de la vue d'un écran."),
}
QUOTED = N_("« %(ref)s »")
ELSEWHERE = {"cards_left": "#a-traiter", "screen_missing": "#ecran", "no_proposition": "#propositions"}


def sentence(refusal: Refusal) -> str:
    """Return the sentence of a refusal; those of its text are worded as for every document."""
    return _say(SENTENCES.get(refusal.code) or WRITING[refusal.code]) % dict(refusal.params)


def said(missing: Missing, address: str) -> dict[str, str]:
    """Return the sentence of a missing thing, and the link to where it is done."""
    params = dict(missing.params)
    if "fields" in params:
        params["fields"] = ", ".join(_say(QUOTED) % {"ref": _say(FIELDS[name])} for name in params["fields"])
    if not params.get("title", "-"):
        params["title"] = _say(N_("Proposition sans titre"))
    place = ELSEWHERE.get(missing.code) or f"{address}/ecrire#{missing.section}"
    return {"sentence": _say(MISSING[missing.code]) % params, "href": place}


def _say(text: str) -> str:
    return translations(access.locale_of_request()).gettext(text)
