"""A day of an exchange group, 13 members, as its template leads it: what is said in the situations stays in the group."""

from __future__ import annotations

from tests.kinds.room import Playing, Room, answers, dots, fingers

TEMPLATE = "exchange_day"
PEOPLE = {
    "Nadège": "P", "Bertrand": "E", "Solange": "B", "Karim": "P", "Odile": "B", "Yann": "P", "Maïté": "P", "Gérard": "E",
    "Fatou": "B", "Loïc": "P", "Hélène": "P", "Zohra": "B",
}  # fmt: skip
SITUATIONS = [
    "Le conseil citoyen qui n'a plus que quatre membres",
    "Une concertation commencée après la décision",
    "Le budget participatif que personne ne suit",
]
LEARNED = (
    ("e1", "Nadège", "Dire dès la première réunion ce qui est déjà décidé.", "c1"),
    ("e2", "Karim", "Annoncer ce qui ne bougera pas évite la colère de la fin.", "c1"),
    ("e3", "Odile", "Aller voir les absents chez eux, à deux.", "c1"),
    ("e4", "Yann", "Le calendrier des élus passe avant celui des habitants.", "c2"),
    ("e5", "Bertrand", "On demande aux élus de promettre ce qu'ils ne décident pas.", "c2"),
    ("e6", "Fatou", "Une personne payée pour tenir le lien toute l'année.", "c3"),
    ("e7", "Loïc", "Faut-il continuer une concertation quand tout est joué ?", "c4"),
    ("e8", "Zohra", "Le maire a dit « on verra » : *qui* verra ?", "c4"),
)
FORUM = "Ces regroupements entrent dans notre contribution au forum."
AMENDED = "Ces regroupements entrent dans notre contribution, la question ouverte à part."


def play(room: Room) -> None:
    day = Playing(room)
    day.arrive(PEOPLE)
    day.desk("set_without_phone", count=1)
    for part in (_morning, _case, _theme, _second_case, _general, _production, _end):
        part(day)
    day.desk("close_session")


def _morning(day: Playing) -> None:
    day.open("a1")
    day.vote("a1", fingers(PEOPLE, "345543213454", "weather"))
    day.count("a1")
    day.room.wait(17)
    day.open("a4")
    day.vote(
        "a4", answers(PEOPLE, "cccccccrcccc"), {"Gérard": "La page 2 dit « les élus » : nous étions deux."}
    )
    day.count("a4", {"one_by_one": [{"answer": "consent"}], "void": 0})
    day.choose_among("a5", "Quelles situations travaillons-nous aujourd'hui ?", SITUATIONS,
                     settings={"dots": 2, "per_option": 1}, minutes=5)  # fmt: skip
    day.open("a5")
    day.vote("a5", dots(PEOPLE, "12 12 13 12 23 12 13 12 1 12 23"))
    day.count("a5", {"one_by_one": [{"dots": {"o1": 1}}], "void": 0})


def _case(day: Playing) -> None:
    day.open("a7")
    day.write("a7", ("s1", "Bertrand", "Combien étaient-ils au début ?", "c1"))
    day.close("a7", 15)
    day.open("a9")
    day.write("a9", ("s2", "Solange", "Chez nous, on a supprimé l'ordre du jour.", "c2"))
    day.close("a9", 30)
    day.open("a11")
    day.write("a11", ("l1", "Nadège", "Je croyais animer, je remplissais.", "c1"), validated=True)
    day.write("a11", ("l2", "Karim", "Ce que je n'ai pas dit au maire.", "c1"))
    day.close("a11", 10)


def _theme(day: Playing) -> None:
    day.open("a15")
    day.write(
        "a15",
        ("t1", "Odile", "Une question se pose avec les gens, jamais à leur place."),
        ("t2", "Maïté", "Le sens se perd quand l'outil arrive en premier."),
        ("t3", "Gérard", "Pour moi c'est Monsieur Martin qui bloque."),
    )
    day.enter("a15", "t4", "Sans mémoire écrite, chaque année recommence à zéro", college="B", sheet="3")
    day.desk("hide_contribution", number=day.numbers["t3"], motive="attack")
    day.close("a15", 12)


def _second_case(day: Playing) -> None:
    day.open("a22")
    day.write("a22", ("l3", "Zohra", "Demander qui a le droit de dire non.", "c1"), validated=True)
    day.close("a22", 10)


def _general(day: Playing) -> None:
    day.open("a23")
    day.write("a23", *LEARNED)
    day.room.send("Loïc", "withdraw_contribution", {"number": day.numbers["e7"]})
    day.desk("merge_contributions", target=day.numbers["e1"], sources=[day.numbers["e2"]],
             text="Dire dès la première réunion ce qui est déjà décidé, et ce qui ne bougera pas.")  # fmt: skip
    day.group("a23", "Dire ce qui est décidé", "e1 e4 e5")
    day.group("a23", "Tenir dans la durée", "e6")
    day.close("a23", 40)


def _production(day: Playing) -> None:
    day.open("a25")
    told = {"Bertrand": "La question ouverte n'engage pas les élus.", "Fatou": "Il manque les jeunes."}
    day.vote("a25", answers(PEOPLE, "coccccccrccc"), told)
    day.count("a25")
    day.desk("next_round", activity="a25", proposal=AMENDED)
    day.desk("open_activity", activity="a25")
    day.vote("a25", answers(PEOPLE, "cccccccccccc"))
    day.count("a25")


def _end(day: Playing) -> None:
    day.open("a26")
    day.fill(
        "a26",
        "p1",
        "Odile",
        who="Odile",
        what="Présenter sa situation à la prochaine rencontre",
        when="le 12 mars",
    )
    day.fill(
        "a26", "p2", "Yann", who="Yann", what="Écrire le compte rendu avec Maïté", when="avant dix jours"
    )
    day.close("a26", 10)
    day.open("a27")
    day.vote("a27", fingers(PEOPLE, "444535543445"))
    day.count("a27")
