"""Finding documents, and what is said of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from atelier.minutes.models import (
    Amendment,
    Document,
    DocumentUpdate,
    DocumentVersion,
    DocumentWriter,
    Publication,
    QuoteConsent,
    Reading,
    ReviewLink,
)
from atelier.workshops.models import WorkshopSession

PUBLIC_PHASES = ("published", "rectified")
APPROVED_PHASES = ("approved", *PUBLIC_PHASES)


def document_by_reference(db: Session, reference: str, kind: str) -> Document | None:
    """Return the document of an address (`DK2`), or None. One whose séance lies in the bin is not found."""
    found = db.scalar(select(Document).where(Document.reference == reference, Document.kind == kind))
    return None if found is None or in_bin(db, found) else found


def document_by_id(db: Session, document_id: int) -> Document | None:
    found = db.get(Document, document_id)
    return None if found is None or in_bin(db, found) else found


def document_of_session(db: Session, session_id: int) -> Document | None:
    return db.scalar(select(Document).where(Document.session_id == session_id))


def in_bin(db: Session, document: Document) -> bool:
    session = db.get(WorkshopSession, document.session_id) if document.session_id else None
    return session is not None and session.deleted_at is not None


def locked(db: Session, document_id: int) -> Document:
    """Return a document whose row nobody else may change before the commit."""
    return db.scalars(
        select(Document)
        .where(Document.id == document_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


# ---------------------------------------------------------------- versions


def versions(db: Session, document_id: int) -> Sequence[DocumentVersion]:
    """Return the versions of a document, latest first."""
    query = select(DocumentVersion).where(DocumentVersion.document_id == document_id)
    return db.scalars(query.order_by(DocumentVersion.number.desc())).all()


def version(db: Session, document_id: int, number: int) -> DocumentVersion | None:
    return db.get(DocumentVersion, (document_id, number))


def last_version(db: Session, document_id: int, *kinds: str) -> DocumentVersion | None:
    """Return the latest version, of some kinds if they are given."""
    query = select(DocumentVersion).where(DocumentVersion.document_id == document_id)
    if kinds:
        query = query.where(DocumentVersion.kind.in_(kinds))
    return db.scalar(query.order_by(DocumentVersion.number.desc()).limit(1))


def next_version(db: Session, document_id: int) -> int:
    """Return the number of the next version. Numbers are never given again: earlier working versions may be gone."""
    last = db.scalar(
        select(func.max(DocumentVersion.number)).where(DocumentVersion.document_id == document_id)
    )
    return (last or 0) + 1


def written_since(db: Session, document_id: int, moment: datetime | None) -> tuple[datetime | None, set[str]]:
    """Return when somebody last wrote after a moment, and the keys of those who did."""
    query = select(func.max(DocumentUpdate.at), DocumentUpdate.person).where(
        DocumentUpdate.document_id == document_id
    )
    if moment is not None:
        query = query.where(DocumentUpdate.at > moment)
    rows = db.execute(query.group_by(DocumentUpdate.person)).all()
    return max((row[0] for row in rows), default=None), {row[1] for row in rows}


def in_writing(db: Session, since: datetime) -> Sequence[int]:
    """Return the documents in whose text something was written after a moment."""
    return db.scalars(select(DocumentUpdate.document_id).where(DocumentUpdate.at > since).distinct()).all()


# ---------------------------------------------------------------- readers


def review_links(db: Session, document_id: int) -> Sequence[ReviewLink]:
    """Return the readers' own links, in the order they were made."""
    return db.scalars(
        select(ReviewLink).where(ReviewLink.document_id == document_id).order_by(ReviewLink.id)
    ).all()


def review_link(db: Session, document_id: int, link_id: int) -> ReviewLink | None:
    link = db.get(ReviewLink, link_id)
    return link if link is not None and link.document_id == document_id else None


def link_by_hash(db: Session, token_hash: str) -> ReviewLink | None:
    return db.scalar(select(ReviewLink).where(ReviewLink.token_hash == token_hash))


def readings(db: Session, document_id: int) -> Sequence[Reading]:
    return db.scalars(
        select(Reading).where(Reading.document_id == document_id).order_by(Reading.version, Reading.at)
    ).all()


def reading_of(db: Session, document_id: int, reader: str, number: int) -> Reading | None:
    return db.get(Reading, (document_id, reader, number))


def amendments(db: Session, document_id: int, reader: str = "") -> Sequence[Amendment]:
    """Return what was asked, oldest first; of one reader when given."""
    query = select(Amendment).where(Amendment.document_id == document_id)
    if reader:
        query = query.where(Amendment.reader == reader)
    return db.scalars(query.order_by(Amendment.number)).all()


def amendment(db: Session, document_id: int, number: int) -> Amendment | None:
    return db.get(Amendment, (document_id, number))


def next_amendment(db: Session, document_id: int) -> int:
    last = db.scalar(select(func.max(Amendment.number)).where(Amendment.document_id == document_id))
    return (last or 0) + 1


# ---------------------------------------------------------------- names, publications


def consents(db: Session, document_id: int) -> dict[tuple[str, str], str]:
    """Return what people agreed to: (name, citation or "") -> status."""
    rows = db.scalars(select(QuoteConsent).where(QuoteConsent.document_id == document_id))
    return {(row.name, row.ref): row.status for row in rows}


def writer_names(db: Session, document_id: int) -> dict[str, str]:
    """Return the names of invited writers by their keys, revoked ones included: they wrote."""
    rows = db.scalars(select(DocumentWriter).where(DocumentWriter.document_id == document_id))
    return {row.key: row.name for row in rows}


def publications(db: Session, document_id: int) -> Sequence[Publication]:
    """Return the frozen versions, latest first."""
    query = select(Publication).where(Publication.document_id == document_id)
    return db.scalars(query.order_by(Publication.number.desc())).all()


def publication(db: Session, document_id: int, number: int) -> Publication | None:
    return db.get(Publication, (document_id, number))


def sessions_published_before(db: Session, moment: datetime) -> Collection[int]:
    """Return the séances whose compte rendu was first published before a moment (D-14, D-16, R-255)."""
    first = (
        select(Publication.document_id)
        .group_by(Publication.document_id)
        .having(func.min(Publication.published_at) <= moment)
    )
    query = select(Document.session_id).where(Document.id.in_(first), Document.session_id.is_not(None))
    return {session_id for session_id in db.scalars(query) if session_id is not None}


def waiting_for_silence(db: Session) -> Sequence[int]:
    """Return the documents that the announced day may approve tacitly."""
    query = select(Document).where(Document.phase == "in_review", Document.approval == "tacit")
    return [document.id for document in db.scalars(query.order_by(Document.id)) if not in_bin(db, document)]
