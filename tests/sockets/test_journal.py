"""Acknowledged means committed; sent twice counts once; refusals are remembered; reload gives the same séance."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy import func, select, text

from atelier.db import Database
from atelier.live.desk import Desk
from atelier.live.models import CommandReceived, LiveEvent, Words
from atelier.live.rules.activities import CloseActivity, OpenActivity
from atelier.live.rules.agenda import GoTo
from atelier.live.rules.contributions import SubmitContribution
from atelier.live.rules.undo_close import UndoClose
from atelier.live.rules.voting import CastBallot
from atelier.live.rules.withdrawal import WithdrawContribution
from tests.sockets.ground import SESSION, RealEvening

FORCE = SubmitContribution("a3", "On parle avant les élus, pas après", column="plus")


@pytest.fixture
def evening(database: Database, clock: Callable[[], datetime]) -> RealEvening:
    made = RealEvening(database, clock)
    for name, college in (("Samira", "A"), ("Jean-Luc", "E"), ("Odile", "U")):
        made.join(name, college)
    made.act(GoTo("s3", "a3"))
    made.act(OpenActivity("a3"))
    return made


def test_act_acknowledged_is_in_the_journal(evening: RealEvening) -> None:
    answer = evening.act(FORCE, "Samira")
    with evening.database.reading() as db:
        last = db.scalar(select(func.max(LiveEvent.seq)).where(LiveEvent.session_id == SESSION))
    assert answer["seq"] == last


def test_act_sent_again_gets_the_first_answer_and_counts_once(evening: RealEvening) -> None:
    first = evening.act(FORCE, "Samira", id="the-same-id")
    again = evening.act(FORCE, "Samira", id="the-same-id")
    other_process = Desk(evening.database, evening.secret, evening.clock)
    elsewhere = other_process.perform(evening.act_of(FORCE, "Samira", id="the-same-id"))
    assert (again, elsewhere) == (first, first)
    assert len(evening.state.contributions) == 1


def test_act_sent_twice_in_one_batch_counts_once(evening: RealEvening) -> None:
    answers = in_one_batch(evening, [(FORCE, "Samira", "double-tap"), (FORCE, "Samira", "double-tap")])
    assert answers[0] == answers[1]
    assert len(evening.state.contributions) == 1


def test_same_id_from_two_people_is_two_acts(evening: RealEvening) -> None:
    evening.act(FORCE, "Samira", id="same-for-both")
    evening.act(FORCE, "Odile", id="same-for-both")
    assert len(evening.state.contributions) == 2


def test_refusal_is_remembered_even_when_the_reason_is_gone(evening: RealEvening) -> None:
    evening.act(GoTo("s5", "a4"))
    evening.act(OpenActivity("a4"))
    evening.act(CloseActivity("a4"))
    ballot = CastBallot("a4", ballot={"dots": {"o1": 1}})
    late = evening.answer(ballot, "Samira", id="late-ballot")
    evening.act(UndoClose("a4"))
    again = evening.answer(ballot, "Samira", id="late-ballot")
    assert late["ok"] is False
    assert late["code"] == "activity_closed"
    assert again == late
    assert evening.state.activities["a4"].turnout == {}


def test_words_withdrawn_in_the_batch_that_sent_them_are_blank(evening: RealEvening) -> None:
    in_one_batch(evening, [(FORCE, "Samira", "sent-now"), (WithdrawContribution(1), "Samira", "gone-now")])
    with evening.database.reading() as db:
        bodies = db.scalars(select(Words.body).where(Words.owner == "C:1")).all()
    assert bodies
    assert set(bodies) == {""}
    assert evening.reloaded() == evening.state


def test_fault_in_one_act_spares_its_neighbours(
    evening: RealEvening, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = SubmitContribution("a3", 12, column="plus")  # type: ignore[arg-type] - a fault of ours, not a client's
    answers = in_one_batch(
        evening,
        [(FORCE, "Samira", "before-it"), (broken, "Odile", "broken-one"), (FORCE, "Jean-Luc", "after-it")],
    )
    assert [answer["ok"] for answer in answers] == [True, False, True]
    assert answers[1]["code"] == "fault"
    assert evening.reloaded() == evening.state


def test_two_processes_deciding_at_once_lose_and_double_nothing(evening: RealEvening) -> None:
    other = Desk(evening.database, evening.secret, evening.clock)
    acts = [evening.act_of(SubmitContribution("a3", f"idée {n}", column="plus"), "Samira") for n in range(40)]
    workers = [
        threading.Thread(target=lambda desk=desk, act=act: desk.perform(act))
        for n, act in enumerate(acts)
        for desk in ((evening.desk, other)[n % 2],)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    texts = sorted(card.text for card in evening.reloaded().contributions.values())
    assert texts == sorted(f"idée {n}" for n in range(40))
    room = evening.desk.room(SESSION)
    evening.desk.catch_up(room)
    assert evening.state == evening.reloaded()


def test_full_disk_refuses_and_keeps_nothing_by_halves(
    sqlite_database: Database, clock: Callable[[], datetime]
) -> None:
    evening = RealEvening(sqlite_database, clock)
    evening.join("Samira")
    evening.act(GoTo("s3", "a3"))
    evening.act(OpenActivity("a3"))
    before = evening.state
    limit_pages(sqlite_database)
    answer = evening.answer(SubmitContribution("a3", "x" * 140, column="plus"), "Samira", id="on-a-full-disk")
    while answer["ok"]:
        before = evening.state
        answer = evening.answer(SubmitContribution("a3", "y" * 140, column="plus"), "Samira")
    assert answer["code"] == "storage"
    assert evening.desk.storage_failing is True
    assert evening.state == before == evening.reloaded()
    limit_pages(sqlite_database, 1_000_000)
    assert evening.answer(FORCE, "Samira")["ok"] is True
    assert evening.desk.storage_failing is False


def test_storage_refusal_is_not_remembered(sqlite_database: Database, clock: Callable[[], datetime]) -> None:
    evening = RealEvening(sqlite_database, clock)
    evening.join("Samira")
    evening.act(GoTo("s3", "a3"))
    evening.act(OpenActivity("a3"))
    limit_pages(sqlite_database)
    count = 0
    while evening.answer(FORCE, "Samira", id=f"kept-on-phone-{count}")["ok"]:
        count += 1
    limit_pages(sqlite_database, 1_000_000)
    assert evening.answer(FORCE, "Samira", id=f"kept-on-phone-{count}")["ok"] is True


def test_command_rows_hold_no_words(evening: RealEvening) -> None:
    evening.act(FORCE, "Samira")
    with evening.database.reading() as db:
        answers = [str(answer) for answer in db.scalars(select(CommandReceived.answer))]
        payloads = [str(payload) for payload in db.scalars(select(LiveEvent.payload))]
    assert answers
    assert not any("pas après" in text for text in [*answers, *payloads])


def test_queue_over_its_limit_answers_busy(evening: RealEvening) -> None:
    room = evening.desk.room(SESSION)
    room.leading = True
    room.queue.extend([None] * 500)  # type: ignore[list-item] - only the length counts here
    assert evening.answer(FORCE, "Samira")["code"] == "busy"


def in_one_batch(evening: RealEvening, acts: list[tuple[object, str, str]]) -> list[dict[str, object]]:
    """Perform acts as one batch, as when they arrive during a commit."""
    from atelier.live.desk import Pending

    room = evening.desk.room(SESSION)
    batch = [Pending(evening.act_of(command, by, id)) for command, by, id in acts]
    evening.desk._perform_batch(room, batch)
    return [pending.answer for pending in batch]


def limit_pages(database: Database, pages: int = 0) -> None:
    """Make SQLite believe that the disk ends at its present size, or at `pages`."""
    with database.writer.connect() as connection:
        now = connection.execute(text("PRAGMA page_count")).scalar()
        connection.execute(text(f"PRAGMA max_page_count = {pages or now}"))
