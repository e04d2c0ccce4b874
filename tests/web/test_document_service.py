"""Documents in memory: let go of when nobody is there, with a snapshot for the next opening; deleted ones are forgotten."""

from __future__ import annotations

import pytest
from flask import Flask

from atelier.minutes import room, service
from atelier.minutes.models import Document, DocumentSnapshot
from atelier.minutes.service import Minutes
from atelier.minutes.store import APP
from tests.documents.ground import CONTENT
from tests.documents.hands import rows
from tests.documents.house import DocumentHouse


@pytest.fixture
def at(app: Flask) -> DocumentHouse:
    return DocumentHouse(app)


@pytest.fixture
def minutes(at: DocumentHouse) -> Minutes:
    found: Minutes = at.house.parts["minutes"]
    return found


def test_a_document_that_nobody_has_open_leaves_the_memory_and_opens_quickly_again(
    at: DocumentHouse, minutes: Minutes
) -> None:
    assert minutes.rooms.open(at.made.id).content() == CONTENT
    for _ in range(service.IDLE_TURNS - 1):
        minutes.beat()
    assert list(minutes.rooms.held()) == [at.made.id]
    assert rows(at.house.database, DocumentSnapshot.upto) == []
    minutes.beat()
    assert minutes.rooms.held() == {}
    assert rows(at.house.database, DocumentSnapshot.upto) == [(1,)]
    assert minutes.rooms.open(at.made.id).content() == CONTENT


def test_a_long_log_is_compacted_while_people_write(
    at: DocumentHouse, minutes: Minutes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "COMPACT_EVERY", 3)
    held = minutes.rooms.open(at.made.id)
    for number in range(2):
        held.write(APP, lambda text, number=number: text.edit("case", f"Passe {number}."))
    minutes.beat()
    assert rows(at.house.database, DocumentSnapshot.upto) == [(3,)]


def test_a_document_deleted_for_good_is_forgotten_without_a_word_in_the_log(
    at: DocumentHouse, minutes: Minutes, caplog: pytest.LogCaptureFixture
) -> None:
    minutes.rooms.open(at.made.id).content()
    with at.house.database.writing() as db:
        db.delete(db.get(Document, at.made.id))
    for _ in range(service.IDLE_TURNS):
        minutes.beat()
    minutes.announce(at.made.id)
    assert minutes.rooms.held() == {}
    assert caplog.records == []
