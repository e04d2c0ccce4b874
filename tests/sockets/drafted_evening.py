"""An evening on a real database whose compte rendu is drafted, the journal followed by hand."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from atelier.db import Database
from atelier.drawing import Drawing
from atelier.house import House
from atelier.live.followers import Followers
from atelier.live.rules.activities import CloseActivity, OpenActivity
from atelier.live.rules.agenda import GoTo
from atelier.live.rules.contributions import SubmitContribution
from atelier.minutes import queries
from atelier.minutes.content import Content
from atelier.minutes.follower import FOLLOWER, Drafter
from atelier.minutes.models import Document, DocumentRemark, DocumentSnapshot, DocumentUpdate, DocumentVersion
from atelier.minutes.room import Room
from atelier.minutes.rooms import Rooms
from atelier.settings import Settings
from tests.conftest import FakeClock
from tests.factories import make_snapshot
from tests.sockets.ground import SESSION, RealEvening
from tests.unit.minutes.drafted import evening_activities

OWNER = "u1"


class Drafted(RealEvening):
    """An evening with its draft, followed by hand."""

    def __init__(self, database: Database, settings: Settings, clock: FakeClock, **meeting: Any) -> None:
        super().__init__(database, clock, make_snapshot(evening_activities(), **meeting))
        self.house = House(settings, database, Drawing("Europe/Paris", "https://atelier.example"), clock)
        self.rooms = Rooms(database, clock, self.desk.state)
        self.forgotten: list[int] = []
        self.drafter = self.drafter_of(self.rooms)
        self.followers = Followers(self.desk)
        self.followers.follow(FOLLOWER, self.drafter.handle)
        self.desk.told.append(self.followers.told)
        for name in ("Samira", "Jean-Luc", "Odile"):
            self.join(name)

    def drafter_of(self, rooms: Rooms) -> Drafter:
        def forget(document_id: int) -> None:
            self.forgotten.append(document_id)
            rooms.open(document_id).forget_history()

        return Drafter(self.house, self.desk, rooms, forget, lambda _document: None)

    def open(self, key: str) -> None:
        self.act(GoTo(self.state.activities[key].sequence, key))
        self.act(OpenActivity(key))

    def write_cards(self) -> None:
        """Three cards on the board, then its close."""
        self.open("a3")
        for text, column, name in (
            ("La parole circule", "plus", "Samira"),
            ("Les mêmes parlent", "minus", "Jean-Luc"),
            ("On ne sait pas qui décide", "minus", "Odile"),
        ):
            self.act(SubmitContribution("a3", text, column=column), name)
        self.act(CloseActivity("a3"))
        self.followers.drain()

    def row(self) -> Document | None:
        with self.database.reading() as db:
            return queries.document_of_session(db, SESSION)

    def document(self) -> Document:
        found = self.row()
        assert found is not None
        return found

    @property
    def room(self) -> Room:
        return self.rooms.open(self.document().id)

    def content(self) -> Content:
        return self.room.content()

    def body(self, section: str) -> str:
        found = self.content().section(section)
        assert found is not None
        return found.body

    def write(self, section: str, text: str, where: Callable[[str], str] | None = None) -> None:
        """Somebody writes a sentence at the end of a section."""
        body = self.body(section)
        changed = where(body) if where else f"{body}\n\n{text}"
        self.room.write(OWNER, lambda shared: shared.edit(section, changed))

    def kept(self) -> str:
        """Everything that the database keeps of documents: the log, snapshots, versions, remarks."""
        with self.database.reading() as db:
            bodies = [*db.scalars(select(DocumentUpdate.body)), *db.scalars(select(DocumentSnapshot.body))]
            versions = [
                json.dumps(found, ensure_ascii=False) for found in db.scalars(select(DocumentVersion.content))
            ]
            remarks = [one.quote + one.words for one in db.scalars(select(DocumentRemark))]
        return "\n".join([*(body.decode("utf-8", "replace") for body in bodies), *versions, *remarks])

    def change_row(self, **values: Any) -> None:
        with self.database.writing() as db:
            document = queries.document_of_session(db, SESSION)
            assert document is not None
            for name, value in values.items():
                setattr(document, name, value)
