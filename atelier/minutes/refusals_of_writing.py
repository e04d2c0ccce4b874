"""What is said when writing to a document is refused: what happened, where the words are, what to do."""

from __future__ import annotations

from collections.abc import Mapping

from atelier.later import N_

SENTENCES: Mapping[str, str] = {
    "fault": N_("Le serveur n'a pas pu faire cela. Rien n'est perdu\u00a0; nouvel essai dans un instant."),
    "busy": N_("Le serveur est très occupé. Nouvel essai dans un instant."),
    "storage": N_("Le serveur ne peut rien enregistrer en ce moment. Votre texte est gardé ici."),
    "resync": N_("Il manque au serveur une partie de votre texte. Cette page la lui envoie."),
    "open_first": N_("Cette page n'est plus reliée au document. Elle se relie à nouveau."),
    "unknown_document": N_("Ce document n'existe pas, ou n'existe plus."),
    "unknown_act": N_("Cette page est trop ancienne. Rechargez-la."),
    "malformed": N_(
        "Le serveur n'a pas pu lire cet envoi. Votre texte est gardé ici\u00a0; rechargez la page."
    ),
    "too_large": N_(
        "Ce passage est trop long pour être envoyé d'un coup. Copiez-le, annulez, puis collez-le en plusieurs fois."
    ),
    "client_taken": N_("Cette page ne peut pas écrire sous ce numéro. Rechargez-la."),
    "not_allowed": N_("Votre accès ne permet pas d'ouvrir ce document."),
    "read_only": N_(
        "Votre accès permet de lire, pas d'écrire. Ce que vous avez tapé reste sur cet appareil\u00a0: copiez-le et"
        " donnez-le à une personne qui écrit."
    ),
    "open.read_only": N_("Votre accès permet de lire ce document, pas de l'écrire."),
    "open.frozen": N_("Ce document ne s'écrit plus."),
    "open.frozen.approved": N_("Ce document est approuvé\u00a0: il ne s'écrit plus."),
    "open.frozen.published": N_("Ce document est publié\u00a0: il ne s'écrit plus."),
    "revoked": N_(
        "Votre accès a été retiré. Ce que vous avez tapé reste sur cet appareil\u00a0: copiez-le, ou demandez un nouveau"
        " lien à la personne qui anime."
    ),
    "frozen": N_(
        "Ce document ne s'écrit plus. Ce que vous avez tapé reste sur cet appareil\u00a0: copiez-le."
    ),
    "frozen.approved": N_(
        "Ce document est approuvé\u00a0: il ne s'écrit plus. Ce que vous avez tapé reste sur cet appareil\u00a0:"
        " copiez-le et demandez une correction."
    ),
    "frozen.published": N_(
        "Ce document est publié\u00a0: il ne s'écrit plus. Ce que vous avez tapé reste sur cet appareil\u00a0:"
        " copiez-le et demandez une correction."
    ),
    "remark_empty": N_("Écrivez votre remarque, puis enregistrez-la."),
    "remark_too_long": N_("Cette remarque est trop longue\u00a0: %(limit)s signes au plus."),
    "too_many_remarks": N_(
        "Ce texte porte déjà %(limit)s remarques et réponses. Effacez-en avant d'en ajouter."
    ),
    "remark_gone": N_("Cette remarque a été effacée. Ce que vous avez tapé est gardé ici."),
    "not_yours": N_("Seule la personne qui a écrit cette remarque peut l'effacer."),
    "writer_name_required": N_("Écrivez le nom de la personne que vous invitez."),
    "writer_name_too_long": N_("Ce nom est trop long\u00a0: %(limit)s signes au plus."),
    "too_many_writers": N_(
        "%(limit)s invitations ouvrent déjà ce document. Retirez-en avant d'en créer une autre."
    ),
}
