"""Finding what a contribution au forum is made from: approved comptes rendus of one account, and where they are cited."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from atelier.minutes.models import Document, Publication
from atelier.minutes.queries import APPROVED_PHASES
from atelier.workshops.models import WorkshopSession


def approved_minutes(db: Session, owner_id: int) -> Sequence[tuple[Document, WorkshopSession]]:
    """Return the account's approved comptes rendus with their séances, oldest séance first."""
    query = (
        select(Document, WorkshopSession)
        .join(WorkshopSession, WorkshopSession.id == Document.session_id)
        .where(
            Document.owner_id == owner_id,
            Document.kind == "minutes",
            Document.phase.in_(APPROVED_PHASES),
            WorkshopSession.deleted_at.is_(None),
        )
        .order_by(WorkshopSession.starts_at, WorkshopSession.id)
    )
    return [(document, session) for document, session in db.execute(query)]


def groups(db: Session, owner_id: int) -> Sequence[Sequence[tuple[Document, WorkshopSession]]]:
    """Return the approved comptes rendus by group: séances that continue each other, the group last met first."""
    query = select(WorkshopSession.id, WorkshopSession.continues).where(WorkshopSession.owner_id == owner_id)
    before = {row.id: row.continues for row in db.execute(query)}

    def first_of(number: int) -> int:
        seen = {number}
        while (earlier := before.get(number)) in before and earlier is not None and earlier not in seen:
            seen.add(earlier)
            number = earlier
        return number

    found: dict[int, list[tuple[Document, WorkshopSession]]] = {}
    for document, session in approved_minutes(db, owner_id):
        first = first_of(session.id)
        found[first] = [*found.pop(first, []), (document, session)]
    return list(reversed(found.values()))


def contributions_of(db: Session, owner_id: int) -> Sequence[Document]:
    """Return the account's contributions au forum, latest first."""
    query = select(Document).where(Document.owner_id == owner_id, Document.kind == "forum")
    return db.scalars(query.order_by(Document.id.desc())).all()


def sessions(db: Session, ids: Sequence[int]) -> Sequence[WorkshopSession]:
    """Return séances in the order of their dates; those in the bin are left out."""
    query = select(WorkshopSession).where(WorkshopSession.id.in_(ids), WorkshopSession.deleted_at.is_(None))
    return db.scalars(query.order_by(WorkshopSession.starts_at, WorkshopSession.id)).all()


def references_taken(db: Session, start: str) -> set[str]:
    """Return the references of documents that begin so."""
    return set(
        db.scalars(select(Document.reference).where(Document.reference.startswith(start, autoescape=True)))
    )


def public_citations(db: Session, full: str) -> Sequence[tuple[Document, Publication]]:
    """Return the published documents whose version on view cites a source (`DK2-C-12`), latest version of each."""
    query = (
        select(Document, Publication)
        .join(Publication, Publication.document_id == Document.id)
        .where(Publication.withdrawn_at.is_(None))
        .order_by(Document.id, Publication.number.desc())
    )
    found: dict[int, tuple[Document, Publication]] = {}
    for document, publication in db.execute(query):
        found.setdefault(document.id, (document, publication))
    return [
        (d, p) for d, p in found.values() if any(_full(item) == full for item in p.sources.get("items", ()))
    ]


def _full(item: dict[str, str]) -> str:
    return f"{item['reference']}-{item['ref']}"
