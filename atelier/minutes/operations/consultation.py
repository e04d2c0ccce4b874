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
from atelier.minutes.models import Document, Publication
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
    published = next((row for row in queries.publications(db, document.id) if row.withdrawn_at is None), None)
    correcting = bool((document.settings or {}).get("correcting"))
    inside = guest.may("view_draft")
    if published is not None and not (inside and (correcting or preview)):
        return published_text(db, published)
    if inside:
        return Text(WRITTEN, written(), sources(preview))
    kept = queries.last_version(db, document.id, "submitted", "approved")
    if kept is not None and guest.may("view_submitted") and document.phase != "draft":
        return Text(SUBMITTED, from_json(kept.content), sources(True))
    raise NotFound if guest.role == PUBLIC else NotAllowed


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
