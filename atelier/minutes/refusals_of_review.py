"""What is said when an act on a document's way to publication is refused: what happened, what is kept, what to do."""

from __future__ import annotations

from collections.abc import Mapping

from atelier.later import N_

SENTENCES: Mapping[str, str] = {
    # the draft made again
    "proposal_gone": N_(
        "La séance ou le texte vient de changer encore. Relisez les différences, puis choisissez."
    ),
    # the review
    "not_now": N_("Ce n'est plus possible à ce stade. Rechargez la page pour voir où en est le texte."),
    "not_now.draft": N_("Le texte est encore en écriture. Envoyez-le d'abord en relecture."),
    "not_now.in_review": N_("Le texte est en relecture. Il doit d'abord être approuvé."),
    "not_now.approved": N_("Le texte est déjà approuvé."),
    "not_now.published": N_("Le texte est déjà publié. Ouvrez une rectification pour le corriger."),
    "not_now.rectified": N_("Le texte est déjà publié. Ouvrez une rectification pour le corriger."),
    "review_closed": N_(
        "La relecture n'est pas ouverte. Rien n'est perdu\u00a0: copiez votre texte et prévenez l'animation."
    ),
    "review_closed.approved": N_(
        "Le texte vient d'être approuvé\u00a0: il ne reçoit plus de demande. Copiez votre texte et prévenez l'animation."
    ),
    "too_late": N_(
        "Les demandes étaient reçues jusqu'au %(day)s. Copiez votre texte et prévenez l'animation."
    ),
    "reserve_required": N_("Écrivez votre réserve en une phrase\u00a0: elle sera jointe au texte."),
    "motive_required": N_("Dites pourquoi, en une phrase."),
    "too_long": N_("Ce texte est trop long\u00a0: %(limit)s signes au plus."),
    "too_many": N_(
        "Vous avez déjà %(limit)s demandes sans réponse. Attendez une réponse, ou retirez-en une."
    ),
    "unknown_section": N_("Cette partie n'existe plus dans le texte. Choisissez-en une autre."),
    "not_pending": N_("Cette demande a déjà reçu une réponse. Elle ne peut plus être retirée."),
    "not_pending.withdrawn": N_("Cette demande a été retirée par la personne qui l'a faite."),
    "sheet_known": N_(
        "La fiche %(sheet)s a déjà été saisie pour cette partie\u00a0: c'est la demande n° %(number)s."
    ),
    "sheet_required": N_("Indiquez le numéro écrit sur la fiche."),
    "read_back_required": N_("Relisez la fiche à voix haute, puis cochez la case."),
    "answer_required": N_("Un refus a toujours un motif\u00a0: écrivez-le en une phrase."),
    "passage_not_found": N_(
        "Ce passage n'est plus dans le texte tel quel. Faites le changement à la main, puis acceptez la demande."
    ),
    "words_moved": N_(
        "Les mots demandés ne sont plus dans le texte tels quels. Remettez ceux d'avant à la main, puis revenez sur la réponse."
    ),
    "unknown_code": N_("Ce code n'ouvre rien ici. Vérifiez-le\u00a0: il a douze signes."),
    "too_many_tries": N_(
        "Trop d'essais sont venus de cette connexion. Attendez dix minutes, puis réessayez."
    ),
    "email_wrong": N_("Cette adresse semble incomplète. Exemple\u00a0: prenom@exemple.fr"),
    # the calendar
    "day_wrong": N_("Indiquez les quatre jours."),
    "day_past": N_("Le %(day)s est déjà passé."),
    "before_the_one_before": N_("Le %(day)s vient avant l'étape précédente."),
    "too_far": N_("Le %(day)s est à plus d'un an de la séance."),
    "too_short": N_("Les personnes doivent avoir cinq jours pour lire\u00a0: pas avant le %(day)s."),
    "already_announced": N_(
        "Le %(day)s a été annoncé aux personnes\u00a0: cette date peut être repoussée, pas avancée."
    ),
    # approval, publication
    "vote_elsewhere": N_("Cette séance ne continue pas la séance du compte rendu."),
    "vote_by_owner": N_("Seule la personne qui anime les deux séances peut préparer ce consentement."),
    "vote_not_inserted": N_(
        "Le pupitre n'a pas pris l'activité. Ajoutez-la depuis le pupitre, puis choisissez-la ici."
    ),
    "reason_required": N_("Écrivez la raison de la correction\u00a0: elle sera publiée avec elle."),
    "already_correcting": N_("Une correction est déjà ouverte. Publiez-la, ou abandonnez-la."),
    "role_required": N_("Indiquez le rôle public de la personne, par exemple\u00a0: maire."),
    "changed_meanwhile": N_("Le texte vient de changer. Relisez, puis recommencez."),
    "words_required": N_("Écrivez les mots qui remplacent le nom."),
    "name_required": N_("Donnez un nom à cette version."),
    "unknown_version": N_("Cette version n'existe plus."),
}
