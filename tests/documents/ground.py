"""A document in a database, its writers and their tokens; read back from the disk as another process would."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from atelier import codes
from atelier.db import Database
from atelier.live.state import LiveState
from atelier.minutes import store
from atelier.minutes.content import Content, Section
from atelier.minutes.models import Document, DocumentWriter
from atelier.minutes.room import Room, Stored
from atelier.minutes.rooms import Rooms
from tests.conftest import FakeClock

EVENING = datetime(2015, 10, 13, 20, 0, tzinfo=UTC)
OWNER = 1
CONTENT = Content(
    "Soirée chantier",
    (
        Section("case", 1, "Description analytique", "Né en 2009 d’un café-couture.", required=True),
        Section(
            "strengths", 1, "Forces et faiblesses", "« Cœur » du quartier 😀", required=True, hint="Écrire"
        ),
        Section("cards", 1, "Contributions", "C-1, C-2", annex=True),
    ),
)


@dataclass(slots=True)
class MadeDocument:
    """`tokens`: writer's name -> the token of their invitation; `writers`: name -> key (`w3`)."""

    id: int
    tokens: dict[str, str] = field(default_factory=dict)
    writers: dict[str, str] = field(default_factory=dict)


def make_document(
    database: Database,
    writers: Iterable[str] = (),
    content: Content = CONTENT,
    session_id: int | None = None,
    owner_id: int = OWNER,
    state_of: Any = lambda _session_id: LiveState(),
    **row: Any,
) -> MadeDocument:
    """Put a document with these writers in a database, written by the app."""
    with database.writing() as db:
        document = Document(
            kind="minutes",
            template="t2",
            reference=row.pop("reference", "CHA1"),
            owner_id=owner_id,
            session_id=session_id,
            title=content.title,
            created_at=EVENING,
            **row,
        )
        db.add(document)
        db.flush()
        made = MadeDocument(document.id)
        for name in writers:
            token = codes.token()
            writer = DocumentWriter(
                document_id=made.id, name=name, token_hash=codes.hashed(token), created_at=EVENING
            )
            db.add(writer)
            db.flush()
            made.tokens[name], made.writers[name] = token, writer.key
    outcome = room_on(database, made.id, state_of).write(store.APP, lambda text: text.replace(content))
    assert isinstance(outcome, Stored), outcome
    return made


def room_on(database: Database, document_id: int, state_of: Any = lambda _session_id: LiveState()) -> Room:
    """Return a fresh room, as another process would hold it."""
    return Rooms(database, FakeClock(EVENING), state_of).open(document_id)


def content_on_disk(url: str, document_id: int) -> Content:
    """Return what the document says according to the disk alone."""
    database = Database(url)
    try:
        return room_on(database, document_id).content()
    finally:
        database.dispose()


def bodies(content: Content) -> Mapping[str, str]:
    return {section.key: section.body for section in content.sections}
