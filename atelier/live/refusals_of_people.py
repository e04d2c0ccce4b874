"""What is said when an act about people, the déroulé, the screen or the connection is refused."""

from __future__ import annotations

from collections.abc import Mapping

from atelier.later import N_

FIELDS: Mapping[str, str] = {
    "name_too_long": "name",
    "empty_name": "label",
    "unknown_college": "college",
    "unknown_table": "table",
    "bad_people_count": "people",
    "bad_count": "count",
    "label_too_long": "label",
    "unknown_role": "role",
    "motive_required": "motive",
    "question_required": "question",
    "unknown_kind": "kind",
    "unknown_anonymity": "anonymity",
    "bad_minutes": "minutes",
    "too_short": "minutes",
    "bad_seconds": "seconds",
    "bad_page": "page",
    "too_many_options": "options",
    "empty_option": "options",
    "bad_options": "options",
    "bad_settings": "settings",
    "restore_code_refused": "code",
}

SENTENCES: Mapping[str, tuple[str, ...]] = {
    # the connection and the wire
    "fault": (N_("Le serveur n'a pas pu faire cela. Rien n'est perdu\u00a0; essayez encore."),),
    "busy": (N_("Le serveur est très occupé. Nouvel essai dans un instant."),),
    "storage": (N_("Le serveur ne peut rien enregistrer en ce moment. Votre texte est gardé ici."),),
    "frozen": (N_("En pause. Vos textes sont gardés."),),
    "join_first": (N_("Rejoignez d'abord la séance."),),
    "unknown_session": (
        N_("Ce code n'ouvre aucune séance aujourd'hui. Vérifiez-le sur l'écran de la salle."),
    ),
    "not_allowed": (N_("Votre accès ne permet pas cette action."),),
    "revoked": (N_("Cet accès a été retiré. Demandez un nouveau lien à la personne qui anime."),),
    "unknown_act": (N_("Cette page est trop ancienne. Rechargez-la."),),
    "malformed": (N_("Une information n'a pas la forme attendue. Vérifiez ce champ."),),
    "malformed.missing": (N_("Remplissez ce champ."),),
    "malformed.too_long": (N_("Ce texte est trop long. Raccourcissez-le."),),
    "malformed.out_of_range": (N_("Ce nombre est hors des limites."),),
    "malformed.wrong_type": (N_("Ce champ n'a pas la forme attendue. Un nombre, par exemple 12."),),
    "bad_key": (N_("Cette page est trop ancienne. Rechargez-la."),),
    "link_unknown": (N_("Ce lien n'ouvre rien. Demandez-en un nouveau."),),
    "link_used": (
        N_("Ce lien a déjà servi à %(at)s. Demandez-en un nouveau."),
        N_("Ce lien a déjà servi."),
    ),
    "link_expired": (
        N_("Ce lien a expiré à %(at)s. Demandez-en un nouveau."),
        N_("Ce lien a expiré."),
    ),
    "restore_code_refused": (N_("Ce code ne convient pas. Demandez-en un nouveau à la personne qui anime."),),
    # the séance
    "session_not_open": (N_("La séance n'est pas encore ouverte."),),
    "session_closed": (
        N_("La séance est close depuis %(at)s."),
        N_("La séance est close."),
    ),
    "already_open": (N_("La séance est déjà ouverte."),),
    "not_closed": (N_("La séance n'est pas close."),),
    "snapshot_invalid": (N_("Le déroulé ne peut pas s'ouvrir ainsi. Vérifiez la préparation de la séance."),),
    "motive_required": (N_("Dites pourquoi. Le motif reste dans le journal."),),
    "session_full": (
        N_("La séance est complète\u00a0: %(capacity)s personnes. Adressez-vous à l'accueil."),
        N_("La séance est complète. Adressez-vous à l'accueil."),
    ),
    "earlier_session": (N_("Cette carte vient d'une autre séance. Elle ne change plus."),),
    # the déroulé
    "agenda_held": (
        N_("%(by)s tient le déroulé. Choisissez «\u00a0Prendre la main\u00a0» pour continuer."),
        N_("Une autre personne tient le déroulé. Choisissez «\u00a0Prendre la main\u00a0» pour continuer."),
    ),
    "first_step": (N_("C'est la première étape du déroulé."),),
    "last_step": (N_("C'est la dernière étape du déroulé."),),
    "unknown_sequence": (N_("Cette séquence n'est plus dans le déroulé."),),
    "sequence_started": (N_("Cette séquence a commencé. Elle garde sa place."),),
    "sequence_locked": (N_("Cette séquence a une heure fixe. Elle garde sa place."),),
    "activity_open": (N_("Une activité est encore ouverte. Fermez-la d'abord."),),
    "bad_minutes": (
        N_("Donnez une durée de %(limit)s minutes au plus."),
        N_("Cette durée ne convient pas."),
    ),
    "too_short": (N_("La séquence doit garder au moins une minute."),),
    "question_required": (N_("Écrivez la question posée à la salle."),),
    "unknown_kind": (N_("Choisissez une sorte d'activité de la liste."),),
    "unknown_anonymity": (N_("Choisissez ce que les autres verront."),),
    "too_many_options": (
        N_("Cochez %(max)s propositions au plus. Vous en avez coché %(chosen)s."),
        N_("Une activité a %(limit)s options au plus."),
        N_("Il y a trop d'options."),
    ),
    "empty_option": (N_("Une option est vide. Écrivez-la ou retirez-la."),),
    "bad_options": (N_("Les options n'ont pas la forme attendue. Écrivez-les de nouveau."),),
    "bad_settings": (
        N_("Un réglage de cette activité n'a pas la forme attendue. Choisissez-le de nouveau."),
    ),
    "activity_not_planned": (N_("Cette activité a déjà été ouverte. Elle ne change plus."),),
    "activity_is_current": (N_("C'est l'activité en cours. Passez d'abord à une autre."),),
    "activity_has_cards": (N_("Cette activité a déjà des cartes. Elle reste dans le déroulé."),),
    # activities
    "unknown_activity": (N_("Cette activité n'est plus dans le déroulé."),),
    "activity_not_open": (N_("Cette activité n'est pas ouverte."),),
    "activity_closed": (
        N_("L'activité est close depuis %(at)s. Votre envoi est arrivé après."),
        N_("L'activité est close. Votre envoi est arrivé après."),
    ),
    "not_yet": (N_("Cette activité s'ouvrira à votre collège dans un moment."),),
    "already_closed": (
        N_("L'activité est close depuis %(at)s. Choisissez «\u00a0Rouvrir\u00a0» pour défaire."),
        N_("L'activité est déjà close."),
    ),
    "no_options": (N_("Ajoutez d'abord des options à cette activité."),),
    # time
    "no_timer": (N_("Aucun minuteur ne tourne."),),
    "bad_seconds": (N_("Cette durée ne convient pas."),),
    "no_time_here": (N_("Cette activité n'a pas de temps compté."),),
    # the projector
    "unknown_scene": (N_("L'écran ne connaît pas cette vue."),),
    "bad_page": (N_("Cette page n'existe pas."),),
    # people
    "unknown_person": (N_("Cette personne n'est pas dans la séance."),),
    "unknown_college": (N_("Choisissez un collège de la liste."),),
    "unknown_table": (
        N_("Choisissez une table de 1 à %(tables)s."),
        N_("Cette table n'existe pas."),
    ),
    "name_too_long": (
        N_("Ce nom est trop long\u00a0: %(limit)s signes au plus."),
        N_("Ce nom est trop long."),
    ),
    "empty_name": (N_("Écrivez un nom ou un repère, par exemple «\u00a0veste rouge\u00a0»."),),
    "college_frozen": (N_("Le collège ne change plus une fois que vous avez voté ou écrit."),),
    "bad_people_count": (
        N_("Indiquez de 1 à %(limit)s personnes."),
        N_("Indiquez le nombre de personnes."),
    ),
    "bad_count": (
        N_("Donnez un nombre de 0 à %(limit)s."),
        N_("Ce nombre ne convient pas."),
    ),
    "not_a_table_phone": (N_("Ce téléphone n'est pas un téléphone de table."),),
    "vote_open": (N_("Un vote est ouvert. Le nombre de personnes changera après."),),
    "ballots_already_cast": (
        N_("%(count)s bulletins sont déjà déposés sur ce téléphone."),
        N_("Des bulletins sont déjà déposés sur ce téléphone."),
    ),
    # speaking
    "not_a_list": (N_("Cette activité n'est pas un tour de parole."),),
    "named_only": (N_("Écrivez votre nom pour demander la parole."),),
    "list_closed": (N_("La liste est close. Les personnes inscrites parleront encore."),),
    "already_waiting": (N_("Cette personne est déjà dans la liste."),),
    "nobody_waiting": (N_("Personne n'attend la parole."),),
    "unknown_turn": (N_("Cette demande de parole n'est plus dans la liste."),),
    # links
    "unknown_role": (N_("Choisissez ce que le lien permet."),),
    "unknown_link": (N_("Ce lien n'existe pas."),),
    "token_missing": (N_("Le lien n'a pas pu être créé. Essayez encore."),),
    "label_too_long": (
        N_("Ce libellé est trop long\u00a0: %(limit)s signes au plus."),
        N_("Ce libellé est trop long."),
    ),
}
