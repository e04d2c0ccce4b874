"""The one place where a shared text changes: permission, apply, store, commit, acknowledge, relay, in this order.

Updates that arrive during a commit form the next batch. A replica that may hold what was not stored is thrown away and made again
from the log: what the memory says is never more than what the disk says, once somebody was answered.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Container, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from atelier.batching import Batches, Waiting
from atelier.clock import Clock
from atelier.db import Database
from atelier.errors import NotFound, Refusal, StorageUnavailable
from atelier.minutes import store
from atelier.minutes.access import Guest, StateOf, refusal_of_writing, standing_of
from atelier.minutes.content import Content
from atelier.minutes.document import NOTHING_NEW, Gap, SharedText, loaded
from atelier.minutes.replica import Relayed, Replica, refusal_for, sealed
from atelier.minutes.store import APP, Kept
from atelier.minutes.updates import Unreadable

COMPACT_EVERY = 1_000  # updates read one by one at the next opening: about 10 ms

log = logging.getLogger(__name__)


class Stored(NamedTuple):
    """It is on the disk: everything up to the client's clock is in update `number` or before."""

    number: int


class Resync(NamedTuple):
    """Something before it is missing. `vector`: what the server has."""

    vector: bytes


Outcome = Stored | Resync | Refusal
Given = Outcome | Exception


@dataclass(frozen=True, slots=True)
class Sending:
    """One update of somebody, or (`change`) an edit of the app itself in its turn, as `person`, `unless` it is refused."""

    person: str
    guest: Guest | None = None
    client: int = 0
    clock: int = 0
    update: bytes = b""
    change: Callable[[SharedText], Any] | None = None
    origin: str = ""
    others: Container[int] = ()
    unless: Callable[[Any], Refusal | None] | None = None


@dataclass(slots=True)
class Batch:
    """What is about to be committed."""

    row: Any
    stands: Callable[[str], bool]
    number: int
    kept: list[Kept] = field(default_factory=list)
    clients: dict[int, str] = field(default_factory=dict)
    relayed: list[Relayed] = field(default_factory=list)


class Room:
    """One document in this process. `told` hears of what was committed, here or by another process, outside any lock.

    Never write here inside a transaction: the batch waits for its own. Reading the content there is safe.
    """

    def __init__(
        self,
        document_id: int,
        database: Database,
        clock: Clock,
        state_of: StateOf,
        told: Callable[[Room, Sequence[Relayed]], None],
    ) -> None:
        self.document_id = document_id
        self._database = database
        self._clock = clock
        self._state_of = state_of
        self._told = told
        self._replica = Replica(document_id, database)
        self._content: tuple[int, Content] | None = None
        self._turn = threading.Lock()
        self._batches: Batches[Sending, Given] = Batches(self._work)

    @property
    def row(self) -> Any:
        """Return what rights depend on, as it was read last (None: no such document any more)."""
        return self._replica.row

    @property
    def number(self) -> int:
        """Return the number of the last update that was stored."""
        return self._replica.number

    def receive(
        self,
        guest: Guest,
        client: int,
        clock: int,
        update: bytes,
        origin: str = "",
        others: Container[int] = (),
    ) -> Outcome:
        """Store one update of a person's page; Busy when too much waits. `others`: clients of somebody else who is here."""
        found = self._ask(Sending(guest.person, guest, client, clock, update, None, origin, others))
        return found if isinstance(found, Stored | Resync | Refusal) else Refusal("fault")

    def write(
        self,
        person: str,
        change: Callable[[SharedText], Any],
        guest: Guest | None = None,
        unless: Callable[[Any], Refusal | None] | None = None,
    ) -> Outcome:
        """Edit as the app: the draft (`store.APP`), an accepted amendment, a restored version.

        `change` gets a replica that holds everything stored so far; all its edits are one update. It must neither yield nor touch
        this room. What it raises is raised here, and nothing is changed. `guest`: refused where this guest may not write now.
        `unless`: gives the refusal, if any, from the document's row, which is held until the commit.
        """
        found = self._ask(Sending(person, guest, change=change, unless=unless))
        if isinstance(found, Exception):
            raise found
        return found if found is not None else Refusal("fault")

    def content(self) -> Content:
        """Return what the text says, as it is stored."""
        with self._held() as replica:
            text = replica.text
            if self._content is None or self._content[0] != replica.number:
                self._content = (replica.number, text.content())
            return self._content[1]

    def lacking(self, vector: bytes) -> tuple[int, bytes, bytes]:
        """Return the number of the last update, what a replica with `vector` lacks, and the vector here; or Unreadable."""
        with self._held() as replica:
            text = replica.text
            return replica.number, text.diff(vector), text.vector()

    def writer_of(self, client: int) -> str:
        """Return who writes under a Yjs client, or an empty text."""
        with self._held() as replica:
            replica.read()
            return replica.people.get(client, "")

    def catch_up(self) -> None:
        """Take what other processes stored, and the document's row as it is now."""
        with self._held() as replica:
            relayed = replica.catch_up()
        self._told(self, relayed)

    def compact(self, force: bool = False) -> bool:
        """Keep a snapshot for quicker openings, after having read it back; True when one was kept."""
        with self._held() as replica:
            replica.read()
            number = replica.number
            if replica.upto == number or not (force or number - replica.upto >= COMPACT_EVERY):
                return False
            body = replica.snapshot()
        with self._database.transaction() as connection:
            kept = store.keep_snapshot(connection, self.document_id, number, sealed(body))
        with self._held() as replica:
            replica.upto = number if kept else 0
        return kept

    def forget_history(self) -> None:
        """Put the present state in the place of the whole log: words that were deleted are nowhere any more."""
        with ExitStack() as turn:
            try:
                with self._database.transaction() as connection:
                    replica = turn.enter_context(self._held())
                    relayed = replica.forget_history(connection, self._clock())
            except BaseException:
                self._replica.drop()
                raise
        self._told(self, relayed)

    @contextmanager
    def _held(self) -> Iterator[Replica]:
        """Have the replica to oneself. Do not nest."""
        with self._turn:
            yield self._replica

    def _ask(self, sending: Sending) -> Given | None:
        if self._database.is_writing_here:
            raise RuntimeError("a batch would wait for the transaction that waits for it")
        return self._batches.ask(sending)

    def _work(self, batch: list[Waiting[Sending, Given]]) -> None:
        """Write a batch; what fails is tried again one by one, so that one bad update never fails its neighbours."""
        try:
            relayed = self._write(batch)
        except Exception as error:
            with self._held() as replica:
                replica.drop()
            if len(batch) > 1 and not isinstance(error, StorageUnavailable | SQLAlchemyError | NotFound):
                for waiting in batch:
                    self._work([waiting])
                return
            refusal = refusal_for(error)
            for waiting in batch:
                waiting.given = refusal
            return
        try:
            self._told(self, relayed)
        except Exception:  # what is committed is committed, and is acknowledged
            log.exception("telling_failed")

    def _write(self, batch: Sequence[Waiting[Sending, Given]]) -> list[Relayed]:
        """Take a batch and commit it; return what the text gained. The turn ends after the commit."""
        with ExitStack() as turn:
            with self._database.transaction() as connection:
                replica = turn.enter_context(self._held())
                text = replica.text
                row = store.lock(connection, self.document_id)
                if row is None:
                    raise NotFound(self.document_id)
                missed = replica.take(store.read_tail(connection, self.document_id, replica.number))
                people = [waiting.asked.person for waiting in batch]
                stands = standing_of(connection, row, people, self._state_of)
                work = Batch(row, stands, replica.number)
                given = [self._one(text, work, waiting.asked) for waiting in batch]
                self._store(connection, work, text.title)
            replica.row = row
            replica.number = work.number
            replica.people |= work.clients
        for waiting, outcome in zip(batch, given, strict=True):
            waiting.given = outcome
        return [*missed, *work.relayed]

    def _store(self, connection: Connection, work: Batch, title: str) -> None:
        now = self._clock()
        store.keep_title(connection, work.row, title)
        store.append(connection, self.document_id, work.kept, now)
        store.remember_clients(connection, self.document_id, work.clients)
        if work.row.human_at is None and any(kept.person != APP for kept in work.kept):
            store.mark_human(connection, self.document_id, now)

    def _one(self, text: SharedText, work: Batch, sending: Sending) -> Given:
        """Take one update; a refusal leaves the text as it was."""
        refusal = self._refusal(work, sending)
        if refusal is not None:
            return refusal
        try:
            update = _edited(text, sending.change) if sending.change else sending.update
        except Exception as error:
            return error
        try:
            fresh, clients = text.apply(update or NOTHING_NEW if sending.change else update, sending.others)
        except Gap:
            return Resync(text.vector())
        except Unreadable:
            return Refusal("malformed", {"fields": {"update": "wrong_type"}})
        if fresh:
            work.number += 1
            work.kept.append(Kept(work.number, fresh, sending.person))
            work.relayed.append(Relayed(work.number, fresh, sending.origin))
            work.clients |= {client: sending.person for client in clients if not self._writer(work, client)}
        if sending.clock > text.clocks().get(sending.client, 0):
            return Resync(text.vector())
        return Stored(work.number)

    def _refusal(self, work: Batch, sending: Sending) -> Refusal | None:
        if sending.unless is not None and (refused := sending.unless(work.row)) is not None:
            return refused
        if sending.guest is None:
            return None
        refusal = refusal_of_writing(work.row, sending.guest, work.stands)
        if refusal is None and self._writer(work, sending.client) not in {"", sending.person}:
            return Refusal("client_taken")
        return refusal

    def _writer(self, work: Batch, client: int) -> str:
        return work.clients.get(client) or self._replica.people.get(client, "")


def _edited(text: SharedText, change: Callable[[SharedText], Any]) -> bytes:
    """Make the app's edit on a replica of its own, so that a failure changes nothing and each edit has its own client."""
    return loaded([text.snapshot()]).editing(change)
