"""Published: frozen, rendered once, with its fingerprint and its address for ever; corrected by a new version; withdrawn.

The fingerprint is the SHA-256 of the version's Markdown, in UTF-8: the very bytes that its address serves, so that anybody can
compute it again. Nothing here changes a published row but its withdrawal (D-30).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from atelier.errors import NotFound, Refusal
from atelier.minutes import queries
from atelier.minutes.content import Content
from atelier.minutes.models import Document, DocumentClient, Publication
from atelier.minutes.operations.approval import CORRECTING
from atelier.minutes.operations.remarks import forget_remarks
from atelier.minutes.operations.review import with_settings
from atelier.minutes.operations.versions import forget_working_versions, keep_version
from atelier.minutes.workflow import APPROVED, CORRECT, PUBLISH, is_public, next_phase
from atelier.people.models import CardProof
from atelier.people.purge import erase_where

LONGEST_REASON = 600


@dataclass(frozen=True, slots=True)
class Frozen:
    """A version as it will stand: its body in HTML, its Markdown, what each citation showed, what readers had said."""

    html: str
    markdown: str
    sources: Mapping[str, Any]
    facts: Mapping[str, Any]

    @property
    def sha256(self) -> str:
        return fingerprint(self.markdown)


def fingerprint(markdown: str) -> str:
    """Return the SHA-256 of a published text, in hexadecimal."""
    return hashlib.sha256(markdown.encode()).hexdigest()


def publish(
    db: Session, document: Document, content: Content, frozen: Frozen, now: datetime
) -> Publication | Refusal:
    """Freeze a version under the next number. The work ends: proofs of authorship, versions of the work, remarks are gone."""
    document = queries.locked(db, document.id)
    phase = next_phase(PUBLISH, document.phase)
    if phase is None:
        return Refusal("not_now", {"phase": document.phase})
    known = queries.publications(db, document.id)
    reason = str(((document.settings or {}).get(CORRECTING) or {}).get("reason", ""))
    if known and not reason:
        return Refusal("reason_required")
    row = Publication(
        document_id=document.id,
        number=known[0].number + 1 if known else 1,
        html=frozen.html,
        markdown=frozen.markdown,
        sources=dict(frozen.sources),
        facts=dict(frozen.facts),
        sha256=frozen.sha256,
        reason=reason,
        published_at=now,
    )
    db.add(row)
    keep_version(db, document, content, "published", now, name=f"v{row.number}", note=reason)
    document.phase = phase
    with_settings(document, **{CORRECTING: None})
    _end_of_work(db, document)
    db.flush()
    return row


def open_correction(db: Session, document: Document, reason: str, now: datetime) -> Refusal | None:
    """Open a text already approved or published to its writers, for a reason that will be published with it."""
    document = queries.locked(db, document.id)
    if next_phase(CORRECT, document.phase) is None:
        return Refusal("not_now", {"phase": document.phase})
    if not reason.strip():
        return Refusal("reason_required")
    known = (document.settings or {}).get(CORRECTING)
    if known:
        return Refusal("already_correcting")
    with_settings(
        document, **{CORRECTING: {"reason": reason.strip()[:LONGEST_REASON], "at": now.isoformat()}}
    )
    db.flush()
    return None


def close_correction(db: Session, document: Document) -> None:
    """Give up a correction: the door has put the text back as it was."""
    document = queries.locked(db, document.id)
    with_settings(document, **{CORRECTING: None})
    forget_remarks(db, document.id)
    db.flush()


def withdraw_from_view(
    db: Session, document: Document, number: int, motive: str, now: datetime
) -> Refusal | None:
    """Withdraw a frozen version from view, with a public motive: its address answers 410 from then on (D-30)."""
    queries.locked(db, document.id)
    row = queries.publication(db, document.id, number)
    if row is None:
        raise NotFound(str(number))
    if not motive.strip():
        return Refusal("motive_required")
    if row.withdrawn_at is None:
        row.withdrawn_at, row.withdrawn_motive = now, motive.strip()[:LONGEST_REASON]
    db.flush()
    return None


def restore_to_view(db: Session, document: Document, number: int) -> None:
    """Show a version again: what was withdrawn by mistake is the very same text, and the fingerprint tells it."""
    queries.locked(db, document.id)
    row = queries.publication(db, document.id, number)
    if row is None:
        raise NotFound(str(number))
    row.withdrawn_at, row.withdrawn_motive = None, ""
    db.flush()


def kept_from_deletion(db: Session, session_id: int) -> Refusal | None:
    """Say why a séance may not be deleted: its compte rendu is approved, and is a public archive (D-21, R-255)."""
    document = queries.document_of_session(db, session_id)
    if document is None or not (document.phase == APPROVED or is_public(document.phase)):
        return None
    return Refusal("minutes_approved", {"reference": document.reference})


def _end_of_work(db: Session, document: Document) -> None:
    forget_working_versions(db, document)
    forget_remarks(db, document.id)
    erase_where(db, DocumentClient, DocumentClient.document_id == document.id)
    if document.session_id is not None:
        erase_where(db, CardProof, CardProof.session_id == document.session_id)
