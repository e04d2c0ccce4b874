"""The rows of a draft: the document that a séance gets, what the app remembers of what it wrote, versions that lose words."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from atelier.errors import Refusal
from atelier.live.state import LiveState
from atelier.minutes import queries, store
from atelier.minutes.access import is_written
from atelier.minutes.content import Content, from_json, sha256, to_json
from atelier.minutes.document import make
from atelier.minutes.document_templates import TEMPLATES, DocumentTemplate, template_for
from atelier.minutes.drafting import Following
from atelier.minutes.models import Document
from atelier.minutes.operations.remarks import redact_remarks
from atelier.minutes.reconcile import Memory, from_settings, to_settings
from atelier.minutes.redaction import redacted
from atelier.minutes.said import marks
from atelier.workshops.models import WorkshopSession

KEY = "draft"  # in Document.settings
FROZEN = frozenset({"published", "rectified"})
ADDED_TO = frozenset({"draft"})  # phases in which what closes later is added by itself


@dataclass(frozen=True, slots=True)
class Held:
    """What the app must know of a compte rendu before it writes in it."""

    id: int
    phase: str
    template: DocumentTemplate
    memory: Memory
    human: bool  # somebody has written
    complete: bool  # the séance was closed once: from then on differences are proposed
    written: bool  # people may change the text now
    seq: int

    @property
    def frozen(self) -> bool:
        """Whether the text is published and no correction is being made: the app leaves it alone."""
        return self.phase in FROZEN and not self.written

    @property
    def adding(self) -> bool:
        return self.phase in ADDED_TO

    def refusal_if_moved(self, row: Any) -> Refusal | None:
        """Refuse (`moved`) where the row says otherwise who has written, or may write: nobody's words are overwritten."""
        now = (row.phase, row.human_at is not None, is_written(row))
        return None if now == (self.phase, self.human, self.written) else Refusal("moved")


def held(db: Session, session_id: int) -> Held | None:
    """Return the compte rendu of a séance as the draft sees it, or None."""
    document = queries.document_of_session(db, session_id)
    return None if document is None else held_of(document)


def held_of(document: Document) -> Held:
    kept = _kept(document)
    return Held(
        id=document.id,
        phase=document.phase,
        template=TEMPLATES.get(document.template, TEMPLATES["t0"]),
        memory=from_settings(kept),
        human=document.human_at is not None,
        complete=bool(kept.get("complete")),
        written=is_written(document),
        seq=document.drafted_seq,
    )


def create(
    db: Session, session_id: int, state: LiveState, content: Content, now: datetime
) -> Document | None:
    """Make the compte rendu of a séance, as the app drafts it; None when it has one, or when the séance is gone."""
    session = db.get(WorkshopSession, session_id, with_for_update=True)
    if session is None or session.deleted_at is not None or queries.document_of_session(db, session_id):
        return None
    document = Document(
        kind="minutes",
        template=template_for(state.meeting.kind).key,
        reference=session.reference,
        owner_id=session.owner_id,
        session_id=session_id,
        title=content.title,
        confidential=state.meeting.confidential,
        settings={KEY: {**to_settings(Memory(marks(content))), "complete": state.phase == "closed"}},
        drafted_seq=state.seq,
        created_at=now,
    )
    db.add(document)
    db.flush()
    store.append(db.connection(), document.id, [store.Kept(1, make(content), store.APP)], now)
    return document


def remember(db: Session, document_id: int, memory: Memory, seq: int = 0, complete: bool = False) -> None:
    """Add to what the app remembers of a document: blocks written, decisions taken, the journal read so far."""
    document = queries.locked(db, document_id)
    kept = _kept(document)
    before = from_settings(kept)
    known = Memory({**before.drafted, **memory.drafted}, {**before.kept, **memory.kept})
    settings = {**to_settings(known), "complete": complete or bool(kept.get("complete"))}
    document.settings = {**(document.settings or {}), KEY: settings}
    document.drafted_seq = max(document.drafted_seq, seq)


def redact(db: Session, document_id: int, seen: Content, refs: Collection[str], gone: str) -> None:
    """Take the words of some cards out of what is kept beside a text that is not published: its versions, its remarks."""
    queries.locked(db, document_id)
    kept = [(version, from_json(version.content)) for version in queries.versions(db, document_id)]
    bodies = [
        section.body for content in (seen, *(before for _, before in kept)) for section in content.sections
    ]
    redact_remarks(db, document_id, bodies, refs, gone)
    for version, before in kept:
        after = redacted(before, refs, gone)
        if after != before and version.kind != "published":
            version.content, version.sha256 = to_json(after), sha256(after)


def following(db: Session, session_id: int, zone: tzinfo) -> Following | None:
    """Return the next séance that continues this one, the earliest first."""
    query = select(WorkshopSession).where(
        WorkshopSession.continues == session_id,
        WorkshopSession.deleted_at.is_(None),
        WorkshopSession.rehearsal_of.is_(None),
    )
    found = sorted(db.scalars(query).all(), key=lambda one: (one.starts_at is None, one.starts_at, one.id))
    if not found:
        return None
    starts = found[0].starts_at
    day = starts.astimezone(zone).date().isoformat() if starts else ""
    return Following(found[0].title, day, found[0].place)


def _kept(document: Document) -> Mapping[str, Any]:
    kept: Mapping[str, Any] = (document.settings or {}).get(KEY, {})
    return kept
