"""A finger that taps twice on what asks how to receive the compte rendu: one wish is kept, and nobody is told that it failed."""

from __future__ import annotations

from sqlalchemy.orm import Session

from atelier.db import Database
from atelier.people.models import Contact
from atelier.people.operations import Wishes, save_contact
from tests.documents.hands import rows
from tests.factories import EVENING
from tests.sockets.at_once import at_once


def test_a_wish_sent_twice_is_kept_once(database: Database) -> None:
    def left(db: Session) -> bool:
        wishes = Wishes("email", "odile@exemple.fr")
        return save_contact(db, 1, "the token of a phone", wishes, EVENING)

    assert at_once(database, left, left, door="write") == (True, True)
    assert rows(database, Contact.email) == [("odile@exemple.fr",)]
