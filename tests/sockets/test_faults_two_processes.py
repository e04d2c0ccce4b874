"""Two processes on PostgreSQL and Redis serve one séance: killed in turn, and without Redis, nothing is lost or done twice."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from atelier.clock import utc_now
from atelier.db import Database
from atelier.live.models import LiveEvent
from atelier.live.rules.activities import OpenActivity
from atelier.live.rules.agenda import GoTo
from atelier.settings import Settings
from tests.faults.killing import check_whole, kill_under_load
from tests.faults.redis_server import OwnRedis, own_redis, redis_is_here
from tests.seed import Seeded, perform, seed, state_on_disk
from tests.server import RunningServer, free_port
from tests.sockets.wire_client import HttpClient, WireClient, phone

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.redis,
    pytest.mark.timeout(300),  # two processes start on a machine that may be busy
    pytest.mark.skipif(not redis_is_here(), reason="redis-server is not installed"),
]
SAMPLE = 2
LONG = 40
HEARD_WITHIN_S = 3.0  # a lost nudge costs a second; this machine may be busy
ACKNOWLEDGED_WITHIN_S = 2.0
RINGS_WITHIN_S = 15.0


@pytest.fixture
def redis(postgres_settings: Settings) -> Iterator[OwnRedis]:
    with own_redis(postgres_settings.var, free_port()) as running:
        yield running


class TwoProcesses:
    def __init__(self, settings: Settings, redis: OwnRedis) -> None:
        self.seeded: Seeded = seed(settings, open_at=("s3", "a3"))
        self.settings = settings
        with self.database() as database:
            perform(self.seeded, database, [GoTo("s5", "a4"), OpenActivity("a4"), GoTo("s3", "a3")])
        env = {"ATELIER_DATABASE_URL": settings.database_url, "ATELIER_REDIS_URL": redis.url}
        self.servers = [RunningServer(settings.var, env, self.seeded) for _ in range(2)]

    def database(self) -> OpenDatabase:
        return OpenDatabase(self.settings.database_url)

    def start(self) -> None:
        for server in self.servers:
            server.start(wait=False)
        for server in self.servers:
            server.wait_until_it_answers()

    def kill(self) -> None:
        for server in self.servers:
            server.kill()

    def events(self, kind: str) -> list[dict[str, object]]:
        with self.database() as database, database.reading() as db:
            query = select(LiveEvent.payload).where(LiveEvent.kind == kind).order_by(LiveEvent.seq)
            return list(db.scalars(query))

    async def until_rung(self, count: int) -> None:
        deadline = time.monotonic() + RINGS_WITHIN_S
        while len(self.events("TimerRang")) < count and time.monotonic() < deadline:
            await asyncio.sleep(0.3)


class OpenDatabase:
    def __init__(self, url: str) -> None:
        self.opened = Database(url)

    def __enter__(self) -> Database:
        return self.opened

    def __exit__(self, *_: object) -> None:
        self.opened.dispose()


@pytest.fixture
def two(postgres_settings: Settings, redis: OwnRedis) -> Iterator[TwoProcesses]:
    made = TwoProcesses(postgres_settings, redis)
    try:
        made.start()
        yield made
    finally:
        made.kill()


def kill_in_turn(two: TwoProcesses, kills: int) -> None:
    count, phones = asyncio.run(kill_under_load(two.servers, two.seeded, kills, 3))
    check_whole(two.seeded, phones, count)
    print(f"{count.kills} kills, {count.acknowledged} acts acknowledged after {count.tries} tries")
    assert (count.kills, count.missing, count.doubled) == (kills, [], [])
    assert [line for server in two.servers for line in server.errors()] == []


def test_two_processes_killed_in_turn_lose_and_double_nothing(two: TwoProcesses) -> None:
    kill_in_turn(two, SAMPLE)


@pytest.mark.soak
@pytest.mark.timeout(0)
def test_two_processes_killed_forty_times_lose_and_double_nothing(two: TwoProcesses) -> None:
    kill_in_turn(two, LONG)


async def desk_of(two: TwoProcesses, where: int) -> WireClient:
    client = WireClient(
        HttpClient(two.servers[where].url), two.seeded.code, "desk", two.seeded.tokens["cofacilitator"]
    )
    answer = await client.enter()
    assert answer["ok"], answer
    return client


async def time_to_cross(two: TwoProcesses, words: str) -> tuple[float, float]:
    """A card sent to the first process: seconds until it is acknowledged, and until the other process's desk shows it."""
    url = two.servers[0].url
    writer, reader = await phone(url, two.seeded.code, name="Samira", college="A"), await desk_of(two, 1)
    began = time.monotonic()
    answer = await writer.act("submit_contribution", {"activity": "a3", "text": words, "column": "plus"})
    assert answer["ok"], answer
    acknowledged = time.monotonic() - began
    await reader.until(lambda client: words in client.image.html)
    crossed = time.monotonic() - began
    await writer.close()
    await reader.close()
    return acknowledged, crossed


def test_without_redis_nothing_waits_and_the_other_process_hears_soon(
    two: TwoProcesses, redis: OwnRedis
) -> None:
    """Redis that refuses, that is back, that accepts and never answers."""
    for fault in (None, redis.stop, redis.start, redis.freeze, redis.thaw):
        if fault is not None:
            fault()
        for turn in range(2):
            name = fault.__name__ if fault else "before"
            acknowledged, crossed = asyncio.run(time_to_cross(two, f"Redis {name}, carte {turn}"))
            assert acknowledged < ACKNOWLEDGED_WITHIN_S, name
            assert crossed < HEARD_WITHIN_S, name
    assert len(state_on_disk(two.seeded).contributions) == 10
    assert [line for server in two.servers for line in server.errors()] == []


def test_timers_of_two_processes_ring_once_and_the_overdue_one_after_the_restart(two: TwoProcesses) -> None:
    async def start_timers() -> None:
        desk, other = await desk_of(two, 0), await desk_of(two, 1)
        assert (await desk.act("take_agenda"))["ok"]
        for turn in (1, 2):
            assert (await desk.act("start_timer", {"seconds": 2}))["ok"]
            await two.until_rung(turn)
        assert (await desk.act("start_timer", {"seconds": 1}))["ok"]
        await desk.close()
        await other.close()

    async def come_back() -> None:
        desks = [await desk_of(two, 0), await desk_of(two, 1)]
        await two.until_rung(3)
        await asyncio.sleep(2.5)
        for desk in desks:
            await desk.close()

    asyncio.run(start_timers())
    two.kill()
    killed_at = utc_now()
    two.start()
    assert utc_now() > killed_at + timedelta(seconds=1)
    asyncio.run(come_back())
    rung = Counter((str(ring["timer"]), str(ring["revision"])) for ring in two.events("TimerRang"))
    assert len(rung) == 3
    assert set(rung.values()) == {1}
