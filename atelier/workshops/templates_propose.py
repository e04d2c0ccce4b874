"""Second séance of a workshop: check the diagnosis, propose at tables, consent (domain §3 c ②)."""

from __future__ import annotations

from atelier.later import N_
from atelier.workshops.templates_shape import SequencePlan, ask
from atelier.workshops.templates_workshop import BREAK, one_of_three, recap

PROPOSE = (
    recap("Montrer les regroupements, les questions ouvertes, les contributions en ligne reçues depuis."),
    SequencePlan(
        "Le diagnostic est-il juste ?",
        10,
        "Notez de 1 à 5, puis corrigez par une carte si besoin.",
        "Les corrections comptent autant que la note.",
        (
            ask(
                "scale",
                "Le diagnostic est-il juste ?",
                4,
                low=1,
                high=5,
                low_label="Pas du tout",
                high_label="Tout à fait",
                options=("Le diagnostic de la dernière séance",),
            ),
            ask("contributions", "Que faut-il corriger ?", 5, max_chars=140),
        ),
    ),
    SequencePlan(
        "Café des propositions, trois tours",
        55,
        "Un thème par table. L'hôte reste, les autres changent de table à chaque tour.",
        "Trois tours de 15 minutes, puis 10 minutes pour finir les fiches. Ne pas revenir à une table déjà faite.",
        (
            ask(
                "board",
                "Que proposons-nous sur ce thème ?",
                50,
                columns=[
                    {"label": "Quoi", "sign": "none", "prompt": "La proposition en une phrase"},
                    {"label": "Pour qui", "sign": "none", "prompt": "À qui elle sert"},
                    {"label": "Comment", "sign": "none", "prompt": "Les premiers pas"},
                    {"label": "À quelle condition", "sign": "none", "prompt": "Ce qu'il faut pour réussir"},
                ],
                per="table",
                max_chars=280,
            ),
        ),
    ),
    BREAK,
    SequencePlan(
        "Restitution des tables",
        25,
        "Chaque hôte raconte en 3 minutes.",
        "Repérer les doublons avec la salle. Ne fusionner qu'avec l'accord des tables.",
        (ask("speaking", "Les hôtes racontent", 25, policy="fifo", seconds=180),),
    ),
    SequencePlan(
        "Porter au forum",
        25,
        "Une objection à porter cette proposition au nom du groupe ?",
        "Recommencer pour chaque proposition. Avec objection : « portée par une partie du groupe ».",
        (
            ask(
                "consent",
                "Portons-nous cette proposition au nom du groupe ?",
                20,
                proposal="Cette proposition est portée au forum comme proposition du groupe.",
            ),
        ),
    ),
    SequencePlan(
        "Retour et prochaine date",
        15,
        "Cette séance valait-elle le temps passé ?",
        "Dire la date et le lieu de la dernière séance. Dire comment contribuer d'ici là.",
        (ask("roti", "Cette séance valait-elle le temps passé ?", 4),),
    ),
)

PROPOSING = one_of_three(
    2,
    N_("Atelier participatif, séance 2 : proposer"),
    N_("18 h à 20 h 30. On part de la séance 1, on propose en petits groupes, on consent."),
    PROPOSE,
)
