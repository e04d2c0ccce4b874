"""What preparation writes, on both databases: keys, undo, revisions under a lock, and a deletion that leaves nothing."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from atelier.db import Base, Database
from atelier.errors import NotFound, Refusal
from atelier.workshops import operations, queries
from atelier.workshops.models import AgendaChange, WorkshopSession

NOW = datetime(2015, 10, 13, 17, 0, tzinfo=UTC)
OWNER = 1


def prepared(database: Database, template: str = "chantier") -> int:
    with database.writing() as db:
        return operations.create_from_template(db, OWNER, template, NOW, starts_at=NOW).id


def rows_of(database: Database, number: int) -> dict[str, int]:
    """Count the rows of every table that belong to a séance."""
    with database.reading() as db:
        tables = [table for table in Base.metadata.sorted_tables if "session_id" in table.c]
        counts = {
            table.name: db.scalar(select(func.count()).where(table.c.session_id == number))
            for table in tables
        }
    return {name: count for name, count in counts.items() if count}


def test_a_whole_preparation_can_be_undone_to_the_first_template(database: Database) -> None:
    number = prepared(database)
    with database.writing() as db:
        session = queries.own_session(db, OWNER, number, lock=True)
        first = [(row.key, row.title, [a.key for a in row.activities]) for row in session.sequences]
        operations.move_sequence(db, session, OWNER, "s4", 0, NOW)
        operations.move_activity(db, session, OWNER, "a5", "s1", 0, NOW)
        operations.remove_sequence(db, session, OWNER, "s2", NOW)
        assert not isinstance(operations.add_sequence(db, session, OWNER, "Pause", 10, "s1", NOW), Refusal)
    with database.writing() as db:
        session = queries.own_session(db, OWNER, number, lock=True)
        assert [operations.undo(db, session, OWNER, NOW) is not None for _ in range(5)] == [True] * 4 + [
            False
        ]
    with database.reading() as db:
        session = queries.own_session(db, OWNER, number)
        assert [(row.key, row.title, [a.key for a in row.activities]) for row in session.sequences] == first


def test_undo_is_for_ones_own_acts_only(database: Database) -> None:
    number = prepared(database)
    with database.writing() as db:
        session = queries.own_session(db, OWNER, number)
        operations.remove_sequence(db, session, OWNER, "s2", NOW)
        assert operations.undo(db, session, 2, NOW) is None
        assert len(session.sequences) == 9


def test_the_memory_of_acts_is_bounded(database: Database) -> None:
    number = prepared(database, "workshop_1")
    with database.writing() as db:
        session = queries.own_session(db, OWNER, number)
        for place in range(40):
            operations.move_sequence(db, session, OWNER, "s1", place % 2, NOW)
    with database.reading() as db:
        assert db.scalar(select(func.count()).select_from(AgendaChange)) == 30


def test_of_two_saves_from_the_same_revision_one_is_refused_whatever_their_order(database: Database) -> None:
    number = prepared(database)
    ready = threading.Barrier(2)
    answers: list[Refusal | None] = []

    def save(title: str) -> None:
        ready.wait()
        with database.writing() as db:
            session = queries.own_session(db, OWNER, number, lock=True)
            row = operations.sequence_of(session, "s1")
            answers.append(operations.save(db, session, OWNER, row, {"title": title}, 0, NOW))

    tabs = [threading.Thread(target=save, args=(title,)) for title in ("Premier", "Second")]
    for tab in tabs:
        tab.start()
    for tab in tabs:
        tab.join()
    assert sorted(answer.code if answer else "saved" for answer in answers) == ["conflict", "saved"]


def test_deleting_a_draft_leaves_no_row_and_frees_those_that_continued_it(database: Database) -> None:
    number = prepared(database)
    with database.writing() as db:
        source = queries.own_session(db, OWNER, number)
        operations.remove_activity(db, source, OWNER, "a1", NOW)
        rehearsal = operations.duplicate_session(db, source, NOW, rehearsal_of=number).id
        follower = operations.create_from_template(db, OWNER, "blank", NOW, continues=number).id
    assert {"sequence", "activity", "agenda_change"} <= set(rows_of(database, number))
    with database.writing() as db:
        assert operations.delete_session(db, queries.own_session(db, OWNER, number), "", NOW) is None
    assert rows_of(database, number) == {}
    assert rows_of(database, rehearsal) == {}
    with database.reading() as db:
        assert queries.own_session(db, OWNER, follower).continues is None
        with pytest.raises(NotFound):
            queries.own_session(db, OWNER, number)


def test_references_count_deleted_seances_and_other_owners(database: Database) -> None:
    number = prepared(database)
    with database.writing() as db:
        session = queries.own_session(db, OWNER, number)
        session.phase = "closed"
        operations.delete_session(db, session, "Essai", NOW)
        other = operations.create_from_template(db, 2, "chantier", NOW)
        assert (session.reference, other.reference) == ("CH1", "CH2")
    with database.reading() as db:
        assert [one.id for one in queries.own_bin(db, OWNER)] == [number]
        assert db.scalar(select(func.count()).select_from(WorkshopSession)) == 2
