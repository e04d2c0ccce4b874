"""A text from outside becomes part of a document: the text before is kept under a name, the words are added in one update."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from atelier.db import Database
from atelier.errors import Refusal
from atelier.exports.incoming.plan import carry_out
from atelier.exports.queries import version_noted
from atelier.minutes import queries
from atelier.minutes.access import Guest
from atelier.minutes.content import Content, Section
from atelier.minutes.models import Document
from atelier.minutes.operations import versions
from atelier.minutes.operations.freezing import with_text
from atelier.minutes.room import Room


def keep_before(
    db: Session,
    document: Document,
    content: Content,
    label: str,
    stem: str,
    names: Mapping[str, str],
    now: datetime,
) -> int:
    """Keep the text as it is under `label`, once for each import (`stem`); return the version's number."""
    kept = version_noted(db, document, stem)
    if kept is not None:
        return kept
    last = queries.last_version(db, document.id)
    _, people = queries.written_since(db, document.id, last.at if last else None)
    wrote = versions.named(people, names)
    return versions.keep_version(db, document, content, "named", now, label, wrote, stem).number


def import_parts(
    database: Database,
    room: Room,
    document: Document,
    guest: Guest,
    parts: Sequence[Section],
    targets: Sequence[str],
    label: str,
    stem: str,
    names: Mapping[str, str],
    now: datetime,
) -> int | Refusal:
    """Add each part where its target says; return the number of the version kept before. Done twice, it counts once.

    Pages that are open get the words as anybody's. Busy when people write without a pause.
    """

    def keep(db: Session, content: Content) -> int:
        return keep_before(db, document, content, label, stem, names, now)

    number = with_text(database, room, keep)
    outcome = room.write(guest.person, lambda text: carry_out(text, parts, targets, stem), guest)
    return outcome if isinstance(outcome, Refusal) else number
