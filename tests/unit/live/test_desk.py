"""The desk under stress: who leads, what a fault of ours costs, what the told may break."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy import text

from atelier.db import Database
from atelier.errors import StorageUnavailable
from atelier.live import store
from atelier.live.desk import Answer, Desk
from atelier.live.rules.activities import OpenActivity
from atelier.live.rules.agenda import GoTo
from atelier.live.rules.contributions import SubmitContribution
from atelier.live.rules.scene import BlankScreen
from tests.sockets.ground import SESSION, RealEvening

THREADS = 12


@pytest.fixture
def evening(sqlite_database: Database, clock: Callable[[], datetime]) -> RealEvening:
    made = RealEvening(sqlite_database, clock)
    made.join("Samira")
    made.act(GoTo("s3", "a3"))
    made.act(OpenActivity("a3"))
    return made


def card(words: str) -> SubmitContribution:
    return SubmitContribution("a3", words, column="plus")


def all_at_once(evening: RealEvening, commands: list[SubmitContribution]) -> list[Answer]:
    acts = [evening.act_of(command, "Samira") for command in commands]
    answers: list[Answer] = []
    threads = [
        threading.Thread(target=lambda act=act: answers.append(evening.desk.perform(act))) for act in acts
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert not [thread for thread in threads if thread.is_alive()], "somebody waits for ever"
    return answers


def test_everybody_at_once_is_answered_and_nobody_is_left_leading(evening: RealEvening) -> None:
    for turn in range(5):
        answers = all_at_once(evening, [card(f"idée {turn}.{n}") for n in range(THREADS)])
        assert [answer["ok"] for answer in answers] == [True] * THREADS
    room = evening.desk.room(SESSION)
    assert (room.leading, len(room.queue)) == (False, 0)
    assert len(evening.reloaded().contributions) == 5 * THREADS


def test_whoever_leads_is_answered_after_one_commit_not_when_the_rush_is_over(
    evening: RealEvening, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While a first commit is under way others arrive; the first is answered before they are performed."""
    commits: list[list[str]] = []
    order: list[str] = []
    held, go = threading.Event(), threading.Event()
    real = Desk._perform_batch

    def slow(self: Desk, room: object, batch: list[object]) -> None:
        commits.append([pending.act.id for pending in batch])  # type: ignore[attr-defined]
        if len(commits) == 1:
            held.set()
            go.wait(10)
        real(self, room, batch)  # type: ignore[arg-type]

    monkeypatch.setattr(Desk, "_perform_batch", slow)

    def perform(id: str) -> None:
        evening.desk.perform(evening.act_of(card(id), "Samira", id=id))
        order.append(id)

    first = threading.Thread(target=perform, args=("first-act",))
    first.start()
    assert held.wait(10)
    later = [threading.Thread(target=perform, args=(f"later-act-{n}",)) for n in range(4)]
    for thread in later:
        thread.start()
    while len(evening.desk.room(SESSION).queue) < 4:
        threading.Event().wait(0.01)
    go.set()
    for thread in (first, *later):
        thread.join(10)
    assert commits[0] == ["first-act"]
    assert sorted(commits[1]) == [f"later-act-{n}" for n in range(4)]
    assert sorted(order) == sorted(["first-act", *commits[1]])


def test_an_act_that_cannot_be_written_costs_only_itself_and_no_later_act(
    evening: RealEvening, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    real = store.append

    def failing(connection: object, session_id: int, stamped: list[store.Stamped]) -> None:
        if any("impossible" in getattr(item.event, "text", "") for item in stamped):
            raise UnicodeEncodeError("utf-8", "x", 0, 1, "a fault of ours")
        real(connection, session_id, stamped)  # type: ignore[arg-type]

    monkeypatch.setattr(store, "append", failing)
    answer = evening.answer(card("impossible à écrire"), "Samira")
    assert (answer["ok"], answer["code"]) == (False, "fault")
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR] == [
        "write_failed"
    ]
    answers = all_at_once(evening, [card("avant"), card("impossible"), card("après"), card("encore")])
    assert sorted(str(answer.get("code", "ok")) for answer in answers) == ["fault", "ok", "ok", "ok"]
    assert evening.answer(card("et la suite"), "Samira")["ok"] is True
    assert evening.reloaded() == evening.state


def test_what_is_committed_is_acknowledged_even_if_telling_fails(
    evening: RealEvening, caplog: pytest.LogCaptureFixture
) -> None:
    heard: list[int] = []

    def broken(*_: object) -> None:
        raise RuntimeError("a listener of ours")

    evening.desk.told[:0] = [broken]
    evening.desk.told.append(lambda room, stamped: heard.append(len(stamped)))
    answer = evening.answer(card("malgré l'écouteur"), "Samira")
    assert answer["ok"] is True
    assert heard == [1]
    assert [record.getMessage() for record in caplog.records] == ["telling_failed"]
    assert evening.answer(BlankScreen(True))["ok"] is True


def test_a_database_held_by_another_process_refuses_the_batch_once(
    evening: RealEvening, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody is to blame: the acts are not tried one by one, each waiting as long again."""
    tries = []
    real = Database.transaction

    def held(self: Database) -> object:
        tries.append(1)
        raise StorageUnavailable("locked")

    monkeypatch.setattr(Database, "transaction", held)
    answers = all_at_once(evening, [card(f"idée {n}") for n in range(6)])
    assert {answer["code"] for answer in answers} == {"storage"}
    assert len(tries) <= 6
    assert evening.desk.storage_failing
    monkeypatch.setattr(Database, "transaction", real)
    assert evening.answer(card("après"), "Samira")["ok"]
    assert not evening.desk.storage_failing


def test_the_lock_of_another_process_is_waited_for(evening: RealEvening, sqlite_settings: object) -> None:
    other = Database(str(evening.database.writer.url))
    with other.transaction() as connection:
        connection.execute(text("UPDATE workshop_session SET title = 'tenue ailleurs'"))
        waiting = threading.Thread(target=lambda: evening.act(card("qui attend"), "Samira"))
        waiting.start()
        waiting.join(0.3)
        assert waiting.is_alive()
    waiting.join(10)
    other.dispose()
    assert [one.text for one in evening.state.contributions.values()] == ["qui attend"]
