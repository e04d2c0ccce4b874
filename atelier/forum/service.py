"""What other parts of the house ask of the contribution au forum: its sources, and what stands in the way of submitting it."""

from __future__ import annotations

from atelier.forum.operations.contributions import follow, tidy
from atelier.forum.operations.gathering import missing_from, sources_for
from atelier.forum.queries import public_citations
from atelier.forum.views.wording import said
from atelier.house import House
from atelier.i18n import DEFAULT
from atelier.minutes.content import Content
from atelier.minutes.models import Document
from atelier.minutes.sources import Sources

SHELVES = {"minutes": "comptes-rendus", "forum": "contributions-au-forum"}


class Forum:
    def __init__(self, house: House) -> None:
        self._house = house

    def sources(self, document: Document, public: bool = False) -> Sources:
        """Return what a contribution may cite: the sources of every séance that feeds it."""
        with self._house.database.reading() as db:
            return sources_for(db, self._house.parts["live"], document, public)

    def missing(self, document: Document, content: Content, sources: Sources) -> list[str]:
        """Return the sentences of what is missing; none when the group may receive the contribution."""
        address = f"/contributions-au-forum/{document.reference}"
        return [said(one, address)["sentence"] for one in missing_from(content, document, sources)]

    def bring_up(self, document: Document) -> None:
        """Bring what the app says up to the text and the votes, before the text is sent or approved."""
        room = self._house.parts["minutes"].rooms.open(document.id)
        room.catch_up()
        sources = self.sources(document)
        follow(room, document, sources, self._house.drawing.speech(DEFAULT))
        if not missing_from(room.content(), document, sources):
            tidy(room)

    def taken_up(self, full: str, without: int) -> list[tuple[str, str]]:
        """Return title and address of the other published documents that cite a source: « Reprise dans »."""
        with self._house.database.reading() as db:
            return [
                (document.title, f"/{SHELVES[document.kind]}/{document.reference}")
                for document, _ in public_citations(db, full)
                if document.id != without
            ]
