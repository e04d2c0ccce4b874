"""The three séances of a participatory workshop (DK1 to DK3), as their templates lead them: 14 phones, some people without."""

from __future__ import annotations

from tests.kinds.room import Playing, Room, answers, dots, fingers, spread

TEMPLATES = ("workshop_1", "workshop_2", "workshop_3")
PEOPLE = {
    "Samira": "H", "Jean-Luc": "E", "Odile": "A", "Thierry": "T", "Fatoumata": "H", "Marcel": "H", "Léa": "L", "Yann": "N",
    "Béatrice": "A", "Karim": "H", "Solange": "X", "Didier": "T", "Inès": "L", "Monique": "A",
}  # fmt: skip
HELPS = (
    ("k1", "Samira", "Les réunions sont à 18 h, l'heure des enfants."),
    ("k2", "Fatoumata", "On ne sait jamais ce qui a été décidé après."),
    ("k3", "Marcel", "Je ne lis pas bien, tout est écrit."),
    ("k4", "Odile", "Aller au marché plutôt qu'attendre en salle."),
    ("k5", "Béatrice", "Rencontrer les gens là où ils sont."),
    ("k6", "Yann", "Une entreprise n'est invitée que pour payer."),
    ("k7", "Karim", "Le même compte rendu pour ceux qui n'y étaient pas."),
    ("k8", "Inès", "Au lycée, personne ne nous a rien demandé."),
    ("k9", "Thierry", "Le budget est voté avant la réunion publique."),
    ("k10", "Didier", "C'est Madame Duval, du service, qui bloque tout."),
    ("k11", "Léa", "Je retire ce que j'ai dit."),
)
PROPOSED = (
    ("r1", "Samira", "Garder les enfants pendant chaque réunion.", "c1"),
    ("r2", "Samira", "Aux parents seuls, aux assistantes maternelles.", "c2"),
    ("r3", "Odile", "Répondre par écrit à chaque question, dans le mois.", "c1"),
    ("r4", "Thierry", "Un registre tenu à l'accueil de la mairie.", "c3"),
    ("r5", "Inès", "Un budget décidé par les lycéennes et lycéens.", "c1"),
    ("r6", "Léa", "Que l'établissement garde sa voix, mais une seule.", "c4"),
    ("r7", "Marcel", "Des réunions racontées, sur la place, le samedi.", "c1"),
)
FINAL = [
    "Garder les enfants pendant chaque réunion",
    "Répondre par écrit à chaque question, dans le mois",
    "Un budget décidé par les lycéennes et lycéens",
]


def first(room: Room) -> None:
    """Write, group, choose themes, say what is missing."""
    atelier = Playing(room)
    atelier.arrive(PEOPLE)
    atelier.desk("set_without_phone", count=3)
    atelier.open("a1")
    atelier.vote("a1", {who: {"options": ["o1" if place % 3 else "o2"]} for place, who in enumerate(PEOPLE)})
    atelier.count("a1")
    atelier.open("a2")
    atelier.write(
        "a2", ("w1", "Samira", "Temps"), ("w2", "Marcel", "Peur de mal dire"), ("w3", "Inès", "temps")
    )
    atelier.keep("w1 w2 w3")
    atelier.close("a2", 7)
    atelier.open("a3")
    atelier.write("a3", *HELPS)
    atelier.enter("a3", "k12", "Il faudrait un bus le soir", college="H", sheet="12")
    atelier.enter("a3", "k13", "Je travaille de nuit, je lis le compte rendu", channel="online")
    atelier.desk("hide_contribution", number=atelier.numbers["k10"], motive="attack")
    atelier.room.send("Léa", "withdraw_contribution", {"number": atelier.numbers["k11"]})
    atelier.desk(
        "reword_contribution",
        number=atelier.numbers["k6"],
        text="Les entreprises ne sont invitées que pour payer.",
    )
    atelier.desk("merge_contributions", target=atelier.numbers["k4"], sources=[atelier.numbers["k5"]])
    atelier.close("a3", 8)
    atelier.open("a5")
    atelier.group("a3", "Des réunions où l'on peut venir", "k1 k3 k12")
    atelier.group("a3", "Savoir ce qui est décidé", "k2 k7 k9 k13")
    atelier.group("a3", "Aller vers les gens", "k4 k8")
    atelier.close("a5", 30)
    atelier.open("a6")
    atelier.vote("a6", dots(PEOPLE, "112 223 13 22 11 113 33 2 12 22 1 223 33 12"))
    atelier.count("a6", {"one_by_one": [{"dots": {"o2": 1}}, {"blank": True}], "void": 1})
    atelier.open("a8")
    atelier.write(
        "a8", ("n1", "Béatrice", "Le travail de nuit", "c1"), ("n2", "Thierry", "Les bailleurs", "c2")
    )
    atelier.keep("n1")
    atelier.close("a8", 20)
    atelier.open("a9")
    atelier.vote("a9", fingers(PEOPLE, "34545344535443"))
    atelier.count("a9")
    atelier.desk("close_session")


def second(room: Room) -> None:
    """Check the diagnosis, propose at tables, consent."""
    atelier = Playing(room)
    atelier.arrive(PEOPLE)
    atelier.open("a1")
    atelier.close("a1", 8)
    atelier.open("a2")
    atelier.vote("a2", spread("values", PEOPLE, "5 4 1 1 5 5 2 4 1 5 5 1 4 1"))
    atelier.count("a2")
    atelier.open("a3")
    atelier.write("a3", ("d1", "Monique", "Le bus n'est pas le seul empêchement."))
    atelier.close("a3", 5)
    atelier.open("a4")
    atelier.write("a4", *PROPOSED)
    atelier.enter("a4", "r8", "Une radio de quartier", column="c1", channel="oral", college="H")
    atelier.group("a4", "Garde d'enfants", "r1 r2")
    atelier.group("a4", "Répondre à chaque question", "r3 r4")
    atelier.group("a4", "La part des lycées", "r5 r6")
    atelier.close("a4", 50)
    atelier.open("a6")
    said = {
        "Fatoumata": "Si c'est gratuit.",
        "Yann": "Les entreprises n'ont pas été entendues.",
        "Solange": "Je pars avant la fin.",
    }
    atelier.vote("a6", answers(PEOPLE, "ccccrccoccwccc"), said)
    atelier.count("a6")
    atelier.open("a7")
    atelier.vote("a7", fingers(PEOPLE, "4"))
    atelier.count("a7")
    atelier.desk("close_session")


def third(room: Room) -> None:
    """Question, judge, write; the debate is skipped for want of time."""
    atelier = Playing(room)
    atelier.arrive(PEOPLE)
    atelier.desk("set_without_phone", count=1)
    atelier.open("a1")
    atelier.close("a1", 8)
    atelier.open("a2")
    atelier.write(
        "a2", ("q1", "Karim", "Qui garderait les enfants ?"), ("q2", "Monique", "Un mois, est-ce tenable ?")
    )
    atelier.room.send("Odile", "support_contribution", {"number": atelier.numbers["q2"]})
    atelier.desk("mark_answered", number=atelier.numbers["q1"])
    atelier.close("a2", 10)
    ends = {"low": 1, "high": 5, "low_label": "Pas d'accord", "high_label": "D'accord"}
    atelier.choose_among(
        "a3", "Êtes-vous d'accord avec chaque proposition ?", FINAL, settings=ends, minutes=20
    )
    atelier.open("a3")
    rows = "551 545 515 451 555 541 555 351 451 551 525 411 555 431"
    atelier.vote("a3", spread("values", PEOPLE, rows))
    atelier.count("a3", {"one_by_one": [{"values": {"o1": 5, "o2": 5}}], "void": 0})
    atelier.desk("skip_sequence", sequence=room.sequences["a4"])
    atelier.choose_among(
        "a5",
        "Cette proposition est-elle pertinente pour la région ?",
        FINAL,
        settings={"grades": 7},
        minutes=15,
    )
    atelier.open("a5")
    atelier.vote("a5", spread("grades", PEOPLE, "651 640 600 561 663 651 666 420 561 6-2 5-6 520 666 540"))
    atelier.count("a5")
    atelier.open("a6")
    atelier.write("a6",
        ("f1", "Samira", "Les réunions excluent qui garde un enfant.", "c1"),
        ("f2", "Samira", "Une garde payée par qui invite.", "c2"),
        ("f3", "Odile", "Une personne nommée pour suivre les réponses.", "c3"),
        ("f4", "Didier", "Un mois est trop court pour un service de deux agents.", "c4"))  # fmt: skip
    atelier.close("a6", 25)
    atelier.open("a7")
    atelier.fill("a7", "p1", "Béatrice", who="Béatrice et Karim", what="Rapporter au forum", when="le 17 mai")
    atelier.close("a7")
    atelier.open("a8")
    atelier.vote("a8", fingers(PEOPLE, "54545"))
    atelier.count("a8")
    atelier.desk("close_session")
    room.wait(15 * 60)
    atelier.desk("reopen_session", motive="Une fiche papier avait été oubliée")
    atelier.desk(
        "enter_contribution",
        activity="a6",
        text="Commencer par deux communes",
        column="c3",
        channel="paper",
        college="H",
    )
    atelier.desk("close_session")
