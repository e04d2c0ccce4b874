"""Reads about people. Every function takes a handle and gives rows or plain data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from atelier.codes import hashed
from atelier.people.models import (
    INSTALLATION_KEY,
    Account,
    AuditEntry,
    CardProof,
    Contact,
    Device,
    Installation,
    MagicLink,
)
from atelier.people.tokens import card_proof, contact_proof

DAYS_PER_MONTH = 30
REQUIRED = ("controller", "purpose", "dpo_contact", "device_hours", "contact_months", "name_months")
SHOWN = (*REQUIRED, "recourse", "publisher", "host", "fictional")
DEFAULT_DEVICE_HOURS = 24
DEFAULT_CONTACT_MONTHS = 3
DEFAULT_NAME_MONTHS = 3


@dataclass(frozen=True, slots=True)
class Durations:
    """How long each kind of data stays: what the installation says, else the defaults of R-255."""

    devices: timedelta = timedelta(hours=DEFAULT_DEVICE_HOURS)
    contacts: timedelta = timedelta(days=DEFAULT_CONTACT_MONTHS * DAYS_PER_MONTH)
    names: timedelta = timedelta(days=DEFAULT_NAME_MONTHS * DAYS_PER_MONTH)
    bin: timedelta = timedelta(days=30)  # D-21, not a setting


@dataclass(frozen=True, slots=True)
class Seat:
    """A device that speaks for a participant. `since` is when it took the seat: a seat given back is younger."""

    participant: str
    since: datetime
    last_seen_at: datetime


def normal_email(text: str) -> str:
    """Return an e-mail address as accounts keep it."""
    return text.strip().lower()


def account_by_email(db: Session, email: str) -> Account | None:
    return db.scalar(select(Account).where(Account.email == normal_email(email)))


def account(db: Session, account_id: int) -> Account | None:
    return db.get(Account, account_id)


def any_account(db: Session) -> bool:
    return db.scalar(select(Account.id).limit(1)) is not None


def magic_link(db: Session, token: str) -> MagicLink | None:
    return db.get(MagicLink, hashed(token))


def seat_of(db: Session, token: str, session_id: int) -> Seat | None:
    """Return the seat of the device holding `token` in this séance, or None: another séance's token opens nothing."""
    device = db.get(Device, hashed(token))
    if device is None or device.session_id != session_id:
        return None
    return Seat(device.participant, device.created_at, device.last_seen_at)


def authored_numbers(
    db: Session, pepper: bytes, session_id: int, code: str, numbers: Sequence[int] = ()
) -> tuple[int, ...]:
    """Return the numbers of the cards that `code` wrote in this séance, rising; `numbers` narrows the search."""
    rows = select(CardProof.number, CardProof.proof).where(CardProof.session_id == session_id)
    if numbers:
        rows = rows.where(CardProof.number.in_(numbers))
    return tuple(
        sorted(number for number, proof in db.execute(rows) if proof == card_proof(pepper, code, number))
    )


def contact_of(db: Session, token: str) -> Contact | None:
    """Return what the holder of this token left, if anything."""
    return db.scalar(select(Contact).where(Contact.proof == contact_proof(token)))


def contacts_of(db: Session, session_id: int) -> Sequence[Contact]:
    """Return a séance's contacts in alphabetical order: the order of arrival would say too much."""
    return db.scalars(
        select(Contact).where(Contact.session_id == session_id).order_by(Contact.email, Contact.postal_note)
    ).all()


def contact_counts(db: Session, session_id: int) -> Mapping[str, int]:
    """Return how many wish for an e-mail, for paper, and to co-write."""
    contacts = contacts_of(db, session_id)
    return {
        "email": sum(1 for contact in contacts if contact.channel == "email"),
        "paper": sum(1 for contact in contacts if contact.channel == "paper"),
        "cowrite": sum(1 for contact in contacts if contact.wants_cowrite),
    }


def installation(db: Session) -> Installation | None:
    return db.get(Installation, INSTALLATION_KEY)


def installation_facts(db: Session) -> Mapping[str, Any]:
    """Return what pages and notices say of the installation; what is not filled in is empty, never invented."""
    row = installation(db)
    facts = {name: getattr(row, name, None) for name in SHOWN}
    return {**facts, "fictional": bool(facts["fictional"]), "complete": not missing_from(row)}


def missing_from(row: Installation | None) -> tuple[str, ...]:
    """Return the required fields (R-255) that are still empty."""
    return tuple(name for name in REQUIRED if not getattr(row, name, None))


def missing_for_opening(db: Session) -> tuple[str, ...]:
    """Return what the installation lacks before a séance may leave draft (D-22)."""
    return missing_from(installation(db))


def installation_complete(db: Session) -> bool:
    """Tell whether a séance may leave draft (D-22)."""
    return not missing_for_opening(db)


def durations(db: Session) -> Durations:
    """Return the installation's durations, defaults where it has not said."""
    row = installation(db)
    if row is None:
        return Durations()
    return Durations(
        devices=timedelta(hours=row.device_hours or DEFAULT_DEVICE_HOURS),
        contacts=timedelta(days=(row.contact_months or DEFAULT_CONTACT_MONTHS) * DAYS_PER_MONTH),
        names=timedelta(days=(row.name_months or DEFAULT_NAME_MONTHS) * DAYS_PER_MONTH),
    )


def audit_entries(db: Session, limit: int = 100) -> Sequence[AuditEntry]:
    return db.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(limit)).all()


def proofs_kept(db: Session, session_id: int) -> int:
    return db.scalar(select(func.count()).where(CardProof.session_id == session_id)) or 0
