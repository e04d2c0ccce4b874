"""The journal's tables, the sealed ballots and the record. The journal is the truth; the record can be rebuilt from it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from atelier.db import Base, Moment

SESSION = "workshop_session.id"


class LiveEvent(Base):
    """One thing that happened. Append only. `at` is null in anonymous activities."""

    __tablename__ = "live_event"

    session_id: Mapped[int] = mapped_column(ForeignKey(SESSION, ondelete="CASCADE"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(60))
    v: Mapped[int] = mapped_column(default=1)
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    actor: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime | None] = mapped_column(Moment)


class CommandReceived(Base):
    """The first answer given to an act, so that the same act sent again gets it again."""

    __tablename__ = "command"

    session_id: Mapped[int] = mapped_column(ForeignKey(SESSION, ondelete="CASCADE"), primary_key=True)
    actor: Mapped[str] = mapped_column(String(80), primary_key=True)
    command_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    first_seq: Mapped[int]
    answer: Mapped[dict[str, Any]] = mapped_column(JSON)


class Words(Base):
    """Free text, once. `owner` says whose it is (`C:12`, `P:p3`); blanking the body is what erasure does."""

    __tablename__ = "words"

    session_id: Mapped[int] = mapped_column(ForeignKey(SESSION, ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    owner: Mapped[str] = mapped_column(String(40), index=True)
    body: Mapped[str] = mapped_column(Text)


class SealedBallot(Base):
    """A ballot that only the reveal can open. `voter` is a participant key, or `paper`."""

    __tablename__ = "sealed_ballot"

    session_id: Mapped[int] = mapped_column(ForeignKey(SESSION, ondelete="CASCADE"), primary_key=True)
    activity: Mapped[str] = mapped_column(String(8), primary_key=True)
    voter: Mapped[str] = mapped_column(String(80), primary_key=True)
    slot: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class SealSalt(Base):
    """The salt of an activity's key; destroyed with the seals at the reveal."""

    __tablename__ = "seal_salt"

    session_id: Mapped[int] = mapped_column(ForeignKey(SESSION, ondelete="CASCADE"), primary_key=True)
    activity: Mapped[str] = mapped_column(String(8), primary_key=True)
    salt: Mapped[bytes] = mapped_column(LargeBinary)


class FollowerCursor(Base):
    """How far a follower has read a séance's journal."""

    __tablename__ = "follower_cursor"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey(SESSION, ondelete="CASCADE"), primary_key=True)
    seq: Mapped[int]


class RecordRow(Base):
    """One row of the record: a contribution, a cluster, a vote result, an attendance figure, a sequence."""

    __tablename__ = "record"

    session_id: Mapped[int] = mapped_column(ForeignKey(SESSION, ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    ref: Mapped[str] = mapped_column(String(20), primary_key=True)
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
    projected_seq: Mapped[int]


class Readiness(Base):
    """One row that `/readyz` writes again, to prove that writing works."""

    __tablename__ = "readiness"

    id: Mapped[int] = mapped_column(primary_key=True)
    checked_at: Mapped[datetime] = mapped_column(Moment)
