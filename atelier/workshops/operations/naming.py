"""Codes and references: drawn, and unique because the database says so."""

from __future__ import annotations

import re

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from atelier import codes
from atelier.workshops.models import WorkshopSession

TRIES = 20
PREFIXES = {"worksite_evening": "CH", "workshop": "AT", "exchange_day": "GE"}
OTHER_PREFIX = "SE"
REFERENCE = re.compile(r"([A-Z]{1,6})(\d{1,4})")


class NoFreeName(Exception):
    """No free code after many tries: something else is wrong."""


def add_named(db: Session, session: WorkshopSession, prefix: str) -> WorkshopSession:
    """Insert a séance under a free code and, unless it has one, the next free reference of `prefix`."""
    wanted = session.reference
    for _ in range(TRIES):
        session.code = codes.join_code()
        session.reference = wanted or next_reference(db, prefix)
        try:
            with db.begin_nested():
                db.add(session)
                db.flush()
        except IntegrityError:
            if wanted and reference_taken(db, wanted):
                raise
            continue
        return session
    raise NoFreeName


def next_reference(db: Session, prefix: str) -> str:
    """Return `DK3` when DK1 and DK2 exist, deleted séances counted: a reference is for ever."""
    found = db.scalars(select(WorkshopSession.reference).where(WorkshopSession.reference.startswith(prefix)))
    numbers = [int(match[2]) for match in map(REFERENCE.fullmatch, found) if match and match[1] == prefix]
    return f"{prefix}{max(numbers, default=0) + 1}"


def reference_taken(db: Session, reference: str, but: int | None = None) -> bool:
    """Tell whether another séance bears this reference."""
    query = select(WorkshopSession.id).where(WorkshopSession.reference == reference)
    return any(found != but for found in db.scalars(query))


def prefix_of(session: WorkshopSession) -> str:
    """Return the letters of a séance's reference, those of its kind when it has none in that form."""
    match = REFERENCE.fullmatch(session.reference or "")
    return match[1] if match else PREFIXES.get(session.kind, OTHER_PREFIX)
