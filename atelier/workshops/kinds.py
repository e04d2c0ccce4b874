"""What an activity may be, and how it stands before anybody has set it."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from atelier.later import N_

MAX_OPTIONS = 12


@dataclass(frozen=True, slots=True)
class Kind:
    """`words`: people write, so an anonymity mode is said to them. `options`: one to twelve things to vote on."""

    key: str
    label: str
    family: str  # speak | write | vote | lead
    words: bool = False
    options: bool = False
    anonymity: str = "college"
    to_minutes: str = "all"
    minutes: int | None = 10
    settings: Mapping[str, Any] = field(default_factory=dict)

    @property
    def vote(self) -> bool:
        return self.family == "vote"


VOTE = {"vary_order": False, "partial_to_desk": False, "quorum": None, "by_college": False}
COLUMN = {"label": "", "sign": "none", "prompt": ""}
PLUS_MINUS = (
    {"key": "plus", "label": "Forces", "sign": "plus", "prompt": "Ce qui marche, ce qui tient"},
    {
        "key": "minus",
        "label": "Faiblesses",
        "sign": "minus",
        "prompt": "Ce qui fragilise, ce qu'il faut comprendre",
    },
)

ALL = (
    Kind("presentation", N_("Présentation"), "lead", settings={"texts": []}),
    Kind("recap", N_("Rappel de la séance précédente"), "lead", minutes=5),
    Kind("step", N_("Étape minutée"), "lead", words=True, settings={"instruction": "", "columns": []}),
    Kind("speaking", N_("Tour de parole"), "speak", settings={"policy": "first_time", "seconds": 120}),
    Kind(
        "contributions",
        N_("Contributions"),
        "write",
        words=True,
        settings={"max_chars": 140, "max_per_person": 0},
    ),
    Kind(
        "board",
        N_("Tableau à colonnes"),
        "write",
        words=True,
        minutes=30,
        settings={"columns": [dict(column) for column in PLUS_MINUS], "per": "person", "minimum": 0, "max_chars": 140},
    ),
    Kind("hypothesis", N_("Hypothèses"), "write", words=True, minutes=25),
    Kind("questions", N_("Questions"), "write", words=True, settings={"upvotes": True, "max_chars": 140}),
    Kind("commitments", N_("Engagements"), "write", words=True, anonymity="named", to_minutes="validated", minutes=5),
    Kind("dot_vote", N_("Vote aux gommettes"), "vote", options=True, minutes=5, settings={"dots": None, "per_option": 2, **VOTE}),
    Kind(
        "choice",
        N_("Choix simple ou multiple"),
        "vote",
        options=True,
        minutes=3,
        settings={"multiple": False, "min": 1, "max": None, **VOTE},
    ),
    Kind(
        "scale",
        N_("Échelle"),
        "vote",
        options=True,
        minutes=5,
        settings={"low": 0, "high": 10, "low_label": "Pas du tout", "high_label": "Tout à fait", **VOTE},
    ),
    Kind("gradients", N_("Degré d'accord"), "vote", words=True, options=True, settings=VOTE),
    Kind("majority_judgment", N_("Jugement majoritaire"), "vote", options=True, settings={"grades": 7, **VOTE}),
    Kind("consent", N_("Consentement"), "vote", words=True, anonymity="named", settings={"proposal": "", **VOTE}),
    Kind(
        "check_in",
        N_("Météo"),
        "vote",
        words=True,
        anonymity="anonymous",
        to_minutes="none",
        minutes=5,
        settings={"word": True, **VOTE},
    ),
    Kind(
        "roti",
        N_("Retour sur le temps investi"),
        "vote",
        words=True,
        anonymity="anonymous",
        minutes=3,
        settings={"comment": True, **VOTE},
    ),
)  # fmt: skip
KINDS: Mapping[str, Kind] = {kind.key: kind for kind in ALL}
WRITING_BOARDS = frozenset({"contributions", "board"})  # what may go on from one séance to the next

FAMILIES: Mapping[str, str] = {
    "lead": N_("Conduire"),
    "write": N_("Écrire"),
    "vote": N_("Voter"),
    "speak": N_("Parler"),
}


def default_settings(kind: str) -> dict[str, Any]:
    """Return fresh settings of a kind."""
    return deepcopy(dict(KINDS[kind].settings))


BOARDS: Mapping[str, tuple[str, tuple[dict[str, str], ...]]] = {
    "plus_minus": (N_("Forces et faiblesses"), PLUS_MINUS),
    "swot": (
        N_("Atouts, faiblesses, opportunités, menaces"),
        (
            {"label": "Atouts", "sign": "plus", "prompt": "Ce que nous avons déjà"},
            {"label": "Faiblesses", "sign": "minus", "prompt": "Ce qui nous manque"},
            {"label": "Opportunités", "sign": "plus", "prompt": "Ce qui peut nous aider, au dehors"},
            {"label": "Menaces", "sign": "minus", "prompt": "Ce qui peut nous gêner, au dehors"},
        ),
    ),
    "four": (
        N_("Quatre colonnes"),
        (
            {"label": "Ce qui marche", "sign": "plus", "prompt": ""},
            {"label": "Ce qui bute", "sign": "minus", "prompt": ""},
            {"label": "Conditions", "sign": "none", "prompt": "À quelles conditions cela réussit"},
            {"label": "Question ouverte", "sign": "none", "prompt": "Ce que nous ne savons pas encore"},
        ),
    ),
    "six_hats": (
        N_("Six chapeaux"),
        (
            {"label": "Bleu", "sign": "none", "prompt": "Le cadre\u00a0: que cherchons-nous\u00a0?"},
            {"label": "Blanc", "sign": "none", "prompt": "Les faits, les chiffres"},
            {"label": "Rouge", "sign": "none", "prompt": "Ce que l'on ressent"},
            {"label": "Jaune", "sign": "plus", "prompt": "Les avantages"},
            {"label": "Noir", "sign": "minus", "prompt": "Les risques"},
            {"label": "Vert", "sign": "none", "prompt": "Les idées nouvelles"},
        ),
    ),
}


def board_columns(preset: str) -> list[dict[str, str]]:
    """Return the columns of a preset, each with its key."""
    return keyed_columns(BOARDS[preset][1])


def keyed_columns(columns: Any) -> list[dict[str, str]]:
    """Give each column a key of its own: its former one, else the next free `c…`."""
    taken = {str(column.get("key")) for column in columns if column.get("key")}
    fresh = (f"c{number}" for number in range(1, 100))
    done: list[dict[str, str]] = []
    used: set[str] = set()
    for column in columns:
        key = str(column.get("key") or "")
        if not key or key in used:
            key = next(candidate for candidate in fresh if candidate not in taken)
        used.add(key)
        done.append({**COLUMN, **column, "key": key})
    return done


def keyed_options(texts: list[str], before: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return options in the order of `texts`; one whose words stay keeps what it came from."""
    known = {str(option["text"]): option for option in before}
    return [
        {
            "key": f"o{number}",
            "text": text,
            "cluster": known.get(text, {}).get("cluster"),
            "copied_from": list(known.get(text, {}).get("copied_from", ())),
        }
        for number, text in enumerate(texts, 1)
    ]
