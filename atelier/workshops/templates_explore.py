"""First séance of a workshop: write in silence, group, choose themes (domain §3 c ①)."""

from __future__ import annotations

from atelier.later import N_
from atelier.workshops.templates_shape import SequencePlan, ask, step
from atelier.workshops.templates_workshop import BREAK, one_of_three

EXPLORE = (
    SequencePlan(
        "Accueil, règles du jeu",
        10,
        "Bienvenue. Voici la question, et ce que deviendront vos paroles.",
        "Attendre que tout le monde ait rejoint. Distribuer des fiches papier.",
        (
            ask(
                "choice",
                "D'où venez-vous ce soir ?",
                3,
                options=(
                    "De cette commune",
                    "D'une commune voisine",
                    "De plus loin",
                    "Je préfère ne pas dire",
                ),
            ),
        ),
    ),
    SequencePlan(
        "Premiers mots",
        10,
        "Un mot, trois fois au plus.",
        "Lire les mots à voix haute, sans les commenter.",
        (
            ask(
                "contributions",
                "Quels mots vous viennent sur la question ?",
                7,
                simple_question="À quels mots pensez-vous ?",
                max_chars=30,
                max_per_person=3,
                anonymity="anonymous",
            ),
        ),
    ),
    SequencePlan(
        "Écrire en silence, puis partager",
        25,
        "8 minutes en silence : une idée par carte. Puis 15 minutes à votre table.",
        "L'écran ne montre que le nombre de cartes. Garder ou retenir chaque carte. Saisir les cartes papier.",
        (
            ask(
                "contributions",
                "Qu'est-ce qui empêche, qu'est-ce qui aide ?",
                8,
                simple_question="Qu'est-ce qui bloque ? Qu'est-ce qui aide ?",
                max_chars=140,
                max_per_person=5,
                silent=True,
            ),
            step("Partage à la table", 15, "Lisez vos cartes à votre table. Ajoutez ce qui manque."),
        ),
    ),
    SequencePlan(
        "Regrouper ensemble",
        30,
        "Nous rangeons les cartes. Dites-nous si la vôtre est mal rangée.",
        "Avec deux volontaires. Nommer chaque regroupement avec les mots des cartes.",
        (step("Ranger les cartes", 30, "Votre carte est mal rangée ? Dites-le sur votre téléphone."),),
    ),
    BREAK,
    SequencePlan(
        "Choisir les thèmes à travailler",
        25,
        "Vos gommettes choisissent 5 ou 6 thèmes pour la prochaine séance.",
        "Les choix se remplissent seuls avec les regroupements. Résultat caché jusqu'à la clôture. Discuter le résultat.",
        (
            ask("dot_vote", "Quels thèmes travaillons-nous à la prochaine séance ?", 5, options_from="a3"),
            ask("speaking", "Réactions au résultat", 15, policy="first_time", seconds=90),
        ),
    ),
    SequencePlan(
        "Ce qui manque, qui manque",
        25,
        "Qu'avons-nous oublié ? Qui n'est pas là ?",
        "Noter comment joindre les personnes absentes avant la prochaine séance.",
        (
            ask(
                "board",
                "Qu'est-ce qui nous manque, et qui nous manque ?",
                25,
                columns=[
                    {"label": "Ce qui nous manque", "sign": "none", "prompt": "Un sujet oublié"},
                    {"label": "Qui nous manque", "sign": "none", "prompt": "Des personnes absentes ce soir"},
                ],
            ),
        ),
    ),
    SequencePlan(
        "Retour et prochaine date",
        15,
        "Cette séance valait-elle le temps passé ?",
        "Dire la date et le lieu de la prochaine séance. Dire comment contribuer d'ici là.",
        (ask("roti", "Cette séance valait-elle le temps passé ?", 4),),
    ),
)

EXPLORING = one_of_three(
    1,
    N_("Atelier participatif, séance 1 : explorer"),
    N_("18 h à 20 h 30, 30 à 60 personnes. On écrit, on regroupe, on choisit les thèmes."),
    EXPLORE,
)
