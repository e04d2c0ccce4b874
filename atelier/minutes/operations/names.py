"""What people agreed to about their name in a document (R-253): recorded by the editor, for the document or for one quotation."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from atelier.errors import Refusal
from atelier.minutes import queries
from atelier.minutes.models import Document, QuoteConsent
from atelier.minutes.names import GIVEN, NOT_A_NAME, PUBLIC_ROLE, REFUSED

STATUSES = (GIVEN, REFUSED, PUBLIC_ROLE, NOT_A_NAME)
LONGEST_NOTE = 300


def set_consent(
    db: Session, document: Document, name: str, status: str, now: datetime, ref: str = "", note: str = ""
) -> Refusal | None:
    """Record what a person agreed to; an empty status takes the record back. A public role is said in the note: « maire »."""
    queries.locked(db, document.id)
    row = db.get(QuoteConsent, (document.id, name, ref))
    if not status:
        if row is not None:
            db.delete(row)
            db.flush()
        return None
    if status not in STATUSES:
        return Refusal("malformed")
    if status == PUBLIC_ROLE and not note.strip():
        return Refusal("role_required")
    if row is None:
        row = QuoteConsent(document_id=document.id, name=name, ref=ref, status=status, at=now)
        db.add(row)
    row.status, row.note, row.at = status, note.strip()[:LONGEST_NOTE], now
    db.flush()
    return None
