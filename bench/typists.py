"""People who type in one document, over bare WebSocket frames: when each change was sent, and when each of the others had it."""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections.abc import Sequence
from typing import Any

import websockets

from atelier.minutes.document import SharedText, loaded

NAMESPACE = "/minutes"
SECTION = "case"


class Typist:
    """One page. `sent`: number of an update -> when it left; `heard`: number -> when it came, for those of the others."""

    def __init__(self, url: str, document_id: int, token: str, client: int) -> None:
        self._url = url.replace("http", "ws", 1) + "/socket.io/?EIO=4&transport=websocket"
        self._document_id = document_id
        self._token = token
        self._text: SharedText = loaded([], client)
        self._socket: Any = None
        self._acks: dict[int, asyncio.Future[Any]] = {}
        self._asked = 0
        self._reading: asyncio.Task[None] | None = None
        self.sent: dict[int, float] = {}
        self.answered: list[float] = []
        self.heard: dict[int, float] = {}

    async def open(self) -> None:
        self._socket = await websockets.connect(
            self._url, compression=None, ping_interval=None, proxy=None, max_size=None
        )
        await self._socket.recv()
        await self._socket.send(f"40{NAMESPACE},{json.dumps({'token': self._token})}")
        await self._socket.recv()
        self._reading = asyncio.create_task(self._read())
        answer = await self._ask("open", {"document": self._document_id, "client": self._text.client}, None)
        assert answer["ok"], answer
        pieces = [answer["update"]]
        for part in range(2, answer["parts"] + 1):
            pieces.append((await self._ask("part", {"part": part}, None))["update"])
        self._text.trust(b"".join(pieces))

    async def type(self, seconds: float, per_second: float, chance: random.Random) -> None:
        """Type words sign by sign, with corrections, one update at a time as a page does."""
        until = time.monotonic() + seconds
        await asyncio.sleep(chance.random() / per_second)
        while time.monotonic() < until:
            left = time.monotonic()
            update = self._text.editing(lambda text: _keystroke(text, chance))
            if update:
                clock = self._text.clocks().get(self._text.client, 0)
                data = {
                    "id": f"t-{self._text.client}-{self._asked}",
                    "client": self._text.client,
                    "clock": clock,
                }
                answer = await self._ask("update", data, update)
                assert answer["ok"], answer
                self.answered.append(time.monotonic() - left)
                self.sent[answer["number"]] = left
            await asyncio.sleep(max(0.0, chance.expovariate(per_second) - (time.monotonic() - left)))

    async def close(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
        await self._socket.close()

    async def _ask(self, event: str, data: dict[str, Any], update: bytes | None) -> Any:
        self._asked += 1
        number = self._asked
        future = self._acks[number] = asyncio.get_running_loop().create_future()
        if update is None:
            await self._socket.send(f"42{NAMESPACE},{number}{json.dumps([event, data])}")
        else:
            body = json.dumps([event, {**data, "update": {"_placeholder": True, "num": 0}}])
            await self._socket.send(f"451-{NAMESPACE},{number}{body}")
            await self._socket.send(update)
        return await asyncio.wait_for(future, 30)

    async def _read(self) -> None:
        while True:
            frame = await self._socket.recv()
            if frame == "2":
                await self._socket.send("3")
            elif frame.startswith(("43", "46", "42", "45")):
                await self._take(frame)

    async def _take(self, frame: str) -> None:
        kind, rest = frame[1], frame[2:]
        count = 0
        if kind in "56":
            head, _, rest = rest.partition("-")
            count = int(head)
        rest = rest.removeprefix(f"{NAMESPACE},")
        digits = rest[: len(rest) - len(rest.lstrip("0123456789"))]
        pieces = [await self._socket.recv() for _ in range(count)]
        came = time.monotonic()
        data = _filled(json.loads(rest[len(digits) :]), pieces)
        if digits:
            self._acks.pop(int(digits)).set_result(data[0])
        elif data[0] == "update":
            self.heard[data[1]["number"]] = came


def _keystroke(text: SharedText, chance: random.Random) -> None:
    """Type one sign, or take the last one back."""
    if chance.random() < 0.1:
        text.splice(SECTION, 0, 1)
    else:
        text.splice(SECTION, 0, 0, chance.choice("aeiou é’"))


def propagation(typists: Sequence[Typist]) -> list[float]:
    """Return how long each change took to each of the others."""
    left = {number: at for typist in typists for number, at in typist.sent.items()}
    return [at - left[number] for typist in typists for number, at in typist.heard.items() if number in left]


def _filled(value: Any, pieces: Sequence[bytes]) -> Any:
    if isinstance(value, dict):
        if value.get("_placeholder"):
            return pieces[value["num"]]
        return {name: _filled(inner, pieces) for name, inner in value.items()}
    return [_filled(inner, pieces) for inner in value] if isinstance(value, list) else value
