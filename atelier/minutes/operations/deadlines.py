"""What falls due by itself: tacit approval once the announced day is over, a version every fifteen minutes of activity.

Any process may do it, at any time and any number of times: each is done once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from atelier.db import Database
from atelier.errors import Refusal
from atelier.minutes import queries
from atelier.minutes.content import Content
from atelier.minutes.models import Document
from atelier.minutes.operations.approval import approve
from atelier.minutes.operations.freezing import with_text
from atelier.minutes.operations.review import calendar_in
from atelier.minutes.operations.situation import StateOf, standing_of
from atelier.minutes.operations.versions import EVERY, keep_if_due
from atelier.minutes.room import Room
from atelier.minutes.sources import Sources
from atelier.minutes.workflow import APPROVE, IN_REVIEW, TACIT, obstacles, writable

LOOKED_BACK = EVERY + timedelta(minutes=10)


def approve_if_due(
    database: Database,
    room: Room,
    state_of: StateOf,
    sources: Callable[[Document], Sources],
    now: datetime,
    zone: ZoneInfo,
) -> bool:
    """Approve a document whose announced day is over without anything in the way; tell whether that was done just now."""
    with database.reading() as db:
        document = queries.document_by_id(db, room.document_id)
    if document is None or not _day_over(document, now, zone):
        return False
    known = sources(document)  # before the transaction: the record of the séance may have to be written first

    def act(db: Session, content: Content) -> bool:
        row = queries.locked(db, room.document_id)
        if row.phase != IN_REVIEW or (row.approval or TACIT) != TACIT:
            return False
        found = standing_of(db, row, content, state_of, known, now, zone)
        if obstacles(APPROVE, found.situation):
            return False
        return not isinstance(approve(db, row, content, TACIT, now), Refusal)

    return with_text(database, room, act)


def _day_over(document: Document, now: datetime, zone: ZoneInfo) -> bool:
    calendar = calendar_in(document)
    tacit = document.phase == IN_REVIEW and (document.approval or TACIT) == TACIT
    return tacit and calendar is not None and now.astimezone(zone).date() > calendar.approval


def keep_version_if_due(
    database: Database, room: Room, names: Callable[[Session, Document], Mapping[str, str]], now: datetime
) -> bool:
    """Keep a version of a text in which somebody wrote, when the last one is old enough."""
    with database.reading() as db:
        document = queries.document_by_id(db, room.document_id)
        if document is None or not writable(
            document.phase, bool((document.settings or {}).get("correcting"))
        ):
            return False
        last = queries.last_version(db, document.id)
        if now - (last.at if last else document.created_at) < EVERY:
            return False
        if queries.written_since(db, document.id, last.at if last else None)[0] is None:
            return False
        known = names(db, document)

    def act(db: Session, content: Content) -> bool:
        return keep_if_due(db, queries.locked(db, room.document_id), content, known, now) is not None

    return with_text(database, room, act)
