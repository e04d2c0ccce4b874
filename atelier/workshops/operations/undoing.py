"""The déroulé before each act of preparation, and the way back: one's own acts, last one first (D-21)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from atelier.workshops.models import Activity, AgendaChange, WorkshopSession
from atelier.workshops.models import Sequence as Row

KEPT = 30
SAME_EDIT = timedelta(minutes=5)  # one correction typed in several breaths is one act
SEQUENCE_COLUMNS = ("key", "position", "title", "minutes", "locked_start", "instructions", "notes")
ACTIVITY_COLUMNS = (
    "key", "position", "kind", "question", "simple_question", "minutes", "anonymity", "moderation", "to_minutes",
    "first_colleges", "silent", "settings", "options",
)  # fmt: skip


def remember(
    db: Session, session: WorkshopSession, by: int, act: str, target: str, title: str, now: datetime
) -> None:
    """Keep the déroulé as it stands, before `act` on `target` (a key)."""
    last = session.changes[-1] if session.changes else None
    if act == "edit" and last is not None and _goes_on(last, by, target, now):
        last.at = now
        return
    session.changes.append(
        AgendaChange(
            account_id=by, at=now, act=act, target=target, title=title[:300], before=written(session)
        )
    )
    del session.changes[:-KEPT]


def _goes_on(last: AgendaChange, by: int, target: str, now: datetime) -> bool:
    return (last.act, last.target, last.account_id) == ("edit", target, by) and now - last.at < SAME_EDIT


def undo(db: Session, session: WorkshopSession, by: int, now: datetime) -> AgendaChange | None:
    """Bring back the déroulé that stood before the last act; None when there is none of this account's."""
    last = session.changes[-1] if session.changes else None
    if last is None or last.account_id != by:
        return None
    read_back(db, session, last.before, now)
    session.changes.remove(last)
    db.flush()
    return last


def written(session: WorkshopSession) -> list[dict[str, Any]]:
    """Return the whole déroulé as plain data."""
    return [
        {
            **{name: getattr(row, name) for name in SEQUENCE_COLUMNS},
            "activities": [
                {name: getattr(activity, name) for name in ACTIVITY_COLUMNS} for activity in row.activities
            ],
        }
        for row in session.sequences
    ]


def read_back(
    db: Session, session: WorkshopSession, agenda: Sequence[Mapping[str, Any]], now: datetime
) -> None:
    """Replace the déroulé. Revisions go on, so that a tab left open sees that its text is older."""
    revisions = {row.key: row.revision for row in session.sequences}
    revisions |= {item.key: item.revision for row in session.sequences for item in row.activities}
    session.sequences.clear()
    db.flush()
    for data in agenda:
        row = Row(**{name: data[name] for name in SEQUENCE_COLUMNS}, saved_at=now)
        row.revision = revisions.get(row.key, 0) + 1
        for item in data["activities"]:
            activity = Activity(
                session=session, saved_at=now, **{name: item[name] for name in ACTIVITY_COLUMNS}
            )
            activity.revision = revisions.get(activity.key, 0) + 1
            row.activities.append(activity)
        session.sequences.append(row)
    db.flush()
