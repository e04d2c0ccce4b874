"""A public meeting that no playbook describes: a case, a board with one side, votes of several kinds, a confidential word."""

from __future__ import annotations

from typing import Any

from tests.factories import make_activity, make_sequence
from tests.kinds.room import Playing, Room, answers, spread

PEOPLE = {
    "Rosa": "A", "Étienne": "E", "Aminata": "A", "Claude": "U", "Bakary": "A", "Josiane": "A", "Paul": "E", "Mireille": "A",
    "Nordine": "A", "Agathe": "U",
}  # fmt: skip
IDEAS = [{"key": "c1", "label": "Idées", "sign": "none", "prompt": ""}]
CASE = [{"heading": "", "text": "La place a été refaite en 2009.\n\nElle sert de parking."}]
PLACES = ["Des bancs", "Des arbres", "Le marché", "Le parking"]


def sequences() -> list[dict[str, Any]]:
    return [
        make_sequence("s1", "Accueil", 10),
        make_sequence("s2", "La place aujourd'hui", 20,
            make_activity("a1", "presentation", "La place", settings={"texts": CASE}),
            make_activity("a2", "questions", "Que voulez-vous savoir ?", settings={"upvotes": True})),
        make_sequence("s3", "Que faire de la place ?", 30,
            make_activity("a3", "board", "Que faire de la place ?", settings={"columns": IDEAS}),
            make_activity("a4", "contributions", "Ce que l'on ne dit pas en réunion", anonymity="anonymous", to_minutes="none")),
        make_sequence("s4", "Choisir", 20,
            make_activity("a5", "choice", "Que garder ?", options=PLACES, settings={"multiple": True, "min": 1, "max": 2}),
            make_activity("a6", "gradients", "Fermer aux voitures ?", options=["Fermer la place aux voitures le samedi"]),
            make_activity("a7", "majority_judgment", "Quel nom pour la place ?", options=["Place du Puits", "Place Rosa-Parks"]),
            make_activity("a8", "consent", "Essayer trois mois", settings={"proposal": "La place ferme le samedi, trois mois."}),
            make_activity("a9", "hypothesis", "Et ailleurs ?")),
        make_sequence("s5", "Suites", 10,
            make_activity("a10", "commitments", "Qui fait quoi ?", anonymity="named", to_minutes="validated"),
            make_activity("a11", "dot_vote", "Par quoi commencer ?", options=["Les bancs"], settings={"dots": 1})),
    ]  # fmt: skip


def play(room: Room) -> None:
    evening = Playing(room)
    evening.arrive(PEOPLE)
    evening.open("a1")
    evening.open("a2")
    evening.write(
        "a2", ("q1", "Rosa", "Combien de places de parking ?"), ("q2", "Paul", "Qui a décidé en 2009 ?")
    )
    evening.desk("mark_answered", number=evening.numbers["q1"])
    evening.close("a1", 10)
    evening.close("a2")
    _write(evening)
    _choose(evening)
    evening.open("a10")
    evening.fill("a10", "p1", "Aminata", who="Aminata", what="Compter les voitures un samedi")
    evening.close("a10")
    evening.desk("close_session")


def _write(evening: Playing) -> None:
    evening.open("a3")
    evening.write("a3",
        ("i1", "Aminata", "Des bancs à l'ombre.\nEt une fontaine.", "c1"),
        ("i2", "Bakary", "Le marché du samedi sur toute la place.", "c1"),
        ("i3", "Claude", "Compter d'abord : <combien> de voitures restent ?", "c1"),
        ("i4", "Josiane", "Des bancs.", "c1"),
        ("i5", "Nordine", "Le fils Moreau gare trois voitures.", "c1"))  # fmt: skip
    evening.desk("hide_contribution", number=evening.numbers["i5"], motive="third_party_data")
    evening.group("a3", "S'asseoir", "i1 i4")
    evening.close("a3", 25)
    evening.open("a4")
    evening.write("a4", ("x1", "Mireille", "J'ai peur d'y passer le soir."))
    evening.close("a4")


def _choose(evening: Playing) -> None:
    evening.open("a5")
    kept = ["13", "2", "13", "3", "34", "1", "4", "23", "3", "12"]
    evening.vote(
        "a5", {who: {"options": [f"o{one}" for one in row]} for who, row in zip(PEOPLE, kept, strict=True)}
    )
    evening.count("a5", {"one_by_one": [{"options": ["o3"]}], "void": 0})
    evening.open("a6")
    evening.vote("a6", spread("levels", PEOPLE, "1 5 1 2 5 4 5 1 2 1"))
    evening.count("a6")
    evening.open("a7")
    evening.vote("a7", spread("grades", PEOPLE, "64 46 63 55 60 46 32 65 61 53"))
    evening.close("a7")
    evening.desk("annul_vote", activity="a7", motive="Un troisième nom a été proposé.")
    evening.open("a8")
    evening.vote(
        "a8",
        answers(PEOPLE, "oowwcccccc"),
        {"Rosa": "Le samedi, ma mère se gare là.", "Étienne": "L'arrêté n'est pas prêt."},
    )
    evening.count("a8")
