"""What no page of ours would send: acts whose fields are wrong in every way, drawn from a seed."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Callable, Iterator
from typing import Any

from atelier.live.catalogue import COMMANDS

LONG_TEXT = "À" * 64_000
NUL = "avant\x00après"
LONE_SURROGATE = "moitié \ud83d de signe"
RIGHT_TO_LEFT = "\u202eexe.drapeau"
INJECTIONS = ("<script>alert(1)</script>", "'; DROP TABLE words; --", "{{ 7*7 }}", "%s%n", "../../etc/passwd")


def deep(depth: int, leaf: Any = 1) -> Any:
    """Return a list in a list in a list…"""
    value = leaf
    for _ in range(depth):
        value = [value]
    return value


def deep_mapping(depth: int) -> Any:
    value: Any = "fond"
    for _ in range(depth):
        value = {"a": value}
    return value


HOSTILE: tuple[Callable[[random.Random], Any], ...] = (
    lambda chance: None,
    lambda chance: "",
    lambda chance: " \n\t ",
    lambda chance: True,
    lambda chance: False,
    lambda chance: 0,
    lambda chance: -1,
    lambda chance: 10**30,
    lambda chance: -(10**4_000),
    lambda chance: 2**31,
    lambda chance: 1.5,
    lambda chance: float("nan"),
    lambda chance: float("inf"),
    lambda chance: LONG_TEXT,
    lambda chance: NUL,
    lambda chance: LONE_SURROGATE,
    lambda chance: RIGHT_TO_LEFT,
    lambda chance: "²",
    lambda chance: "٣",
    lambda chance: chance.choice(INJECTIONS),
    lambda chance: [],
    lambda chance: {},
    lambda chance: [None] * 5,
    lambda chance: [LONE_SURROGATE],
    lambda chance: {LONE_SURROGATE: LONE_SURROGATE},
    lambda chance: {NUL: 1},
    lambda chance: deep(chance.choice((3, 30, 300))),
    lambda chance: deep_mapping(chance.choice((3, 30, 300))),
    lambda chance: {str(n): n for n in range(2_000)},
    lambda chance: ["x" * 1_900] * 100,
    lambda chance: {"$w": "1.0"},
    lambda chance: {"$t": "2015-10-13T17:00:00+00:00"},
    lambda chance: {"$t": "jamais"},
)

# Values that are right somewhere: they bring the rest of the act past the form, down to the rules.
ACTIVITIES = ("a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8", "a9", "a10")
BALLOTS: tuple[Any, ...] = (
    {"dots": {"o1": 2, "o3": 1}},
    {"dots": {"o1": 99}},
    {"dots": {"o9": 1}},
    {"dots": ["o1"]},
    {"dots": {"o1": True}},
    {"blank": True},
    {"abstain": True},
    {"blank": "oui"},
    {"options": ["o1"]},
    {"options": [{"o1": 1}]},
    {"options": [["o1"]]},
    {"values": {"o1": 7}},
    {"values": {"o1": {"o1": 1}}},
    {"levels": {"o1": 3}},
    {"levels": {"o1": None}},
    {"grades": {"o1": 4}},
    {"answer": "objection"},
    {"answer": ["objection"]},
    {"answer": {"a": 1}},
    {"value": 3},
    {"weather": 5},
    {"value": [3]},
)
PAPERS: tuple[Any, ...] = (
    {"ballots": 3, "blank": 1, "abstain": 0, "void": 0, "options": {"o1": {"dots": 4}}},
    {"ballots": 3, "blank": 1, "abstain": 0, "void": 0, "options": {"o1": {"dots": [4]}}},
    {"ballots": "3", "blank": [], "abstain": {}, "void": None, "options": []},
    {"one_by_one": [{"dots": {"o1": 1}}, {"blank": True}], "void": 1},
    {"one_by_one": [1, None, "x", []], "void": 1},
    {"one_by_one": {"o1": 1}, "void": -1},
    {"one_by_one": [{"dots": {"o1": 1}}] * 900, "void": 0},
)
LIKELY: dict[str, tuple[Any, ...]] = {
    "activity": ACTIVITIES,
    "sequence": ("s1", "s3", "s5", "s6", "s7", "s99"),
    "ballot": BALLOTS,
    "paper": PAPERS,
    "slot": (0, 0, 0, 1, 2),
    "number": tuple(range(12)),
    "target": tuple(range(12)),
    "sources": ([1, 2], [2, 3], [1, 1], [99], ["1"], [[1]], [{}], [True]),
    "cards": ([1, 2], [3], [1, 1], [99], ["1"], [[1]], [{}], [True]),
    "cluster": ("K1", "K2", "K99", None),
    "source": ("K1", "K2", "a3", "K99"),
    "person": ("p1", "p2", "p99", "l1", "u1"),
    "people": (3, 1, [1], [{"person": "p1", "table": 2}], 10**9),
    "text": ("On parle avant les élus", "x" * 140, "x" * 141, "x" * 2_000, INJECTIONS[0]),
    "question": ("Que faire ?", "x" * 300),
    "title": ("La parole d'abord", "x" * 120),
    "name": ("Samira", "x" * 60, "مرحبا"),
    "label": ("aide, table du fond",),
    "motive": ("names_someone", "off_topic", "L'heure manquait", "?"),
    "column": ("plus", "minus", "c9"),
    "college": ("E", "A", "U", "X", "Z"),
    "table": (1, 7, 8, 0, None),
    "kind": ("lobby", "activity", "results", "dot_vote", "choice", "contributions", "board", "consent", "?"),
    "anonymity": ("named", "pseudonym", "college", "anonymous", "?"),
    "role": ("helper", "screen", "facilitator", "clock", "?"),
    "link": ("l1", "l4", "l99"),
    "turn": ("t1", "t2", None),
    "fields": (
        {"statement": "x", "evidence": "y", "useful_to": "z", "elsewhere": ""},
        {"statement": 3},
        {"?": "x"},
        {"statement": LONE_SURROGATE},
    ),
    "settings": (
        {},
        {"dots": 3},
        {"dots": [3]},
        {"columns": 3},
        {"columns": [{"key": "plus"}]},
        {"max_chars": "x"},
    ),
    "options": (
        ["Un", "Deux"],
        [{"key": "o1", "text": "Un"}],
        [{"key": "o1"}],
        [{"text": 3}],
        [3, None],
        [{"key": "o1", "text": "Un"}] * 13,
        [{"key": "o1", "text": "a"}, {"key": "o1", "text": "b"}],
        {"o1": "Un"},
    ),
    "first_colleges": (["A"], ["Z"], [3], [[]]),
    "minutes": (5, 0, -5, 10**9, None),
    "seconds": (30, 0, -30, 10**9),
    "count": (12, 0, -1, 10**9, None),
    "capacity": (50, 0, -1, 10**9),
    "position": (0, 1, 99, -1, None),
    "page": (0, 1, 99, -1),
    "timer": ("t1", "t2", "?"),
    "revision": (0, 1, 2),
    "on": (True, False),
    "policy": ("fifo", "first_time", "?"),
    "channel": ("paper", "oral", "sms", "online", "?"),
    "sheet": ("12", "x" * 20, ""),
    "seed": ("4 2 6", "?"),
    "proposal": ("Le samedi matin",),
    "option": ("o1", "o9", ""),
    "note": ("Il nomme quelqu'un",),
    "clusters": (["K1"], ["K1", "K2"], [1], [["K1"]], None),
    "round": (0, 1, 2, -1, 10**9),
    "keys": (["o1", "o2"], [1], [["o1"]], []),
    # Given by the desk alone: a client that sends them must not be heard.
    "draw": (7,),
    "ballots": ([["p1", 0, {"dots": {"o1": 3}}]],),
    "papers": ({"ballots": 900},),
    "snapshot": ({"meeting": {}, "sequences": []},),
    "key": ("p1", "u1"),
    "token_hash": ("0" * 64,),
}
FORBIDDEN = frozenset(
    {"close_session"}
)  # the evening would end and every later act be refused for one reason


# Acts that are right in an evening where everything is open: they move the séance on, so that its rules are met.
RIGHT: dict[str, tuple[dict[str, Any], ...]] = {
    "cast_ballot": (
        {"activity": "a4", "ballot": {"dots": {"o1": 2, "o3": 1}}},
        {"activity": "a10", "ballot": {"answer": "objection"}, "text": "Le samedi est jour de marché"},
        {"activity": "a6", "ballot": {"levels": {"o1": 3}}},
        {"activity": "a8", "ballot": {"value": 3}},
    ),
    "enter_paper": (
        {"activity": "a4", "paper": {"one_by_one": [{"dots": {"o1": 1}}, {"blank": True}], "void": 1}},
    ),
    "insert_activity": (
        {
            "kind": "choice",
            "question": "On prolonge ?",
            "options": [{"text": "Oui"}, {"text": "Non"}],
            "go": False,
        },
        {"kind": "contributions", "question": "Autre chose ?"},
    ),
    "submit_contribution": (
        {"activity": "a3", "text": "On parle avant les élus", "column": "plus"},
        {"activity": "a2", "text": "Qui invite ?"},
        {"activity": "a9", "text": "La peur"},
    ),
    "create_cluster": (
        {"activity": "a3", "title": "Les absents", "cards": [3]},
        {"activity": "a3", "title": "Le lieu"},
    ),
    "merge_contributions": (
        {"target": 1, "sources": [2]},
        {"target": 4, "sources": [5], "text": "Les deux ensemble"},
    ),
    "hide_contribution": ({"number": 4, "motive": "off_topic"},),
    "reveal_result": ({"activity": "a4"}, {"activity": "a10"}),
    "open_activity": tuple({"activity": key} for key in ("a2", "a3", "a4", "a6", "a7", "a8", "a9", "a10")),
    "go_to": (
        {"sequence": "s6", "activity": "a6"},
        {"sequence": "s6", "activity": "a7"},
        {"sequence": "s5", "activity": "a4"},
    ),
    "request_turn": ({"activity": "a7"},),
    "add_speaker": ({"activity": "a7", "label": "Une dame", "college": "A"},),
    "give_turn": ({"activity": "a7"},),
    "end_turn": ({"activity": "a7"},),
    "start_timer": ({"seconds": 60},),
    "update_profile": ({"name": "Samira B."},),
}


def random_act(chance: random.Random, names: tuple[str, ...] = ()) -> tuple[Any, Any]:
    """Return an act's name and data: mostly a real act whose fields are right, wrong, missing or too many."""
    if chance.random() < 0.02:
        return chance.choice(HOSTILE)(chance), {}
    name = chance.choice(names or tuple(sorted(set(COMMANDS) - FORBIDDEN)))
    if chance.random() < 0.03:
        return name, chance.choice(HOSTILE)(chance)
    data = _data_of(chance, name)
    if chance.random() < 0.05:
        data["participant"] = "p1"
        data["actor"] = {"role": "facilitator"}
    return name, data


def _data_of(chance: random.Random, name: str) -> dict[str, Any]:
    if name in RIGHT and chance.random() < 0.4:
        return dict(chance.choice(RIGHT[name]))
    wrong = chance.choice((0.0, 0.0, 0.1, 0.5, 1.0))
    data: dict[str, Any] = {}
    for field in dataclasses.fields(COMMANDS[name]):
        needed = field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
        if chance.random() < (0.02 if needed else 0.4):
            continue
        if chance.random() < wrong:
            data[field.name] = chance.choice(HOSTILE)(chance)
        else:
            data[field.name] = chance.choice(LIKELY.get(field.name, (1, "x", True)))
    return data


def random_acts(seed: int, count: int) -> Iterator[tuple[Any, Any]]:
    chance = random.Random(seed)
    for _ in range(count):
        yield random_act(chance)
