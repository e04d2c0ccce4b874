"""Measure (h): from « Clore la séance » to a compte rendu that is there, against the number of cards. One process, one disk."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from atelier import tables
from atelier.app import create_app
from atelier.house import House
from atelier.live.desk import Act, Desk, Pending
from atelier.live.messages import Command
from atelier.live.record import record
from atelier.live.rules.activities import CloseActivity, OpenActivity
from atelier.live.rules.agenda import GoTo
from atelier.live.rules.closing import CloseSession
from atelier.live.rules.clusters import CreateCluster
from atelier.live.rules.contributions import SubmitContribution
from atelier.live.rules.opening import OpenSession
from atelier.live.rules.people import Join
from atelier.live.state import Actor
from atelier.minutes import queries
from atelier.minutes.content import Content
from atelier.minutes.document_templates import template_for
from atelier.minutes.drafting import draft
from atelier.minutes.reconcile import Memory, reconcile
from atelier.minutes.said import marks
from atelier.settings import from_environment
from atelier.workshops.models import WorkshopSession

PEOPLE = 450
CARDS = (250, 500, 1000, 2000)
A_CLUSTER = 20  # cards
TOGETHER = 400  # acts in one transaction
BEGUN = datetime(2015, 10, 13, 17, 0, tzinfo=UTC)
DESK = Actor("facilitator", "u1", "Nadia")
SIDES = [
    {"key": "plus", "label": "Forces", "sign": "plus", "prompt": ""},
    {"key": "minus", "label": "Faiblesses", "sign": "minus", "prompt": ""},
]
SHEET = [
    {"key": "plus", "label": "Quoi", "sign": "none", "prompt": ""},
    {"key": "minus", "label": "Pour qui", "sign": "none", "prompt": ""},
]
KINDS = {"worksite_evening": SIDES, "exchange_day": SIDES, "workshop": SHEET, "blank": SIDES}
WORDS = "Ce que nous avons vu dans le quartier, et ce qui manque encore pour que chacun y trouve sa place ({number})."

Figures = dict[str, Any]


def drafting(var: Path) -> Figures:
    chantier = {f"{cards} cards, {PEOPLE} people": _one(var / str(cards), cards) for cards in CARDS}
    others = {kind: _one(var / kind, CARDS[-1], kind) for kind in KINDS if kind != "worksite_evening"}
    return {**chantier, f"other kinds, {CARDS[-1]} cards, {PEOPLE} people": others}


def _one(var: Path, cards: int, kind: str = "worksite_evening") -> Figures:
    settings = replace(from_environment({"ATELIER_VAR": str(var)}), testing=True)
    app = create_app(settings, clock=lambda: BEGUN + timedelta(hours=2), background=False)
    house: House = app.extensions["atelier"]
    tables.metadata.create_all(house.database.writer)
    desk, followers = house.parts["live"].desk, house.parts["live"].followers
    _held(house, desk, cards, kind)
    before = time.perf_counter()
    _perform(desk, [(CloseActivity("a1"), DESK)])
    followers.drain()
    section = time.perf_counter() - before
    _perform(desk, [_cluster(start, cards) for start in range(0, cards, A_CLUSTER)])
    followers.drain()
    began = time.perf_counter()
    desk.perform(Act(1, DESK, "close", CloseSession()))
    closed = time.perf_counter()
    followers.drain()
    done = time.perf_counter()
    with house.database.reading() as db:
        document = queries.document_of_session(db, 1)
    assert document is not None
    room = house.parts["minutes"].rooms.open(document.id)
    content: Content = room.content()
    figures = {
        "the board closed, its part is there, s": round(section, 3),
        "the close acknowledged, s": round(closed - began, 3),
        "then the draft is there, s": round(done - closed, 3),
        "of which": _stages(house, desk, content),
        "text, kB": round(sum(len(section.body.encode()) for section in content.sections) / 1000),
    }
    house.database.dispose()
    return figures


def _held(house: House, desk: Desk, cards: int, kind: str) -> None:
    """Open the séance, let people in, write the cards."""
    with house.database.writing() as db:
        db.add(
            WorkshopSession(
                id=1, owner_id=1, reference="CHA1", code="482137", title="Soirée", created_at=BEGUN
            )
        )
    board = {
        "key": "a1",
        "kind": "board",
        "question": "Forces, faiblesses ?",
        "settings": {"columns": KINDS[kind]},
    }
    snapshot = {
        "meeting": {
            "reference": "CHA1", "title": "Soirée", "kind": kind, "date": "2015-10-13", "moderation": "shown",
            "colleges": [{"key": "A", "label": "Associatifs et citoyens", "letter": "A", "shape": "circle", "color": "jaune"}],
        },
        "sequences": [{"key": "s1", "title": "Aux tables", "minutes": 30, "activities": [{**board, "options": []}]}],
    }  # fmt: skip
    _perform(desk, [(OpenSession(snapshot), DESK)])
    _perform(
        desk, [(Join(name=f"Personne {n}", college="A"), Actor("phone", f"join:{n}")) for n in range(PEOPLE)]
    )
    _perform(desk, [(GoTo("s1", "a1"), DESK), (OpenActivity("a1"), DESK)])
    _perform(desk, [_card(number) for number in range(cards)])


def _cluster(start: int, cards: int) -> tuple[Command, Actor]:
    numbers = tuple(range(start + 1, min(start + A_CLUSTER, cards) + 1))
    return CreateCluster("a1", f"Regroupement {start}", "plus", numbers), DESK


def _card(number: int) -> tuple[Command, Actor]:
    key = f"p{1 + number % PEOPLE}"
    words = WORDS.format(number=number)
    return SubmitContribution("a1", words, column="plus"), Actor("phone", key, participant=key)


def _perform(desk: Desk, acts: list[tuple[Command, Actor]]) -> None:
    waiting = [
        Act(1, actor, f"{type(command).__name__}-{n}", command) for n, (command, actor) in enumerate(acts)
    ]
    while waiting:
        batch, waiting = waiting[:TOGETHER], waiting[TOGETHER:]
        desk.room(1).queue.extend(Pending(act) for act in batch[:-1])
        answer = desk.perform(batch[-1])
        assert answer["ok"], answer


def _stages(house: House, desk: Desk, content: Content) -> dict[str, str]:
    """Time what the follower does, one stage after the other, once more."""
    state, speech = desk.state(1), house.drawing.speech()
    began = time.perf_counter()
    rows = record(state)
    recorded = time.perf_counter()
    fresh = draft(state, rows, template_for(state.meeting.kind), speech)
    drafted = time.perf_counter()
    reconcile(content, fresh, True, Memory(marks(content)))
    compared = time.perf_counter()
    return {
        "record": f"{recorded - began:.3f}",
        "draft": f"{drafted - recorded:.3f}",
        "compare": f"{compared - drafted:.3f}",
    }
