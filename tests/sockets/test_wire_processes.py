"""Two processes on PostgreSQL and Redis are one séance to whoever comes: the same people, the same answers, any transport."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from atelier.settings import Settings
from tests.conftest import REDIS_URL
from tests.seed import seed, state_on_disk
from tests.server import RunningServer
from tests.sockets.wire_client import follower, new_id, phone

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.redis,
    pytest.mark.skipif(not REDIS_URL, reason="Redis does not answer here (ATELIER_TEST_REDIS_URL)"),
]


@pytest.fixture
def servers(postgres_settings: Settings) -> Iterator[list[RunningServer]]:
    seeded = seed(postgres_settings, open_at=("s3", "a3"))
    env = {"ATELIER_DATABASE_URL": postgres_settings.database_url, "ATELIER_REDIS_URL": REDIS_URL}
    made = [RunningServer(postgres_settings.var, env, seeded) for _ in range(2)]
    try:
        for server in made:
            server.start(wait=False)
        for server in made:
            server.wait_until_it_answers()
        yield made
    finally:
        for server in made:
            server.stop()


@pytest.mark.parametrize("transport", ["websocket", "polling"])
def test_what_is_said_to_one_process_is_heard_at_the_other(
    servers: list[RunningServer], transport: str
) -> None:
    async def play() -> None:
        here = await phone(servers[0].url, servers[0].code, transport, name="Zoé", college="A")
        there = await phone(servers[1].url, servers[1].code, transport, name="Bob", college="E")
        desk = await follower(
            servers[1].url, servers[1].code, "desk", servers[1].seeded.tokens["cofacilitator"]
        )
        answer = await here.act(
            "submit_contribution", {"activity": "a3", "text": "Dit au premier", "column": "plus"}
        )
        assert answer["ok"], answer
        await desk.until(lambda client: "Dit au premier" in client.image.html)
        assert (await desk.act("take_agenda"))["ok"]
        assert (await desk.act("close_activity", {"activity": "a3"}))["ok"]
        before = here.image.head
        await here.until(lambda client: client.image.head > before or client.image.head >= answer["seq"])
        late = await there.act(
            "submit_contribution", {"activity": "a3", "text": "Trop tard", "column": "plus"}
        )
        assert (late["ok"], late["code"]) == (False, "activity_closed")
        for client in (here, there, desk):
            await client.close()

    asyncio.run(play())
    assert [line for server in servers for line in server.errors()] == []


def test_the_same_act_sent_to_both_processes_counts_once(servers: list[RunningServer]) -> None:
    async def play() -> list[dict[str, object]]:
        first = await phone(servers[0].url, servers[0].code, name="Zoé", college="A")
        first.http.url = servers[1].url
        second = await _same_phone(servers[1], first.http.cookies)
        ids = [new_id() for _ in range(20)]
        data = {"activity": "a3", "text": "Une seule fois", "column": "plus"}
        answers = await asyncio.gather(
            *(client.act("submit_contribution", data, id) for id in ids for client in (first, second))
        )
        await first.close()
        await second.close()
        return answers

    answers = asyncio.run(play())
    assert all(answer["ok"] for answer in answers)
    numbers = [answer["number"] for answer in answers]
    assert numbers[::2] == numbers[1::2]
    seeded = servers[0].seeded
    assert seeded is not None
    assert len(state_on_disk(seeded).contributions) == 20


def test_people_of_both_processes_are_seen_at_each_desk(servers: list[RunningServer]) -> None:
    from atelier.live.presence import Presence

    async def play() -> None:
        import redis

        clients = [
            await phone(servers[n % 2].url, servers[0].code, name=f"P{n}", college="A") for n in range(5)
        ]
        keys = {client.me["participant"]["key"] for client in clients}
        outsider = Presence(redis.Redis.from_url(REDIS_URL), lambda _: ())
        session_id = servers[0].seeded.session_id  # type: ignore[union-attr]

        async def seen(expected: set[str]) -> None:
            for _ in range(60):
                outsider._look(session_id)
                if {key for key in outsider.connected(session_id) if key.startswith("p")} == expected:
                    return
                await asyncio.sleep(0.1)
            raise AssertionError((outsider.connected(session_id), expected))

        await seen(keys)
        left = clients.pop()
        await left.close()
        await seen(keys - {left.me["participant"]["key"]})
        for client in clients:
            await client.close()

    asyncio.run(play())


async def _same_phone(server: RunningServer, cookies: dict[str, str]) -> object:
    from tests.sockets.wire_client import HttpClient, WireClient

    client = WireClient(HttpClient(server.url, dict(cookies), origin=server.url), server.code)
    assert (await client.enter())["ok"]
    return client
