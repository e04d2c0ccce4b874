"""Rows about people. Each table is one purpose and one duration (docs/donnees-personnelles.md).

Nothing joins them to words or votes. `session_id` is the séance's number; its table belongs to a later capability,
which calls `operations.forget_session` when it deletes.
"""

from __future__ import annotations

import secrets
from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from atelier.db import Base, Moment

HASH = String(64)
INSTALLATION_KEY = 1


def _unordered_id() -> int:
    """Draw a row's number: counted ones would give the order of arrival, and through it the person."""
    return secrets.randbits(62)


class Account(Base):
    """Who prepares and runs séances. Participants have none (R-200)."""

    __tablename__ = "account"
    __table_args__ = (
        CheckConstraint("email = lower(email) AND email LIKE '%_@_%'", name="email"),
        UniqueConstraint("email"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254))
    name: Mapped[str] = mapped_column(String(80), default="")
    is_admin: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(Moment)
    links: Mapped[list[MagicLink]] = relationship(back_populates="account", cascade="all, delete-orphan")


class MagicLink(Base):
    """A sign-in link: single use, 30 minutes, acted on by POST because mail scanners open links."""

    __tablename__ = "magic_link"
    __table_args__ = (CheckConstraint("expires_at > created_at", name="lasts"),)

    token_hash: Mapped[str] = mapped_column(HASH, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)
    account: Mapped[Account] = relationship(back_populates="links")


class Device(Base):
    """Connection data: which phone speaks for which participant, no address. Erased 24 h after the close (D-14)."""

    __tablename__ = "device"
    __table_args__ = (UniqueConstraint("session_id", "participant"),)

    token_hash: Mapped[str] = mapped_column(HASH, primary_key=True)
    session_id: Mapped[int] = mapped_column(index=True)
    participant: Mapped[str] = mapped_column(String(16))
    created_at: Mapped[datetime] = mapped_column(Moment)
    last_seen_at: Mapped[datetime] = mapped_column(Moment)


class RestoreCode(Base):
    """The one-time code by which the desk gives a lost phone its person back (D-2)."""

    __tablename__ = "restore_code"
    __table_args__ = (CheckConstraint("expires_at > created_at", name="lasts"),)

    code_hash: Mapped[str] = mapped_column(HASH, primary_key=True)
    session_id: Mapped[int] = mapped_column(index=True)
    participant: Mapped[str] = mapped_column(String(16))
    created_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)


class CardProof(Base):
    """What lets « Garder mon lien » find its cards.

    Rows of one person share nothing, and lie in order of number, not of arrival.
    """

    __tablename__ = "card_proof"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - SQLAlchemy's own form

    session_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    proof: Mapped[str] = mapped_column(HASH)


class Contact(Base):
    """How somebody wishes to hear of the compte rendu (D-16).

    No participant, and the day only: an hour would tell whose phone it was.
    """

    __tablename__ = "contact"
    __table_args__ = (
        CheckConstraint("channel IN ('email', 'paper', 'none')", name="channel"),
        CheckConstraint("channel <> 'email' OR email LIKE '%_@_%'", name="email"),
        CheckConstraint("wants_cowrite = false OR email LIKE '%_@_%'", name="cowrite"),
        CheckConstraint("(channel <> 'none') = wants_minutes", name="minutes"),
        CheckConstraint("wants_minutes = true OR wants_cowrite = true", name="purpose"),
    )

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False, default=_unordered_id)
    session_id: Mapped[int] = mapped_column(index=True)
    channel: Mapped[str] = mapped_column(String(8))
    email: Mapped[str] = mapped_column(String(254), default="")
    postal_note: Mapped[str] = mapped_column(String(200), default="")
    wants_minutes: Mapped[bool]
    wants_cowrite: Mapped[bool]
    consent_at: Mapped[date]
    wording_version: Mapped[str] = mapped_column(String(20))
    proof: Mapped[str] = mapped_column(HASH, unique=True)  # lets the same phone correct or withdraw it


class Installation(Base):
    """Who answers for the data (R-255, D-22). One row; a séance cannot leave draft while it is incomplete."""

    __tablename__ = "installation"
    __table_args__ = (
        CheckConstraint(f"id = {INSTALLATION_KEY}", name="single"),
        CheckConstraint("device_hours BETWEEN 1 AND 24", name="device_hours"),
        CheckConstraint("contact_months BETWEEN 1 AND 3", name="contact_months"),
        CheckConstraint("name_months BETWEEN 1 AND 120", name="name_months"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=INSTALLATION_KEY)
    controller: Mapped[str] = mapped_column(Text, default="")
    purpose: Mapped[str] = mapped_column(Text, default="")
    dpo_contact: Mapped[str] = mapped_column(Text, default="")
    recourse: Mapped[str] = mapped_column(Text, default="")
    publisher: Mapped[str] = mapped_column(Text, default="")
    host: Mapped[str] = mapped_column(Text, default="")
    device_hours: Mapped[int | None]
    contact_months: Mapped[int | None]
    name_months: Mapped[int | None]
    fictional: Mapped[bool] = mapped_column(default=False)
    updated_at: Mapped[datetime | None] = mapped_column(Moment)


class AuditEntry(Base):
    """What was erased, how many, when. Never whom."""

    __tablename__ = "audit_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    act: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(80))
    count: Mapped[int]
