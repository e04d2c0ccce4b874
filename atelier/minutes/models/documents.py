"""A document that a group writes: a compte rendu, or a contribution au forum. The log of updates is the truth."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from atelier.db import Base, Moment

DOCUMENT = "document.id"


class Document(Base):
    """One document. `phase` and the four days follow D-29; `reference` is its permanent address (`DK2`)."""

    __tablename__ = "document"
    __table_args__ = (
        CheckConstraint("kind in ('minutes', 'forum')", name="kind"),
        CheckConstraint(
            "phase in ('draft', 'in_review', 'approved', 'published', 'rectified')", name="phase"
        ),
        CheckConstraint("approval in ('', 'tacit', 'consent')", name="approval"),
        UniqueConstraint("session_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    template: Mapped[str] = mapped_column(String(20))  # a key of document_templates.TEMPLATES
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    owner_id: Mapped[int] = mapped_column(index=True)  # the account that answers for it
    session_id: Mapped[int | None] = mapped_column(
        ForeignKey("workshop_session.id", ondelete="CASCADE")
    )  # of a compte rendu
    title: Mapped[str] = mapped_column(String(200))
    confidential: Mapped[bool] = mapped_column(default=False)
    phase: Mapped[str] = mapped_column(String(10), default="draft")
    approval: Mapped[str] = mapped_column(String(10), default="")  # how it was, or is to be, approved
    checked_due: Mapped[date | None]
    review_due: Mapped[date | None]  # to be sent for review
    amendments_due: Mapped[date | None]
    approval_due: Mapped[date | None]
    sent_at: Mapped[datetime | None] = mapped_column(Moment)
    approved_at: Mapped[datetime | None] = mapped_column(Moment)
    settings: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    drafted_seq: Mapped[int] = mapped_column(default=0)  # how far of the journal the draft has been written
    human_at: Mapped[datetime | None] = mapped_column(Moment)  # the first update by a person
    created_at: Mapped[datetime] = mapped_column(Moment)
    writers: Mapped[list[DocumentWriter]] = relationship(
        back_populates="document", cascade="all, delete-orphan"
    )


class DocumentUpdate(Base):
    """One update of the shared text, stored before it is acknowledged and relayed. `number` counts from 1."""

    __tablename__ = "document_update"

    document_id: Mapped[int] = mapped_column(ForeignKey(DOCUMENT, ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    body: Mapped[bytes] = mapped_column(LargeBinary)
    person: Mapped[str] = mapped_column(String(40))  # `w3`, `u1`, or `draft` for what the app writes
    at: Mapped[datetime] = mapped_column(Moment)


class DocumentSnapshot(Base):
    """The whole state up to an update: a cache, checked by reload before it is kept."""

    __tablename__ = "document_snapshot"

    document_id: Mapped[int] = mapped_column(ForeignKey(DOCUMENT, ondelete="CASCADE"), primary_key=True)
    upto: Mapped[int]
    body: Mapped[bytes] = mapped_column(LargeBinary)


class DocumentClient(Base):
    """Who writes under a Yjs client number: kept from the first day, so that a passage knows its writer."""

    __tablename__ = "document_client"

    document_id: Mapped[int] = mapped_column(ForeignKey(DOCUMENT, ondelete="CASCADE"), primary_key=True)
    client: Mapped[str] = mapped_column(String(20), primary_key=True)  # up to 2^53: text, on every database
    person: Mapped[str] = mapped_column(String(40))


class DocumentWriter(Base):
    """Somebody invited to write, by a link of their own that can be revoked. The account that owns it needs none."""

    __tablename__ = "document_writer"
    __table_args__ = (UniqueConstraint("token_hash"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey(DOCUMENT, ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    token_hash: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(Moment)
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)
    document: Mapped[Document] = relationship(back_populates="writers")

    @property
    def key(self) -> str:
        return f"w{self.id}"


class DocumentVersion(Base):
    """The text at one moment, as `content.to_json` gives it. A restored version is a new one."""

    __tablename__ = "document_version"
    __table_args__ = (
        CheckConstraint(
            "kind in ('auto', 'named', 'restored', 'submitted', 'approved', 'published')", name="kind"
        ),
    )

    document_id: Mapped[int] = mapped_column(ForeignKey(DOCUMENT, ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(120), default="")
    people: Mapped[list[Any]] = mapped_column(
        JSON, default=list
    )  # names of those who wrote since the one before
    at: Mapped[datetime] = mapped_column(Moment)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    sha256: Mapped[str] = mapped_column(String(64))
    note: Mapped[str] = mapped_column(Text, default="")
