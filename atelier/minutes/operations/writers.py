"""Who writes a document: personal invitations, each by a link of its own that can be taken back."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from atelier import codes
from atelier.errors import NotFound, Refusal
from atelier.minutes import queries
from atelier.minutes.models import Document, DocumentWriter

LONGEST_NAME = 80
MOST_WRITERS = 60  # invitations that still open the document


class Invited(NamedTuple):
    """`token` is shown once: only its hash stays."""

    writer: DocumentWriter
    token: str


def invite(db: Session, document: Document, name: str, now: datetime) -> Invited | Refusal:
    """Make an invitation to write, for one person."""
    name = " ".join(name.split())
    if not name:
        return Refusal("writer_name_required")
    if len(name) > LONGEST_NAME:
        return Refusal("writer_name_too_long", {"limit": LONGEST_NAME})
    queries.locked(db, document.id)
    standing = select(func.count()).where(
        DocumentWriter.document_id == document.id, DocumentWriter.revoked_at.is_(None)
    )
    if (db.scalar(standing) or 0) >= MOST_WRITERS:
        return Refusal("too_many_writers", {"limit": MOST_WRITERS})
    token = codes.token()
    writer = DocumentWriter(
        document_id=document.id, name=name, token_hash=codes.hashed(token), created_at=now
    )
    db.add(writer)
    db.flush()
    return Invited(writer, token)


def revoke(db: Session, document: Document, writer_id: int, now: datetime) -> DocumentWriter:
    """Take an invitation back; what the person wrote stays. Twice is once."""
    writer = db.get(DocumentWriter, writer_id)
    if writer is None or writer.document_id != document.id:
        raise NotFound(writer_id)
    writer.revoked_at = writer.revoked_at or now
    return writer


def invitation_of(db: Session, token: str) -> DocumentWriter | None:
    """Return the invitation that a link's token opens, if it still does."""
    asked = select(DocumentWriter).where(
        DocumentWriter.token_hash == codes.hashed(token), DocumentWriter.revoked_at.is_(None)
    )
    return db.scalars(asked).one_or_none()
