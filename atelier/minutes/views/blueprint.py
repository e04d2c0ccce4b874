"""The blueprint of documents and what every page of one starts from: the row, who asks, what may be cited."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import Blueprint
from sqlalchemy.orm import Session

from atelier.errors import NotFound
from atelier.house import house
from atelier.minutes import queries
from atelier.minutes.access import Guest, require
from atelier.minutes.models import Document
from atelier.minutes.room import Room
from atelier.minutes.sources import Sources, sources_of

if TYPE_CHECKING:
    from atelier.minutes.service import Minutes

blueprint = Blueprint("minutes", __name__)

KINDS = {"comptes-rendus": "minutes", "contributions-au-forum": "forum"}
ADDRESS = "/<any('comptes-rendus','contributions-au-forum'):shelf>/<reference>"


@dataclass(frozen=True, slots=True)
class Visit:
    """One request about one document. `address` is its own, without a slash at the end."""

    document: Document
    guest: Guest
    address: str


def visit(db: Session, shelf: str, reference: str, act: str) -> Visit:
    """Find the document of an address for somebody who wants to `act`; NotFound, or NotAllowed, where they may not."""
    document = queries.document_by_reference(db, reference, KINDS[shelf])
    if document is None:
        raise NotFound(reference)
    return Visit(document, require(document, act), f"/{shelf}/{reference}")


def minutes() -> Minutes:
    found: Minutes = house().parts["minutes"]
    return found


def live() -> Any:
    return house().parts["live"]


def room_of(document: Document) -> Room:
    return minutes().rooms.open(document.id)


def sources_for(document: Document, public: bool = False) -> Sources:
    """Return what the writers of this document may cite: of its séance, or what a later capability knows (atelier/forum).

    `public`: as far as readers outside the writers may know.
    """
    if document.session_id is None:
        several = house().parts.get("forum")
        return several.sources(document, public) if several else Sources()
    rows = live().recorder.rows(document.session_id)
    if not rows:
        return Sources()
    reference = document.reference
    return sources_of(live().desk.state(document.session_id), rows, reference, public)
