"""What a stranger can send to a running server: answered or dropped, with its socket at most, and no error in the log."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Iterator
from typing import Any

import pytest
import websockets

from tests.faults.payloads import random_act
from tests.seed import seed
from tests.server import RunningServer, running_server
from tests.sockets.wire_client import HttpClient, WebSocket, WireClient, follower, new_id, phone

CARD = {"activity": "a3", "text": "On parle avant les élus", "column": "plus"}
HUGE = 5 * 1024 * 1024
WIRE_ACTS = 2_000
LONGEST_FRAME = 250_000
OTHER_CODE = "593248"
GARBAGE = (
    "", "x", "9", "4", "49", "42", "42/live", "42/live,", "42/live,[", "42/live,[]", "42/live,{}", "42/live,null",
    '42/live,"act"', "42/live,[1]", "42/live,[[]]", "42/live,[null]", '42/live,["connect",{},{}]', '42/live,["disconnect"]',
    '42/live,["act"', '42/live,1["act"', '42/live,["unknown"]', '42/live,["join",[],[],[]]', '42/live,["act",1,2,3]',
    "42/live,99999999999999999999999999", "42/live," + "9" * 200 + "[]", "43/live,1[]", "43/live,[]", "44/live,{}",
    '45/live,["act"]', '451-/live,["act",{"_placeholder":true,"num":9}]', "459999999999-/live,[]", "46/live,1[]",
    '42/nowhere,["act",{}]', "40/nowhere,", "40/live,[]", '40/live,"x"', "41/nowhere,", "5", "3", "3probe", "6",
    "4" + "[" * 100_000, "42/live," + "[" * 100_000, '42/live,["act",' + '{"a":' * 50_000, "\ud7ff", "b4AAAA", "bx",
)  # fmt: skip


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    with running_server(tmp_path_factory.mktemp("hostile"), open_at=("s3", "a3")) as running:
        assert running.seeded is not None
        seed(running.seeded.settings, code=OTHER_CODE, reference="CHA2", links=())
        yield running


def run(play: Any, server: RunningServer) -> None:
    before = len(server.errors())
    asyncio.run(play())
    assert server.errors()[before:] == []


def token(server: RunningServer, role: str) -> str:
    assert server.seeded is not None
    return server.seeded.tokens[role]


async def still_serves(server: RunningServer, client: WireClient) -> None:
    """Another phone, there since before, is untouched."""
    assert not client.lost.is_set()
    assert (await client.act("submit_contribution", CARD))["ok"]


async def raw(server: RunningServer) -> WireClient:
    client = WireClient(HttpClient(server.url, origin=server.url), server.code)
    await client.connect()
    return client


def test_a_frame_of_five_megabytes_closes_that_socket_only(server: RunningServer) -> None:
    async def play() -> None:
        other = await phone(server.url, server.code, name="Zoé", college="A")
        client = await raw(server)
        sending = asyncio.create_task(client.send_raw("42/live," + "x" * HUGE))
        await asyncio.wait_for(client.lost.wait(), 10)
        await asyncio.gather(sending, return_exceptions=True)
        await still_serves(server, other)
        await other.close()

    run(play, server)


def test_five_megabytes_in_fragments_close_that_socket_only(server: RunningServer) -> None:
    async def play() -> None:
        other = await phone(server.url, server.code, name="Zoé", college="A")
        carrier = WebSocket(HttpClient(server.url, origin=server.url))
        await carrier.open()
        assert carrier.socket is not None
        await asyncio.gather(carrier.socket.send(["x" * 50_000] * (HUGE // 50_000)), return_exceptions=True)
        await asyncio.wait_for(carrier.socket.wait_closed(), 10)
        assert carrier.socket.close_code in (1006, 1009)
        await still_serves(server, other)
        await other.close()

    run(play, server)


def test_five_megabytes_by_polling_are_refused(server: RunningServer) -> None:
    async def play() -> None:
        other = await phone(server.url, server.code, name="Zoé", college="A")
        http = HttpClient(server.url, origin=server.url)
        opened = await http.request("GET", "/socket.io/?EIO=4&transport=polling")
        sid = json.loads(opened.body[1:])["sid"]
        try:
            reply = await http.request(
                "POST", f"/socket.io/?EIO=4&transport=polling&sid={sid}", b"4" + b"x" * HUGE
            )
            assert reply.status in (400, 413)
        except (ConnectionError, asyncio.IncompleteReadError, IndexError):
            pass  # the server hung up before the end
        await still_serves(server, other)
        await other.close()

    run(play, server)


@pytest.mark.parametrize("transport", ["websocket", "polling"])
def test_packets_that_are_none_are_dropped(server: RunningServer, transport: str) -> None:
    async def play() -> None:
        other = await phone(server.url, server.code, name="Zoé", college="A")
        for text in GARBAGE:
            client = WireClient(HttpClient(server.url, origin=server.url), server.code, transport=transport)
            await client.connect()
            try:
                await client.send_raw(text)
                await asyncio.sleep(0.01)
            except (ConnectionError, websockets.ConnectionClosed):
                pass
            await client.close()
        await still_serves(server, other)
        await other.close()

    run(play, server)


def test_random_acts_over_the_wire_are_each_answered(server: RunningServer) -> None:
    async def play() -> None:
        chance = random.Random(42)
        clients = [
            await phone(server.url, server.code, way, name="Zoé", college="A")
            for way in ("websocket", "polling")
        ]
        clients += [
            await follower(server.url, server.code, "desk", token(server, role))
            for role in ("helper", "observer")
        ]
        clients.append(await follower(server.url, server.code, "screen", token(server, "screen")))
        codes: set[str] = set()

        async def one() -> None:
            name, data = random_act(chance)
            try:
                body = json.dumps({"id": new_id(), "name": name, "data": data})
            except (ValueError, RecursionError):
                return
            if len(body) > LONGEST_FRAME:
                return
            answer = await chance.choice(clients).ask("act", {"id": new_id(), "name": name, "data": data})
            assert answer["ok"] or (answer["code"] != "fault" and answer["message"]), (name, data, answer)
            codes.add(answer.get("code", "ok"))

        for _ in range(WIRE_ACTS // 20):
            await asyncio.gather(*(one() for _ in range(20)))
        assert {"not_allowed", "malformed", "ok"} <= codes
        for client in clients:
            await client.close()

    run(play, server)


@pytest.mark.parametrize(
    ("origin", "bearer", "cookie"),
    [
        ("https://ailleurs.example", "", False),
        ("null", "", False),
        ("", "", False),
        ("", "", True),
        ("", "a-token", True),
        ("https://ailleurs.example", "a-token", False),
    ],
)
def test_a_handshake_or_an_act_from_elsewhere_is_refused(
    server: RunningServer, origin: str, bearer: str, cookie: bool
) -> None:
    async def play() -> None:
        own = HttpClient(server.url, origin=server.url)
        assert (await own.join(server.code, name="Zoé", college="A"))["ok"]
        cookies = dict(own.cookies) if cookie else {}
        forged = WireClient(HttpClient(server.url, cookies, origin), server.code, token=bearer)
        with pytest.raises(ConnectionRefusedError):
            await forged.connect()
        await forged.close()
        http = HttpClient(server.url, cookies, origin, bearer)
        body = {"id": new_id(), "name": "ask_help", "data": {"on": True}}
        assert (await http.post_json(f"/s/{server.code}/act", body)).status == 403
        assert (await http.post_json(f"/j/{server.code}", {"name": "Zoé"})).status == 403

    run(play, server)


def test_what_opens_one_seance_opens_no_other(server: RunningServer) -> None:
    async def play() -> None:
        client = await phone(server.url, server.code, name="Zoé", college="A")
        client.code = OTHER_CODE
        assert (await client.join())["code"] == "not_allowed"
        device = next(value for name, value in client.http.cookies.items() if name.startswith("atelier_s"))
        for surface, key in (
            ("desk", token(server, "cofacilitator")),
            ("phone", device),
            ("screen", token(server, "screen")),
        ):
            elsewhere = WireClient(HttpClient(server.url), OTHER_CODE, surface, key)
            assert (await elsewhere.enter())["code"] == "not_allowed"
            await elsewhere.close()
        refused = await HttpClient(server.url, bearer=device).act(OTHER_CODE, "submit_contribution", CARD)
        assert (refused["ok"], refused["code"]) == (False, "join_first")
        await client.close()

    run(play, server)


def test_each_surface_acts_within_its_role(server: RunningServer) -> None:
    async def play() -> None:
        somebody = await phone(server.url, server.code, name="Zoé", college="A")
        observer = await follower(server.url, server.code, "desk", token(server, "observer"))
        screen = await follower(server.url, server.code, "screen", token(server, "screen"))
        for client in (somebody, observer, screen):
            for name, data in (
                ("close_activity", {"activity": "a3"}),
                ("hide_contribution", {"number": 1, "motive": "off_topic"}),
                ("ring_timer", {"timer": "t1", "revision": 1}),
            ):
                assert (await client.act(name, data))["code"] == "not_allowed"
        assert (await observer.act("submit_contribution", CARD))["code"] == "not_allowed"
        wrong = WireClient(HttpClient(server.url), server.code, "desk", token(server, "screen"))
        assert (await wrong.enter())["code"] == "not_allowed"
        for client in (somebody, observer, screen, wrong):
            await client.close()

    run(play, server)


def test_a_text_of_64000_characters_is_a_typed_refusal(server: RunningServer) -> None:
    async def play() -> None:
        client = await phone(server.url, server.code, name="Zoé", college="A")
        long = {**CARD, "text": "x" * 64_000}
        for answer in (
            await client.act("submit_contribution", long),
            await client.http.act(server.code, "submit_contribution", long),
        ):
            assert (answer["code"], answer["field"]) == ("malformed", "text")
        await client.close()

    run(play, server)


def test_a_sign_in_link_works_once(server: RunningServer) -> None:
    async def play() -> None:
        assert server.seeded is not None
        http = HttpClient(server.url, origin=server.url)
        assert (await http.request("GET", server.seeded.sign_in_path)).status == 200
        assert (await http.request("POST", server.seeded.sign_in_path, b"")).status == 303
        again = HttpClient(server.url, origin=server.url)
        assert (await again.request("POST", server.seeded.sign_in_path, b"")).status == 410
        desk = WireClient(http, server.code, "desk")
        entered = await desk.enter()
        assert entered["ok"], entered
        assert (await desk.act("take_agenda"))["ok"]
        await desk.close()

    run(play, server)


def test_json_that_is_no_mapping_is_answered_at_every_http_door(server: RunningServer) -> None:
    async def play() -> None:
        client = await phone(server.url, server.code, name="Zoé", college="A")
        for body in ([], 1, "x", None, {"id": []}, {"name": {}}, {"data": 3}):
            reply = await client.http.post_json(f"/s/{server.code}/act", body)
            assert (reply.status, reply.json()["ok"]) == (200, False)
            newcomer = HttpClient(server.url, origin=server.url)
            assert (await newcomer.post_json(f"/j/{server.code}", body)).status in (200, 422)
        await client.close()

    run(play, server)
