"""What documents erase in their time: addresses of readers, names of writers, their remarks (docs/donnees-personnelles.md)."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from atelier.minutes.models import Document, DocumentRemark, DocumentWriter, Publication, ReviewLink
from atelier.people.purge import Horizon, PurgeRule, erase_where, register

CEILING = timedelta(days=365)  # for a document that is never published


def register_rules() -> None:
    """Add these rules to the daily purge."""
    register(PurgeRule("review_addresses", "review_link", _review_addresses))
    register(PurgeRule("document_writers", "document_writer", _document_writers))
    register(PurgeRule("document_remarks", "document_remark", _document_remarks))


def _published_before(db: Session, horizon: Horizon) -> list[int]:
    """Return the documents first published longer ago than contacts are kept."""
    since = horizon.now - horizon.durations.contacts
    return list(
        db.scalars(
            select(Publication.document_id).where(Publication.number == 1, Publication.published_at <= since)
        )
    )


def _review_addresses(db: Session, horizon: Horizon) -> int:
    """Addresses and mentions of readers: what they said stays, without anybody behind it."""
    due = ReviewLink.document_id.in_(_published_before(db, horizon)) | (
        ReviewLink.created_at < horizon.now - CEILING
    )
    place = (due, (ReviewLink.email != "") | (ReviewLink.label != ""))
    count = len(db.execute(select(ReviewLink.id).where(*place)).all())
    db.execute(update(ReviewLink).where(*place).values(email="", label=""))
    return count


def _document_writers(db: Session, horizon: Horizon) -> int:
    """Names and invitations of writers."""
    unpublished = select(Document.id).where(Document.created_at < horizon.now - CEILING)
    due = DocumentWriter.document_id.in_(_published_before(db, horizon)) | (
        DocumentWriter.document_id.in_(unpublished) & (DocumentWriter.created_at < horizon.now - CEILING)
    )
    return erase_where(db, DocumentWriter, due)


def _document_remarks(db: Session, horizon: Horizon) -> int:
    """What writers said to each other beside a text that is never published."""
    return erase_where(db, DocumentRemark, DocumentRemark.at < horizon.now - CEILING)
