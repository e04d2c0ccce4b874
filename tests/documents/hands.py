"""Hands that type into a room, on a real database."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select, update

from atelier.db import Database
from atelier.minutes.access import Guest
from atelier.minutes.document import SharedText, loaded
from atelier.minutes.models import Document
from atelier.minutes.room import Room
from tests.documents.ground import OWNER, MadeDocument

OWNER_GUEST = Guest("editor", f"u{OWNER}", "Nadia", present=True)


class Hand:
    """Somebody who types: a replica, and the room that it is sent to."""

    def __init__(self, room: Room, guest: Guest, client: int) -> None:
        self.room = room
        self.guest = guest
        self.text: SharedText = loaded([room.lacking(b"\0")[1]], client)

    @property
    def clock(self) -> int:
        return self.text.clocks().get(self.text.client, 0)

    def typed(self, words: str, at: int = 0) -> bytes:
        return self.text.editing(lambda text: text.splice("case", at, at, words))

    def send(self, update_: bytes, origin: str = "") -> Any:
        return self.room.receive(self.guest, self.text.client, self.clock, update_, origin)

    def type(self, words: str) -> Any:
        return self.send(self.typed(words))


def guest_named(made: MadeDocument, name: str) -> Guest:
    return Guest("writer", made.writers[name], name, present=True)


def rows(database: Database, *columns: Any) -> list[Any]:
    with database.reading() as db:
        return [tuple(row) for row in db.execute(select(*columns).order_by(*columns))]


def set_row(database: Database, **values: Any) -> None:
    with database.writing() as db:
        db.execute(update(Document).values(**values))
