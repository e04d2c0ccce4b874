"""A day of an exchange group, 9 h 30 to 16 h 30, 12 to 15 members (domain §3 a). Its steps do not go to the compte rendu."""

from __future__ import annotations

from atelier.later import N_
from atelier.workshops.colleges import EXCHANGE
from atelier.workshops.kinds import board_columns
from atelier.workshops.templates_shape import ActivityPlan, SequencePlan, Template, ask, step

SECRET = {"to_minutes": "none", "anonymity": "named"}
IDEA_COLUMNS = [
    {"label": "Idée", "sign": "none", "prompt": "Vous pourriez…"},
    {"label": "Expérience", "sign": "none", "prompt": "Chez nous…"},
    {"label": "Hypothèse", "sign": "none", "prompt": "Et si c'était…"},
    {"label": "Question", "sign": "none", "prompt": "Qu'est-ce qui…"},
]


def six_steps() -> tuple[ActivityPlan, ...]:
    """Return the six steps of Payette and Champagne, 75 minutes."""
    return (
        step("1. Exposé", 8, "La personne raconte sa situation. Personne n'interrompt.", **SECRET),
        step(
            "2. Clarification",
            15,
            "Des questions pour comprendre. Pas de conseil déguisé.",
            columns=[{"label": "Question", "sign": "none", "prompt": "Une question à la fois"}],
            **SECRET,
        ),
        step("3. Contrat", 5, "La personne dit sa demande en une phrase. Elle reste affichée.", **SECRET),
        step(
            "4. Consultation",
            30,
            "Le groupe propose. La personne écoute et prend des notes.",
            columns=IDEA_COLUMNS,
            **SECRET,
        ),
        step(
            "5. Synthèse et plan d'action",
            7,
            "La personne dit ce qu'elle retient et ce qu'elle va faire.",
            **SECRET,
        ),
        step(
            "6. Apprentissages et régulation",
            10,
            "Chacune et chacun dit ce qu'il a appris.",
            columns=[{"label": "Ce que j'ai appris", "sign": "none", "prompt": "Une phrase"}],
            to_minutes="validated",
            anonymity="named",
        ),
    )


MORNING = (
    SequencePlan(
        "Accueil, émargement",
        15,
        "Rejoignez la séance et signez la feuille.",
        "Afficher le thème du jour et le lieu de la prochaine rencontre. Cocher les signatures papier.",
    ),
    SequencePlan(
        "Météo et tour de table",
        20,
        "Comment arrivez-vous aujourd'hui ? Une icône, et un mot si vous voulez.",
        "Une minute chacun. La météo ne va pas au compte rendu.",
        (
            ask("check_in", "Comment arrivez-vous aujourd'hui ?", 3, anonymity="named"),
            ask("speaking", "Tour de table", 17, policy="fifo", seconds=60),
        ),
    ),
    SequencePlan(
        "Compte rendu précédent, suites",
        15,
        "On relit les demandes de modification, puis on approuve.",
        "Lire les modifications une par une. Une réserve est notée, une objection demande une nouvelle formulation.",
        (
            step("Modifications demandées", 8, "Voici les modifications, une par une."),
            ask(
                "consent",
                "Approuvez-vous le compte rendu de la dernière rencontre ?",
                7,
                proposal="Le compte rendu de la dernière rencontre est approuvé, avec les modifications lues.",
            ),
        ),
    ),
    SequencePlan(
        "Choix des deux situations du jour",
        10,
        "Deux gommettes pour choisir les situations que nous travaillons.",
        "Inscrire avant la séance les situations proposées par les membres. Annoncer ensuite l'ordre.",
        (
            ask(
                "dot_vote",
                "Quelles situations travaillons-nous aujourd'hui ?",
                5,
                dots=2,
                per_option=1,
                options=(
                    "Première situation proposée",
                    "Deuxième situation proposée",
                    "Troisième situation proposée",
                ),
            ),
        ),
    ),
    SequencePlan(
        "Codéveloppement, situation 1",
        75,
        "Six étapes. Ce qui se dit ici reste ici.",
        "Tenir les règles de chaque étape. Rien ne va au compte rendu sauf ce que la personne valide"
        " et les apprentissages généraux.",
        six_steps(),
    ),
    SequencePlan("Pause", 15, "Retour dans un quart d'heure."),
    SequencePlan(
        "Thème du mois : 1-2-4-tous",
        30,
        "Seul 1 minute, à deux 2 minutes, à quatre 4 minutes, puis tous ensemble.",
        "Restes : des groupes de 3 ou de 5. Une carte par groupe de quatre. Puis dix minutes de discussion.",
        (
            step("Seul, en silence", 1, "Notez votre idée pour vous."),
            step("À deux", 2, "Comparez, gardez le plus fort."),
            step("À quatre", 4, "Mettez-vous d'accord sur une carte."),
            ask(
                "contributions",
                "Quelle est l'idée de votre groupe de quatre ?",
                5,
                max_per_person=1,
                max_chars=140,
            ),
            ask("speaking", "Discussion", 18, policy="first_time", seconds=120),
        ),
    ),
)

AFTERNOON = (
    SequencePlan(
        "Repas, visite chez l'hôte",
        75,
        "Nous reprenons à 13 h 45.",
        "L'hôte présente le lieu. Vérifier la salle de l'après-midi.",
    ),
    SequencePlan(
        "Codéveloppement, situation 2",
        75,
        "Six étapes. Ce qui se dit ici reste ici.",
        "Variante GEASE : récit 10 minutes, questions 25, hypothèses 25 (la personne se tait), retour 5, méta 10.",
        six_steps(),
        locked_start="13:45",
    ),
    SequencePlan(
        "Montée en généralité",
        40,
        "Qu'apprennent ces deux situations ?",
        "Regrouper à mesure. Ne garder que ce qui vaut au-delà des deux situations.",
        (
            ask(
                "board",
                "Qu'apprennent ces deux situations ?",
                40,
                simple_question="Que retenez-vous de ces deux histoires ?",
                columns=board_columns("four"),
            ),
        ),
    ),
    SequencePlan(
        "Production pour le forum",
        25,
        "Chaque regroupement : on garde, ou on retravaille ?",
        "Relire les regroupements un par un. Le texte de la synthèse s'écrit ensuite.",
        (
            step("Relire les regroupements", 15, "Nous relisons chaque regroupement."),
            ask(
                "consent",
                "Gardons-nous ces éléments pour notre contribution au forum ?",
                10,
                proposal="Ces regroupements entrent dans notre contribution au forum.",
            ),
        ),
    ),
    SequencePlan(
        "Décisions",
        15,
        "Qui présente la prochaine fois, où, quand ? Qui écrit le compte rendu ?",
        "Noter le lieu et la date de la prochaine rencontre.",
        (ask("commitments", "Qui fait quoi, et quand ?", 15),),
    ),
    SequencePlan(
        "Retour sur la journée, mot de la fin",
        10,
        "Cette journée valait-elle le temps passé ? Et un mot pour finir.",
        "Montrer la répartition après la clôture. Clore la séance.",
        (ask("roti", "Cette journée valait-elle le temps passé ?", 5),),
    ),
)

EXCHANGE_DAY = Template(
    key="exchange_day",
    kind="exchange_day",
    label=N_("Journée de groupe d'échanges"),
    about=N_(
        "9 h 30 à 16 h 30, 12 à 15 membres. Deux situations en codéveloppement, un thème, une production."
    ),
    title="Journée de groupe d'échanges",
    question="Que nous apprennent nos pratiques ?",
    starts="09:30",
    ends="16:30",
    capacity=15,
    confidential=True,
    colleges=EXCHANGE,
    rules=(
        "Chacune et chacun vient en son nom propre.",
        "Ce qui se dit dans les situations reste dans le groupe.",
        "On écoute jusqu'au bout avant de répondre.",
        "Pas de conseil déguisé en question.",
    ),
    sequences=(*MORNING, *AFTERNOON),
)
