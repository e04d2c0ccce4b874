"""What is erased when its time is over (R-255, D-14, D-16, D-21). Run daily, dry first.

Later capabilities bring rules for their own tables (`register`); nothing here knows them. A dry run does everything and
undoes it: what it announces is what would be done. Only counts are written down.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, delete
from sqlalchemy.orm import Session

from atelier.db import Base, Database
from atelier.people import queries
from atelier.people.models import AuditEntry, CardProof, Contact, Device, MagicLink, RestoreCode
from atelier.people.queries import Durations

# Ceilings for what never reaches its milestone: a séance left open, a compte rendu never published.
DEVICE_IDLE = timedelta(days=30)
CONTACT_CEILING = timedelta(days=365)
PROOF_CEILING = timedelta(days=365)
CODE_LIFE = timedelta(days=1)
AUDIT_LIFE = timedelta(days=3 * 365)

log = logging.getLogger(__name__)
Milestone = Callable[[Session, datetime], Collection[int]]


def never(_db: Session, _moment: datetime) -> Collection[int]:
    """The milestone that no séance has reached: there is no compte rendu yet."""
    return ()


@dataclass(frozen=True, slots=True)
class Horizon:
    """What a rule may ask: the moment, the durations, which séances had closed or been published before a moment."""

    now: datetime
    durations: Durations = field(default_factory=Durations)
    closed_before: Milestone = never
    contacts_since: Milestone = never  # séances whose compte rendu was published before a moment


@dataclass(frozen=True, slots=True)
class PurgeRule:
    """`erase` deletes or blanks what is out of time, in the transaction it is given, and returns how many things."""

    name: str
    subject: str  # the table or the field, as in docs/donnees-personnelles.md
    erase: Callable[[Session, Horizon], int]


@dataclass(frozen=True, slots=True)
class PurgeLine:
    rule: str
    subject: str
    count: int


class _NothingDone(Exception):
    """Ends a dry run: the transaction is undone."""


def register(rule: PurgeRule) -> None:
    """Add the rule of a later capability; the same name again replaces it."""
    RULES[rule.name] = rule


def purge(
    database: Database,
    now: datetime,
    dry_run: bool,
    *,
    closed_before: Milestone,
    contacts_since: Milestone = never,
) -> list[PurgeLine]:
    """Erase what is out of time, in one transaction, and tell how much by rule. A dry run writes nothing at all."""
    lines: list[PurgeLine] = []
    try:
        with database.writing() as db:
            horizon = Horizon(now, queries.durations(db), closed_before, contacts_since)
            lines = [PurgeLine(rule.name, rule.subject, rule.erase(db, horizon)) for rule in RULES.values()]
            if dry_run:
                raise _NothingDone
            _write_down(db, lines, now)
    except _NothingDone:
        return lines
    if not database.checkpoint():
        log.warning("purge_checkpoint_waits")
    for line in lines:
        log.info("purged_%s", line.rule, extra={"count": line.count})
    return lines


def _write_down(db: Session, lines: Sequence[PurgeLine], now: datetime) -> None:
    db.add_all(
        AuditEntry(at=now, act=f"purge:{line.rule}", subject=line.subject, count=line.count)
        for line in lines
        if line.count
    )


def erase_where(db: Session, kind: type[Base], *conditions: ColumnElement[bool]) -> int:
    """Delete the rows that meet all conditions; return how many."""
    result = db.execute(delete(kind).where(*conditions).execution_options(synchronize_session=False))
    return cast("CursorResult[Any]", result).rowcount


def _devices(db: Session, horizon: Horizon) -> int:
    closed = horizon.closed_before(db, horizon.now - horizon.durations.devices)
    return erase_where(
        db, Device, Device.session_id.in_(closed) | (Device.last_seen_at < horizon.now - DEVICE_IDLE)
    )


def _restore_codes(db: Session, horizon: Horizon) -> int:
    return erase_where(db, RestoreCode, RestoreCode.expires_at < horizon.now - CODE_LIFE)


def _magic_links(db: Session, horizon: Horizon) -> int:
    return erase_where(db, MagicLink, MagicLink.expires_at < horizon.now - CODE_LIFE)


def _contacts(db: Session, horizon: Horizon) -> int:
    published = horizon.contacts_since(db, horizon.now - horizon.durations.contacts)
    forgotten = Contact.consent_at < (horizon.now - CONTACT_CEILING).date()
    return erase_where(db, Contact, Contact.session_id.in_(published) | forgotten)


def _card_proofs(db: Session, horizon: Horizon) -> int:
    published = horizon.contacts_since(db, horizon.now)
    forgotten = horizon.closed_before(db, horizon.now - PROOF_CEILING)
    return erase_where(db, CardProof, CardProof.session_id.in_({*published, *forgotten}))


def _audit(db: Session, horizon: Horizon) -> int:
    return erase_where(db, AuditEntry, AuditEntry.at < horizon.now - AUDIT_LIFE)


OWN_RULES = (
    PurgeRule("devices", "device", _devices),
    PurgeRule("restore_codes", "restore_code", _restore_codes),
    PurgeRule("magic_links", "magic_link", _magic_links),
    PurgeRule("contacts", "contact", _contacts),
    PurgeRule("card_proofs", "card_proof", _card_proofs),
    PurgeRule("audit", "audit_entry", _audit),
)
RULES: dict[str, PurgeRule] = {rule.name: rule for rule in OWN_RULES}
