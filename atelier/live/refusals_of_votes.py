"""What is said when a ballot, a paper entry or an act on a vote is refused."""

from __future__ import annotations

from collections.abc import Mapping

from atelier.later import N_

FIELDS: Mapping[str, str] = {
    "objection_needs_text": "text",
    "seed_required": "seed",
    "proposal_required": "proposal",
    "more_than_ballots": "paper[ballots]",
    "one_by_one_required": "paper[ballots]",
}

SENTENCES: Mapping[str, tuple[str, ...]] = {
    # the vote
    "not_a_vote": (N_("Cette activité n'est pas un vote."),),
    "vote_closed": (
        N_("Le vote est clos depuis %(at)s. Du temps en plus n'y change rien."),
        N_("Le vote est clos. Du temps en plus n'y change rien."),
    ),
    "cast_ballot.activity_closed": (
        N_("Le vote est clos depuis %(at)s. Votre bulletin est arrivé après\u00a0: il n'est pas compté."),
        N_("Le vote est clos. Votre bulletin est arrivé après\u00a0: il n'est pas compté."),
    ),
    "vote_annulled": (
        N_("Ce vote a été annulé à %(at)s. Il sera peut-être repris."),
        N_("Ce vote a été annulé. Il sera peut-être repris."),
    ),
    "vote_not_closed": (N_("Fermez d'abord le vote."),),
    "not_revealed": (N_("Le résultat n'est pas encore révélé."),),
    "already_revealed": (
        N_("Le résultat est révélé depuis %(at)s. Il ne change plus\u00a0; un vote s'annule avec un motif."),
        N_("Le résultat est révélé. Il ne change plus\u00a0; un vote s'annule avec un motif."),
    ),
    "people_finishing": (
        N_("%(count)s personnes terminent encore, jusqu'à %(until)s."),
        N_("Une personne termine encore."),
    ),
    "ballots_missing": (
        N_(
            "Des bulletins manquent à l'appel\u00a0: %(found)s trouvés sur %(expected)s. Rien n'a été révélé."
        ),
        N_("Des bulletins manquent à l'appel. Rien n'a été révélé."),
    ),
    "partial_results_seen": (N_("Des résultats partiels ont été vus. Cette clôture ne se défait pas."),),
    "annul_first": (N_("Annulez d'abord ce vote, avec un motif."),),
    # options that come from an earlier activity
    "no_source": (
        N_("Les options de ce vote sont écrites ici. Choisissez «\u00a0Modifier\u00a0» pour les changer."),
    ),
    "source_gone": (
        N_(
            "L'activité dont viennent ces options n'est plus dans le déroulé. Choisissez «\u00a0Modifier\u00a0» et écrivez-les."
        ),
    ),
    "nothing_to_take": (
        N_(
            "Rien à reprendre de «\u00a0%(source)s\u00a0». Gardez des cartes ou rangez-les, ou écrivez les options."
        ),
        N_("Rien à reprendre encore. Gardez des cartes ou rangez-les, ou écrivez les options."),
    ),
    "too_many_to_take.clusters": (
        N_("%(count)s regroupements pour %(limit)s options au plus. Réunissez-en, ou écrivez les options."),
        N_("Il y a plus de regroupements que d'options. Réunissez-en, ou écrivez les options."),
    ),
    "too_many_to_take": (
        N_(
            "%(count)s cartes gardées pour %(limit)s options au plus. Rangez-les en regroupements, ou écrivez les options."
        ),
        N_("Il y a plus de cartes que d'options. Rangez-les en regroupements, ou écrivez les options."),
    ),
    "option_hidden": (
        N_("L'option %(option)s reprend une carte masquée. Modifiez les options, ou remettez la carte."),
        N_("Une option reprend une carte masquée. Modifiez les options, ou remettez la carte."),
    ),
    # who votes
    "not_elector": (N_("Vous n'êtes pas dans la liste des personnes qui votent."),),
    "not_elector.left": (
        N_("Ce téléphone est marqué «\u00a0parti\u00a0». Dites-le à la personne qui anime."),
    ),
    "not_elector.entry_closed": (
        N_("Le vote s'est ouvert avant votre arrivée. Demandez à la personne qui anime de vous admettre."),
    ),
    "unknown_slot": (
        N_("Ce téléphone porte %(slots)s bulletins."),
        N_("Ce bulletin n'est pas prévu sur ce téléphone."),
    ),
    "slot_final": (
        N_("Le bulletin %(slot)s est déjà déposé. Il ne change plus une fois passé."),
        N_("Ce bulletin est déjà déposé. Il ne change plus une fois passé."),
    ),
    # the ballot
    "not_a_ballot": (N_("Ce bulletin n'a pas la forme attendue. Rechargez la page."),),
    "ambiguous_ballot": (N_("Un bulletin blanc ne porte aucun choix. Gardez l'un ou l'autre."),),
    "empty_ballot": (N_("Ce bulletin est vide. Faites un choix, ou votez blanc."),),
    "blank_not_offered": (N_("Ce vote n'a pas de bulletin blanc."),),
    "duplicate_option": (N_("La même proposition est choisie deux fois."),),
    "too_few_options": (
        N_("Cochez au moins %(min)s propositions. Vous en avez coché %(chosen)s."),
        N_("Cochez plus de propositions."),
    ),
    "too_many_dots": (
        N_("Vous avez posé %(placed)s gommettes sur %(dots)s. Retirez-en."),
        N_("Vous avez posé trop de gommettes. Retirez-en."),
    ),
    "too_many_on_option": (
        N_("Posez %(per_option)s gommettes au plus sur la proposition %(option)s."),
        N_("Il y a trop de gommettes sur une proposition."),
    ),
    "not_an_integer": (
        N_("La réponse à la proposition %(option)s n'a pas la forme attendue."),
        N_("Une réponse n'a pas la forme attendue."),
    ),
    "out_of_range": (
        N_("Pour la proposition %(option)s, choisissez de %(low)s à %(high)s."),
        N_("Une réponse est hors de l'échelle."),
    ),
    "unknown_answer": (N_("Choisissez l'une des réponses proposées."),),
    "objection_needs_text": (N_("Écrivez votre objection\u00a0: la salle a besoin de la comprendre."),),
    # consent and lots
    "not_a_consent": (N_("Ce vote n'est pas une décision par consentement."),),
    "proposal_required": (N_("Écrivez la nouvelle proposition."),),
    "already_adopted": (N_("La proposition est approuvée. Il n'y a pas d'autre tour."),),
    "seed_required": (N_("Écrivez les nombres tirés devant la salle."),),
    "no_tie": (N_("Aucune égalité à départager."),),
    "already_drawn": (N_("Cette égalité a déjà été tirée au sort. Un tirage ne se refait pas."),),
    # paper
    "not_a_paper": (N_("Cette saisie n'a pas la forme attendue. Rechargez la page."),),
    "not_a_count": (N_("Donnez un nombre entier, zéro ou plus."),),
    "more_than_ballots": (
        N_("Blancs, sans réponse et nuls font %(others)s, pour %(ballots)s bulletins."),
        N_("Blancs, sans réponse et nuls dépassent le nombre de bulletins."),
    ),
    "one_by_one_required": (
        N_("Sous %(minimum)s bulletins papier, saisissez-les un par un, depuis l'urne fermée."),
        N_("Saisissez ces bulletins un par un, depuis l'urne fermée."),
    ),
    "people_over_ballots": (
        N_("Proposition %(option)s\u00a0: %(people)s personnes pour %(ballots)s bulletins exprimés."),
        N_("Il y a plus de personnes que de bulletins exprimés."),
    ),
    "dots_over_people": (
        N_(
            "Proposition %(option)s\u00a0: %(dots)s gommettes pour %(people)s personnes, c'est trop (%(per_option)s chacune)."
        ),
        N_("Il y a trop de gommettes pour ce nombre de personnes."),
    ),
    "dots_under_people": (
        N_("Proposition %(option)s\u00a0: %(dots)s gommettes pour %(people)s personnes, c'est trop peu."),
        N_("Il y a moins de gommettes que de personnes."),
    ),
    "sum_over_allowed": (
        N_("Le total fait %(total)s\u00a0; ces bulletins en portent %(allowed)s au plus."),
        N_("Le total dépasse ce que portent ces bulletins."),
    ),
    "sum_under_ballots": (
        N_("Le total fait %(total)s\u00a0; ces bulletins en portent %(minimum)s au moins."),
        N_("Le total est plus petit que le nombre de bulletins."),
    ),
    "row_length": (
        N_("Proposition %(option)s\u00a0: %(length)s cases remplies sur %(steps)s."),
        N_("Une ligne n'a pas le bon nombre de cases."),
    ),
    "row_sum": (
        N_("Proposition %(option)s\u00a0: la ligne fait %(total)s, pour %(ballots)s bulletins exprimés."),
        N_("Une ligne ne fait pas le nombre de bulletins exprimés."),
    ),
    "invalid_ballot": (
        N_("Bulletin papier n° %(number)s\u00a0: %(reason)s"),
        N_("Un bulletin papier ne convient pas."),
    ),
}
