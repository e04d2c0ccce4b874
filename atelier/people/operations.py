"""What people do to their accounts, seats and contacts.

Functions take a handle of an open transaction: the caller commits once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import Connection, CursorResult, Delete, Update, delete, insert, select, update
from sqlalchemy.orm import Session

from atelier import codes
from atelier.db import Base, Database
from atelier.errors import Refusal
from atelier.people import queries
from atelier.people.models import (
    Account,
    CardProof,
    Contact,
    Device,
    Installation,
    MagicLink,
    RestoreCode,
)
from atelier.people.tokens import contact_proof, short_code_hash

LINK_LIFE = timedelta(minutes=30)
RESTORE_LIFE = timedelta(minutes=10)
RESTORE_LENGTH = 8
SEEN_EVERY = timedelta(minutes=10)  # 450 phones must not write at each sign of life
WORDING = "contacts-1"  # changes with the sentences of templates/people/_contact_fields.html
KEEP_PROOF = insert(CardProof.__table__)  # type: ignore[arg-type]  # built once: run for each card
OF_A_SESSION: tuple[type[Base], ...] = (Device, RestoreCode, CardProof, Contact)


# ---------------------------------------------------------------- accounts and sign-in links


def create_login_link(database: Database, public_url: str, email: str, name: str, now: datetime) -> str:
    """Return the address that signs `email` in once. Make the account if there is none; the first one administers."""

    def issued(db: Session) -> str:
        account = queries.account_by_email(db, email) or _create_account(db, email, name, now)
        return issue_link(db, account.id, now)

    return link_address(public_url, database.write(issued))


def link_address(public_url: str, token: str) -> str:
    return f"{public_url}/connexion/{token}"


def ask_link(database: Database, email: str, now: datetime) -> str | None:
    """Return the token of a new link if the account exists. Whoever asks is told the same in both cases."""
    with database.writing() as db:
        account = queries.account_by_email(db, email)
        return None if account is None else issue_link(db, account.id, now)


def issue_link(db: Session, account_id: int, now: datetime) -> str:
    """Make a link and return its token; only its hash stays."""
    token = codes.token()
    row = MagicLink(
        token_hash=codes.hashed(token), account_id=account_id, created_at=now, expires_at=now + LINK_LIFE
    )
    db.add(row)
    db.flush()
    return token


def link_state(link: MagicLink | None, now: datetime) -> Refusal | None:
    """Say why a link cannot be used now, or None."""
    if link is None:
        return Refusal("link_unknown")
    if link.used_at is not None:
        return Refusal("link_used", {"at": link.used_at})
    if now >= link.expires_at:
        return Refusal("link_expired", {"at": link.expires_at})
    return None


def use_link(db: Session, token: str, now: datetime) -> int | Refusal:
    """Use a link up and return its account. Two uses at once: one statement decides, the second finds it used."""
    fresh = (
        update(MagicLink)
        .where(
            MagicLink.token_hash == codes.hashed(token),
            MagicLink.used_at.is_(None),
            MagicLink.expires_at > now,
        )
        .values(used_at=now)
    )
    if _touched(db, fresh) == 1:
        return db.scalars(
            select(MagicLink.account_id).where(MagicLink.token_hash == codes.hashed(token))
        ).one()
    link = queries.magic_link(db, token)
    return link_state(link, now) or Refusal("link_used")


def remove_account(db: Session, email: str) -> bool:
    """Erase an account and its links; its séances stay, with nobody behind the number. False if there is none."""
    return _touched(db, delete(Account).where(Account.email == queries.normal_email(email))) == 1


def _create_account(db: Session, email: str, name: str, now: datetime) -> Account:
    account = Account(
        email=queries.normal_email(email), name=name, is_admin=not queries.any_account(db), created_at=now
    )
    db.add(account)
    db.flush()
    return account


# ---------------------------------------------------------------- devices


def give_seat(db: Session | Connection, token: str, session_id: int, participant: str, now: datetime) -> None:
    """Let the holder of `token` speak for `participant`, and nobody else any more: one person, one device."""
    same_person = (Device.session_id == session_id) & (Device.participant == participant)
    db.execute(delete(Device).where(same_person | (Device.token_hash == codes.hashed(token))))
    db.execute(
        insert(Device).values(
            token_hash=codes.hashed(token),
            session_id=session_id,
            participant=participant,
            created_at=now,
            last_seen_at=now,
        )
    )


def see_device(db: Session, token: str, now: datetime) -> None:
    """Note that a device showed itself, at most every ten minutes."""
    stale = Device.last_seen_at < now - SEEN_EVERY
    db.execute(update(Device).where(Device.token_hash == codes.hashed(token), stale).values(last_seen_at=now))


def give_restore_code(db: Session, pepper: bytes, session_id: int, participant: str, now: datetime) -> str:
    """Return a one-time code that gives a lost phone its person back (D-2); earlier ones of the person stop working."""
    db.execute(
        delete(RestoreCode).where(
            RestoreCode.session_id == session_id, RestoreCode.participant == participant
        )
    )
    code = codes.readable(RESTORE_LENGTH)
    row = RestoreCode(
        code_hash=short_code_hash(pepper, session_id, code),
        session_id=session_id,
        participant=participant,
        created_at=now,
        expires_at=now + RESTORE_LIFE,
    )
    db.add(row)
    db.flush()
    return code


def use_restore_code(
    db: Session, pepper: bytes, session_id: int, code: str, token: str, now: datetime
) -> str | Refusal:
    """Use a code up: the device holding `token` takes the person's seat, the lost one loses it; return who."""
    known = RestoreCode.code_hash == short_code_hash(pepper, session_id, code)
    fresh = update(RestoreCode).where(known, RestoreCode.used_at.is_(None), RestoreCode.expires_at > now)
    if _touched(db, fresh.values(used_at=now)) != 1:
        return Refusal("restore_code_refused")
    participant = db.scalars(select(RestoreCode.participant).where(known)).one()
    give_seat(db, token, session_id, participant, now)
    return participant


# ---------------------------------------------------------------- authorship


def keep_proof(db: Session | Connection, session_id: int, number: int, proof: str) -> None:
    """Keep what will show who wrote card `number`, in the transaction that takes the card in."""
    db.execute(KEEP_PROOF, {"session_id": session_id, "number": number, "proof": proof})


# ---------------------------------------------------------------- contacts


@dataclass(frozen=True, slots=True)
class Wishes:
    """What somebody asked for at the end of a séance: `channel` is `email`, `paper` or `none`."""

    channel: str = "none"
    email: str = ""
    postal_note: str = ""
    wants_cowrite: bool = False


def save_contact(db: Session, session_id: int, token: str, wishes: Wishes, now: datetime) -> bool:
    """Replace what this device left before. Wishing for nothing keeps nothing; True if something is kept."""
    withdraw_contact(db, token)
    wants_minutes = wishes.channel != "none"
    if not (wants_minutes or wishes.wants_cowrite):
        return False
    uses_email = wishes.channel == "email" or wishes.wants_cowrite
    row = Contact(
        session_id=session_id,
        channel=wishes.channel,
        email=wishes.email if uses_email else "",
        postal_note=wishes.postal_note if wishes.channel == "paper" else "",
        wants_minutes=wants_minutes,
        wants_cowrite=wishes.wants_cowrite,
        consent_at=now.date(),
        wording_version=WORDING,
        proof=contact_proof(token),
    )
    db.add(row)
    db.flush()
    return True


def withdraw_contact(db: Session, token: str) -> bool:
    """Erase what this device left: one act, as R-252 asks. True if there was something."""
    return _touched(db, delete(Contact).where(Contact.proof == contact_proof(token))) == 1


# ---------------------------------------------------------------- installation, séances


def save_installation(db: Session, values: Mapping[str, Any], now: datetime) -> None:
    """Write what the installation says of itself."""
    row = queries.installation(db) or Installation()
    for name, value in values.items():
        setattr(row, name, value)
    row.updated_at = now
    db.add(row)
    db.flush()


def forget_session(db: Session, session_id: int) -> int:
    """Erase all that this capability holds of a séance that is deleted for good; return how many rows."""
    return sum(
        _touched(db, delete(kind).where(kind.__table__.c.session_id == session_id)) for kind in OF_A_SESSION
    )


def _touched(db: Session, statement: Update | Delete) -> int:
    result = db.execute(statement.execution_options(synchronize_session=False))
    return cast("CursorResult[Any]", result).rowcount
