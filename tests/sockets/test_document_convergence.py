"""The same histories on a real room and a real database: what people read, what the memory says, what the disk says."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import delete

from atelier.db import Database
from atelier.minutes.access import Guest
from atelier.minutes.document import NOTHING_KNOWN, SharedText, loaded
from atelier.minutes.models import Document
from atelier.minutes.replica import Relayed
from atelier.minutes.room import Resync, Room, Stored
from tests.conftest import FakeClock
from tests.documents.ground import EVENING, OWNER, make_document
from tests.documents.machine import Writing, run
from tests.documents.pages import Answer


class RoomServer:
    """A room, made again from the database at each restart. Each replica writes as somebody else."""

    database: Database

    def __init__(self) -> None:
        with self.database.writing() as db:
            db.execute(delete(Document))
        self.document_id = make_document(self.database).id
        self.relayed: list[Relayed] = []
        self.room = self._opened()

    @property
    def text(self) -> SharedText:
        return loaded([self.room.lacking(NOTHING_KNOWN)[1]])

    def serve(self, client: int, clock: int, update: bytes) -> Answer:
        guest = Guest("editor", f"u{OWNER}", "Nadia")
        outcome = self.room.receive(guest, client, clock, update)
        if isinstance(outcome, Resync):
            return "resync", outcome.vector
        assert isinstance(outcome, Stored), outcome
        return "ok", b""

    def updates_from(self, number: int, count: int) -> list[bytes]:
        return [one.update for one in self.relayed[number : number + count]]

    def head(self) -> int:
        return len(self.relayed)

    def restart(self) -> None:
        self.room = self._opened()

    def restart_from_a_snapshot(self) -> None:
        self.room.compact(force=True)
        self.room = self._opened()

    def forget_history(self) -> None:
        self.room.forget_history()

    def on_disk(self) -> SharedText:
        return loaded([self._opened().lacking(NOTHING_KNOWN)[1]])

    def _opened(self) -> Room:
        def told(_room: Room, relayed: Any) -> None:
            self.relayed.extend(relayed)

        return Room(self.document_id, self.database, FakeClock(EVENING), lambda _: None, told)  # type: ignore[arg-type, return-value]


@pytest.fixture
def real(database: Database) -> type[Writing]:
    class OnThisDatabase(RoomServer):
        pass

    class RealWriting(Writing):
        make_server = OnThisDatabase

    OnThisDatabase.database = database
    return RealWriting


def test_people_the_memory_and_the_disk_agree_after_any_history(real: type[Writing]) -> None:
    run(real, examples=15, steps=30)


@pytest.mark.soak
def test_people_the_memory_and_the_disk_agree_after_long_histories(real: type[Writing]) -> None:
    run(real, examples=150, steps=60)
