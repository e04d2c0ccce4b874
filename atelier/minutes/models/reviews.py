"""What is said of a document before it is published, and what is published. Amendments are records, not states (D-29)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from atelier.db import Base, Moment
from atelier.minutes.models.documents import DOCUMENT


class ReviewLink(Base):
    """A reader's own link. `present` says whether they may amend facts; `email` is erased with the contacts (D-16)."""

    __tablename__ = "review_link"
    __table_args__ = (
        CheckConstraint("channel in ('email', 'phone', 'paper', 'link')", name="channel"),
        UniqueConstraint("token_hash"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey(DOCUMENT, ondelete="CASCADE"), index=True)
    channel: Mapped[str] = mapped_column(String(8))
    present: Mapped[bool]
    label: Mapped[str] = mapped_column(
        String(80), default=""
    )  # what the desk calls them, never shown outside
    college: Mapped[str] = mapped_column(String(8), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    token_hash: Mapped[str] = mapped_column(String(64))
    sent_at: Mapped[datetime | None] = mapped_column(Moment)
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)
    created_at: Mapped[datetime] = mapped_column(Moment)


class Reading(Base):
    """One reader's word on one submitted version: read, faithful, or a reserve to be listed."""

    __tablename__ = "reading"
    __table_args__ = (CheckConstraint("verdict in ('read', 'faithful', 'reserve')", name="verdict"),)

    document_id: Mapped[int] = mapped_column(ForeignKey(DOCUMENT, ondelete="CASCADE"), primary_key=True)
    reader: Mapped[str] = mapped_column(
        String(40), primary_key=True
    )  # `r5` a link, `p:` + hash a phone, `u1`
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    present: Mapped[bool]
    verdict: Mapped[str] = mapped_column(String(10))
    reserve: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime] = mapped_column(Moment)


class Amendment(Base):
    """A request to change a passage, or, from somebody absent, a comment; with the writers' answer."""

    __tablename__ = "amendment"
    __table_args__ = (
        CheckConstraint("kind in ('amendment', 'comment')", name="kind"),
        CheckConstraint(
            "state in ('pending', 'accepted', 'refused', 'divergence', 'withdrawn')", name="state"
        ),
        CheckConstraint("state <> 'refused' or answer <> ''", name="motive"),
    )

    document_id: Mapped[int] = mapped_column(ForeignKey(DOCUMENT, ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(10))
    version: Mapped[int]  # of the text that was read
    section: Mapped[str] = mapped_column(String(40))
    before: Mapped[str] = mapped_column(Text, default="")
    after: Mapped[str] = mapped_column(Text, default="")
    motive: Mapped[str] = mapped_column(Text)
    reader: Mapped[str] = mapped_column(String(40))
    college: Mapped[str] = mapped_column(String(8), default="")
    channel: Mapped[str] = mapped_column(String(8))
    sheet: Mapped[str] = mapped_column(String(20), default="")  # number of the paper sheet
    wants_annex: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(String(10), default="pending")
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
    created_at: Mapped[datetime] = mapped_column(Moment)


class Publication(Base):
    """A frozen version: rendered once, its SHA-256, its address for ever; or its withdrawal from view (D-30)."""

    __tablename__ = "publication"

    document_id: Mapped[int] = mapped_column(ForeignKey(DOCUMENT, ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # v1, v2…
    html: Mapped[str] = mapped_column(Text)
    markdown: Mapped[str] = mapped_column(Text)
    sources: Mapped[dict[str, Any]] = mapped_column(JSON)  # citation -> what it showed on that day
    facts: Mapped[dict[str, Any]] = mapped_column(
        JSON
    )  # readings, amendments, reserves: what the banner says
    sha256: Mapped[str] = mapped_column(String(64))
    reason: Mapped[str] = mapped_column(Text, default="")  # of a correction
    published_at: Mapped[datetime] = mapped_column(Moment)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)
    withdrawn_motive: Mapped[str] = mapped_column(Text, default="")


class QuoteConsent(Base):
    """Whether somebody agreed that their name stands in this document, for one quotation or as an author of it."""

    __tablename__ = "quote_consent"
    __table_args__ = (
        CheckConstraint("status in ('given', 'refused', 'public_role', 'not_a_name')", name="status"),
    )

    document_id: Mapped[int] = mapped_column(ForeignKey(DOCUMENT, ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(String(120), primary_key=True)
    ref: Mapped[str] = mapped_column(
        String(20), primary_key=True, default=""
    )  # `C-12`, or "" for the document
    status: Mapped[str] = mapped_column(String(12))
    note: Mapped[str] = mapped_column(String(300), default="")
    at: Mapped[datetime] = mapped_column(Moment)
