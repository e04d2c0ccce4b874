"""The designed séance. Once it is opened, a snapshot of it goes into the journal and only the journal changes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from atelier.db import Base, Moment


class WorkshopSession(Base):
    """A dated meeting: séance in speech. `phase` mirrors the journal, for lists only."""

    __tablename__ = "workshop_session"
    __table_args__ = (
        CheckConstraint("phase in ('draft', 'lobby', 'live', 'closed')", name="phase"),
        CheckConstraint("tables >= 0", name="tables"),
        CheckConstraint("capacity >= 0", name="capacity"),
        # A number once given is never given again: cookies, rooms and codes are kept under it.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(index=True)
    reference: Mapped[str] = mapped_column(String(12), unique=True)
    code: Mapped[str] = mapped_column(String(6), unique=True)
    kind: Mapped[str] = mapped_column(String(40), default="blank")
    title: Mapped[str] = mapped_column(String(200))
    question: Mapped[str] = mapped_column(String(300), default="")
    starts_at: Mapped[datetime | None] = mapped_column(Moment)
    place: Mapped[str] = mapped_column(String(300), default="")
    colleges: Mapped[list[Any]] = mapped_column(JSON, default=list)  # without the last choice, always added
    tables: Mapped[int] = mapped_column(default=0)
    capacity: Mapped[int] = mapped_column(default=0)  # people, 0: no limit
    rules: Mapped[list[Any]] = mapped_column(JSON, default=list)
    moderation: Mapped[str] = mapped_column(String(10), default="")
    open_code: Mapped[bool] = mapped_column(default=False)
    confidential: Mapped[bool] = mapped_column(default=False)
    vote_cards: Mapped[bool] = mapped_column(default=False)
    fictional: Mapped[bool] = mapped_column(default=False)
    rehearsal_of: Mapped[int | None] = mapped_column(ForeignKey("workshop_session.id"))
    continues: Mapped[int | None] = mapped_column(ForeignKey("workshop_session.id"))
    phase: Mapped[str] = mapped_column(String(10), default="draft")
    revision: Mapped[int] = mapped_column(default=0)  # of its settings: what two tabs compare
    saved_at: Mapped[datetime | None] = mapped_column(Moment)
    created_at: Mapped[datetime] = mapped_column(Moment)
    opened_at: Mapped[datetime | None] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    deleted_at: Mapped[datetime | None] = mapped_column(Moment)
    deletion_motive: Mapped[str] = mapped_column(String(300), default="")
    sequences: Mapped[list[Sequence]] = relationship(
        back_populates="session", order_by="Sequence.position", cascade="all, delete-orphan"
    )
    changes: Mapped[list[AgendaChange]] = relationship(
        back_populates="session", order_by="AgendaChange.id", cascade="all, delete-orphan"
    )


class Sequence(Base):
    """One row of the déroulé."""

    __tablename__ = "sequence"
    __table_args__ = (UniqueConstraint("session_id", "key"), CheckConstraint("minutes >= 0", name="minutes"))

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("workshop_session.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(8))
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    minutes: Mapped[int] = mapped_column(default=10)
    locked_start: Mapped[str] = mapped_column(String(5), default="")  # "19:10" local, or ""
    instructions: Mapped[str] = mapped_column(Text, default="")
    notes: Mapped[str] = mapped_column(Text, default="")
    revision: Mapped[int] = mapped_column(default=0)
    saved_at: Mapped[datetime | None] = mapped_column(Moment)
    session: Mapped[WorkshopSession] = relationship(back_populates="sequences")
    activities: Mapped[list[Activity]] = relationship(
        back_populates="sequence", order_by="Activity.position", cascade="all, delete-orphan"
    )


class Activity(Base):
    """What people do during a sequence; `settings` is checked by the form of its kind."""

    __tablename__ = "activity"
    __table_args__ = (
        CheckConstraint("anonymity in ('named', 'pseudonym', 'college', 'anonymous')", name="anonymity"),
        CheckConstraint("to_minutes in ('all', 'validated', 'none')", name="to_minutes"),
        CheckConstraint("moderation in ('', 'held', 'shown')", name="moderation"),
        UniqueConstraint("session_id", "key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("workshop_session.id", ondelete="CASCADE"))
    sequence_id: Mapped[int] = mapped_column(ForeignKey("sequence.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(String(8))
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(String(40))
    question: Mapped[str] = mapped_column(String(300), default="")
    simple_question: Mapped[str] = mapped_column(String(300), default="")
    minutes: Mapped[int | None]
    anonymity: Mapped[str] = mapped_column(String(10), default="college")
    moderation: Mapped[str] = mapped_column(String(10), default="")
    to_minutes: Mapped[str] = mapped_column(String(10), default="all")
    first_colleges: Mapped[list[Any]] = mapped_column(JSON, default=list)
    silent: Mapped[bool] = mapped_column(default=False)
    settings: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    options: Mapped[list[Any]] = mapped_column(JSON, default=list)
    revision: Mapped[int] = mapped_column(default=0)
    saved_at: Mapped[datetime | None] = mapped_column(Moment)
    sequence: Mapped[Sequence] = relationship(back_populates="activities")
    session: Mapped[WorkshopSession] = relationship()


class AgendaChange(Base):
    """The déroulé as it stood before one act of preparation, so that the act can be undone, last one first."""

    __tablename__ = "agenda_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("workshop_session.id", ondelete="CASCADE"), index=True)
    account_id: Mapped[int]
    at: Mapped[datetime] = mapped_column(Moment)
    act: Mapped[str] = mapped_column(String(40))
    target: Mapped[str] = mapped_column(String(8), default="")
    title: Mapped[str] = mapped_column(String(300), default="")
    before: Mapped[list[Any]] = mapped_column(JSON, default=list)
    session: Mapped[WorkshopSession] = relationship(back_populates="changes")
