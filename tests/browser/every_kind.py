"""Every kind of activity once, set as fully as preparation allows, and what comes in while it is open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from tests.factories import make_activity, make_sequence, make_snapshot
from tests.unit.projected import PREVIOUS, READING, STATEMENTS, WEAKNESSES

COLUMNS = [
    {"key": "plus", "label": "Forces", "sign": "plus", "prompt": "Ce qui fait la force de l'assemblée"},
    {"key": "minus", "label": "Faiblesses", "sign": "minus", "prompt": "Ce qui la fragilise"},
]
SIMPLE = "Qu'est-ce qui marche ? Qu'est-ce qui ne marche pas ?"
PROPOSAL = "Écrire la règle de parole et l'afficher à l'entrée de la salle."
ENDS = {"low": 0, "high": 10, "low_label": "Pas du tout", "high_label": "Tout à fait"}
BOARD = {"columns": COLUMNS, "per": "person", "minimum": 3, "max_chars": 140}
HYPOTHESIS = {
    "statement": "Une règle simple libère la parole.",
    "evidence": "Trois minutes chacun, même le maire.",
    "useful_to": "Aux conseils citoyens.",
    "elsewhere": "Dans un lycée.",
}
COMMITMENT = {"what": "Appeler le bailleur.", "when": "Lundi.", "who": "Samira"}


@dataclass(frozen=True)
class Moment:
    """An activity; the card or the ballot of one phone; the ballots of twelve people without one."""

    activity: dict[str, Any]
    card: dict[str, Any] = field(default_factory=dict)
    ballot: dict[str, Any] = field(default_factory=dict)
    words: str = ""
    paper: dict[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        return str(self.activity["key"])

    @property
    def kind(self) -> str:
        return str(self.activity["kind"])


def read(key: str, kind: str, question: str, **settings: Any) -> Moment:
    return Moment(make_activity(key, kind, question, settings=settings))


def written(
    key: str, kind: str, question: str, card: dict[str, Any], settings: dict[str, Any], **more: Any
) -> Moment:
    return Moment(make_activity(key, kind, question, settings=settings, **more), card)


def voted(
    key: str,
    kind: str,
    question: str,
    ballot: dict[str, Any],
    rows: dict[str, Any],
    words: str = "",
    **more: Any,
) -> Moment:
    activity = make_activity(key, kind, question, minutes=5, **more)
    return Moment(activity, ballot=ballot, words=words, paper={"ballots": 12, "options": rows})


def counts(*rows: str) -> dict[str, Any]:
    """`"8 2 1 1"`: one row per option, twelve people in each, from the first step to the last."""
    return {
        f"o{place}": {"counts": [int(count) for count in row.split()]} for place, row in enumerate(rows, 1)
    }


def single(key: str, row: str) -> dict[str, Any]:
    return {key: counts(row)["o1"]}


READ = (
    read("a1", "presentation", "L'expression", texts=[{"heading": "L'expérience", "text": READING}]),
    read("a2", "recap", "Où en étions-nous ?"),
)
STEP = {"instruction": "Dites à votre voisin ce qui vous a surpris.", "columns": COLUMNS}
SHORT = {"max_chars": 140, "max_per_person": 3}
ASKED = {"anonymity": "named", "to_minutes": "validated"}
WRITTEN = (
    written("a3", "step", "À deux, puis à quatre", {"text": "Le silence.", "column": "plus"}, STEP, minutes=10),
    written("a4", "board", "Forces et faiblesses", {"text": "On parle avant.", "column": "plus"}, BOARD, simple_question=SIMPLE),
    written("a5", "contributions", "Une dernière idée ?", {"text": "Plus tôt.", "validated": True}, SHORT, **ASKED),
    written("a6", "hypothesis", "Qu'est-ce que cela révèle ?", {"fields": HYPOTHESIS}, {}),
    written("a7", "questions", "Vos questions", {"text": "Qui décide ?"}, {"upvotes": True}, anonymity="pseudonym"),
    written("a8", "commitments", "Et après ?", {"fields": COMMITMENT}, {}, **ASKED),
)  # fmt: skip
SPOKEN = (read("a9", "speaking", "Réaction du porteur", policy="first_time", seconds=120),)

DOTS = {"o1": {"dots": 9, "people": 7}, "o2": {"dots": 9, "people": 6}, "o4": {"dots": 3, "people": 3}}
PICKS = {"o1": {"people": 8}, "o2": {"people": 5}}
PICK = {"multiple": True, "min": 1, "max": 2, "by_college": True, "partial_to_desk": True}
MARKS = counts("0 0 1 0 1 2 3 3 1 1 0", "2 2 0 0 0 0 0 0 4 2 2")
MERITS = counts("1 1 2 2 3 2 1", "4 3 2 1 1 1 0")
OBJECTION = "Elle exclut qui ne lit pas."
VOTED = (
    voted("a10", "dot_vote", "Que comprendre d'abord ?", {"dots": {"o1": 2, "o3": 1}}, DOTS,
        options=WEAKNESSES, settings={"dots": 3, "per_option": 2, "vary_order": True}),
    voted("a11", "choice", "Par quoi commencer ?", {"options": ["o1", "o3"]}, PICKS, options=WEAKNESSES[:4], settings=PICK),
    voted("a12", "scale", "Est-ce transposable ?", {"values": {"o1": 7, "o2": 3}}, MARKS, options=STATEMENTS[:2], settings=ENDS),
    voted("a13", "gradients", "Ces hypothèses servent-elles ailleurs ?", {"levels": {"o1": 5, "o2": 2}},
        counts("7 3 1 1 0", "2 3 2 3 2"), options=STATEMENTS[:2]),
    voted("a14", "majority_judgment", "Quelle pertinence ?", {"grades": {"o1": 6, "o2": 3}}, MERITS,
        options=STATEMENTS[:2], settings={"grades": 7, "quorum": 50}),
    voted("a15", "consent", "Écrire la règle de parole", {"answer": "objection"}, single("answer", "8 2 1 1"), OBJECTION,
        anonymity="named", settings={"proposal": PROPOSAL}),
    voted("a16", "check_in", "Comment arrivez-vous ?", {"weather": 4}, single("weather", "1 2 3 4 2"),
        anonymity="anonymous", to_minutes="none", settings={"word": True}),
    voted("a17", "roti", "Cette soirée valait-elle le temps ?", {"value": 4}, single("value", "0 1 3 5 3"),
        anonymity="anonymous", settings={"comment": True}),
)  # fmt: skip


def evening_of(moments: Iterable[Moment], apart: bool = False, **meeting: Any) -> dict[str, Any]:
    """Return a snapshot: a sequence without activity, then `s1` with them all, or `apart`, one each: `s4` holds `a4`."""
    words = {
        "instructions": "Accueil à la porte.\nRappel des règles.",
        "notes": "Le micro est derrière le rideau.",
    }
    sequences = [make_sequence("s90", "Ouverture, règles du jeu", 10, **words)]
    if apart:
        sequences += [
            make_sequence(f"s{one.key[1:]}", f"Moment {one.key[1:]}", 10, one.activity) for one in moments
        ]
    else:
        sequences.append(make_sequence("s1", "Aux tables", 60, *(one.activity for one in moments)))
    return make_snapshot(sequences, **{"previous": PREVIOUS, **meeting})
