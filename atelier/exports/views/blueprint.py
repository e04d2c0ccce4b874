"""The blueprint, and who may read what happened: the desk at any time, whoever took part after the close."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Blueprint, Response
from sqlalchemy.orm import Session

from atelier.errors import NotFound, Refusal
from atelier.house import house
from atelier.live.credentials import guest_for
from atelier.live.engine import perform_pure
from atelier.live.record import Row
from atelier.live.rules.opening import OpenSession
from atelier.live.state import Actor, LiveState
from atelier.people import access, policy
from atelier.workshops.models import WorkshopSession
from atelier.workshops.queries import session_by_code
from atelier.workshops.snapshot import snapshot_of

blueprint = Blueprint("exports", __name__)


@dataclass(frozen=True, slots=True)
class Asked:
    """One request about one séance: what is needed of its row, its state, the role of who asks."""

    session_id: int
    code: str
    role: str
    state: LiveState
    draft: bool = False


def asked(code: str, act: str) -> Asked:
    """Find the séance of a code for somebody who may do `act` there; for anybody else there is nothing."""
    with house().database.reading() as db:
        session = session_by_code(db, code)
        if session is None:
            raise NotFound(code)
        state: LiveState = house().parts["live"].desk.state(session.id)
        role = role_of(db, session, state)
        if not policy.allows(role, act):
            raise NotFound(code)
        draft = state.phase == "draft"
        if draft:
            state = prepared(session, house().clock())
        return Asked(session.id, session.code, role, state, draft)


def role_of(db: Session, session: WorkshopSession, state: LiveState) -> str:
    """Return the role in which the asker reads this séance: at the desk, or once closed as a phone."""
    proofs = access.proofs(session.id)
    surfaces = ("desk", "phone") if state.phase == "closed" else ("desk",)
    for surface in surfaces:
        guest = guest_for(db, session, state, surface, proofs)
        if guest is not None:
            return guest.actor.role
    return policy.VISITOR


def prepared(session: Any, now: datetime) -> LiveState:
    """Return a séance that is not open yet as it would open: paper is printed before the evening."""
    command = OpenSession(snapshot=snapshot_of(session, zone=house().drawing.zone))
    state, decision = perform_pure(LiveState(), command, Actor(policy.FACILITATOR, "u0"), now)
    if isinstance(decision, Refusal):
        raise NotFound(session.code)
    return state


def recorded(found: Asked) -> tuple[LiveState, tuple[Row, ...]]:
    """Return the state and the rows of its record, brought up to date; a séance that never opened has none."""
    if found.draft:
        raise NotFound(found.code)
    recorder = house().parts["live"].recorder
    rows: tuple[Row, ...] = recorder.rows(found.session_id)
    return recorder.ensure_projected(found.session_id), rows


def page(template: str, found: Asked, status: int = 200, /, **context: Any) -> Response:
    """Draw a page of a séance; nothing of it is kept by caches that several people share."""
    return access.private_page(
        template,
        status,
        code=found.code,
        role=found.role,
        meeting=found.state.meeting,
        desk=found.role in policy.READING,
        may_export=policy.allows(found.role, "view_export"),
        may_print=policy.allows(found.role, "view_print"),
        may_contact=policy.allows(found.role, "export_contacts"),
        **context,
    )
