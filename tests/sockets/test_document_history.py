"""What another process reads, snapshots that are only a cache, and history that is forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import delete, update

from atelier.db import Database
from atelier.live.state import LiveState
from atelier.minutes import room as rooms_module
from atelier.minutes import store
from atelier.minutes.document import NOTHING_KNOWN, SharedText
from atelier.minutes.models import DocumentClient, DocumentSnapshot, DocumentUpdate
from atelier.minutes.replica import Relayed
from atelier.minutes.room import Room, Stored
from atelier.minutes.rooms import Rooms
from tests.conftest import FakeClock
from tests.documents.ground import EVENING, bodies, make_document, room_on
from tests.documents.hands import OWNER_GUEST, Hand, guest_named, rows


def test_two_processes_write_into_one_text(database: Database) -> None:
    made = make_document(database, ["Odile", "Marcel"])
    heard: list[tuple[str, int, str]] = []

    def process(name: str) -> Room:
        rooms = Rooms(database, FakeClock(EVENING), lambda _: LiveState())
        rooms.told.append(
            lambda _room, relayed: heard.extend((name, one.number, one.origin) for one in relayed)
        )
        return rooms.open(made.id)

    one, two = process("one"), process("two")
    odile, marcel = Hand(one, guest_named(made, "Odile"), 7), Hand(two, guest_named(made, "Marcel"), 8)
    assert odile.send(odile.typed("Odile. "), "s1") == Stored(2)
    assert marcel.send(marcel.typed("Marcel. "), "s2") == Stored(3)
    one.catch_up()
    assert one.content() == two.content() == room_on(database, made.id).content()
    assert heard == [("one", 2, "s1"), ("two", 2, ""), ("two", 3, "s2"), ("one", 3, "")]
    assert one.writer_of(8) == made.writers["Marcel"]


def test_a_snapshot_is_read_back_kept_and_only_a_cache(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make_document(database)
    room = room_on(database, made.id)
    nadia = Hand(room, OWNER_GUEST, 7)
    monkeypatch.setattr(rooms_module, "COMPACT_EVERY", 10)
    for number in range(8):
        nadia.type(f"{number} ")
    assert not room.compact()
    nadia.type("fin ")
    assert room.compact()
    assert rows(database, DocumentSnapshot.upto) == [(10,)]
    nadia.type("après ")
    assert room_on(database, made.id).content() == room.content() == nadia.text.content()
    for spoiled in (b"", b"\x01\x02\x03", b"\xff" * 40, b"\0" * 34):
        with database.writing() as db:
            db.execute(update(DocumentSnapshot).values(body=spoiled))
        assert room_on(database, made.id).content() == nadia.text.content()
    with database.writing() as db:
        db.execute(delete(DocumentSnapshot))
    assert room_on(database, made.id).content() == nadia.text.content()


def test_a_room_that_was_not_read_yet_is_compacted_too(database: Database) -> None:
    made = make_document(database)
    Hand(room_on(database, made.id), OWNER_GUEST, 7).type("Mots. ")
    assert room_on(database, made.id).compact(force=True)
    assert rows(database, DocumentSnapshot.upto) == [(2,)]


def test_a_snapshot_that_does_not_read_back_is_not_kept(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make_document(database)
    room = room_on(database, made.id)
    Hand(room, OWNER_GUEST, 7).type("Mots. ")
    monkeypatch.setattr(SharedText, "snapshot", lambda text: b"\0\0")
    with pytest.raises(Exception, match="read back"):
        room.compact(force=True)
    monkeypatch.undo()
    assert rows(database, DocumentSnapshot.upto) == []
    assert bodies(room.content())["case"].startswith("Mots. ")


def test_forgetting_history_leaves_the_text_its_writers_and_pages_that_were_away(database: Database) -> None:
    made = make_document(database, ["Odile"])
    room, other = room_on(database, made.id), room_on(database, made.id)
    away = Hand(room, guest_named(made, "Odile"), 7)
    assert away.type("Écrit avant. ") == Stored(2)
    other.content()
    offline = away.typed("Écrit au loin. ")
    room.write(store.APP, lambda text: text.edit("strengths", "Rien."))
    room.compact(force=True)
    before = room.content()
    room.forget_history()
    assert rows(database, DocumentUpdate.number, DocumentUpdate.person) == [(4, "draft")]
    assert rows(database, DocumentSnapshot.upto) == []
    assert room.content() == room_on(database, made.id).content() == before
    other.catch_up()
    assert (other.content(), other.number) == (before, 4)
    assert away.send(offline) == Stored(5)
    assert bodies(room_on(database, made.id).content())["case"].startswith("Écrit au loin. Écrit avant.")
    assert (7,) in [(int(client),) for (client,) in rows(database, DocumentClient.client)]


def test_what_another_process_wrote_just_before_history_is_forgotten_here_is_told_to_our_pages(
    database: Database,
) -> None:
    made = make_document(database, ["Odile"])
    rooms = Rooms(database, FakeClock(EVENING), lambda _: LiveState())
    page = SharedText()
    numbers: list[int] = []

    def told(_room: Room, relayed: Sequence[Relayed]) -> None:
        for one in relayed:
            page.trust(one.update)
            numbers.append(one.number)

    room = rooms.open(made.id)
    page.trust(room.lacking(NOTHING_KNOWN)[1])
    rooms.told.append(told)
    Hand(room_on(database, made.id), guest_named(made, "Odile"), 7).type("Écrit ailleurs. ")
    room.forget_history()
    assert numbers == [2, 3]
    assert page.content() == room.content()


def test_a_forgotten_word_is_in_no_file(sqlite_database: Database, tmp_path: Any) -> None:
    made = make_document(sqlite_database)
    room = room_on(sqlite_database, made.id)
    nadia = Hand(room, OWNER_GUEST, 7)
    secret = "Dupont-Lajoie"
    nadia.type(f"{secret} ")
    room.compact(force=True)
    nadia.send(nadia.text.editing(lambda text: text.splice("case", 0, len(secret) + 1)))
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert any(secret.encode() in path.read_bytes() for path in files)
    room.forget_history()
    assert sqlite_database.checkpoint()
    assert [path.name for path in files if path.exists() and secret.encode() in path.read_bytes()] == []


def test_a_snapshot_made_before_history_was_forgotten_is_not_kept_after(database: Database) -> None:
    made = make_document(database)
    slow, quick = room_on(database, made.id), room_on(database, made.id)
    Hand(slow, OWNER_GUEST, 7).type("Mots. ")
    number, state, _ = slow.lacking(NOTHING_KNOWN)
    quick.forget_history()
    with database.transaction() as connection:
        assert store.keep_snapshot(connection, made.id, number, state) is False
    assert rows(database, DocumentSnapshot.upto) == []
