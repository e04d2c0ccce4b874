"""Words taken out of everything that is kept beside a text: versions, requests, reserves, remarks, choices."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import Column, Table, Text, select, update
from sqlalchemy.orm import Session

from atelier.db import Base
from atelier.minutes import queries
from atelier.minutes.content import from_json, sha256, to_json
from atelier.minutes.models import Document, DocumentVersion, Publication, QuoteConsent
from atelier.minutes.operations.veil import sessions_of
from atelier.minutes.operations.versions import WORKING
from atelier.minutes.rewording import Words, content_reworded, reworded

PUBLISHED = "published"  # the kind of version that the files of a publication are made from
KEPT_APART = frozenset(
    {Publication.__tablename__, QuoteConsent.__tablename__}
)  # never changed; keyed by names


def documents_of(db: Session, session_id: int) -> list[Document]:
    """Return the documents that tell a séance: its compte rendu, the contributions au forum that it feeds."""
    query = select(Document).where((Document.session_id == session_id) | Document.session_id.is_(None))
    return [document for document in db.scalars(query) if session_id in sessions_of(document)]


def take_out(db: Session, document_id: int, words: Words) -> None:
    """Give other words to all that is kept of a document, its text and what was published apart: that stays as it is (D-30)."""
    document = queries.locked(db, document_id)
    _reword_versions([one for one in queries.versions(db, document_id) if one.kind != PUBLISHED], words)
    document.settings = reworded(document.settings or {}, words)
    document.title = words(document.title)
    db.flush()
    for table, columns in _tables():
        _reword_rows(db, table, columns, document_id, words)


def take_out_of_work(db: Session, document_id: int, words: Words) -> None:
    """Give other words to the versions that a correction, given up, has left beside a published text: they are no archive."""
    queries.locked(db, document_id)
    _reword_versions([one for one in queries.versions(db, document_id) if one.kind in WORKING], words)
    db.flush()


def _reword_versions(versions: Iterable[DocumentVersion], words: Words) -> None:
    for version in versions:
        before = from_json(version.content)
        after = content_reworded(before, words)
        if after is not before:
            version.content, version.sha256 = to_json(after), sha256(after)


def _tables() -> Iterator[tuple[Table, list[Column[str]]]]:
    """Yield each table of what documents keep, with its columns of free text: a new one cannot be forgotten."""
    for table in Base.metadata.sorted_tables:
        columns = [column for column in table.c if isinstance(column.type, Text)]
        if "document_id" in table.c and columns and table.name not in KEPT_APART:
            yield table, columns


def _reword_rows(
    db: Session, table: Table, columns: list[Column[str]], document_id: int, words: Words
) -> None:
    keys = list(table.primary_key.columns)
    rows = db.execute(select(*keys, *columns).where(table.c.document_id == document_id)).mappings().all()
    for row in rows:
        said = {column.name: row[column.name] for column in columns if row[column.name]}
        changed = {name: made for name, text in said.items() if (made := words(text)) != text}
        if changed:
            db.execute(update(table).where(*(key == row[key.name] for key in keys)).values(**changed))
