"""A whole house on a real database with one séance in it: its desk acts directly, its phones come by the doors."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

import atelier.tables
from atelier.app import create_app
from atelier.house import House
from atelier.live.desk import Act
from atelier.live.markup import Element, read
from atelier.live.messages import Command
from atelier.live.rules.activities import OpenActivity
from atelier.live.rules.agenda import GoTo
from atelier.live.rules.opening import OpenSession
from atelier.live.state import Actor, LiveState
from atelier.settings import Settings
from atelier.workshops.models import WorkshopSession
from tests.factories import NADIA, make_sequence, make_snapshot

START = datetime(2026, 10, 13, 18, 4, tzinfo=UTC)  # 20 h 04 in Amiens
PUBLIC_URL = "https://ateliers.exemple.fr"
CODE = "482137"


@dataclass
class Evening:
    """A séance opened on `activities` (one sequence each), at a fixed hour that only `wait` changes.

    On SQLite in `folder` unless `database_url` says otherwise.
    """

    folder: Path
    activities: list[dict[str, Any]]
    meeting: dict[str, Any] = field(default_factory=dict)
    now: datetime = START
    opened: bool = True
    database_url: str = ""

    def __post_init__(self) -> None:
        settings = Settings(
            var=self.folder,
            database_url=self.database_url or f"sqlite:///{self.folder / 'evening.db'}",
            secret_key=b"a secret for signing",
            seal_secret=b"a secret for sealing",
            public_url=PUBLIC_URL,
        )
        self.app: Flask = create_app(settings, lambda: self.now, background=False)
        self.app.testing = True
        self.house: House = self.app.extensions["atelier"]
        atelier.tables.metadata.create_all(self.house.database.writer)
        with self.house.database.writing() as db:
            db.add(
                WorkshopSession(
                    id=1, owner_id=1, reference="CHA1", code=CODE, title="L'expression en assemblée populaire",
                    starts_at=START, created_at=START, fictional=True,
                )
            )  # fmt: skip
        self._ids = itertools.count(1)
        if self.opened:
            self.open_session()

    def open_session(self) -> None:
        sequences = [
            make_sequence(f"s{n}", f"Moment {n}", 10, activity)
            for n, activity in enumerate(self.activities, 1)
        ]
        self.act(OpenSession(snapshot=make_snapshot(sequences, **self.meeting)))

    @property
    def state(self) -> LiveState:
        state: LiveState = self.house.parts["live"].desk.state(1)
        return state

    def act(self, command: Command, by: Actor = NADIA) -> dict[str, Any]:
        """Perform an act of the desk that must be accepted."""
        act = Act(1, by, f"desk-{next(self._ids):06d}", command)
        answer: dict[str, Any] = self.house.parts["live"].desk.perform(act)
        assert answer["ok"], f"{command} was refused: {answer}"
        return answer

    def open(self, key: str) -> None:
        """Go to an activity and open it."""
        self.act(GoTo(self.state.activities[key].sequence, key))
        self.act(OpenActivity(key))

    def wait(self, **duration: float) -> None:
        self.now += timedelta(**duration)

    def phone(self, **identity: Any) -> Phone:
        """A phone that has joined."""
        phone = Phone(self)
        assert phone.post(f"/j/{CODE}", identity).status_code == 303
        return phone


@dataclass
class Phone:
    """A browser without scripts."""

    evening: Evening

    def __post_init__(self) -> None:
        self.client: FlaskClient = self.evening.app.test_client()
        self.client.environ_base.update(HTTP_ORIGIN=PUBLIC_URL, wsgi_url_scheme="https")

    def get(self, path: str = f"/s/{CODE}", **more: Any) -> TestResponse:
        return self.client.get(path, **more)

    def post(self, path: str, values: dict[str, Any]) -> TestResponse:
        return self.client.post(path, data=values)

    def page(self, path: str = f"/s/{CODE}") -> str:
        response = self.get(path)
        assert response.status_code == 200, response.status_code
        return response.text

    def act(self, act: str, /, **values: Any) -> TestResponse:
        """Send one plain form, with the hidden id of the page."""
        return self.post(f"/s/{CODE}/act", {"act": act, "id": self.form_id(), **values})

    def done(self, act: str, /, **values: Any) -> str:
        """Send one plain form that must be accepted; return the page it leads to."""
        response = self.act(act, **values)
        assert response.status_code == 303, said(response.text)
        return self.page(response.headers["Location"])

    def form_id(self) -> str:
        found = re.search(r'name="id"[^>]* value="([0-9a-f]{32})"', self.get().text)
        return found[1] if found else ""


INLINE = frozenset({"a", "b", "hour-text", "i", "q", "small", "span", "strong", "time", "time-left"})
SILENT = frozenset({"head", "script", "svg", "template"})


def said(html: str) -> str:
    """Return what a page says to who reads it: nothing hidden, no tags, plain spaces."""
    return re.sub(r"\s+", " ", unescape(_words(read(html))))


def _words(nodes: Iterable[Element | str]) -> str:
    found = []
    for node in nodes:
        if isinstance(node, str):
            found.append(node)
        elif node.tag not in SILENT and "hidden" not in dict(node.attributes):
            inner = _words(node.children)
            found.append(inner if node.tag in INLINE else f" {inner} ")
    return "".join(found)
