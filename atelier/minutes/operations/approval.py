"""Approval: by the consent of the next séance, or tacitly once the announced day is over, reserves listed (domain §5, D-29)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from atelier.errors import Refusal
from atelier.live.leaving import is_out
from atelier.live.rules.attribution import PUBLIC, attribution
from atelier.live.state import LiveState
from atelier.minutes import queries
from atelier.minutes.calendar import after_sending
from atelier.minutes.content import Content
from atelier.minutes.facts import Reserve
from atelier.minutes.models import Document, DocumentVersion
from atelier.minutes.operations.review import calendar_in, set_calendar, with_settings
from atelier.minutes.operations.versions import keep_version
from atelier.minutes.workflow import APPROVE, REOPEN, TACIT, next_phase
from atelier.workshops.models import WorkshopSession

VOTE = "approval_vote"  # settings: {"session": id, "activity": key}
RESERVES = "reserves"  # settings: what the consent vote left, [{"text", "college"}]
CORRECTING = "correcting"  # settings: {"reason", "at"} while a text already approved is open again
REOPENED = "reopened"  # settings: why the approval was taken back, [{"motive", "on"}]


def approve(
    db: Session,
    document: Document,
    content: Content,
    approval: str,
    now: datetime,
    reserves: Sequence[Reserve] = (),
) -> DocumentVersion | Refusal:
    """Approve the text as it stands. Done once: whoever comes second, a person or the clock, is told that it is done."""
    document = queries.locked(db, document.id)
    phase = next_phase(APPROVE, document.phase)
    if phase is None:
        return Refusal("not_now", {"phase": document.phase})
    version = keep_version(db, document, content, "approved", now)
    document.phase, document.approval, document.approved_at = phase, approval, now
    with_settings(
        document, **{RESERVES: [{"text": one.text, "college": one.college} for one in reserves] or None}
    )
    db.flush()
    return version


def reopen(db: Session, document: Document, motive: str, on: date) -> Refusal | None:
    """Bring an approved text back to review, with a motive that stays written."""
    document = queries.locked(db, document.id)
    phase = next_phase(REOPEN, document.phase)
    if phase is None:
        return Refusal("not_now", {"phase": document.phase})
    if not motive.strip():
        return Refusal("motive_required")
    known = list((document.settings or {}).get(REOPENED, ()))
    with_settings(
        document, **{REOPENED: [*known, {"motive": motive.strip(), "on": on.isoformat()}], CORRECTING: None}
    )
    document.phase, document.approved_at = phase, None
    calendar = calendar_in(document)
    if calendar is not None:  # readers have their ten days again: silence must not approve at once
        set_calendar(document, after_sending(calendar, on))
    db.flush()
    return None


def choose_approval(db: Session, document: Document, approval: str) -> None:
    """Say how the text is to be approved: by the announced day, or at the next séance."""
    document = queries.locked(db, document.id)
    document.approval = approval if approval == "consent" else TACIT
    db.flush()


# ---------------------------------------------------------------- by the consent of a later séance


def later_sessions(db: Session, document: Document) -> Sequence[WorkshopSession]:
    """Return the séances of the same account that continue the document's one, next date first."""
    if document.session_id is None:
        return ()
    query = select(WorkshopSession).where(
        WorkshopSession.continues == document.session_id,
        WorkshopSession.owner_id == document.owner_id,
        WorkshopSession.rehearsal_of.is_(None),
        WorkshopSession.deleted_at.is_(None),
    )
    found = db.scalars(query).all()
    return sorted(found, key=lambda one: (one.starts_at is None, one.starts_at or one.created_at, one.id))


def link_vote(db: Session, document: Document, session_id: int, activity: str) -> None:
    """Remember which consent of which séance decides."""
    document = queries.locked(db, document.id)
    with_settings(document, **{VOTE: {"session": session_id, "activity": activity}})
    document.approval = "consent"
    db.flush()


def unlink_vote(db: Session, document: Document) -> None:
    document = queries.locked(db, document.id)
    with_settings(document, **{VOTE: None})
    db.flush()


def linked_vote(document: Document) -> tuple[int, str] | None:
    """Return the séance and the activity that decide, if they were chosen."""
    found: Mapping[str, Any] | None = (document.settings or {}).get(VOTE)
    return (found["session"], found["activity"]) if found else None


def outcome(state: LiveState | None, activity: str) -> str:
    """Return what the consent says: none (there is no such vote), waiting, adopted or rejected."""
    vote = state.activities.get(activity) if state else None
    if vote is None or vote.kind != "consent" or vote.phase == "annulled":
        return "none"
    if vote.phase != "revealed" or vote.result is None:
        return "waiting"
    return "adopted" if vote.result["adopted"] else "rejected"


def answers_of(state: LiveState, activity: str) -> Mapping[str, int]:
    """Return how many gave each answer to a consent once it is revealed: consent, reservation, objection, withdraw."""
    vote = state.activities.get(activity)
    answers: Mapping[str, int] = (vote.result or {}).get("answers", {}) if vote else {}
    return answers if outcome(state, activity) in ("adopted", "rejected") else {}


def reserves_of(state: LiveState, activity: str) -> tuple[Reserve, ...]:
    """Return the reserves said with the consent, as far as their cards may leave the séance."""
    vote = state.activities.get(activity)
    said = (vote.result or {}).get("texts", {}).get("reservation", ()) if vote else ()
    cards = [state.contributions[number] for number in said if number in state.contributions]
    shown = [card for card in cards if is_out(state, card)]
    return tuple(Reserve(card.words, attribution(state, card, PUBLIC).get("college", "")) for card in shown)
