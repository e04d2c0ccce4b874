"""The text as it stands at the very moment when a document changes state: no update slips in between."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from atelier.db import Database
from atelier.errors import Busy
from atelier.minutes import queries
from atelier.minutes.content import Content
from atelier.minutes.models import DocumentUpdate
from atelier.minutes.room import Room

TRIES = 8

Done = TypeVar("Done")


class _Moved(Exception):
    """Somebody wrote meanwhile: look again."""


def with_text(database: Database, room: Room, act: Callable[[Session, Content], Done]) -> Done:
    """Call `act(db, content)` in one transaction in which nobody can write to the text, and commit what it does.

    The row of the document is held, as for every update; Busy when people write without a pause.
    """
    for _ in range(TRIES):
        room.catch_up()
        number = room.number
        content = room.content()
        try:
            with database.writing() as db:
                queries.locked(db, room.document_id)
                if number != room.number or number != _last(db, room.document_id):
                    raise _Moved
                return act(db, content)
        except _Moved:
            continue
    raise Busy


def _last(db: Session, document_id: int) -> int:
    query = select(func.max(DocumentUpdate.number)).where(DocumentUpdate.document_id == document_id)
    return db.scalar(query) or 0
