"""What the doors of a signed-in owner start from: their séance, its snapshot, a form that carries only its token."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from flask_wtf import FlaskForm
from sqlalchemy.orm import Session

from atelier.errors import NotFound
from atelier.house import house
from atelier.live.recap import imports_of, recap
from atelier.live.state import Actor
from atelier.live.views.blueprint import live
from atelier.people import access
from atelier.people.policy import FACILITATOR
from atelier.workshops.models import WorkshopSession
from atelier.workshops.queries import own_session
from atelier.workshops.snapshot import snapshot_of


class TokenForm(FlaskForm):  # type: ignore[misc]
    """A button of somebody signed in: its own token beside the forgery rule, without time limit."""

    class Meta:
        csrf_time_limit = None


def owned(db: Session, session_id: int) -> WorkshopSession:
    """Return the asker's séance with its déroulé; « not yours » is « not found » (D-18)."""
    account = access.current_account()
    if account is None:
        raise NotFound
    session = own_session(db, account.id, session_id)
    access.owned_by_asker(session.owner_id)
    return session


def facilitator() -> Actor:
    """Return the signed-in account as it acts in its own séances."""
    account = access.current_account()
    if account is None:
        raise NotFound
    return Actor(FACILITATOR, f"u{account.id}", account.name)


def full_snapshot(db: Session, session: WorkshopSession) -> dict[str, Any]:
    """Return the snapshot with what the continued séance left: its recap, its boards that go on (R-077)."""
    zone = ZoneInfo(house().settings.timezone)
    before = db.get(WorkshopSession, session.continues) if session.continues else None
    if before is None or before.owner_id != session.owner_id:
        return snapshot_of(session, zone=zone)
    state = live().desk.state(before.id)
    plain = snapshot_of(session, zone=zone)
    activities = [activity for sequence in plain["sequences"] for activity in sequence["activities"]]
    return snapshot_of(session, recap(state), imports_of(state, activities), zone)


def said(answer: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    """Return the code and the parameters of a refused act."""
    return str(answer["code"]), answer.get("params", {})
