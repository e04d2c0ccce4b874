"""A text put back as it was: what this replaces is kept first, down to what somebody types at that very moment."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from atelier.db import Database
from atelier.errors import Refusal
from atelier.minutes import queries
from atelier.minutes.access import refusal_of_frozen
from atelier.minutes.content import Content
from atelier.minutes.document import SharedText
from atelier.minutes.models import Document
from atelier.minutes.operations import versions
from atelier.minutes.operations.freezing import with_text
from atelier.minutes.room import Room


def put_back(
    database: Database,
    room: Room,
    document: Document,
    person: str,
    content: Content,
    names: Mapping[str, str],
    now: datetime,
) -> Refusal | None:
    """Make a text say `content` again, as `person`. Refusals: `frozen` {phase} when it was published meanwhile, `storage`."""

    def keep(db: Session, replaced: Content) -> Any:
        return versions.before_restoring(db, document, replaced, names, now)

    with_text(database, room, keep)
    replaced: list[Content] = []

    def change(text: SharedText) -> None:
        replaced[:] = [text.content()]
        text.replace(content)

    outcome = room.write(person, change, unless=refusal_of_frozen)
    if isinstance(outcome, Refusal):
        return outcome
    with database.writing() as db:
        queries.locked(db, document.id)
        keep(db, replaced[0])
    return None
