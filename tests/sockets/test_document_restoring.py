"""A text put back as it was: nothing that somebody typed meanwhile is lost, a text published meanwhile stays."""

from __future__ import annotations

import pytest

from atelier.db import Database
from atelier.errors import Refusal
from atelier.minutes import queries
from atelier.minutes.models import Document
from atelier.minutes.operations import restoring
from atelier.minutes.operations.restoring import put_back
from atelier.minutes.operations.versions import content_at
from atelier.minutes.room import Room
from tests.documents.ground import CONTENT, EVENING, MadeDocument, bodies, make_document, room_on
from tests.documents.hands import OWNER_GUEST, Hand, set_row


def restored(database: Database, room: Room, made: MadeDocument) -> Refusal | None:
    with database.reading() as db:
        document = db.get_one(Document, made.id)
    return put_back(database, room, document, OWNER_GUEST.person, CONTENT, {"u1": "Nadia"}, EVENING)


def kept(database: Database, made: MadeDocument) -> list[str]:
    with database.reading() as db:
        return [bodies(content_at(one))["case"] for one in queries.versions(db, made.id)]


def test_what_is_replaced_is_kept_down_to_what_is_typed_at_that_very_moment(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make_document(database)
    room = room_on(database, made.id)
    Hand(room, OWNER_GUEST, 7).type("Avant. ")
    with_text = restoring.with_text

    def and_somebody_types(*asked: object) -> object:
        done = with_text(*asked)  # type: ignore[arg-type]
        Hand(room_on(database, made.id), OWNER_GUEST, 8).type("Pendant. ")
        return done

    monkeypatch.setattr(restoring, "with_text", and_somebody_types)
    assert restored(database, room, made) is None
    assert room_on(database, made.id).content() == CONTENT
    assert {words.split("Né")[0] for words in kept(database, made)} == {"Avant. ", "Pendant. Avant. "}


def test_a_text_published_meanwhile_is_not_put_back(database: Database) -> None:
    made = make_document(database)
    room = room_on(database, made.id)
    Hand(room, OWNER_GUEST, 7).type("Avant. ")
    set_row(database, phase="published")
    assert restored(database, room, made) == Refusal("frozen", {"phase": "published"})
    assert bodies(room_on(database, made.id).content())["case"].startswith("Avant. ")
