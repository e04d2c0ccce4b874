"""Versions of a text: kept by themselves every fifteen minutes of activity, named, submitted, restored. None changes another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from atelier.minutes import queries
from atelier.minutes.content import Content, from_json, sha256, to_json
from atelier.minutes.models import Document, DocumentVersion

EVERY = timedelta(minutes=15)
WORKING = ("auto", "named", "restored")  # gone at publication; the others are archives
LONGEST_NAME = 120


def keep_version(
    db: Session,
    document: Document,
    content: Content,
    kind: str,
    now: datetime,
    name: str = "",
    people: Iterable[str] = (),
    note: str = "",
) -> DocumentVersion:
    """Keep the text as it is now. `people`: names of those who wrote since the version before."""
    version = DocumentVersion(
        document_id=document.id,
        number=queries.next_version(db, document.id),
        kind=kind,
        name=name.strip()[:LONGEST_NAME],
        people=sorted(set(people)),
        at=now,
        content=to_json(content),
        sha256=sha256(content),
        note=note,
    )
    db.add(version)
    db.flush()
    return version


def keep_if_due(
    db: Session, document: Document, content: Content, names: Mapping[str, str], now: datetime
) -> DocumentVersion | None:
    """Keep a version when the last one is fifteen minutes old and somebody wrote since; None when there is nothing to keep."""
    last = queries.last_version(db, document.id)
    wrote_at, people = queries.written_since(db, document.id, last.at if last else None)
    since = last.at if last else document.created_at
    if wrote_at is None or now - since < EVERY or (last is not None and last.sha256 == sha256(content)):
        return None
    return keep_version(db, document, content, "auto", now, people=named(people, names))


def keep_named(
    db: Session, document: Document, content: Content, name: str, names: Mapping[str, str], now: datetime
) -> DocumentVersion:
    """Keep the text under a name. The same text twice is one version, which takes the name."""
    last = queries.last_version(db, document.id)
    if last is not None and last.sha256 == sha256(content) and last.kind in ("auto", "named"):
        last.kind, last.name = "named", name.strip()[:LONGEST_NAME]
        db.flush()
        return last
    _, people = queries.written_since(db, document.id, last.at if last else None)
    return keep_version(db, document, content, "named", now, name, named(people, names))


def before_restoring(
    db: Session, document: Document, content: Content, names: Mapping[str, str], now: datetime
) -> DocumentVersion | None:
    """Keep what a restoration is about to replace, so that it can be restored in its turn."""
    last = queries.last_version(db, document.id)
    if last is not None and last.sha256 == sha256(content):
        return None
    _, people = queries.written_since(db, document.id, last.at if last else None)
    return keep_version(db, document, content, "auto", now, people=named(people, names))


def in_view(db: Session, document: Document) -> list[DocumentVersion]:
    """Return the versions that may be read, latest first: not what a publication withdrawn from view was made of (D-30)."""
    gone = {f"v{one.number}" for one in queries.publications(db, document.id) if one.withdrawn_at is not None}
    kept = queries.versions(db, document.id)
    return [one for one in kept if one.kind != "published" or one.name not in gone]


def content_at(version: DocumentVersion) -> Content:
    return from_json(version.content)


def named(people: Iterable[str], names: Mapping[str, str]) -> list[str]:
    """Return the names of those who wrote; what the application wrote itself has none."""
    return sorted({names[person] for person in people if names.get(person)})


def forget_working_versions(db: Session, document: Document) -> None:
    """Erase the versions of the work, with the names they bear: at publication only the archives stay."""
    for version in queries.versions(db, document.id):
        if version.kind in WORKING:
            db.delete(version)
        else:
            version.people = []
    db.flush()
