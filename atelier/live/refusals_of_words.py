"""What is said when an act about cards, their wording or their grouping is refused."""

from __future__ import annotations

from collections.abc import Mapping

from atelier.later import N_

FIELDS: Mapping[str, str] = {
    "empty_text": "text",
    "too_long": "text",
    "choose_column": "column",
    "unknown_column": "column",
    "unknown_option": "option",
    "unknown_channel": "channel",
    "sheet_already_entered": "sheet",
    "unknown_motive": "motive",
    "motive_needed": "note",
    "title_too_long": "title",
}

SENTENCES: Mapping[str, tuple[str, ...]] = {
    # writing
    "empty_text": (N_("Écrivez d'abord votre texte."),),
    "too_long": (
        N_("Ce texte est trop long\u00a0: %(limit)s signes au plus."),
        N_("Ce texte est trop long. Raccourcissez-le."),
    ),
    "too_many_cards": (
        N_("Cette activité prend %(limit)s cartes par personne. Modifiez ou retirez l'une des vôtres."),
        N_("Vous avez envoyé toutes vos cartes. Modifiez ou retirez l'une d'elles."),
    ),
    "no_cards_here": (N_("Cette activité ne prend pas de cartes."),),
    "choose_column": (N_("Choisissez d'abord la colonne de cette carte."),),
    "unknown_column": (N_("Choisissez une colonne de la liste."),),
    "unknown_field": (N_("Cette page est trop ancienne. Rechargez-la."),),
    "unknown_option": (N_("Cette option n'est plus proposée. Rechargez la page."),),
    "no_text_here": (N_("Ce vote ne prend pas de texte."),),
    # one's own card
    "unknown_card": (N_("Cette carte n'existe pas."),),
    "not_your_card": (N_("Cette carte n'est pas la vôtre."),),
    "already_withdrawn": (
        N_("La carte C-%(number)s a été retirée par la personne qui l'a écrite."),
        N_("Cette carte a déjà été retirée."),
    ),
    "own_question": (N_("C'est votre question. Les autres peuvent la soutenir."),),
    "anonymous_activity": (N_("Ici les cartes n'ont pas de nom. Il n'y a rien à accepter."),),
    # entering for somebody
    "unknown_channel": (N_("Dites comment l'idée est arrivée."),),
    "sheet_already_entered": (
        N_("La fiche %(sheet)s a déjà été saisie à %(at)s."),
        N_("La fiche %(sheet)s a déjà été saisie."),
        N_("Cette fiche a déjà été saisie à %(at)s."),
        N_("Cette fiche a déjà été saisie."),
    ),
    # sorting
    "card_hidden": (
        N_("La carte C-%(number)s est masquée. Remontrez-la d'abord."),
        N_("Cette carte est masquée. Remontrez-la d'abord."),
    ),
    "not_hidden": (N_("Cette carte n'est pas masquée."),),
    "unknown_motive": (N_("Choisissez un motif de la liste."),),
    "motive_needed": (N_("Dites pourquoi en quelques mots. La personne le lira."),),
    "merged_card": (
        N_("La carte C-%(number)s est réunie à C-%(into)s. Agissez sur celle-là."),
        N_("Cette carte est réunie à une autre. Agissez sur celle-là."),
    ),
    "not_reworded": (N_("Cette carte porte déjà les mots de la personne."),),
    "not_a_question": (N_("Seule une question peut être cochée comme répondue."),),
    # merging and grouping
    "nothing_to_merge": (N_("Choisissez au moins une autre carte à réunir."),),
    "not_merged": (N_("Cette carte n'est pas réunie à d'autres."),),
    "other_activity": (
        N_("La carte C-%(number)s vient d'une autre activité."),
        N_("Ces regroupements viennent d'activités différentes."),
    ),
    "other_column": (
        N_("La carte C-%(number)s est dans une autre colonne."),
        N_("Cette carte est dans une autre colonne."),
    ),
    "unknown_cluster": (N_("Ce regroupement n'existe plus."),),
    "title_too_long": (
        N_("Ce titre est trop long\u00a0: %(limit)s signes au plus."),
        N_("Ce titre est trop long."),
    ),
    "empty_cluster": (N_("Ce regroupement est vide. Rangez-y une carte d'abord."),),
    "nothing_to_split": (N_("Cochez les cartes à séparer."),),
    "not_in_cluster": (
        N_("La carte C-%(number)s n'est plus dans ce regroupement."),
        N_("Une carte n'est plus dans ce regroupement."),
    ),
    "nothing_left": (N_("Laissez au moins une carte dans ce regroupement."),),
    "same_cluster": (N_("C'est le même regroupement. Choisissez-en un autre."),),
    "no_clusters": (N_("Faites d'abord un regroupement qui porte des cartes."),),
    "untitled_cluster": (N_("Un regroupement n'a pas de titre. Donnez-lui un titre d'abord."),),
    "title_hidden": (N_("Le titre d'un regroupement reprend une carte masquée. Changez ce titre."),),
    "same_title": (N_("Deux regroupements portent le même titre. Changez l'un des deux."),),
    "nothing_to_undo": (N_("Rien à défaire\u00a0: vous n'avez rien rangé récemment."),),
    "undo_outdated": (N_("Une autre personne a changé ces cartes depuis. Rien n'a été défait."),),
}
