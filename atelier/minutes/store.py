"""The rows of a shared text. The log of updates is the truth; a snapshot is a cache of its beginning."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, select, update
from sqlalchemy.orm import Session

from atelier.dialect import cleaned
from atelier.minutes.models import (
    Document,
    DocumentClient,
    DocumentSnapshot,
    DocumentUpdate,
    DocumentWriter,
)

APP = "draft"  # who writes what the app itself writes
LONGEST_TITLE = 200


class Kept(NamedTuple):
    """One update of the log."""

    number: int
    body: bytes
    person: str


@dataclass(frozen=True, slots=True)
class Log:
    """A document's log, as it is read at opening. `snapshot` holds everything up to `upto`; `tail` comes after."""

    upto: int
    snapshot: bytes
    tail: tuple[Kept, ...]


COLUMNS = (
    Document.id,
    Document.kind,
    Document.phase,
    Document.owner_id,
    Document.session_id,
    Document.settings,
    Document.human_at,
    Document.title,
)
# Built once: each is asked for at every batch.
ROW = select(*COLUMNS).where(Document.id == bindparam("document_id"))
LOCKED_ROW = ROW.with_for_update()
TAIL = (
    select(DocumentUpdate.number, DocumentUpdate.body, DocumentUpdate.person)
    .where(DocumentUpdate.document_id == bindparam("document_id"), DocumentUpdate.number > bindparam("after"))
    .order_by(DocumentUpdate.number)
)
AT = select(DocumentUpdate.number).where(
    DocumentUpdate.document_id == bindparam("document_id"), DocumentUpdate.number == bindparam("number")
)
NEW_UPDATES = insert(DocumentUpdate)
REVOKED = select(DocumentWriter.id).where(
    DocumentWriter.document_id == bindparam("document_id"), DocumentWriter.revoked_at.is_not(None)
)


def row_of(connection: Connection | Session, document_id: int) -> Row[Any] | None:
    """Return what rights depend on, or None when there is no such document."""
    return connection.execute(ROW, {"document_id": document_id}).one_or_none()


def lock(connection: Connection, document_id: int) -> Row[Any] | None:
    """Keep other processes from writing to this document until the commit; return its row."""
    return connection.execute(LOCKED_ROW, {"document_id": document_id}).one_or_none()


def read_tail(connection: Connection | Session, document_id: int, after: int) -> tuple[Kept, ...]:
    """Return the updates numbered above `after`, in order."""
    rows = connection.execute(TAIL, {"document_id": document_id, "after": after})
    return tuple(Kept(number, bytes(body), person) for number, body, person in rows)


def read_log(db: Session, document_id: int, whole: bool = False) -> Log:
    """Return the snapshot and what came after; `whole`: without the snapshot, which is only a cache."""
    kept = None if whole else db.get(DocumentSnapshot, document_id, populate_existing=True)
    upto, body = (kept.upto, bytes(kept.body)) if kept else (0, b"")
    return Log(upto, body, read_tail(db, document_id, upto))


def revoked_writers(connection: Connection | Session, document_id: int) -> frozenset[str]:
    """Return the keys of the writers whose invitation was taken back."""
    rows = connection.scalars(REVOKED, {"document_id": document_id})
    return frozenset(f"w{writer_id}" for writer_id in rows)


def append(connection: Connection, document_id: int, updates: Sequence[Kept], at: datetime) -> None:
    """Write updates at the end of the log."""
    rows = [{**kept._asdict(), "document_id": document_id, "at": at} for kept in updates]
    if rows:
        connection.execute(NEW_UPDATES, rows)


def clients(db: Connection | Session, document_id: int) -> dict[int, str]:
    """Return who writes under which Yjs client."""
    query = select(DocumentClient.client, DocumentClient.person)
    rows = db.execute(query.where(DocumentClient.document_id == document_id))
    return {int(client): person for client, person in rows}


def remember_clients(connection: Connection, document_id: int, people: Mapping[int, str]) -> None:
    """Write down who writes under clients that are not known yet."""
    rows = [
        {"document_id": document_id, "client": str(client), "person": person}
        for client, person in people.items()
    ]
    if rows:
        connection.execute(insert(DocumentClient), rows)


def mark_human(connection: Connection, document_id: int, at: datetime) -> None:
    """Remember when a person first wrote: from then on the draft proposes, and never overwrites."""
    first = update(Document).where(Document.id == document_id, Document.human_at.is_(None))
    connection.execute(first.values(human_at=at))


def keep_title(connection: Connection, row: Any, title: str) -> None:
    """Let the row bear the title of the text, which lists, letters and pages read there; an empty one leaves it the last."""
    title = cleaned(title).strip()[:LONGEST_TITLE]
    if title and title != row.title:
        connection.execute(update(Document).where(Document.id == row.id).values(title=title))


def keep_snapshot(connection: Connection, document_id: int, upto: int, body: bytes) -> bool:
    """Replace the cache of the log's beginning, unless that beginning was forgotten meanwhile."""
    lock(connection, document_id)
    if connection.scalar(AT, {"document_id": document_id, "number": upto}) is None:
        return False
    connection.execute(delete(DocumentSnapshot).where(DocumentSnapshot.document_id == document_id))
    connection.execute(insert(DocumentSnapshot), {"document_id": document_id, "upto": upto, "body": body})
    return True


def rewrite_log(connection: Connection, document_id: int, state: Kept, at: datetime) -> None:
    """Put one state in the place of the whole log and its snapshot: what was deleted is nowhere any more."""
    for table in (DocumentUpdate, DocumentSnapshot):
        connection.execute(delete(table).where(table.document_id == document_id))
    append(connection, document_id, [state], at)


def log_size(db: Session, document_id: int) -> tuple[int, int]:
    """Return how many updates the log holds, and their bytes."""
    query = select(func.count(), func.coalesce(func.sum(func.length(DocumentUpdate.body)), 0))
    count, size = db.execute(query.where(DocumentUpdate.document_id == document_id)).one()
    return int(count), int(size)


def people_since(db: Session, document_id: int, number: int) -> Iterable[str]:
    """Return the keys of those who wrote after an update, the app left out."""
    query = select(DocumentUpdate.person).distinct()
    query = query.where(DocumentUpdate.document_id == document_id, DocumentUpdate.number > number)
    return [person for person in db.scalars(query) if person != APP]
