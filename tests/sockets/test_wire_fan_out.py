"""A phone that does not read holds nobody up, and reads whole frames in order when it wakes."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import socket
import struct
from collections.abc import Iterator
from itertools import pairwise

import pytest

from atelier.frames import dumps, loads
from tests.factories import make_activity, make_sequence, make_snapshot
from tests.server import RunningServer, running_server
from tests.sockets.wire_client import HttpClient, follower, phone

TOGGLES = 300
MORE_THAN_KERNELS_HOLD = 4_500_000  # bytes
TINY_BUFFER = 4_096


@pytest.fixture
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    long = [
        {"heading": f"Partie {n}", "text": "La salle choisit son ordre du jour. " * 55} for n in range(20)
    ]
    reading = make_activity("a1", "presentation", "De quoi parle-t-on ?", settings={"texts": long})
    snapshot = make_snapshot([make_sequence("s1", "Ouverture", 10, reading)])
    with running_server(tmp_path_factory.mktemp("fan-out"), snapshot=snapshot) as running:
        yield running


class RawPhone:
    """A WebSocket without a library, whose kernel holds little, and which reads only when told."""

    def __init__(self, server: RunningServer, cookies: dict[str, str]) -> None:
        self._socket = socket.socket()
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, TINY_BUFFER)
        self._socket.connect(("127.0.0.1", server.port))
        self._socket.settimeout(20)
        self._buffer = b""
        key = base64.b64encode(os.urandom(16)).decode()
        cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
        self._socket.sendall(
            f"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n"
            f"Origin: {server.url}\r\nCookie: {cookie}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
        )
        while b"\r\n\r\n" not in self._buffer:
            self._buffer += self._socket.recv(4096)
        self._buffer = self._buffer.partition(b"\r\n\r\n")[2]

    def send(self, text: str) -> None:
        body = text.encode()
        assert len(body) < 126
        self._socket.sendall(struct.pack("!BB", 0x81, 0x80 | len(body)) + b"\0\0\0\0" + body)

    def read(self) -> str:
        """Return the next text frame, parsed byte by byte: a frame broken into by another would not parse."""
        first, length = struct.unpack("!BB", self._take(2))
        assert first == 0x81, hex(first)
        if length == 126:
            (length,) = struct.unpack("!H", self._take(2))
        elif length == 127:
            (length,) = struct.unpack("!Q", self._take(8))
        return self._take(length).decode()

    def close(self) -> None:
        self._socket.close()

    def _take(self, count: int) -> bytes:
        while len(self._buffer) < count:
            more = self._socket.recv(65_536)
            assert more
            self._buffer += more
        taken, self._buffer = self._buffer[:count], self._buffer[count:]
        return taken


async def sleeper_of(server: RunningServer) -> RawPhone:
    http = HttpClient(server.url, origin=server.url)
    assert (await http.join(server.code, name="Odile", college="A"))["ok"]
    asleep = RawPhone(server, http.cookies)
    assert asleep.read()[0] == "0"
    asleep.send("40/live,{}")
    assert asleep.read().startswith("40/live,")
    asleep.send(f'42/live,1["join",{{"session":"{server.code}","surface":"phone"}}]')
    while not asleep.read().startswith("43/live,1["):
        pass
    return asleep


def test_a_phone_that_does_not_read_delays_nobody_and_misses_nothing(server: RunningServer) -> None:
    async def play() -> None:
        writer = await phone(server.url, server.code, name="Zoé", college="A")
        assert server.seeded is not None
        desk = await follower(server.url, server.code, "desk", server.seeded.tokens["cofacilitator"])
        assert (await desk.act("take_agenda"))["ok"]
        assert (await desk.act("go_to", {"sequence": "s1", "activity": "a1"}))["ok"]
        asleep = await asyncio.to_thread(lambda: asyncio.run(sleeper_of(server)))
        writer.received.clear()
        for turn in range(TOGGLES):
            answer = await desk.act("hide_phones", {"on": turn % 2 == 0})
            assert answer["ok"]
            await writer.until(lambda it, seq=answer["seq"]: it.image.head >= seq, 5)
        heard = [data for name, data in writer.received if name == "patch"]
        assert sum(len(json.dumps(patch)) for patch in heard) > MORE_THAN_KERNELS_HOLD
        assert all(one["seq"] == two["from"] for one, two in pairwise(heard))
        patches = await asyncio.to_thread(read_until, asleep, heard[-1]["seq"])
        assert all(one["seq"] == two["from"] for one, two in pairwise(patches))
        assert [patch["ops"] for patch in patches[-TOGGLES:]] == [patch["ops"] for patch in heard[-TOGGLES:]]
        asleep.close()
        for client in (writer, desk):
            await client.close()

    asyncio.run(play())
    assert server.errors() == []


def read_until(asleep: RawPhone, seq: int) -> list[dict[str, object]]:
    patches: list[dict[str, object]] = []
    while not patches or patches[-1]["seq"] != seq:
        frame = asleep.read()
        if frame.startswith('42/live,["patch",'):
            patches.append(json.loads(frame.removeprefix("42/live,"))[1])
    return patches


@pytest.mark.parametrize(
    "value", [{"text": "été « ça »"}, ["\ud83d moitié"], {"a": [1, None, True, "x\x1ey"]}]
)
def test_what_is_written_short_is_read_back_and_can_be_sent(value: object) -> None:
    text = dumps(value)
    assert loads(text) == value
    assert text.encode()
    assert "\x1e" not in text
