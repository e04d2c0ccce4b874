"""An import on a real database: kept before, written once, whatever is sent twice, cut off or refused in between."""

from __future__ import annotations

import threading

import pytest

from atelier.db import Database
from atelier.errors import Refusal
from atelier.exports.operations.importing import import_parts, keep_before
from atelier.minutes import queries
from atelier.minutes.access import Guest
from atelier.minutes.content import Content, Section
from atelier.minutes.models import Document
from atelier.minutes.operations.freezing import with_text
from atelier.minutes.room import Room
from atelier.minutes.rooms import Rooms
from atelier.people.document_policy import EDITOR, READER
from tests.web.review_ground import Archive

PARTS = (Section("s0", 1, "Diagnostic", "Une part importée."), Section("s1", 1, "Suites", "Une autre."))
TARGETS = ("diagnosis", "+")
NADIA = Guest(EDITOR, "u1", "Nadia", present=True)
NAMES = {"u1": "Nadia", "w1": "Solène"}
STEM = "i0123456789ab"


@pytest.fixture
def archive(database: Database) -> Archive:
    return Archive(database)


def import_into(
    archive: Archive, room: Room | None = None, guest: Guest = NADIA, stem: str = STEM
) -> int | Refusal:
    return import_parts(
        archive.database, room or archive.room, archive.document(), guest, PARTS, TARGETS,
        "avant l’import de « a.docx »", stem, NAMES, archive.now,
    )  # fmt: skip


def kept(archive: Archive) -> list[tuple[str, str, list[str]]]:
    with archive.database.reading() as db:
        return [(one.kind, one.name, one.people) for one in reversed(queries.versions(db, 1))]


def count(content: Content) -> int:
    return sum(section.body.count("import") for section in content.sections)


def test_an_import_keeps_the_text_before_with_who_wrote_it_and_adds_its_words(archive: Archive) -> None:
    archive.write("case", "Écrit par Solène.", "w1")
    before = archive.text()
    number = import_into(archive)
    assert kept(archive) == [("named", "avant l’import de « a.docx »", ["Solène"])]
    with archive.database.reading() as db:
        version = queries.version(db, 1, int(str(number)))
        assert version is not None
        assert Content(version.content["title"], before.sections) == before
        assert [one["body"] for one in version.content["sections"]] == [one.body for one in before.sections]
    after = archive.text()
    assert [one.heading for one in after.sections if before.section(one.key) is None] == ["Suites"]
    assert count(after) == 1


def test_an_import_sent_by_two_hands_at_once_through_two_processes_counts_once(archive: Archive) -> None:
    others = [
        Rooms(archive.database, lambda: archive.now, lambda _session: archive.state).open(1) for _ in range(3)
    ]
    done: list[int | Refusal] = []
    threads = [
        threading.Thread(target=lambda room=room: done.append(import_into(archive, room))) for room in others
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    archive.room.catch_up()
    assert len(set(map(str, done))) == 1
    assert len(done) == 3
    assert count(archive.text()) == 1
    assert len(kept(archive)) == 1


def test_an_import_that_was_cut_off_after_the_version_is_finished_by_the_next_press(archive: Archive) -> None:
    def keep(db: object, content: Content) -> int:
        return keep_before(db, archive.document(), content, "avant", STEM, NAMES, archive.now)  # type: ignore[arg-type]

    number = with_text(archive.database, archive.room, keep)
    assert count(archive.text()) == 0
    assert import_into(archive) == number
    assert count(archive.text()) == 1
    assert len(kept(archive)) == 1


def test_the_same_text_may_be_imported_again_on_purpose(archive: Archive) -> None:
    import_into(archive)
    import_into(archive, stem="i000000000002")
    assert count(archive.text()) == 2
    assert len(kept(archive)) == 2


def test_a_text_frozen_at_the_last_moment_takes_nothing(archive: Archive) -> None:
    with archive.database.writing() as db:
        db.get_one(Document, 1).phase = "approved"
    before = archive.text()
    assert import_into(archive) == Refusal("frozen", {"phase": "approved"})
    assert archive.text() == before


@pytest.mark.parametrize("guest", [Guest(READER, "l3"), Guest(EDITOR, "u2")])
def test_who_may_not_write_any_more_imports_nothing(archive: Archive, guest: Guest) -> None:
    before = archive.text()
    assert isinstance(import_into(archive, guest=guest), Refusal)
    assert archive.text() == before
