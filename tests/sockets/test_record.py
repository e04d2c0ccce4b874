"""The record follows the journal: written at the close, emptied by a withdrawal, made again the same, caught up at the start."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest
from sqlalchemy import delete, select

from atelier.db import Database
from atelier.live import store
from atelier.live.followers import Followers
from atelier.live.models import RecordRow
from atelier.live.record import record
from atelier.live.recording import FOLLOWER, Recorder
from atelier.live.rules.activities import CloseActivity, OpenActivity
from atelier.live.rules.agenda import GoTo
from atelier.live.rules.contributions import SubmitContribution
from atelier.live.rules.withdrawal import WithdrawContribution
from atelier.live.state import LiveState
from atelier.live.store import Stamped
from tests.conftest import FakeClock
from tests.sockets.ground import SESSION, RealEvening


class Followed(RealEvening):
    """The evening with its record, followed by hand."""

    def __init__(self, database: Database, clock: FakeClock) -> None:
        super().__init__(database, clock)
        self.recorder = Recorder(self.desk)
        self.followers = Followers(self.desk)
        self.followers.follow(FOLLOWER, self.recorder.handle)
        self.desk.told.append(self.followers.told)
        self.join("Samira")
        self.act(GoTo("s3", "a3"))
        self.act(OpenActivity("a3"))

    def write(self, text: str) -> int:
        return int(self.act(SubmitContribution("a3", text, column="plus"), "Samira")["number"])

    def texts(self) -> list[str]:
        with self.database.reading() as db:
            found = db.scalars(select(RecordRow.data).where(RecordRow.kind == "contribution"))
            return [data["text"] for data in found]

    def cursor(self) -> int:
        with self.database.reading() as db:
            return store.cursor(db, FOLLOWER, SESSION)


@pytest.fixture
def evening(database: Database, clock: FakeClock) -> Followed:
    return Followed(database, clock)


def test_the_record_is_written_when_an_activity_closes(evening: Followed) -> None:
    evening.write("La parole circule")
    evening.followers.drain()
    assert evening.texts() == []
    evening.act(CloseActivity("a3"))
    evening.followers.drain()
    assert evening.texts() == ["La parole circule"]
    assert evening.cursor() == evening.state.seq


def test_a_withdrawal_empties_the_record_in_its_own_transaction(evening: Followed) -> None:
    number = evening.write("Ce que je retire")
    evening.write("Ce qui reste")
    evening.act(CloseActivity("a3"))
    evening.followers.drain()
    evening.act(WithdrawContribution(number), "Samira")
    assert "Ce que je retire" not in evening.texts()
    evening.followers.drain()
    assert sorted(evening.texts()) == ["", "Ce qui reste"]


def test_a_record_rebuilt_from_the_journal_is_identical(evening: Followed) -> None:
    for word in ("un", "deux", "trois"):
        evening.write(f"Carte {word}")
    evening.act(WithdrawContribution(2), "Samira")
    evening.act(CloseActivity("a3"))
    evening.followers.drain()
    before = evening.recorder.rows(SESSION)
    with evening.database.transaction() as connection:
        connection.execute(delete(RecordRow))
    fresh = Recorder(RealEveningAgain.desk_of(evening))
    assert fresh.rebuild_records() == 1
    assert fresh.rows(SESSION) == before == record(evening.reloaded())


class RealEveningAgain:
    """Another process on the same database."""

    @staticmethod
    def desk_of(evening: RealEvening):  # type: ignore[no-untyped-def]
        from atelier.live.desk import Desk

        return Desk(evening.database, evening.secret, evening.clock)


def test_an_export_asked_in_the_middle_of_an_activity_is_up_to_date(evening: Followed) -> None:
    evening.write("Une carte pendant l'activité")
    assert evening.recorder.ensure_projected(SESSION) == evening.state
    assert evening.texts() == ["Une carte pendant l'activité"]


def test_an_older_picture_never_replaces_a_later_one(evening: Followed) -> None:
    number = evening.write("Ce que je retire")
    old = evening.state
    evening.act(WithdrawContribution(number), "Samira")
    evening.act(CloseActivity("a3"))
    evening.followers.drain()
    evening.recorder._write(SESSION, old)
    assert evening.texts() == [""]


def test_a_follower_catches_up_at_the_start_and_reads_each_event_once(evening: Followed) -> None:
    seen: list[int] = []

    def handle(session_id: int, state: LiveState, events: Sequence[Stamped]) -> None:
        assert state.seq >= events[-1].seq
        seen.extend(item.seq for item in events)

    late = Followers(evening.desk)
    late.follow("late", handle)
    late._waiting.update(late._behind())
    late.drain()
    assert seen == list(range(1, evening.state.seq + 1))
    evening.desk.told.append(late.told)
    evening.write("Encore une")
    late.drain()
    late.drain()
    assert seen == list(range(1, evening.state.seq + 1))
    assert late._behind() == []


def test_a_follower_that_fails_reads_the_same_events_again(evening: Followed) -> None:
    seen: list[int] = []
    failing = [True]

    def handle(session_id: int, state: LiveState, events: Sequence[Stamped]) -> None:
        seen.append(events[0].seq)
        if failing.pop() if failing else False:
            raise RuntimeError("a disk that is full")

    unlucky = Followers(evening.desk)
    unlucky.follow("unlucky", handle)
    with pytest.raises(RuntimeError):
        unlucky.catch_up(SESSION)
    unlucky.catch_up(SESSION)
    assert seen == [1, 1]


def test_a_follower_that_fails_does_not_hold_the_others_back(evening: Followed) -> None:
    heard: list[int] = []

    def unlucky(session_id: int, state: LiveState, events: Sequence[Stamped]) -> None:
        raise OSError("the disk is elsewhere")

    def attentive(session_id: int, state: LiveState, events: Sequence[Stamped]) -> None:
        heard.extend(item.seq for item in events)

    followers = Followers(evening.desk)
    followers.follow("unlucky", unlucky)
    followers.follow("attentive", attentive)
    evening.write("Une carte")
    with pytest.raises(OSError, match="elsewhere"):
        followers.catch_up(SESSION)
    assert heard == list(range(1, evening.state.seq + 1))
    with pytest.raises(OSError, match="elsewhere"):
        followers.catch_up(SESSION)
    assert heard == list(range(1, evening.state.seq + 1))


def test_the_record_in_the_database_carries_no_name(evening: Followed) -> None:
    evening.write("Une parole")
    evening.act(CloseActivity("a3"))
    evening.followers.drain()
    with evening.database.reading() as db:
        text = json.dumps(list(db.scalars(select(RecordRow.data))), ensure_ascii=False)
    assert "Une parole" in text
    assert "Samira" not in text
