"""Seven hours in minutes: memory bounded, timers on time, everybody sees the same, the journal folds to the day lived (R-019)."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from sqlalchemy import event

from atelier.house import House
from tests.faults.day import BLOCK_MIN, Day

SAMPLE_H = 1.0
WHOLE_H = 7.0
BYTES_PER_EVENT = (
    40_000  # a card is in the state, drawn on the desk, in thirty images and in thirty personal payloads
)


def live_through(house: House, clock: Any, hours: float, caplog: pytest.LogCaptureFixture) -> Day:
    event.listen(house.database.writer, "connect", lambda raw, _: raw.execute("PRAGMA synchronous=OFF"))
    house.database.writer.dispose()
    caplog.set_level(logging.WARNING)
    day = Day(house, clock, hours)
    day.run()
    assert (clock() - day.started_at).total_seconds() >= hours * 3_600
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING] == []
    return day


def check(day: Day) -> None:
    blocks = int(day.hours * 60 / BLOCK_MIN)
    assert day.stale() == []
    assert day.hall.reloaded() == day.hall.state
    assert len(day.hall.state.contributions) > 20 * blocks / 2
    assert day.count_of("VoteRevealed") == blocks
    assert day.count_of("TimerRang") == 2 * blocks
    assert [late for late in day.rings() if not 0 <= late.total_seconds() <= 1] == []


def check_memory(day: Day) -> None:
    """What is kept beside the séance itself does not grow: sockets, surfaces, rooms; and each event costs what it costs."""
    broadcaster = day.hall.live.broadcaster
    assert len(broadcaster.connections) == len(day.awake())
    assert len(broadcaster._surfaces) <= 4
    assert sum(broadcaster._watchers.values()) == len(day.awake())
    assert min(broadcaster._watchers.values()) >= 0
    room = day.hall.live.desk.room(day.hall.session_id)
    assert (len(room.queue), room.leading) == (0, False)
    assert len(day.ticker._dirty) <= 1
    (events, before), (more_events, after) = day.memory[0], day.memory[-1]
    assert after - before < BYTES_PER_EVENT * (more_events - events)


def test_an_hour_of_a_seance_in_simulated_time(
    house: House, clock: Any, caplog: pytest.LogCaptureFixture
) -> None:
    day = live_through(house, clock, SAMPLE_H, caplog)
    check(day)
    check_memory(day)


@pytest.mark.soak
@pytest.mark.timeout(0)
def test_seven_hours_of_a_seance_in_simulated_time(
    house: House, clock: Any, caplog: pytest.LogCaptureFixture
) -> None:
    day = live_through(house, clock, WHOLE_H, caplog)
    check(day)
    check_memory(day)
    for events, size in day.memory:
        print(f"{events} events, {size / 1e6:.1f} MB")
