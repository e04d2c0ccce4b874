"""Who asks about a document, and whether what was granted still is. Read again at each door and at each update."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from atelier.codes import hashed
from atelier.errors import NotAllowed, NotFound, Refusal
from atelier.house import house
from atelier.live.state import LiveState
from atelier.minutes import store
from atelier.minutes.models import Document, DocumentWriter, ReviewLink
from atelier.people import access, policy
from atelier.people.document_policy import EDITOR, PUBLIC, READER, REVIEWER, WRITER, may
from atelier.people.tokens import DocumentProofs

# The phases in which the text itself may change. A correction of what is published opens it again (`settings["correcting"]`).
WRITTEN = frozenset({"draft", "in_review"})
ROLE_OF_LINK = {policy.COFACILITATOR: EDITOR, policy.HELPER: WRITER, policy.OBSERVER: READER}

StateOf = Callable[[int], LiveState]


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody at a document's door. `person`: `u1`, `l2` (a link of the séance), `w3`, `r5`, `p:…`, or "" for the public.

    `present`: was at the séance, and may amend facts.
    """

    role: str
    person: str = ""
    name: str = ""
    present: bool = False

    def may(self, act: str) -> bool:
        return may(self.role, act)

    @property
    def shown(self) -> dict[str, str]:
        """Return what the others are told of them."""
        return {"person": self.person, "name": self.name, "role": self.role}


def guest_of(document: Document) -> Guest:
    """Return who asks, in the request at hand."""
    with house().database.reading() as db:
        return guest_for(db, document, access.document_proofs(document.id, document.session_id), _live_state)


def require(document: Document, act: str) -> Guest:
    """Return who asks if they may; « not yours » is « not found » for the public."""
    guest = guest_of(document)
    if not guest.may(act):
        raise NotFound if guest.role == PUBLIC else NotAllowed
    return guest


def guest_for(db: Session, document: Any, proofs: DocumentProofs, state_of: StateOf) -> Guest:
    """Return whom the proofs show, with the highest role that one of them gives."""
    if proofs.account_id is not None and proofs.account_id == document.owner_id:
        return Guest(EDITOR, f"u{proofs.account_id}", proofs.account_name, present=True)
    found = (_by_link(document, proofs, state_of), _by_invitation(db, document.id, proofs))
    known = sorted(filter(None, found), key=lambda guest: (EDITOR, WRITER, READER).index(guest.role))
    if known:
        return known[0]
    return _reviewer(db, document.id, proofs) or _by_phone(db, document, proofs, state_of) or Guest(PUBLIC)


def refusal_of_writing(row: Any, guest: Guest, standing: Callable[[str], bool]) -> Refusal | None:
    """Say why this guest may not write to the document of this row now, or None."""
    if not guest.may("write_document"):
        return Refusal("read_only")
    if not standing(guest.person):
        return Refusal("revoked")
    return refusal_of_frozen(row)


def refusal_of_frozen(row: Any) -> Refusal | None:
    """Refuse (`frozen` {phase}) what would change a text that may not change by hand now."""
    return None if is_written(row) else Refusal("frozen", {"phase": row.phase})


def is_written(row: Any) -> bool:
    """Tell whether the text of a document may change by hand now."""
    return row.phase in WRITTEN or bool((row.settings or {}).get("correcting"))


def standing_of(
    connection: Connection | Session, row: Any, people: Iterable[str], state_of: StateOf
) -> Callable[[str], bool]:
    """Return what tells whether a person's access is still granted. One query for a whole batch."""
    invited = any(person.startswith("w") for person in people)
    revoked = store.revoked_writers(connection, row.id) if invited else frozenset()

    def stands(person: str) -> bool:
        if person.startswith("u"):
            return person == f"u{row.owner_id}"
        if person.startswith("l"):
            link = state_of(row.session_id).links.get(person) if row.session_id else None
            return link is not None and not link.revoked
        return person.startswith("w") and person not in revoked

    return stands


def _by_link(document: Any, proofs: DocumentProofs, state_of: StateOf) -> Guest | None:
    if not proofs.link or document.session_id is None:
        return None
    digest = hashed(proofs.link)
    for link in state_of(document.session_id).links.values():
        if link.token_hash == digest and not link.revoked and link.role in ROLE_OF_LINK:
            return Guest(ROLE_OF_LINK[link.role], link.key, link.label, present=True)
    return None


def _by_invitation(db: Session, document_id: int, proofs: DocumentProofs) -> Guest | None:
    if not proofs.writer:
        return None
    asked = select(DocumentWriter).where(
        DocumentWriter.token_hash == hashed(proofs.writer),
        DocumentWriter.document_id == document_id,
        DocumentWriter.revoked_at.is_(None),
    )
    writer = db.scalars(asked).one_or_none()
    return Guest(WRITER, writer.key, writer.name, present=True) if writer else None


def _reviewer(db: Session, document_id: int, proofs: DocumentProofs) -> Guest | None:
    if not proofs.review:
        return None
    asked = select(ReviewLink).where(
        ReviewLink.token_hash == hashed(proofs.review),
        ReviewLink.document_id == document_id,
        ReviewLink.revoked_at.is_(None),
    )
    link = db.scalars(asked).one_or_none()
    return Guest(REVIEWER, f"r{link.id}", link.label, link.present) if link else None


def _by_phone(db: Session, document: Any, proofs: DocumentProofs, state_of: StateOf) -> Guest | None:
    """A phone that was at the séance, while the installation still knows it (D-14)."""
    if not proofs.device or document.session_id is None:
        return None
    participant = access.participant_of(db, proofs.device, document.session_id)
    if participant is None or participant not in state_of(document.session_id).people:
        return None
    return Guest(REVIEWER, f"p:{hashed(proofs.device)[:32]}", "", present=True)


def _live_state(session_id: int) -> LiveState:
    state: LiveState = house().parts["live"].desk.state(session_id)
    return state
