"""The evening of a chantier coopératif, 19 h to 21 h 30, minute by minute (domain §3 b, R-145 to R-148)."""

from __future__ import annotations

from atelier.later import N_
from atelier.workshops.colleges import CHANTIER
from atelier.workshops.kinds import board_columns
from atelier.workshops.templates_shape import SequencePlan, Template, ask, step

RULES = (
    "Chacune et chacun parle en son nom, pas au nom de sa structure.",
    "Une idée par carte, dite simplement.",
    "On comprend d'abord, on discute ensuite.",
    "Les désaccords sont notés, pas effacés.",
    "Le compte rendu vous sera retourné à toutes et à tous.",
)

OPENING = SequencePlan(
    "Ouverture, règles du jeu",
    10,
    "Bienvenue. Voici le cadre de la soirée, et ce que deviendront vos paroles.",
    "18 h 30 à 19 h : accueil, émargement, placement. Mêler les collèges à chaque table. Dire les cinq règles."
    " Lire à voix haute tout ce qui est projeté. Montrer où demander une fiche papier.",
    (
        ask(
            "choice",
            "Vous êtes ici comme…",
            3,
            options=(
                "Élue, élu ou agent",
                "Membre d'une association ou d'un collectif, citoyenne ou citoyen",
                "Universitaire",
                "Autre, ou je préfère ne pas dire",
            ),
        ),
    ),
)

CASE = SequencePlan(
    "Présentation du cas",
    25,
    "Le porteur de l'expérience raconte. Écrivez vos questions sans attendre, en silence.",
    "Trois temps de 8 minutes : contexte, choix, manières de faire. Prévenir à 1 minute de la fin de chacun."
    " Les questions restent cachées jusqu'à la fin : aucun classement n'est montré avant.",
    (
        ask(
            "presentation",
            "L'expérience présentée",
            24,
            texts=[
                {"heading": "Contexte", "text": "Où, quand, avec qui l'expérience est née."},
                {"heading": "Choix", "text": "Les choix qui ont conduit à son installation."},
                {
                    "heading": "Manières de faire",
                    "text": "Comment on rencontre la population, les organisations, les élues et élus.",
                },
            ],
        ),
        ask(
            "questions",
            "Que voulez-vous mieux comprendre ?",
            25,
            simple_question="Qu'est-ce qui n'est pas clair ?",
            silent=True,
        ),
    ),
)

UNDERSTANDING = SequencePlan(
    "Questions de compréhension",
    15,
    "Des questions pour comprendre. Les avis viendront ensuite.",
    "Partir des questions les plus soutenues, cocher celles qui ont leur réponse. Refuser doucement les avis à ce stade."
    " Donner la parole d'abord à qui n'a pas encore parlé.",
    (ask("speaking", "Qui veut poser sa question ?", 15, policy="first_time", seconds=60),),
)

CROSSED_VIEWS = SequencePlan(
    "Forces et faiblesses, aux tables",
    30,
    "À chaque table : au moins 3 forces et 3 faiblesses. Un téléphone par table suffit.",
    "Une personne écrit par table, les autres peuvent écrire aussi. L'écran montre le nombre de cartes, pas leur texte."
    " Circuler, garder les cartes, commencer à regrouper. Aide pour la fiche papier.",
    (
        ask(
            "board",
            "Ce qui fait la force de cette expérience, ce qui la fragilise",
            30,
            simple_question="Qu'est-ce qui marche bien ? Qu'est-ce qui est difficile ?",
            columns=board_columns("plus_minus"),
            per="table",
            minimum=3,
            silent=True,
        ),
    ),
)

PLENARY = SequencePlan(
    "Ce que disent les regards",
    20,
    "Chaque table lit une force et une faiblesse qui n'ont pas encore été dites.",
    "90 secondes par table. Regrouper à mesure, avec la personne qui tient le secrétariat."
    " Nommer chaque regroupement en quatre mots au plus, et demander : « c'est bien ça ? »",
    (
        step(
            "Lecture par table et regroupement",
            20,
            "Écoutez les autres tables. Votre carte est mal rangée ? Dites-le sur votre téléphone.",
        ),
    ),
)

PRIORITIES = SequencePlan(
    "Vote aux gommettes",
    5,
    "Trois gommettes pour les faiblesses à comprendre, trois pour les forces.",
    "Les choix se remplissent seuls avec les regroupements, chaque côté le sien. Résultat caché jusqu'à la clôture."
    " Saisir les bulletins papier avant de révéler.",
    (
        ask(
            "dot_vote",
            "Quelles faiblesses faut-il comprendre d'abord ?",
            3,
            dots=3,
            options_from="a5:minus",
        ),
        ask("dot_vote", "Quelles forces comptent le plus ?", 2, dots=3, options_from="a5:plus"),
    ),
)

HYPOTHESES = SequencePlan(
    "Hypothèses, aux tables",
    25,
    "Qu'est-ce que cette expérience révèle qui peut servir ailleurs ?",
    "Une ou deux hypothèses par table. Aider à remplir les quatre lignes : énoncé, ce qui le montre, utile à qui,"
    " dans quel autre contexte.",
    (
        ask(
            "hypothesis",
            "Qu'est-ce que cette expérience révèle qui peut servir ailleurs ?",
            25,
            simple_question="Que peut-on apprendre de cette expérience pour d'autres lieux ?",
        ),
    ),
)

AGREEMENT = SequencePlan(
    "Mise en commun, degré d'accord",
    12,
    "Pour chaque hypothèse : pour, plutôt pour, neutre, plutôt contre, contre. Une réserve peut s'écrire.",
    "Les hypothèses gardées deviennent les choix, d'elles-mêmes. Il en faut 6 à 10. Lire chacune à voix haute avant"
    " d'ouvrir. Garder les réserves : elles vont au compte rendu.",
    (ask("gradients", "Êtes-vous d'accord avec ces hypothèses ?", 12, options_from="a9"),),
)

FOLLOW_UP = SequencePlan(
    "Réaction du porteur, suites",
    6,
    "Le porteur réagit. Qui veut co-écrire le compte rendu ?",
    "Deux ou trois volontaires par collège. Dire la date de retour du compte rendu : projet à J+2, relecture à J+8.",
    (ask("commitments", "Qui fait quoi, et quand ?", 6),),
)

FEEDBACK = SequencePlan(
    "Retour sur la soirée",
    2,
    "Cette soirée valait-elle le temps que vous y avez passé ?",
    "Sur les téléphones, et sur papier à la porte. Dire comment recevoir le compte rendu.",
    (ask("roti", "Cette soirée valait-elle le temps passé ?", 2),),
)

CHANTIER_EVENING = Template(
    key="chantier",
    kind="worksite_evening",
    label=N_("Soirée de chantier coopératif"),
    about=N_(
        "19 h à 21 h 30, jusqu'à 50 personnes, en tables. Une expérience est racontée, analysée, discutée."
    ),
    title="Soirée de chantier coopératif",
    question="Que nous apprend cette expérience ?",
    starts="19:00",
    ends="21:30",
    tables=7,
    capacity=50,
    colleges=CHANTIER,
    rules=RULES,
    sequences=(
        OPENING,
        CASE,
        UNDERSTANDING,
        CROSSED_VIEWS,
        PLENARY,
        PRIORITIES,
        HYPOTHESES,
        AGREEMENT,
        FOLLOW_UP,
        FEEDBACK,
    ),
)
