"""Which text of a document somebody reads: the one being written, the one submitted, the one published."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from atelier.errors import NotAllowed, NotFound
from atelier.minutes import queries
from atelier.minutes.access import Guest
from atelier.minutes.citations import where_cited
from atelier.minutes.content import Content, from_json
from atelier.minutes.models import Document, DocumentVersion, Publication
from atelier.minutes.sources import Source, Sources
from atelier.minutes.sources import from_json as sources_from_json
from atelier.people.document_policy import PUBLIC

WRITTEN, SUBMITTED, PUBLISHED = "written", "submitted", "published"


@dataclass(frozen=True, slots=True)
class Text:
    """What is read. `content` is the text of that moment; of a published version it only serves to find its way."""

    stage: str  # written | submitted | published
    content: Content
    sources: Sources
    publication: Publication | None = None

    def source(self, ref: str) -> Source | None:
        """Return a source that this text cites, or that its cited sources lead to; the writers' may be any."""
        found = self.sources.get(ref)
        return found if found and (self.stage == WRITTEN or found.full in self._reachable()) else None

    def _reachable(self) -> set[str]:
        cited = [found for ref in where_cited(self.content) if (found := self.sources.get(ref))]
        return {source.full for source in cited}


def text_for(
    db: Session,
    document: Document,
    guest: Guest,
    written: Callable[[], Content],
    sources: Callable[[bool], Sources],
    preview: bool = False,
) -> Text:
    """Return the text that this guest reads now; NotFound, or NotAllowed for somebody known, when there is none yet.

    `written` gives the text being written, `sources` what may be cited, for the public or not. `preview`: as readers will see.
    """
    published = _on_view(db, document)
    inside = guest.may("view_draft")
    if published is not None and not (inside and (preview or _correcting(document))):
        return published_text(db, published)
    if inside:
        return Text(WRITTEN, written(), sources(preview))
    kept = _submitted(db, document, guest)
    if kept is not None:
        return Text(SUBMITTED, from_json(kept.content), sources(True))
    raise NotFound if guest.role == PUBLIC else NotAllowed


def shows_source(db: Session, document: Document, guest: Guest, ref: str) -> bool:
    """Tell whether the text that this guest reads leads to a source: what `text_for(…).source(ref)` would find."""
    published = _on_view(db, document)
    inside = guest.may("view_draft")
    if published is not None and not (inside and _correcting(document)):
        return sources_from_json(published.sources).get(ref) is not None
    kept = None if inside else _submitted(db, document, guest)
    return inside or (kept is not None and ref in where_cited(from_json(kept.content)))


def is_published(db: Session, document: Document) -> bool:
    """Tell whether everybody may read a version of this document."""
    return _on_view(db, document) is not None


def _on_view(db: Session, document: Document) -> Publication | None:
    return next((row for row in queries.publications(db, document.id) if row.withdrawn_at is None), None)


def _correcting(document: Document) -> bool:
    return bool((document.settings or {}).get("correcting"))


def _submitted(db: Session, document: Document, guest: Guest) -> DocumentVersion | None:
    if document.phase == "draft" or not guest.may("view_submitted"):
        return None
    return queries.last_version(db, document.id, "submitted", "approved")


def published_text(db: Session, row: Publication) -> Text:
    """Return a frozen version."""
    kept = next(
        (
            version
            for version in queries.versions(db, row.document_id)
            if version.kind == "published" and version.name == f"v{row.number}"
        ),
        None,
    )
    content = from_json(kept.content) if kept else Content("")
    return Text(PUBLISHED, content, sources_from_json(row.sources), row)
