"""Versions are kept by themselves while people write, named on demand, and restoring one loses nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from atelier.db import Database
from atelier.errors import Busy
from atelier.minutes import queries
from atelier.minutes.operations import versions
from atelier.minutes.operations.freezing import with_text
from atelier.minutes.rooms import Rooms
from tests.web.review_ground import Archive

NAMES = {"u1": "Nadia", "w1": "Solène"}


@pytest.fixture
def archive(database: Database) -> Archive:
    return Archive(database)


def kept(archive: Archive) -> list[tuple[int, str, str, list[str]]]:
    with archive.database.reading() as db:
        return [(one.number, one.kind, one.name, one.people) for one in reversed(queries.versions(db, 1))]


def due(archive: Archive) -> bool:
    return archive.do(versions.keep_if_due, archive.text(), NAMES, archive.now) is not None


def test_a_version_is_kept_after_fifteen_minutes_of_activity(archive: Archive) -> None:
    archive.wait(minutes=20)
    assert due(archive)  # the draft itself
    archive.wait(minutes=14)
    archive.write("minus", "Un.")
    archive.write("case", "Deux.", "w1")
    assert not due(archive)
    archive.wait(minutes=2)
    assert due(archive)
    assert kept(archive) == [(1, "auto", "", []), (2, "auto", "", ["Nadia", "Solène"])]


def test_nothing_is_kept_while_nobody_writes(archive: Archive) -> None:
    archive.wait(minutes=20)
    assert due(archive)
    archive.wait(days=3)
    assert not due(archive)
    archive.write("minus", "Un.")
    archive.write("minus", archive.content.sections[2].body)
    archive.wait(minutes=16)
    assert not due(archive)  # the words are back as they were


def test_a_named_version_names_the_text_that_was_just_kept(archive: Archive) -> None:
    archive.wait(minutes=20)
    assert due(archive)
    archive.do(versions.keep_named, archive.text(), " Avant relecture du porteur ", NAMES, archive.now)
    assert kept(archive) == [(1, "named", "Avant relecture du porteur", [])]
    archive.wait(minutes=1)
    archive.write("case", "Autre.", "w1")
    archive.do(versions.keep_named, archive.text(), "Après", NAMES, archive.now)
    assert kept(archive)[1:] == [(2, "named", "Après", ["Solène"])]


def test_a_named_version_never_renames_one_that_was_submitted(archive: Archive) -> None:
    archive.send()
    archive.do(versions.keep_named, archive.text(), "La mienne", NAMES, archive.now)
    assert [(kind, name) for _, kind, name, _ in kept(archive)] == [("submitted", ""), ("named", "La mienne")]


def restored(archive: Archive, number: int) -> None:
    archive.do(versions.before_restoring, archive.text(), NAMES, archive.now)
    with archive.database.reading() as db:
        found = queries.version(db, 1, number)
        assert found is not None
        content = versions.content_at(found)
    archive.room.write("u1", lambda text: text.replace(content))
    archive.do(versions.keep_version, archive.text(), "restored", archive.now)


def test_restoring_is_undone_by_restoring_what_was_there_before(archive: Archive) -> None:
    archive.do(versions.keep_named, archive.text(), "Premier jet", NAMES, archive.now)
    archive.write("minus", "Tout autre chose.", "w1")
    later = archive.text()
    restored(archive, 1)
    assert archive.text() == archive.content
    assert [kind for _, kind, _, _ in kept(archive)] == ["named", "auto", "restored"]
    restored(archive, 2)
    assert archive.text() == later


class Interrupted:
    """A room into which another process writes just after it was read."""

    def __init__(self, archive: Archive, times: int) -> None:
        self._room, self._archive, self.left = archive.room, archive, times
        self.document_id = 1

    def __getattr__(self, name: str) -> object:
        return getattr(self._room, name)

    def content(self) -> object:
        content = self._room.content()
        if self.left:
            self.left -= 1
            other = Rooms(
                self._archive.database, lambda: self._archive.now, lambda _: self._archive.state
            ).open(1)
            other.write("w1", lambda text: text.edit("case", f"Écrit ailleurs, encore {self.left}."))
        return content


def frozen(archive: Archive, room: object) -> str:
    keep: Callable[..., str] = lambda _db, content: content.sections[0].body  # noqa: E731
    return with_text(archive.database, room, keep)  # type: ignore[arg-type]


def test_what_another_process_writes_meanwhile_is_in_the_frozen_text(archive: Archive) -> None:
    assert frozen(archive, archive.room) == "L'assemblée est née en 2009.\n"
    assert frozen(archive, Interrupted(archive, 2)) == "Écrit ailleurs, encore 0."


def test_a_text_that_never_rests_is_not_frozen_by_half(archive: Archive) -> None:
    with pytest.raises(Busy):
        frozen(archive, Interrupted(archive, 99))
