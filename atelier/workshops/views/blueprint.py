"""The blueprint, and what every door of preparation starts from and ends with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, jsonify, redirect, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from atelier.errors import NotFound, Refusal
from atelier.house import house
from atelier.people import access
from atelier.people.models import Account
from atelier.workshops import queries
from atelier.workshops.models import WorkshopSession
from atelier.workshops.wording import worded

blueprint = Blueprint("workshops", __name__)

CONFLICT, INVALID = 409, 422

page = access.private_page
locale = access.locale_of_request


def asker() -> Account:
    """Return the signed-in account; doors are guarded by `signed_in`."""
    account = access.current_account()
    if account is None:
        raise NotFound
    return account


def own(db: Session, session_id: int) -> WorkshopSession:
    """Return the asker's séance; « not yours » is « not found » (D-18). Whoever writes holds its row meanwhile."""
    session = queries.own_session(db, asker().id, session_id, lock=request.method == "POST")
    access.owned_by_asker(session.owner_id)
    return session


def zone() -> ZoneInfo:
    return ZoneInfo(house().settings.timezone)


def now() -> datetime:
    return house().clock()


def local_hour(moment: datetime | None) -> str:
    """Return `19:10`, an empty text for no moment."""
    return moment.astimezone(zone()).strftime("%H:%M") if moment else ""


def by_script() -> bool:
    """Tell whether the page's script asks, which wants data and not a page."""
    return request.headers.get("X-Atelier") == "script"


def saved(revision: int, texts: Mapping[str, str] | None = None) -> AnyResponse:
    """Answer a script: written, at this hour, and what else changes on the page (element id -> text)."""
    at = now().isoformat()
    hour = house().drawing.draw("workshops/_saved_at.html", locale(), at=at).strip()
    return jsonify(ok=True, revision=revision, saved=hour, texts=dict(texts or {}))


def refused(refusal: Refusal, status: int = CONFLICT, **more: Any) -> AnyResponse:
    """Answer a script: not written, and why."""
    answer = jsonify(ok=False, code=refusal.code, message=worded(refusal, locale()), **more)
    answer.status_code = status
    return answer


def back(path: str, **query: str) -> AnyResponse:
    """Go to a page after a plain form."""
    words = "&".join(f"{name}={value}" for name, value in query.items() if value)
    return redirect(f"{path}?{words}" if words else path, 303)
