"""Remarks beside the text: kept, answered, dealt with, erased; all gone when the text is published.

Refusals: those of writing (access.py), `remark_empty`, `remark_too_long` {limit}, `too_many_remarks` {limit}, `remark_gone`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from atelier.errors import NotFound, Refusal
from atelier.minutes import store
from atelier.minutes.access import Guest, StateOf, refusal_of_writing, standing_of
from atelier.minutes.models import DocumentRemark
from atelier.minutes.remark_words import without, words_leaving
from atelier.minutes.remarks import (
    ERASE,
    KEEP,
    MOST,
    RESOLVE,
    Asked,
    Remark,
    open_ones,
    refusal_of_words,
    threads_of,
)
from atelier.people.purge import erase_where


def perform(
    db: Session, document_id: int, guest: Guest, asked: Asked, state_of: StateOf, now: datetime
) -> Refusal | None:
    """Do what a writer asks, the right read again. Sent twice, it is done once."""
    document = store.lock(db.connection(), document_id)
    if document is None:
        raise NotFound(document_id)
    refusal = refusal_of_writing(document, guest, standing_of(db, document, [guest.person], state_of))
    if refusal:
        return refusal
    if asked.act == KEEP:
        return _keep(db, document_id, guest.person, asked, now)
    row = _row(db, document_id, asked.id)
    if row is None or (row.thread and asked.act != ERASE):
        return None if asked.act == ERASE else Refusal("remark_gone")
    if asked.act != ERASE:
        row.resolved_at = (row.resolved_at or now) if asked.act == RESOLVE else None
    elif row.person == guest.person:
        _erase(row, now)
    else:
        return Refusal("not_yours")
    return None


def remarks_of(db: Session, document_id: int) -> list[Remark]:
    rows = db.scalars(select(DocumentRemark).where(DocumentRemark.document_id == document_id))
    return [_remark(row) for row in rows]


def open_count(db: Session, document_id: int) -> int:
    """Count the remarks that nobody has marked as dealt with."""
    return open_ones(threads_of(remarks_of(db, document_id)))


def forget_remarks(db: Session, document_id: int) -> None:
    """Erase them all: the work is over."""
    erase_where(db, DocumentRemark, DocumentRemark.document_id == document_id)


def redact_remarks(
    db: Session, document_id: int, bodies: Iterable[str], refs: Collection[str], gone: str
) -> None:
    """Take the words of some cards out of what remarks quote and say. `bodies`: the text, before it lost them."""
    rows = db.scalars(select(DocumentRemark).where(DocumentRemark.document_id == document_id)).all()
    known = [_remark(row) for row in rows]
    words = words_leaving(bodies, known, refs)
    for row, remark in zip(rows, known, strict=True):
        row.quote, row.words = without(remark, words, gone)


def _keep(db: Session, document_id: int, person: str, asked: Asked, now: datetime) -> Refusal | None:
    """Keep a remark, or what its writer changed in it before they knew that it had arrived."""
    refusal = refusal_of_words(asked.words)
    if refusal:
        return refusal
    row = _row(db, document_id, asked.id)
    if row is not None:
        return _again(row, person, asked)
    if (db.scalar(select(func.count()).where(DocumentRemark.document_id == document_id)) or 0) >= MOST:
        return Refusal("too_many_remarks", {"limit": MOST})
    if asked.thread:
        first = _row(db, document_id, asked.thread)
        if first is None or first.thread:
            return Refusal("remark_gone")
        first.resolved_at = None  # somebody has more to say
    db.add(
        DocumentRemark(
            document_id=document_id,
            id=asked.id,
            thread=asked.thread,
            section=asked.section,
            anchor=asked.anchor,
            quote=asked.quote,
            words=asked.words,
            person=person,
            at=now,
        )
    )
    return None


def _again(row: DocumentRemark, person: str, asked: Asked) -> Refusal | None:
    if row.person != person:
        return Refusal("not_yours")
    if row.erased_at is None:
        row.section, row.anchor, row.quote, row.words = asked.section, asked.anchor, asked.quote, asked.words
    return None


def _erase(row: DocumentRemark, now: datetime) -> None:
    row.quote = row.words = ""
    row.erased_at = row.erased_at or now


def _row(db: Session, document_id: int, remark_id: str) -> DocumentRemark | None:
    return db.get(DocumentRemark, (document_id, remark_id), populate_existing=True)


def _remark(row: DocumentRemark) -> Remark:
    return Remark(
        row.id, row.thread, row.section, row.anchor, row.quote, row.words, row.person, row.at,
        resolved=row.resolved_at is not None, erased=row.erased_at is not None,
    )  # fmt: skip
