"""What the running séance erases in its time: first answers with the connection data, names, the bin."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from atelier.live.models import CommandReceived, Words
from atelier.people.operations import forget_session
from atelier.people.purge import Horizon, PurgeRule, erase_where, register
from atelier.workshops.models import WorkshopSession

REHEARSAL_LIFE = timedelta(days=1)
NAMES_CEILING = timedelta(days=365)  # for a séance whose compte rendu is never published


def closed_before(db: Session, moment: datetime) -> Collection[int]:
    """Return the séances closed before a moment."""
    return db.scalars(select(WorkshopSession.id).where(WorkshopSession.closed_at < moment)).all()


def register_rules() -> None:
    """Add these rules to the daily purge."""
    register(PurgeRule("first_answers", "command", _first_answers))
    register(PurgeRule("names", "words (P:…)", _names))
    register(PurgeRule("bin", "workshop_session", _bin))
    register(PurgeRule("rehearsals", "workshop_session (RÉPÉTITION)", _rehearsals))


def _first_answers(db: Session, horizon: Horizon) -> int:
    """24 h after the close nothing is sent again: the answers go, and with them the marks of the phones that joined."""
    closed = list(horizon.closed_before(db, horizon.now - horizon.durations.devices))
    return erase_where(db, CommandReceived, CommandReceived.session_id.in_(closed)) if closed else 0


def _names(db: Session, horizon: Horizon) -> int:
    """Names of people: three months after the publication of the compte rendu, a year after the close at the latest."""
    due = {*horizon.contacts_since(db, horizon.now - horizon.durations.names)}
    due |= {*horizon.closed_before(db, horizon.now - NAMES_CEILING)}
    place = (Words.session_id.in_(list(due)), Words.owner.like("P:%"), Words.body != "")
    count = len(db.execute(select(Words.id).where(*place)).all())
    db.execute(update(Words).where(*place).values(body=""))
    return count


def _bin(db: Session, horizon: Horizon) -> int:
    """Séances thrown away more than 30 days ago, with everything that is theirs (D-21)."""
    old = WorkshopSession.deleted_at < horizon.now - horizon.durations.bin
    return _delete(db, db.scalars(select(WorkshopSession.id).where(old)).all())


def _rehearsals(db: Session, horizon: Horizon) -> int:
    """Rehearsals that nobody deleted, the day after."""
    old = WorkshopSession.rehearsal_of.is_not(None) & (
        WorkshopSession.created_at < horizon.now - REHEARSAL_LIFE
    )
    return _delete(db, db.scalars(select(WorkshopSession.id).where(old)).all())


def _delete(db: Session, gone: Sequence[int]) -> int:
    for session_id in gone:
        forget_session(db, session_id)
        for column in (WorkshopSession.continues, WorkshopSession.rehearsal_of):
            db.execute(update(WorkshopSession).where(column == session_id).values({column: None}))
        db.execute(delete(WorkshopSession).where(WorkshopSession.id == session_id))
    return len(gone)
