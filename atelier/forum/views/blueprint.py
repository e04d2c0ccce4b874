"""The blueprint, and what each page of a contribution au forum starts from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint
from sqlalchemy.orm import Session

from atelier.errors import NotAllowed, NotFound
from atelier.forum.choices import Choices
from atelier.forum.operations.gathering import choices_of, sources_for
from atelier.house import house
from atelier.minutes.access import Guest, is_written, require
from atelier.minutes.content import Content
from atelier.minutes.models import Document
from atelier.minutes.operations.veil import Veil
from atelier.minutes.queries import document_by_reference
from atelier.minutes.room import Room
from atelier.minutes.sources import Sources

blueprint = Blueprint("forum", __name__)
SHELF = "/contributions-au-forum"


@dataclass(frozen=True, slots=True)
class Found:
    """One contribution au forum, who asks, what it rests on."""

    document: Document
    guest: Guest
    choices: Choices
    sources: Sources

    @property
    def address(self) -> str:
        return f"{SHELF}/{self.document.reference}"

    @property
    def written(self) -> bool:
        """Whether the text may change now, by this guest."""
        return self.guest.may("write_document") and is_written(self.document)


def found_for(db: Session, reference: str, act: str) -> Found:
    """Find a contribution au forum for somebody who may `act`; NotFound, or NotAllowed, for others."""
    document = document_by_reference(db, reference, "forum")
    if document is None:
        raise NotFound(reference)
    guest = require(document, act)
    choices = veil().plain(document, choices_of(document))
    return Found(document, guest, choices, sources_for(db, live(), document))


def writable(db: Session, reference: str) -> Found:
    """Find one whose text the asker may change now."""
    found = found_for(db, reference, "write_document")
    if not found.written:
        raise NotAllowed
    return found


def room_of(document: Document) -> Room:
    room: Room = house().parts["minutes"].rooms.open(document.id)
    return room


def text_of(document: Document) -> Content:
    """Return the text as it is stored now, whichever process it was written in, as far as it may be shown."""
    room = room_of(document)
    room.catch_up()
    return veil().content(document, room.content())


def veil() -> Veil:
    found: Veil = house().parts["minutes"].veil
    return found


def live() -> Any:
    return house().parts["live"]
