"""The wire as docs/protocol.md says it, on a really running server, by a client that knows nothing else."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import update

from atelier.codes import hashed
from atelier.db import Database
from atelier.people.models import Device
from tests.server import RunningServer, running_server
from tests.sockets.wire_client import HttpClient, WireClient, follower, new_id, phone

CARD = {"activity": "a3", "text": "On parle avant les élus", "column": "plus"}
SCALE = 1_000_000
Play = Callable[[], Coroutine[Any, Any, None]]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    with running_server(tmp_path_factory.mktemp("wire"), open_at=("s3", "a3")) as running:
        yield running


def token(server: RunningServer, role: str) -> str:
    assert server.seeded is not None
    return server.seeded.tokens[role]


def run(play: Play, server: RunningServer) -> None:
    """Play, then look at the log: nothing that a client did may be an error of ours."""
    before = len(server.errors())
    asyncio.run(play())
    assert server.errors()[before:] == []


async def desk_of(server: RunningServer) -> WireClient:
    desk = await follower(server.url, server.code, "desk", token(server, "cofacilitator"))
    assert (await desk.act("take_agenda"))["ok"]
    return desk


async def all_at_the_same_head(*clients: WireClient) -> None:
    """Wait until what was on its way has arrived everywhere."""
    for _ in range(100):
        if len({client.image.head for client in clients}) == 1:
            return
        await asyncio.sleep(0.1)


@pytest.mark.parametrize("transport", ["websocket", "polling"])
def test_join_gives_the_surface_and_what_is_ones_own(server: RunningServer, transport: str) -> None:
    async def play() -> None:
        client = await phone(server.url, server.code, transport, name="Zoé", college="A")
        assert client.me["participant"]["name"] == "Zoé"
        assert client.image.slots
        assert client.image.epoch
        await client.close()

    run(play, server)


@pytest.mark.parametrize("transport", ["websocket", "polling"])
def test_act_is_acknowledged_and_then_shown_to_its_author(server: RunningServer, transport: str) -> None:
    async def play() -> None:
        client = await phone(server.url, server.code, transport, name="Zoé", college="A")
        answer = await client.act("submit_contribution", CARD)
        assert answer["ok"]
        assert answer["seq"] % SCALE == 0
        await client.until(lambda it: any(card["id"] == answer["number"] for card in it.me["cards"]))
        await client.close()

    run(play, server)


def test_patches_follow_each_other_and_end_where_a_newcomer_begins(server: RunningServer) -> None:
    async def play() -> None:
        early = [
            await phone(server.url, server.code, way, name="Zoé", college="A")
            for way in ("websocket", "polling")
        ]
        desk = await desk_of(server)
        for on in (True, False, True, False):
            assert (await desk.act("freeze_phones", {"on": on}))["ok"]
        await early[0].act("submit_contribution", CARD)
        answer = await desk.act("show_cards", {"activity": "a3", "on": True})
        for client in early:
            await client.until(lambda it: it.image.head >= answer["seq"])
        late = await phone(server.url, server.code, name="Bob", college="A")
        await all_at_the_same_head(*early, late)
        for client in early:
            assert (client.image.epoch, client.image.head) == (late.image.epoch, late.image.head)
            assert client.image.html == late.image.html
            patches = [data for name, data in client.received if name == "patch"]
            assert patches
            assert all(patch["from"] < patch["seq"] for patch in patches)
            assert all(one["seq"] == two["from"] for one, two in pairwise(patches))
        for client in (*early, desk, late):
            await client.close()

    run(play, server)


def test_join_with_what_is_already_known_sends_no_html(server: RunningServer) -> None:
    async def play() -> None:
        client = await phone(server.url, server.code, name="Zoé", college="A")
        await asyncio.sleep(0.3)
        known = {"epoch": client.image.epoch, "head": client.image.head}
        assert (await client.join(**known))["html"] is None
        assert (await client.join(epoch="other", head=known["head"]))["html"]
        assert (await client.join(epoch=known["epoch"], head=known["head"] - 1))["html"]
        await client.close()

    run(play, server)


def test_a_patch_of_an_unknown_epoch_makes_the_client_fetch_once(server: RunningServer) -> None:
    async def play() -> None:
        client = await phone(server.url, server.code, name="Zoé", college="A")
        client.image.epoch, client.image.slots = "of another time", {}
        desk = await desk_of(server)
        await desk.act("freeze_phones", {"on": True})
        answer = await desk.act("freeze_phones", {"on": False})
        await client.until(lambda it: it.image.head >= answer["seq"] and it.image.epoch != "of another time")
        fresh = await phone(server.url, server.code, name="Zoé", college="A")
        assert client.image.html == fresh.image.html
        for other in (client, desk, fresh):
            await other.close()

    run(play, server)


def test_a_socket_that_goes_to_another_surface_hears_the_first_no_more(server: RunningServer) -> None:
    async def play() -> None:
        client = await follower(server.url, server.code, "desk", token(server, "observer"))
        first = client.image.epoch
        client.surface = "screen"
        assert (await client.join())["ok"]
        second = client.image.epoch
        assert second != first
        client.received.clear()
        writer = await phone(server.url, server.code, name="Zoé", college="A")
        desk = await desk_of(server)
        for on in (True, False):
            assert (await desk.act("blank_screen", {"on": on}))["ok"]
        await client.until(lambda it: any(name == "patch" for name, _ in it.received))
        assert {data["epoch"] for name, data in client.received if name == "patch"} == {second}
        for other in (client, writer, desk):
            await other.close()

    run(play, server)


def test_revoked_link_is_told_so_and_hears_nothing_more(server: RunningServer) -> None:
    async def play() -> None:
        helper = await follower(server.url, server.code, "desk", token(server, "helper"))
        desk = await desk_of(server)
        assert server.seeded is not None
        answer = await desk.act("revoke_link", {"link": "l2"})
        assert answer["ok"], answer
        await helper.until(lambda it: it.closed_because)
        assert helper.closed_because["code"] == "revoked"
        assert helper.closed_because["message"]
        helper.received.clear()
        await desk.act("blank_screen", {"on": True})
        await desk.act("blank_screen", {"on": False})
        assert (await helper.act("keep_contribution", {"number": 1}))["code"] == "join_first"
        assert (await helper.join())["code"] == "not_allowed"
        assert helper.received == []
        await helper.close()
        await desk.close()

    run(play, server)


def test_a_phone_whose_seat_was_given_to_another_cannot_act(server: RunningServer) -> None:
    async def play() -> None:
        client = await phone(server.url, server.code, name="Zoé", college="A")
        assert server.seeded is not None
        database = Database(server.seeded.settings.database_url)
        cookie = next(value for name, value in client.http.cookies.items() if name.startswith("atelier_s"))
        with database.writing() as db:
            db.execute(
                update(Device).where(Device.token_hash == hashed(cookie)).values(token_hash=hashed("another"))
            )
        database.dispose()
        assert (await client.act("submit_contribution", CARD))["code"] == "revoked"
        await client.until(lambda it: it.closed_because)
        await client.close()

    run(play, server)


def test_the_same_act_by_socket_and_by_http_counts_once(server: RunningServer) -> None:
    async def play() -> None:
        client = await phone(server.url, server.code, name="Zoé", college="A")
        id = new_id()
        first = await client.act("submit_contribution", CARD, id)
        again = await client.http.act(server.code, "submit_contribution", CARD, id)
        assert first["number"] == again["number"]
        assert first["seq"] == again["seq"]
        await client.close()

    run(play, server)


def test_a_phone_that_joins_again_is_the_same_person(server: RunningServer) -> None:
    async def play() -> None:
        http = HttpClient(server.url, origin=server.url)
        await http.request("GET", f"/j/{server.code}")
        first = await http.join(server.code, name="Zoé", college="A")
        again = await http.join(server.code, name="Zoé", college="A")
        assert first["participant"] == again["participant"]

    run(play, server)


def test_after_kill_9_a_phone_comes_back_to_what_was_acknowledged(server: RunningServer) -> None:
    async def play() -> None:
        client = await phone(server.url, server.code, name="Zoé", college="A")
        answer = await client.act("submit_contribution", {**CARD, "text": "Avant la coupure"})
        known = {"epoch": client.image.epoch, "head": client.image.head}
        await asyncio.to_thread(server.restart)
        await asyncio.wait_for(client.lost.wait(), 10)
        back = WireClient(client.http, server.code)
        await back.connect()
        entered = await back.join(**known)
        assert entered["epoch"] != known["epoch"]
        assert entered["html"]
        assert answer["number"] in [card["id"] for card in back.me["cards"]]
        await client.close()
        await back.close()

    run(play, server)
