"""Results, cards and tables of the gallery, counted by the real methods from invented ballots."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from atelier.live.methods import (
    check_in,
    choice,
    consent,
    counting,
    dot_vote,
    gradients,
    majority_judgment,
    roti,
    scale,
)

COLLEGES = [
    {"key": "E", "letter": "E", "shape": "square", "color": "lagon", "label": "élus et agents"},
    {"key": "A", "letter": "A", "shape": "circle", "color": "soleil", "label": "associatifs et citoyens"},
    {"key": "U", "letter": "U", "shape": "triangle", "color": "rose", "label": "universitaires"},
]
OTHERS = [
    {"key": "T", "letter": "T", "shape": "losange", "color": "violet-clair", "label": "techniciens"},
    {"key": "L", "letter": "L", "shape": "pentagon", "color": "feuille", "label": "lycées"},
    {"key": "N", "letter": "N", "shape": "hexagon", "color": "passable", "label": "entreprises"},
    {"key": "H", "letter": "H", "shape": "croissant", "color": "soleil", "label": "habitants"},
    {"key": "", "letter": "", "shape": "ring", "color": "blanc", "label": "autre, ou je préfère ne pas dire"},
]
WEAKNESSES = [
    "Le lien avec le conseil municipal n'est pas écrit",
    "Les jeunes viennent une fois et ne restent pas",
    "Les désaccords sont peu travaillés en séance",
    "Les demandes restent longtemps sans réponse",
    "Les locataires du parc privé sont absents",
    "L'assemblée repose sur deux salariés",
]
PROPOSALS = [
    "Défrayer la garde d'enfants et le transport",
    "Tenir les réunions dans les quartiers et les villages",
    "Répondre par écrit à chaque proposition",
    "Former ensemble élus, agents et habitants",
    "Réserver des places par tirage au sort",
]
HYPOTHESES = [
    "Une règle de parole simple ouvre la prise de parole à tous.",
    "Répondre dans un délai annoncé fait revenir les gens.",
    "Une assemblée tient si plusieurs structures la portent.",
    "Les élus écoutent d'abord, parlent ensuite.",
    "Un écrit lie l'assemblée et le conseil municipal.",
]


def options(texts: Sequence[str]) -> list[dict[str, str]]:
    return [{"key": f"o{place}", "text": text} for place, text in enumerate(texts, 1)]


def keys(texts: Sequence[str]) -> list[str]:
    return [option["key"] for option in options(texts)]


def spread(rows: Sequence[Sequence[int]], field: str, low: int) -> list[dict[str, Any]]:
    """One ballot per person whose answers, option by option, add up to the rows."""
    answers = [[low + step for step, count in enumerate(row) for _ in range(count)] for row in rows]
    return [
        {field: {f"o{place}": row[voter] for place, row in enumerate(answers, 1)}}
        for voter in range(len(answers[0]))
    ]


def dots(totals: Sequence[tuple[int, int]], ballots: int, blank: int = 1) -> Mapping[str, Any]:
    rows = {f"o{place}": {"dots": dots, "people": people} for place, (dots, people) in enumerate(totals, 1)}
    paper = {"ballots": ballots, "blank": blank, "abstain": 0, "void": 0, "options": rows}
    result = dot_vote.tally([], keys(WEAKNESSES)[: len(totals)], {"dots": 3, "per_option": 2}, paper)
    present = counting.with_presence(result, present=46, electorate=46)
    return {**present, "counts": {**present["counts"], "paper": 5}}


def merit(rows: Sequence[Sequence[int]], grades: int = 7) -> Mapping[str, Any]:
    """`rows` from best to worst, as they are read."""
    ballots = spread([list(reversed(row)) for row in rows], "grades", 0)
    result = majority_judgment.tally(ballots, keys(PROPOSALS)[: len(rows)], {"grades": grades})
    return counting.with_presence(result, present=len(ballots) + 2, electorate=len(ballots) + 2)


def agreement(rows: Sequence[Sequence[int]]) -> Mapping[str, Any]:
    result = gradients.tally(spread(rows, "levels", 1), keys(HYPOTHESES)[: len(rows)], {})
    return counting.with_presence(result, present=sum(rows[0]) + 4, electorate=sum(rows[0]) + 4)


def results() -> dict[str, Mapping[str, Any]]:
    """By name: ordinary cases and the ones that break layouts."""
    thermometer = [
        [0, 2, 1, 1, 0, 0, 0, 1, 1, 2, 0],
        [0, 0, 0, 0, 1, 3, 2, 1, 1, 0, 0],
        [1, 0, 0, 1, 0, 1, 0, 2, 1, 1, 1],
    ]
    picks = (
        [{"options": ["o1"]}] * 12 + [{"options": ["o2"]}] * 7 + [{"options": ["o3"]}] * 3 + [{"blank": True}]
    )
    rounds = [
        consent.tally(
            [{"answer": "consent"}] * 8
            + [{"answer": "reservation"}] * 2
            + [{"answer": "objection"}, {"answer": "withdraw"}],
            ["answer"],
            {},
        ),
        consent.tally(
            [{"answer": "consent"}] * 10 + [{"answer": "reservation"}, {"answer": "withdraw"}], ["answer"], {}
        ),
    ]
    return {
        "dots": dots([(17, 14), (24, 19), (9, 8), (31, 24), (13, 11), (24, 21)], 41),
        "dots_many": dots([(88, 52), (61, 44), (9, 8), (120, 77), (0, 0), (61, 40)], 130),
        "dots_few": dots([(4, 3), (5, 3), (4, 2), (0, 0)], 6),
        "choice": counting.with_presence(
            choice.tally(picks, ["o1", "o2", "o3"], {"multiple": False}), present=24, electorate=24
        ),
        "merit": merit(
            [
                [14, 11, 7, 3, 2, 1, 0],
                [9, 12, 9, 4, 2, 1, 1],
                [10, 8, 11, 5, 3, 1, 0],
                [5, 9, 11, 7, 4, 2, 0],
                [4, 6, 7, 6, 6, 5, 4],
            ]
        ),
        "merit_narrow": merit(
            [
                [1, 40, 15, 1, 1, 1, 1],
                [1, 1, 1, 54, 1, 1, 1],
                [30, 0, 0, 0, 0, 0, 30],
                [60, 0, 0, 0, 0, 0, 0],
                [8, 9, 9, 9, 8, 9, 8],
            ]
        ),
        "merit_five": merit([[5, 4, 2, 0, 0], [2, 2, 3, 2, 2]], 5),
        "gradients": agreement(
            [[23, 13, 4, 2, 0], [25, 12, 3, 2, 0], [16, 14, 6, 4, 2], [11, 8, 7, 9, 7], [12, 12, 9, 6, 3]]
        ),
        "gradients_narrow": agreement(
            [[1, 57, 1, 1, 0], [1, 1, 1, 1, 56], [0, 0, 60, 0, 0], [10, 8, 19, 12, 11], [3, 7, 0, 20, 30]]
        ),
        "gradients_few": agreement([[3, 2, 1, 0, 0]]),
        "scale": counting.with_presence(
            scale.tally(spread(thermometer, "values", 0), keys(PROPOSALS)[:3], {"low": 0, "high": 10}),
            present=9,
            electorate=9,
        ),
        "consent": counting.with_presence(rounds[0], present=14, electorate=14),
        "consent_rounds": counting.with_presence(consent.with_rounds(rounds), present=14, electorate=14),
        "weather": check_in.tally(
            [{"weather": value} for value in (2, 4, 4, 4, 5, 5, 3, 5)], ["weather"], {}
        ),
        "roti": roti.tally([{"value": value} for value in (2, 3, 3, 4, 4, 5, 4, 4, 5, 3)], ["value"], {}),
    }


def table(number: int, plus: int, minus: int, state: str = "working", other: int = 0) -> dict[str, Any]:
    return {"number": number, "plus": plus, "minus": minus, "other": other, "state": state}


TABLES = [
    table(1, 4, 2),
    table(2, 5, 4),
    table(3, 4, 3, "help"),
    table(4, 6, 5),
    table(5, 5, 3),
    table(6, 2, 2, "few"),
    table(7, 4, 3, "finished"),
]
CLUSTERS = [
    (
        "plus",
        "Une parole qui compte",
        14,
        (("A", "On parle avant les élus, pas après."), ("E", "J'entends ce que les réunions ne disent pas.")),
    ),
    (
        "plus",
        "Des règles partagées",
        11,
        (("A", "Trois minutes chacun, même le maire."), ("U", "La règle protège ceux qui n'osent pas.")),
    ),
    (
        "plus",
        "Aller chercher les gens",
        13,
        (("A", "Le porte-à-porte avant chaque assemblée."), ("E", "La garde d'enfants a tout changé.")),
    ),
    (
        "minus",
        "Quelles suites\u00a0?",
        16,
        (
            ("A", "Six mois sans réponse, on ne revient pas."),
            ("E", "Je n'ai pas toujours le pouvoir de répondre."),
        ),
    ),
    (
        "minus",
        "Qui n'est pas là",
        12,
        (
            ("A", "Les jeunes passent, mais ne restent pas."),
            ("U", "Les locataires du parc privé sont absents."),
        ),
    ),
    (
        "minus",
        "Trop peu de bras",
        8,
        (("A", "Si l'animatrice part, tout s'arrête."), ("U", "L'animation repose sur deux salariés.")),
    ),
]
