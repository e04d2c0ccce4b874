"""Third séance of a workshop: debate, judge, write (domain §3 c ③)."""

from __future__ import annotations

from atelier.later import N_
from atelier.workshops.templates_shape import SequencePlan, ask, step
from atelier.workshops.templates_workshop import BREAK, one_of_three, recap

PROPOSALS = ("Première proposition", "Deuxième proposition", "Troisième proposition")
DECIDE = (
    recap("Montrer les propositions, et ce qui a changé depuis."),
    SequencePlan(
        "Questions sur les propositions",
        10,
        "Des questions pour comprendre, pas encore pour choisir.",
        "Répondre vite, cocher les questions répondues.",
        (ask("questions", "Que voulez-vous mieux comprendre ?", 10),),
    ),
    SequencePlan(
        "Degré d'accord par proposition",
        25,
        "Notez chaque proposition de 1 à 5. Le résultat reste caché jusqu'à la clôture.",
        "12 propositions au plus. Remplacer les exemples par les propositions de la séance précédente.",
        (
            ask(
                "scale",
                "Êtes-vous d'accord avec chaque proposition ?",
                20,
                low=1,
                high=5,
                low_label="Pas d'accord",
                high_label="D'accord",
                options=PROPOSALS,
            ),
        ),
    ),
    SequencePlan(
        "Débat sur les plus partagées",
        30,
        "Les trois propositions qui divisent le plus, 8 minutes chacune.",
        "Prendre celles dont la dispersion est la plus forte. Un nouveau vote est possible : les deux résultats restent.",
        (ask("speaking", "Débat", 30, policy="first_time", seconds=120),),
    ),
    BREAK,
    SequencePlan(
        "Jugement majoritaire",
        25,
        "Donnez une mention à chaque proposition. Sans mention, elle reçoit « À rejeter ».",
        "Lire la question et chaque proposition à voix haute. Saisir les bulletins papier avant de révéler.",
        (
            ask(
                "majority_judgment",
                "Cette proposition est-elle pertinente pour la région ?",
                15,
                grades=7,
                options=PROPOSALS,
            ),
        ),
    ),
    SequencePlan(
        "Écrire une fiche par proposition",
        25,
        "Par groupes de cinq : une fiche par proposition retenue.",
        "Titre, constat, proposition, conditions, points de vue divergents. Faire circuler les fiches.",
        (
            step(
                "Écriture des fiches",
                25,
                "Écrivez la fiche de votre proposition, à cinq.",
                columns=[
                    {"label": "Constat", "sign": "none", "prompt": "D'où part la proposition"},
                    {"label": "Proposition", "sign": "none", "prompt": "Ce que nous proposons"},
                    {"label": "Conditions", "sign": "none", "prompt": "Ce qu'il faut pour réussir"},
                    {"label": "Points de vue divergents", "sign": "none", "prompt": "Ce qui fait débat"},
                ],
            ),
        ),
    ),
    SequencePlan(
        "Suites et retour",
        15,
        "Qui rapporte au forum ? Et cette séance valait-elle le temps passé ?",
        "Deux rapporteuses ou rapporteurs. Faire approuver le plan de la synthèse de groupe.",
        (
            ask("commitments", "Qui rapporte au forum, qui écrit la synthèse ?", 8),
            ask("roti", "Cette séance valait-elle le temps passé ?", 4),
        ),
    ),
)

DECIDING = one_of_three(
    3,
    N_("Atelier participatif, séance 3 : choisir et écrire"),
    N_("18 h à 20 h 30. On part de la séance 2, on débat, on juge, on écrit."),
    DECIDE,
)
