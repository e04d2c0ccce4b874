"""Hostile clients on the real wire: their socket may close, nobody else's does, and the server has nothing to complain of."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator

import pytest

from tests.faults.payloads import LONE_SURROGATE, LONG_TEXT, NUL, deep
from tests.server import RunningServer, running_server
from tests.sockets.wire_client import HttpClient, WireClient, phone

pytestmark = pytest.mark.timeout(300)
MEGABYTE = 1024 * 1024

# What is no act of Socket.IO at all, or not one of ours.
PACKETS = (
    "4", "42", "42/live", "42/live,", "42/live,[]", "42/live,[3]", '42/live,[{"a":1}]', '42/live,[["act"]]', "42/live,{}",
    '42/live,["act"', '42/live,1["act"]', '42/live,["act",{}]', '42/live,99999999999999999999999999["act",{}]',
    '42/live,["connect",{}]', '42/live,["disconnect"]', '42/live,["fly",{}]', '42/nowhere,["act",{}]', "40/nowhere,",
    "40/live,{}", "40/live,[]", '40/live,"x"', "43/live,[]", "43/live,7[1]", "44/live,{}", "45/live,", "46/live,1[]",
    '451-/live,["act",{"_placeholder":true,"num":0}]', '4599999-/live,["act",{}]', '451-["act",{"_placeholder":true,"num":9}]',
    "49", "4x", "7", "x", "2probe", "3", "5", "6", "b", "bAAAA", "\x1e", '42/live,["join"]', '42/live,["join",null,null,null]',
    '42/live,["join",{"session":"\\ud800","surface":"phone"}]', '42/live,["join",{"session":{},"surface":[]}]',
    '42/live,["join",{"session":"482137","surface":"phone","locale":{"a":1},"head":"x","epoch":[]}]',
    '42/live,["act",' + "[" * 50_000, '42/live,["act",' + '{"a":' * 20_000, '42/live,["act",' + "9" * 5_000 + "]",
)  # fmt: skip


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    with running_server(tmp_path_factory.mktemp("hostile"), open_at=("s3", "a3")) as running:
        yield running


async def still_works(witness: WireClient, text: str) -> None:
    answer = await witness.act("submit_contribution", {"activity": "a3", "text": text, "column": "plus"})
    assert answer["ok"], answer


def test_packets_that_are_none_close_nobody_else_and_log_nothing(server: RunningServer) -> None:
    async def play() -> None:
        witness = await phone(server.url, server.code, name="Odile", college="A")
        for transport in ("websocket", "polling"):
            for number, packet in enumerate(PACKETS):
                attacker = WireClient(witness.http, server.code, transport=transport)
                try:
                    async with asyncio.timeout(10):
                        await attacker.connect()
                        await attacker.send_raw(packet)
                        await attacker.send_raw("2")
                except (ConnectionError, OSError, TimeoutError, AssertionError, ValueError):
                    pass
                await attacker.close()
                if number % 10 == 0:
                    await still_works(witness, f"{transport}, paquet {number}")
        await still_works(witness, "après les paquets")
        assert not witness.lost.is_set()
        await witness.close()

    asyncio.run(play())
    assert server.errors() == []


def test_a_polled_body_of_five_megabytes_is_refused_and_the_others_go_on(server: RunningServer) -> None:
    async def play() -> None:
        witness = await phone(server.url, server.code, name="Abel", college="A")
        http = HttpClient(server.url, dict(witness.http.cookies), origin=server.url)
        for path in ("/socket.io/?EIO=4&transport=polling", f"/s/{server.code}/act", f"/j/{server.code}"):
            try:
                async with asyncio.timeout(20):
                    reply = await http.request(
                        "POST", path, b"x" * 5 * MEGABYTE, {"Content-Type": "application/json"}
                    )
                assert 400 <= reply.status < 500 or reply.status == 200, (path, reply.status)
            except (
                ConnectionError,
                OSError,
                ValueError,
                IndexError,
                TimeoutError,
                asyncio.IncompleteReadError,
            ):
                pass  # closed before the end: as good an answer
            http = HttpClient(server.url, dict(witness.http.cookies), origin=server.url)
        await still_works(witness, "après le gros envoi")
        await witness.close()

    asyncio.run(play())
    assert server.errors() == []


@pytest.mark.parametrize(
    "text", [LONG_TEXT, NUL, LONE_SURROGATE, 12, None, ["x"], deep(200)], ids=lambda value: str(value)[:12]
)
def test_a_text_that_is_none_is_refused_or_mended_over_a_socket(server: RunningServer, text: object) -> None:
    async def play() -> None:
        client = await phone(server.url, server.code, name="Rosa", college="A")
        data = {"activity": "a3", "text": text, "column": "plus"}
        act = ["act", {"id": "hostile-text", "name": "submit_contribution", "data": data}]
        await client.send_raw("42/live,4242" + json.dumps(act, ensure_ascii=text == LONE_SURROGATE))
        future = asyncio.get_running_loop().create_future()
        client._acks[4242] = future
        answer = await asyncio.wait_for(future, 10)
        if text == LONE_SURROGATE:
            assert answer["ok"]
        else:
            assert answer["code"] in {"malformed", "empty_text"}
            assert answer["message"]
        await client.close()

    asyncio.run(play())
    assert server.errors() == []


def test_a_thousand_acts_without_waiting_are_each_answered(server: RunningServer) -> None:
    """A client that floods gets its answers, `busy` among them, and the others theirs."""

    async def play() -> set[str]:
        witness = await phone(server.url, server.code, name="Lucien", college="A")
        attacker = await phone(server.url, server.code, name="Zohra", college="A")
        acts = [attacker.act("ask_help", {"on": bool(number % 2)}) for number in range(1_000)]
        flood = asyncio.gather(*acts)
        await still_works(witness, "pendant le déluge")
        answers = await flood
        await witness.close()
        await attacker.close()
        return {answer.get("code", "ok") for answer in answers}

    assert asyncio.run(play()) <= {"ok", "busy"}
    assert server.errors() == []
