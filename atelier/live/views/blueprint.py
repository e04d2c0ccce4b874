"""The blueprint and what every page of the running séance starts from."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint
from sqlalchemy.orm import Session

from atelier.errors import NotFound
from atelier.house import house
from atelier.i18n import DEFAULT
from atelier.live.credentials import Guest, guest_for
from atelier.live.service import Live
from atelier.live.state import LiveState
from atelier.people import access
from atelier.workshops.models import WorkshopSession
from atelier.workshops.queries import session_by_code

blueprint = Blueprint("live", __name__)


@dataclass(frozen=True, slots=True)
class Visit:
    """One request about one séance: the row, its state, and who is asking (None: nobody we know)."""

    session: WorkshopSession
    state: LiveState
    guest: Guest | None


def live() -> Live:
    found: Live = house().parts["live"]
    return found


def locale(surface: str = "phone") -> str:
    """Return the language of this request: phones and the desk speak their owner's, the screen that of the room."""
    return DEFAULT if surface == "screen" else access.locale_of_request()


def visit(db: Session, code: str, surface: str) -> Visit:
    """Find the séance of a code and who asks for one of its surfaces; NotFound when no séance has this code."""
    session = session_by_code(db, code)
    if session is None:
        raise NotFound(code)
    state = live().desk.state(session.id)
    return Visit(session, state, guest_for(db, session, state, surface, access.proofs(session.id)))
