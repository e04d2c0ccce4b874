"""What writers say to each other beside the text. Erased with the work: at publication, and with the document (R-208)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from atelier.db import Base, Moment
from atelier.minutes.models.documents import DOCUMENT


class DocumentRemark(Base):
    """A remark on a passage, or (`thread`) an answer to one. Its page names it, so that a second sending counts once.

    An erased one keeps its row, without a word: a sending that comes late must not bring it back.
    """

    __tablename__ = "document_remark"

    document_id: Mapped[int] = mapped_column(ForeignKey(DOCUMENT, ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    thread: Mapped[str] = mapped_column(String(40), default="")
    section: Mapped[str] = mapped_column(String(40), default="")
    anchor: Mapped[str] = mapped_column(Text, default="")  # two Yjs relative positions, as JSON
    quote: Mapped[str] = mapped_column(Text, default="")  # the Markdown between them, when it was written
    words: Mapped[str] = mapped_column(Text, default="")
    person: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(Moment)
    resolved_at: Mapped[datetime | None] = mapped_column(Moment)
    erased_at: Mapped[datetime | None] = mapped_column(Moment)
