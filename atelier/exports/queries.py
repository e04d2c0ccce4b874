"""What files of documents need to know: the frozen content of a version, the séance that comes next, what was imported."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from atelier.minutes.content import Content, from_json
from atelier.minutes.models import Document, DocumentVersion, Publication
from atelier.workshops.models import WorkshopSession


def publication(db: Session, document: Document, number: int | None = None) -> Publication | None:
    """Return one frozen version, or the latest that is not withdrawn from view."""
    query = select(Publication).where(Publication.document_id == document.id)
    if number is not None:
        return db.scalar(query.where(Publication.number == number))
    return db.scalar(
        query.where(Publication.withdrawn_at.is_(None)).order_by(Publication.number.desc()).limit(1)
    )


def last_publications(db: Session, most: int) -> list[tuple[Document, Publication]]:
    """Return the frozen versions that anybody may see, the latest first."""
    query = (
        select(Document, Publication)
        .join(Document, Publication.document_id == Document.id)
        .where(Publication.withdrawn_at.is_(None))
        .order_by(Publication.published_at.desc(), Publication.number.desc())
        .limit(most)
    )
    return [(document, publication) for document, publication in db.execute(query)]


def published_content(db: Session, document: Document, number: int) -> Content | None:
    """Return what a frozen version says."""
    query = select(DocumentVersion).where(
        DocumentVersion.document_id == document.id,
        DocumentVersion.kind == "published",
        DocumentVersion.name == f"v{number}",
    )
    found = db.scalar(query)
    return from_json(found.content) if found else None


def next_session(db: Session, session_id: int, now: datetime) -> WorkshopSession | None:
    """Return the dated séance to come that continues this one, the soonest."""
    query = select(WorkshopSession).where(
        WorkshopSession.continues == session_id,
        WorkshopSession.deleted_at.is_(None),
        WorkshopSession.rehearsal_of.is_(None),
        WorkshopSession.starts_at > now,
    )
    return db.scalar(query.order_by(WorkshopSession.starts_at).limit(1))


def version_noted(db: Session, document: Document, note: str) -> int | None:
    """Return the number of the version that bears this note, or None."""
    query = select(DocumentVersion.number).where(
        DocumentVersion.document_id == document.id, DocumentVersion.note == note
    )
    return db.scalar(query)
