"""Two people, or a finger that taps twice, at the very same moment: the second waits, and nothing is lost or said twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from atelier.db import Database
from atelier.errors import Refusal
from atelier.minutes import queries
from atelier.minutes.models import Amendment, Document, Reading, ReviewLink
from atelier.minutes.operations import amendments, approval, drafts, names, review
from atelier.minutes.reconcile import Memory
from tests.documents.ground import EVENING, make_document
from tests.documents.hands import rows
from tests.sockets.at_once import at_once

Act = Callable[[Session, Document], Any]


def both(database: Database, document_id: int, first: Act, second: Act) -> tuple[Any, Any]:
    """Do two things to one document at once."""
    return at_once(
        database, *(lambda db, act=act: act(db, db.get_one(Document, document_id)) for act in (first, second))
    )


def said(verdict: str) -> Act:
    return lambda db, document: review.say(db, document, "r1", True, 1, verdict, EVENING)


def test_a_finger_that_taps_twice_has_said_one_word(database: Database) -> None:
    made = make_document(database, phase="in_review")
    assert both(database, made.id, said("faithful"), said("faithful")) == (None, None)
    assert rows(database, Reading.verdict) == [("faithful",)]


def test_a_phone_that_opens_the_review_twice_has_one_link(database: Database) -> None:
    made = make_document(database, phase="in_review")

    def linked(db: Session, document: Document) -> str:
        return review.link_for_phone(db, document, b"pepper", "ABCD-EFGH-JKLM", "A", EVENING)

    first, second = both(database, made.id, linked, linked)
    assert first == second
    assert len(rows(database, ReviewLink.id)) == 1


def test_a_consent_recorded_twice_is_recorded_once(database: Database) -> None:
    made = make_document(database)

    def given(db: Session, document: Document) -> Refusal | None:
        return names.set_consent(db, document, "Samira", "given", EVENING)

    assert both(database, made.id, given, given) == (None, None)


def test_what_the_draft_remembers_stays_while_somebody_chooses_the_vote(database: Database) -> None:
    made = make_document(database)
    memory = Memory(drafted={("case", "a1"): "0c41bb7e"})
    both(
        database,
        made.id,
        lambda db, document: drafts.remember(db, document.id, memory),
        lambda db, document: approval.link_vote(db, document, 7, "a1"),
    )
    with database.reading() as db:
        document = db.get_one(Document, made.id)
        assert approval.linked_vote(document) == (7, "a1")
        assert drafts.held_of(document).memory == memory


@pytest.mark.parametrize("accepted_first", [True, False])
def test_a_request_is_answered_or_taken_back_and_never_both(database: Database, accepted_first: bool) -> None:
    made = make_document(database, phase="in_review")
    with database.writing() as db:
        db.add(
            Amendment(
                document_id=made.id, number=1, kind="amendment", version=1, section="case", before="", after="Né en 2010.",
                motive="La date.", reader="r1", channel="link", created_at=EVENING,
            )
        )  # fmt: skip

    def accepted(db: Session, document: Document) -> Any:
        return amendments.answer(db, document, 1, "accepted", "", EVENING)

    def taken_back(db: Session, document: Document) -> Refusal | None:
        return amendments.withdraw(db, document, 1, "r1")

    acts = (accepted, taken_back) if accepted_first else (taken_back, accepted)
    _, second = both(database, made.id, *acts)
    assert second == Refusal("not_pending", {"state": "accepted" if accepted_first else "withdrawn"})
    with database.reading() as db:
        row = queries.amendment(db, made.id, 1)
        assert row is not None
        assert row.state == ("accepted" if accepted_first else "withdrawn")
