"""A document in memory and on the disk: read, caught up, its history forgotten. Whoever calls holds the room's turn."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from atelier.db import Database
from atelier.errors import NotFound, Refusal, StorageUnavailable
from atelier.minutes import store
from atelier.minutes.document import NOTHING_NEW, SharedText, Spoiled, loaded
from atelier.minutes.store import Kept
from atelier.minutes.updates import Unreadable

SEAL_BYTES = 32

log = logging.getLogger(__name__)


class Relayed(NamedTuple):
    """A committed update, for everybody but its sender (`origin`, the sender's socket; empty: for everybody)."""

    number: int
    update: bytes
    origin: str = ""


class Replica:
    """`number`: the last update that is in the text. `row`: what rights depend on. `people`: who writes under which client."""

    def __init__(self, document_id: int, database: Database) -> None:
        self.document_id = document_id
        self.number = 0
        self.upto = 0  # the number of the snapshot on the disk
        self.row: Any = None
        self.people: dict[int, str] = {}
        self._database = database
        self._text: SharedText | None = None

    @property
    def text(self) -> SharedText:
        """Return the shared text, read from the disk if it is not here; NotFound when there is no such document."""
        self.read()
        assert self._text is not None
        return self._text

    def read(self) -> None:
        """Read the text from the disk if it is not here."""
        if self._text is None:
            with self._database.reading() as db:
                self._text = self._read(db)

    def drop(self) -> None:
        """Forget what is in memory: it may hold what was not stored."""
        self._text = None

    def take(self, tail: Sequence[Kept]) -> list[Relayed]:
        """Take what other processes stored; return what it changed here."""
        relayed = []
        for kept in tail:
            relayed.append(Relayed(kept.number, self.text.trust(kept.body) or NOTHING_NEW))
            self.number = kept.number
        return relayed

    def catch_up(self) -> list[Relayed]:
        """Read what other processes stored, and the document's row."""
        if self._text is None:
            return []
        with self._database.reading() as db:
            self.row = store.row_of(db, self.document_id)
            tail = store.read_tail(db, self.document_id, self.number)
            if tail:
                self.people = store.clients(db, self.document_id)
        return self.take(tail)

    def snapshot(self) -> bytes:
        """Return the whole state, read back and compared; Spoiled when it does not say the same."""
        state = self.text.snapshot()
        if not loaded([state]).equals(self.text):
            raise Spoiled("a state that does not read back")
        return state

    def forget_history(self, connection: Connection, now: Any) -> list[Relayed]:
        """Put the present state in the place of the whole log; return what others had stored meanwhile, then the new number.

        It keeps its clients and clocks, so that pages that were offline still find their place.
        """
        text = self.text
        if store.lock(connection, self.document_id) is None:
            raise NotFound(self.document_id)
        missed = self.take(store.read_tail(connection, self.document_id, self.number))
        state = self.snapshot()
        self.number += 1
        store.rewrite_log(connection, self.document_id, Kept(self.number, state, store.APP), now)
        self.upto = 0
        self._text = loaded([state], text.client)
        return [*missed, Relayed(self.number, NOTHING_NEW)]

    def _read(self, db: Session) -> SharedText:
        self.row = store.row_of(db, self.document_id)
        if self.row is None:
            raise NotFound(self.document_id)
        self.people = store.clients(db, self.document_id)
        kept = store.read_log(db, self.document_id)
        try:
            text = _made_of(kept)
        except (Unreadable, Spoiled):
            log.warning("snapshot_unreadable", extra={"document": self.document_id})
            kept = store.read_log(db, self.document_id, whole=True)
            text = _made_of(kept)
        self.upto = kept.upto
        self.number = kept.tail[-1].number if kept.tail else kept.upto
        return text


def sealed(state: bytes) -> bytes:
    """Return a snapshot as it is kept: its SHA-256, then the state. A cache that was spoiled must not pass for the text."""
    return hashlib.sha256(state).digest() + state


def _made_of(kept: store.Log) -> SharedText:
    bodies = [kept.snapshot[SEAL_BYTES:]] if kept.upto else []
    if bodies and sealed(bodies[0]) != kept.snapshot:
        raise Spoiled("a snapshot that is not what was kept")
    return loaded([*bodies, *(update.body for update in kept.tail)])


def refusal_for(error: Exception) -> Refusal:
    """Say what is answered to whoever wrote when their update could not be kept."""
    if isinstance(error, StorageUnavailable | SQLAlchemyError):
        log.warning("storage_refused", extra={"reason": type(error).__name__})
        return Refusal("storage")
    if isinstance(error, NotFound):
        return Refusal("unknown_document")
    if isinstance(error, Spoiled):
        log.warning("update_refused", extra={"reason": str(error)})
        return Refusal("malformed")
    log.error("update_failed", exc_info=error)
    return Refusal("fault")
