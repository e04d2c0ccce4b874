"""What an event does to other rows, in the transaction that appends it: seals, erasure, proofs of authorship, lists."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, delete, update

from atelier.live import store
from atelier.live.ballot_box import PAPER, BallotBox
from atelier.live.messages import Event
from atelier.live.models import RecordRow
from atelier.live.traces import trace_of
from atelier.people.operations import keep_proof
from atelier.people.tokens import card_proof
from atelier.workshops.models import WorkshopSession


@dataclass(frozen=True, slots=True)
class Writing:
    """The transaction at hand. `at` is when the act is performed, `proof_code` the author's keep-link code."""

    connection: Connection
    session_id: int
    seal_secret: bytes
    at: datetime
    box: BallotBox
    proof_code: str = ""


def apply_effects(writing: Writing, event: Event) -> None:
    """Do at once what the event's kind asks for, if anything."""
    effect = EFFECTS.get(type(event).__name__)
    if effect is not None:
        effect(writing, event)


def apply_late_effects(writing: Writing, event: Event) -> None:
    """Do what must come after the batch is written: words sent and withdrawn in one batch are erased too."""
    effect = LATE_EFFECTS.get(type(event).__name__)
    if effect is not None:
        effect(writing, event)


def without_secrets(event: Event) -> Event:
    """Return the event as the journal will give it back: secrets gone."""
    kind: Any = type(event)  # a class is hashable, which its type does not say
    names = _secret_fields(kind)
    return replace(event, **dict.fromkeys(names)) if names else event


@lru_cache(maxsize=256)
def _secret_fields(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind) if "secret" in field.metadata)


def _seal_ballot(writing: Writing, event: Any) -> None:
    writing.box.put(event.activity, event.voter, event.slot, event.ballot)


def _prove_authorship(writing: Writing, event: Any) -> None:
    """« Garder mon lien »: the author's code opens this card, on any device, until publication (D-14)."""
    if writing.proof_code and event.author is not None and not event.origin:
        proof = card_proof(writing.seal_secret, writing.proof_code, event.number)
        keep_proof(writing.connection, writing.session_id, event.number, proof)


def _seal_paper(writing: Writing, event: Any) -> None:
    writing.box.put(event.activity, PAPER, 0, event.paper)


def _destroy_seals(writing: Writing, event: Any) -> None:
    writing.box.destroy(event.activity)


def _withdraw(writing: Writing, event: Any) -> None:
    _blank_leaving(writing, event, f"C:{event.number}")


def _erase_earlier(writing: Writing, event: Any) -> None:
    _blank_leaving(writing, event, f"E:{event.card}")


def _blank_leaving(writing: Writing, event: Any, name: str) -> None:
    """Erase the words, and with them the record that repeats them: it is made again from the journal (recording.py).

    What stays of them tells them again in a text that quotes them (traces.py).
    """
    words = store.words_owned(writing.connection, writing.session_id, event.owners)
    trace = trace_of("", words, writing.seal_secret)
    if trace.runs:
        store.keep_trace(writing.connection, writing.session_id, name, trace)
    store.blank_words(writing.connection, writing.session_id, event.owners)
    writing.connection.execute(delete(RecordRow).where(RecordRow.session_id == writing.session_id))


def _mirror(**values: Any) -> Callable[[Writing, Any], None]:
    def mirror(writing: Writing, event: Any) -> None:
        moments = {name: writing.at if value == "now" else value for name, value in values.items()}
        writing.connection.execute(
            update(WorkshopSession).where(WorkshopSession.id == writing.session_id).values(**moments)
        )

    return mirror


EFFECTS: Mapping[str, Callable[[Writing, Any], None]] = {
    "ContributionSubmitted": _prove_authorship,
    "BallotReceived": _seal_ballot,
    "PaperEntered": _seal_paper,
    "VoteRevealed": _destroy_seals,
    "VoteAnnulled": _destroy_seals,
    "SessionOpened": _mirror(phase="lobby", opened_at="now"),
    "SessionClosed": _mirror(phase="closed", closed_at="now"),
    "SessionReopened": _mirror(phase="live", closed_at=None),
}
LATE_EFFECTS: Mapping[str, Callable[[Writing, Any], None]] = {
    "ContributionWithdrawn": _withdraw,
    "EarlierErased": _erase_earlier,
}
