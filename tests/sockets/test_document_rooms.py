"""One document on a real database: who may write, what is kept, what is answered."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import event, update

from atelier.db import Database
from atelier.errors import Refusal
from atelier.live.state import LiveState
from atelier.live.state.people import AccessLink
from atelier.minutes import store
from atelier.minutes.access import Guest
from atelier.minutes.document import SharedText
from atelier.minutes.models import Document, DocumentUpdate, DocumentWriter
from atelier.minutes.room import Resync, Stored
from atelier.workshops.models import WorkshopSession
from tests.documents.ground import CONTENT, EVENING, OWNER, bodies, make_document, room_on
from tests.documents.hands import OWNER_GUEST, Hand, guest_named, rows, set_row


def test_what_is_acknowledged_is_on_the_disk_under_its_writers_name(database: Database) -> None:
    made = make_document(database, ["Odile"])
    odile = Hand(room_on(database, made.id), guest_named(made, "Odile"), 2**50)
    assert odile.type("Créé et ") == Stored(2)
    assert bodies(room_on(database, made.id).content())["case"] == "Créé et Né en 2009 d’un café-couture."
    assert rows(database, DocumentUpdate.number, DocumentUpdate.person) == [
        (1, "draft"),
        (2, made.writers["Odile"]),
    ]
    with database.reading() as db:
        assert store.clients(db, made.id)[2**50] == made.writers["Odile"]


def test_the_same_update_counts_once(database: Database) -> None:
    made = make_document(database)
    nadia = Hand(room_on(database, made.id), OWNER_GUEST, 7)
    words = nadia.typed("Deux fois. ")
    assert [nadia.send(words), nadia.send(words)] == [Stored(2), Stored(2)]
    assert len(rows(database, DocumentUpdate.number)) == 2


def test_an_update_without_its_predecessor_is_answered_resync_and_kept_nowhere(database: Database) -> None:
    made = make_document(database)
    nadia = Hand(room_on(database, made.id), OWNER_GUEST, 7)
    nadia.typed("perdu ")
    outcome = nadia.send(nadia.typed("tard "))
    assert isinstance(outcome, Resync)
    assert len(rows(database, DocumentUpdate.number)) == 1
    assert nadia.send(nadia.text.diff(outcome.vector)) == Stored(2)
    assert bodies(room_on(database, made.id).content())["case"].startswith("tard perdu Né")


def test_a_deletion_is_not_acknowledged_while_words_before_it_are_missing(database: Database) -> None:
    made = make_document(database)
    nadia = Hand(room_on(database, made.id), OWNER_GUEST, 7)
    nadia.typed("perdu ")
    erasing = nadia.text.editing(lambda text: text.splice("case", 6, 9))
    outcome = nadia.send(erasing)
    assert isinstance(outcome, Resync)
    assert isinstance(nadia.send(nadia.text.diff(outcome.vector)), Stored)
    assert bodies(room_on(database, made.id).content()) == bodies(nadia.text.content())


@pytest.mark.parametrize(
    ("change", "guest", "code"),
    [
        ({}, Guest("reader", "l9", "Élu"), "read_only"),
        ({}, Guest("reviewer", "r1"), "read_only"),
        ({}, Guest("public"), "read_only"),
        ({}, Guest("editor", "u99", "Autre"), "revoked"),
        ({}, Guest("writer", "l9", "Aide"), "revoked"),
        ({"phase": "approved"}, OWNER_GUEST, "frozen"),
        ({"phase": "published"}, OWNER_GUEST, "frozen"),
    ],
)
def test_who_may_not_write_is_told_why_and_nothing_changes(
    database: Database, change: dict[str, Any], guest: Guest, code: str
) -> None:
    made = make_document(database)
    room = room_on(database, made.id)
    hand = Hand(room, guest, 7)
    if change:
        set_row(database, **change)
    outcome = hand.type("Interdit. ")
    assert isinstance(outcome, Refusal)
    assert outcome.code == code
    assert room.content() == room_on(database, made.id).content() == CONTENT


def test_a_correction_opens_a_published_document_again(database: Database) -> None:
    made = make_document(database, phase="published", settings={"correcting": True})
    assert Hand(room_on(database, made.id), OWNER_GUEST, 7).type("Corrigé. ") == Stored(2)


def test_a_writer_revoked_in_the_middle_is_refused_at_the_next_update(database: Database) -> None:
    made = make_document(database, ["Odile"])
    odile = Hand(room_on(database, made.id), guest_named(made, "Odile"), 7)
    assert odile.type("Avant. ") == Stored(2)
    with database.writing() as db:
        db.execute(update(DocumentWriter).values(revoked_at=EVENING))
    assert odile.type("Après. ") == Refusal("revoked")
    assert bodies(room_on(database, made.id).content())["case"].startswith("Avant. Né")


def test_a_link_of_the_seance_writes_until_it_is_revoked(database: Database) -> None:
    link = AccessLink("l2", "helper", "Samira", "hash")
    state = LiveState(links={"l2": link})
    states = [state]
    made = make_document(database)
    set_row(database, session_id=None)
    with database.writing() as db:
        db.add(
            WorkshopSession(
                id=5, owner_id=OWNER, reference="CHA1", code="482137", title="Soirée", created_at=EVENING
            )
        )
    set_row(database, session_id=5)
    samira = Hand(room_on(database, made.id, lambda _: states[0]), Guest("writer", "l2", "Samira"), 7)
    assert samira.type("Aide. ") == Stored(2)
    states[0] = replace(state, links={"l2": replace(link, revoked=True)})
    assert samira.type("Trop tard. ") == Refusal("revoked")


def test_a_client_number_belongs_to_one_person(database: Database) -> None:
    made = make_document(database, ["Odile", "Marcel"])
    room = room_on(database, made.id)
    assert Hand(room, guest_named(made, "Odile"), 7).type("Odile. ") == Stored(2)
    assert Hand(room, guest_named(made, "Marcel"), 7).type("Marcel. ") == Refusal("client_taken")


def test_what_is_no_update_is_refused_and_leaves_the_room_whole(database: Database) -> None:
    made = make_document(database)
    nadia = Hand(room_on(database, made.id), OWNER_GUEST, 7)
    words = nadia.typed("Bien. ")
    for noise in (b"", b"\x01\x02", words[:-1], words + b"\0", b"\xff" * 30):
        assert nadia.send(noise).code == "malformed"
    assert nadia.send(words) == Stored(2)


def test_the_first_words_of_a_person_are_dated(database: Database) -> None:
    made = make_document(database)
    room = room_on(database, made.id)
    room.write(store.APP, lambda text: text.edit("case", "Brouillon repris."))
    assert rows(database, Document.human_at) == [(None,)]
    Hand(room, OWNER_GUEST, 7).type("À la main. ")
    assert rows(database, Document.human_at) == [(EVENING,)]


def test_an_edit_of_the_app_that_fails_changes_nothing(database: Database) -> None:
    made = make_document(database)
    room = room_on(database, made.id)

    def failing(text: SharedText) -> None:
        text.edit("case", "À moitié")
        raise KeyError("gone")

    with pytest.raises(KeyError):
        room.write(store.APP, failing)
    assert room.content() == room_on(database, made.id).content() == CONTENT


def test_an_edit_of_the_app_that_changes_nothing_is_not_kept(database: Database) -> None:
    made = make_document(database)
    assert room_on(database, made.id).write(store.APP, lambda text: text.replace(CONTENT)) == Stored(1)
    assert len(rows(database, DocumentUpdate.number)) == 1


def test_a_document_that_is_deleted_is_said_to_be(database: Database) -> None:
    made = make_document(database)
    nadia = Hand(room_on(database, made.id), OWNER_GUEST, 7)
    with database.writing() as db:
        db.delete(db.get(Document, made.id))
    assert nadia.type("Trop tard. ") == Refusal("unknown_document")


def test_a_commit_that_fails_leaves_nothing_in_memory_either(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make_document(sqlite_database)
    room = room_on(sqlite_database, made.id)
    nadia = Hand(room, OWNER_GUEST, 7)
    words = nadia.typed("Gardé à la fin. ")

    def full(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith("INSERT INTO document_client"):
            raise StorageFull

    event.listen(sqlite_database.writer, "before_cursor_execute", full)
    assert nadia.send(words).code == "fault"
    assert room.content() == CONTENT
    event.remove(sqlite_database.writer, "before_cursor_execute", full)
    assert nadia.send(words) == Stored(2)
    assert room.content() == room_on(sqlite_database, made.id).content() == nadia.text.content()


class StorageFull(Exception):
    pass


def test_one_commit_serves_many_who_send_at_once_and_a_bad_one_fails_alone(database: Database) -> None:
    names = [f"Personne {number}" for number in range(8)]
    made = make_document(database, names)
    room = room_on(database, made.id)
    hands = [Hand(room, guest_named(made, name), 100 + number) for number, name in enumerate(names)]
    commits = count_commits(database)
    outcomes: dict[int, Any] = {}
    held = room._turn
    held.acquire()
    threads = [
        threading.Thread(
            target=lambda n=n, hand=hand: outcomes.__setitem__(
                n, hand.type(f"{n} ") if n != 3 else hand.send(b"?")
            )
        )
        for n, hand in enumerate(hands)
    ]
    for thread in threads:
        thread.start()
    while len(room._batches._queue) < len(hands) - 1:
        threading.Event().wait(0.01)
    held.release()
    for thread in threads:
        thread.join()
    assert sorted(number for number, outcome in outcomes.items() if isinstance(outcome, Stored)) == [
        0,
        1,
        2,
        4,
        5,
        6,
        7,
    ]
    assert outcomes[3].code == "malformed"
    assert len(commits) == 2
    assert sorted(bodies(room_on(database, made.id).content())["case"].split("Né")[0].split()) == list(
        "0124567"
    )


def count_commits(database: Database) -> list[Any]:
    found: list[Any] = []
    event.listen(database.writer, "commit", found.append)
    return found


def test_writing_inside_a_transaction_is_refused_instead_of_waiting_for_ever(database: Database) -> None:
    made = make_document(database)
    room = room_on(database, made.id)
    with database.writing():
        assert room.content() == CONTENT
        with pytest.raises(RuntimeError, match="wait"):
            room.write(store.APP, lambda text: text.edit("case", "Jamais."))
        with pytest.raises(RuntimeError, match="wait"), database.transaction():
            pass
    assert room.write(store.APP, lambda text: text.edit("case", "Ensuite.")) == Stored(2)
