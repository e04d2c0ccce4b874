"""The names under which people write in a document, by their keys: `u1`, `l2`, `w3`."""

from __future__ import annotations

from sqlalchemy.orm import Session

from atelier.minutes import queries
from atelier.minutes.models import Document
from atelier.minutes.operations.situation import StateOf
from atelier.people.queries import account


def names_of(db: Session, document: Document, state_of: StateOf) -> dict[str, str]:
    """Return the names of those who may have written, revoked ones included."""
    names = queries.writer_names(db, document.id)
    owner = account(db, document.owner_id)
    if owner is not None:
        names[f"u{owner.id}"] = owner.name
    if document.session_id is not None:
        names |= {link.key: link.label for link in state_of(document.session_id).links.values()}
    return names
