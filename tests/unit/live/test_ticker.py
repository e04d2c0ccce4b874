"""What falls due, and the ticker's beat: timers ring, announced closes come, other processes are read, nothing twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from atelier.db import Database
from atelier.live.desk import Desk
from atelier.live.rules.activities import AnnounceClose, CloseActivity
from atelier.live.rules.contributions import SubmitContribution
from atelier.live.rules.pausing import FreezePhones
from atelier.live.rules.timing import ExtendTimer, PauseTimer, RingTimer, StartTimer
from atelier.live.ticker import MINUTE_EVERY, SLOW_EVERY, Ticker, due
from tests.factories import CLOCK, Play, make_play
from tests.sockets.ground import SESSION, RealEvening


@pytest.fixture
def play() -> Play:
    made = make_play(people=2)
    made.open("a4")
    return made


def test_nothing_is_due_before_its_time(play: Play) -> None:
    play.act(StartTimer(60))
    assert due(play.state, play.now + timedelta(seconds=59)) == []
    assert [name for name, _ in due(play.state, play.now + timedelta(seconds=60))] == [
        f"clock:{play.state.timer.key}:{play.state.timer.revision}"  # type: ignore[union-attr]
    ]


def test_an_overdue_timer_is_due_until_it_rang(play: Play) -> None:
    play.act(StartTimer(60))
    play.wait(3_600)
    [(_, command)] = due(play.state, play.now)
    assert isinstance(command, RingTimer)
    play.act(command, CLOCK)
    assert due(play.state, play.now) == []


def test_a_timer_extended_falls_due_again_under_another_id(play: Play) -> None:
    play.act(StartTimer(60))
    first = due(play.state, play.now + timedelta(seconds=60))[0][0]
    play.act(ExtendTimer(60))
    assert due(play.state, play.now + timedelta(seconds=60)) == []
    assert due(play.state, play.now + timedelta(seconds=120))[0][0] != first


def test_a_paused_timer_is_never_due(play: Play) -> None:
    play.act(StartTimer(60))
    play.act(PauseTimer(True))
    assert due(play.state, play.now + timedelta(hours=7)) == []


def test_an_announced_close_falls_due_once_and_not_while_phones_are_frozen(play: Play) -> None:
    play.act(AnnounceClose("a4", 30))
    later = play.now + timedelta(seconds=31)
    closes = [command for _, command in due(play.state, later) if isinstance(command, CloseActivity)]
    assert closes == [CloseActivity("a4")]
    play.act(FreezePhones(True))
    assert not [command for _, command in due(play.state, later) if isinstance(command, CloseActivity)]


# ---------------------------------------------------------------- the beat, on a real desk


class Told:
    def __init__(self, evening: RealEvening, clock: Callable[[], datetime]) -> None:
        self.sessions: list[int] = []
        self.published: list[int] = []
        self.failing = False
        self.ticker = Ticker(evening.desk, clock, self.tell, self.published.append)

    def tell(self, session_id: int) -> None:
        if self.failing:
            raise RuntimeError("a broken template")
        self.sessions.append(session_id)


@pytest.fixture
def evening(sqlite_database: Database, clock: Callable[[], datetime]) -> RealEvening:
    return RealEvening(sqlite_database, clock)


def test_each_beat_tells_the_seances_that_changed_and_no_other(
    evening: RealEvening, clock: Callable[[], datetime]
) -> None:
    told = Told(evening, clock)
    told.ticker.mark(SESSION)
    told.ticker.beat(1)
    told.ticker.beat(2)
    assert told.sessions == [SESSION]


def test_a_seance_told_at_once_is_not_told_again_at_the_beat(
    evening: RealEvening, clock: Callable[[], datetime]
) -> None:
    told = Told(evening, clock)
    told.ticker.mark(SESSION)
    told.ticker.flush(SESSION)
    told.ticker.beat(1)
    assert told.sessions == [SESSION]


def test_lateness_is_drawn_again_every_minute(evening: RealEvening, clock: Callable[[], datetime]) -> None:
    told = Told(evening, clock)
    evening.desk.state(SESSION)
    told.ticker.beat(MINUTE_EVERY)
    assert told.sessions == [SESSION]


def test_a_broken_screen_stops_no_timer_and_no_other_seance(
    evening: RealEvening, clock: Callable[[], datetime]
) -> None:
    told = Told(evening, clock)
    evening.act(StartTimer(60))
    clock.wait(minutes=2)  # type: ignore[attr-defined]
    told.failing = True
    told.ticker.mark(SESSION)
    told.ticker.beat(SLOW_EVERY)
    told.failing = False
    told.ticker.mark(SESSION)
    told.ticker.beat(SLOW_EVERY + 1)
    assert evening.state.timer is not None
    assert evening.state.timer.rang is True
    assert told.sessions == [SESSION]


def test_a_timer_rings_once_whoever_notices_it(evening: RealEvening, clock: Callable[[], datetime]) -> None:
    evening.act(StartTimer(60))
    clock.wait(minutes=2)  # type: ignore[attr-defined]
    other = Desk(evening.database, evening.secret, clock)
    tickers = [Told(evening, clock).ticker, Ticker(other, clock, lambda _: None, lambda _: None)]
    stale = other.room(SESSION)
    before = evening.state.seq
    for _ in range(3):
        for ticker, room in zip(tickers, (evening.desk.room(SESSION), stale), strict=True):
            ticker.ring(room, clock())
    assert evening.reloaded().seq == before + 1


def test_events_of_another_process_are_read_within_ten_beats(
    evening: RealEvening, clock: Callable[[], datetime]
) -> None:
    other = RealEvening.__new__(RealEvening)
    other.__dict__.update(evening.__dict__)
    other.desk = Desk(evening.database, evening.secret, clock)
    told = Told(evening, clock)
    evening.desk.told.append(lambda room, stamped: told.ticker.mark(room.session_id))
    other.join("Samira")
    assert evening.state.people == {}
    told.ticker.beat(SLOW_EVERY)
    assert [person.name for person in evening.state.people.values()] == ["Samira"]
    assert told.sessions == [SESSION]


def test_who_is_here_is_published_every_ten_seconds(
    evening: RealEvening, clock: Callable[[], datetime]
) -> None:
    told = Told(evening, clock)
    evening.desk.state(SESSION)
    for count in range(1, 20 * SLOW_EVERY + 1):
        told.ticker.beat(count)
    assert told.published == [SESSION, SESSION]


def test_a_card_after_the_announced_close_is_refused_by_whichever_comes_first(
    evening: RealEvening, clock: Callable[[], datetime]
) -> None:
    from atelier.live.rules.activities import OpenActivity
    from atelier.live.rules.agenda import GoTo

    evening.join("Samira")
    evening.act(GoTo("s3", "a3"))
    evening.act(OpenActivity("a3"))
    evening.act(AnnounceClose("a3", 30))
    clock.wait(seconds=31)  # type: ignore[attr-defined]
    Told(evening, clock).ticker.beat(SLOW_EVERY)
    answer = evening.answer(SubmitContribution("a3", "Trop tard", column="plus"), "Samira")
    assert answer["code"] == "activity_closed"
