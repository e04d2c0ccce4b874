"""What stands in the way of a step, in words: one sentence, and the name of the link to the place where it is put right."""

from __future__ import annotations

from collections.abc import Mapping

from atelier.later import N_

# code -> sentence; with `.one` and `.many` when it counts, `.notice` when it is said and blocks nothing
OBSTACLES: Mapping[str, str] = {
    "not_now": N_("Cette étape n'est pas ouverte à ce stade."),
    "session_running": N_("La séance n'est pas close\u00a0: le texte se complète encore."),
    "nothing_written": N_("Le texte est vide."),
    "asked": "%(sentence)s",
    "empty_parts.one": N_("Une partie est vide\u00a0: le compte rendu ne peut pas être publié. %(parts)s."),
    "empty_parts.many": N_(
        "%(count)s parties sont vides\u00a0: le compte rendu ne peut pas être publié. %(parts)s."
    ),
    "empty_parts.one.forum": N_(
        "Une partie est vide\u00a0: la contribution ne peut pas être publiée. %(parts)s."
    ),
    "empty_parts.many.forum": N_(
        "%(count)s parties sont vides\u00a0: la contribution ne peut pas être publiée. %(parts)s."
    ),
    "empty_parts.one.notice": N_(
        "Une partie est encore vide. Elle sera demandée à la publication. %(parts)s."
    ),
    "empty_parts.many.notice": N_(
        "%(count)s parties sont encore vides. Elles seront demandées à la publication. %(parts)s."
    ),
    "pending_amendments.one": N_("Une demande de modification attend une réponse."),
    "pending_amendments.many": N_("%(count)s demandes de modification attendent une réponse."),
    "before_the_day": N_("Le texte sera réputé approuvé après le %(day)s, sans remarque d'ici là."),
    "vote_none": N_("L'approbation se fait à la séance suivante\u00a0: préparez l'activité de consentement."),
    "vote_waiting": N_("Le résultat du consentement n'est pas encore révélé."),
    "vote_rejected": N_("Le groupe n'a pas consenti. Amendez le texte, puis remettez-le au consentement."),
    "cites_withdrawn": N_(
        "Une phrase cite %(ref)s, une carte retirée par la personne qui l'a écrite\u00a0: «\u00a0%(sentence)s\u00a0»"
    ),
    "cites_hidden": N_(
        "Une phrase cite %(ref)s, une carte qui ne sort pas de la séance\u00a0: «\u00a0%(sentence)s\u00a0»"
    ),
    "open_names.one": N_("Un nom est dans le texte sans l'accord de la personne\u00a0: %(names)s."),
    "open_names.many": N_("%(count)s noms sont dans le texte sans l'accord des personnes\u00a0: %(names)s."),
    "one_sided": N_(
        "Le vote %(ref)s partage la salle\u00a0: il manque l'argument contraire, à écrire en points de vue divergents."
    ),
    "open_remarks.one": N_("Une remarque n'est pas encore traitée. Elle ne part pas avec le texte."),
    "open_remarks.many": N_(
        "%(count)s remarques ne sont pas encore traitées. Elles ne partent pas avec le texte."
    ),
    "words_gone.one": N_(
        "Une phrase a perdu des mots que leur auteur a retirés depuis\u00a0: récrivez-la, ou enlevez-la."
    ),
    "words_gone.many": N_(
        "%(count)s phrases ont perdu des mots que leur auteur a retirés depuis\u00a0: récrivez-les, ou enlevez-les."
    ),
    "already_correcting": N_("Une correction est déjà ouverte."),
    "nothing_to_correct": N_("Rien n'a changé depuis la version publiée."),
    "changed_since_sent.one": N_("Une partie a changé depuis l'envoi, hors demandes acceptées."),
    "changed_since_sent.many": N_("%(count)s parties ont changé depuis l'envoi, hors demandes acceptées."),
    "vote_gap": N_("Écart avec le vote %(ref)s\u00a0: «\u00a0%(sentence)s\u00a0»"),
}

# place -> the words of its link
PLACES: Mapping[str, str] = {
    "text": N_("Aller au texte"),
    "remarks": N_("Voir les remarques"),
    "amendments": N_("Répondre"),
    "names": N_("Voir les noms"),
    "calendar": N_("Voir les dates"),
    "vote": N_("Voir l'approbation"),
    "desk": N_("Aller au pupitre"),
    "comparison": N_("Comparer"),
    "preparing": N_("Y aller"),
}

# small counts are written in words at the head of a sentence
COUNTS: Mapping[int, str] = {
    2: N_("Deux"),
    3: N_("Trois"),
    4: N_("Quatre"),
    5: N_("Cinq"),
    6: N_("Six"),
    7: N_("Sept"),
}
