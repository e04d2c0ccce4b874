"""Finding séances. A facilitator finds only their own; rehearsals are in no list (D-24)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from atelier.errors import NotFound
from atelier.workshops.models import Sequence as Row
from atelier.workshops.models import WorkshopSession

BIN_LIFE = timedelta(days=30)


def session_by_code(db: Session, code: str) -> WorkshopSession | None:
    """Return the séance that people join with `code` (six figures, spaces allowed), deleted ones excepted."""
    figures = "".join(sign for sign in code if sign.isdigit())
    query = select(WorkshopSession).where(
        WorkshopSession.code == figures, WorkshopSession.deleted_at.is_(None)
    )
    return db.scalar(query)


def own_session(
    db: Session, owner_id: int, session_id: int, deleted: bool = False, lock: bool = False
) -> WorkshopSession:
    """Return one of the account's séances with its déroulé; somebody else's is NotFound, as is one in the bin."""
    query = (
        select(WorkshopSession)
        .where(WorkshopSession.id == session_id, WorkshopSession.owner_id == owner_id)
        .options(selectinload(WorkshopSession.sequences).selectinload(Row.activities))
    )
    session = db.scalar(query.with_for_update() if lock else query)
    if session is None or (session.deleted_at is not None) is not deleted:
        raise NotFound(str(session_id))
    return session


def own_sessions(db: Session, owner_id: int) -> Sequence[WorkshopSession]:
    """Return the account's séances, next date first, then those without a date."""
    query = select(WorkshopSession).where(
        WorkshopSession.owner_id == owner_id,
        WorkshopSession.deleted_at.is_(None),
        WorkshopSession.rehearsal_of.is_(None),
    )
    found = db.scalars(query).all()
    return sorted(found, key=lambda one: (one.starts_at is None, one.starts_at or one.created_at, one.id))


def own_bin(db: Session, owner_id: int) -> Sequence[WorkshopSession]:
    """Return what the account has deleted and may still restore, latest first."""
    query = (
        select(WorkshopSession)
        .where(WorkshopSession.owner_id == owner_id, WorkshopSession.deleted_at.is_not(None))
        .order_by(WorkshopSession.deleted_at.desc())
    )
    return db.scalars(query).all()


def continuable(db: Session, owner_id: int, but: int | None = None) -> Sequence[WorkshopSession]:
    """Return the account's opened séances, which another may continue (R-077), latest first."""
    opened = [one for one in own_sessions(db, owner_id) if one.phase != "draft" and one.id != but]
    return sorted(opened, key=lambda one: one.opened_at or one.created_at, reverse=True)


def open_or_ready(db: Session, since: datetime, most: int = 3) -> Sequence[WorkshopSession]:
    """Return the séances open now, then the drafts dated from `since` on, next date first: what the start prints."""
    query = select(WorkshopSession).where(
        WorkshopSession.deleted_at.is_(None),
        WorkshopSession.rehearsal_of.is_(None),
        WorkshopSession.phase.in_(("lobby", "live"))
        | ((WorkshopSession.phase == "draft") & (WorkshopSession.starts_at >= since)),
    )
    found = db.scalars(query).all()
    return sorted(found, key=lambda one: (one.phase == "draft", one.starts_at or one.created_at, one.id))[
        :most
    ]
