"""Who came to the invented evening. First names only; a nameless phone is somebody who gave none."""

from __future__ import annotations

from dataclasses import replace

from atelier.codes import hashed, token
from atelier.demonstration.replay import Replay, Voter
from atelier.live.rules.attendance import SetWithoutPhone
from atelier.live.rules.links import GrantLink
from atelier.live.rules.people import Join
from atelier.live.state import Actor
from atelier.people.policy import HELPER, PHONE, TABLE

# first name (the name under which the content knows the phone), college, table; in the order of arrival
PHONES = (
    ("Samira", "A", 3), ("Jean-Luc", "E", 1), ("Odile", "A", 1), ("Thierry", "E", 2), ("Fatoumata", "A", 2),
    ("Marcel", "A", 4), ("Léa", "U", 1), ("Yann", "U", 2), ("Béatrice", "E", 3), ("Karim", "A", 5),
    ("Solange", "A", 6), ("Gérard", "E", 4), ("Inès", "U", 3), ("Didier", "A", 1), ("Monique", "A", 3),
    ("Abel", "U", 4), ("Rosa", "A", 4), ("Étienne", "E", 5), ("Aminata", "A", 6), ("Claude", "E", 6),
    ("Hélène", "U", 5), ("Bakary", "A", 5), ("Josiane", "E", 1), ("Paul", "U", 6), ("Mireille", "A", 2),
    ("Nordine", "A", 3), ("Agathe", "U", 1), ("Lucien", "E", 2), ("Zohra", "A", 6), ("Firmin", "E", 3),
    ("Pauline", "U", 2), ("Ahmed", "A", 4), ("Sylvie", "E", 4), ("Noé", "U", 3), ("Colette", "A", 5),
    ("Rémi", "E", 5), ("Maud", "U", 4), ("une personne sans nom", "X", 6),
)  # fmt: skip
NAMELESS = frozenset({"Lucien", "Colette", "une personne sans nom"})
TABLE_PHONE = "la table 7"
AT_TABLE = 5
WITHOUT_PHONE = 6
AIDE = "aide"
AIDE_LABEL = "aide, table du fond"


def arrive(replay: Replay) -> None:
    """Let everybody in, from 18 h 36 to 19 h, with the table phone, the people without phone and the aide."""
    replay.hour("18:36")
    for name, college, table in PHONES:
        said = "" if name in NAMELESS else name
        door = Actor(PHONE, door_of(name))
        replay.do(Join(name=said, college=college, table=table), door, name=name, after=34)
    shared = Join(college="A", table=7, shared=True, people=AT_TABLE)
    replay.do(shared, Actor(TABLE, door_of(TABLE_PHONE)), name=TABLE_PHONE, after=20)
    replay.do(SetWithoutPhone(WITHOUT_PHONE), after=20)
    link = GrantLink(HELPER, AIDE_LABEL)
    replay.do(
        replace(link, token_hash=hashed(token())), after=5
    )  # nobody holds the token: the evening is over
    replay.commit()
    for name, _, _ in PHONES:
        replay.seat(name)
    replay.seat(TABLE_PHONE, table_phone=True)
    replay.know(AIDE, Actor(HELPER, "l1", AIDE_LABEL))


def door_of(name: str) -> str:
    """Return the actor under which a phone joins: a mark of its token, never a name."""
    return f"join:{hashed(name)[:24]}"


def voters(college: str, turn: int = 0) -> list[Voter]:
    """Return who may vote for a college, table phone included, beginning with another person at each `turn`."""
    found: list[Voter] = [(name, 1) for name, theirs, _ in PHONES if theirs == college]
    if college == "A":
        found += [(TABLE_PHONE, slot) for slot in range(1, AT_TABLE + 1)]
    start = turn % len(found)
    return [*found[start:], *found[:start]]
