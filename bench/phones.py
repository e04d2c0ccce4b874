"""Hundreds of phones in one process: the wire of docs/protocol.md, with as little work per frame as will measure it.

Only what is asked for is parsed: a patch costs the client a prefix test, so that the figures are the server's.
"""

from __future__ import annotations

import asyncio
import json
import random
import re
import sys
import time
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path
from typing import Any

import websockets
from websockets.asyncio.client import ClientConnection
from websockets.asyncio.client import connect as open_websocket

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.sockets.wire_client import HttpClient, new_id

NAMESPACE = "/live"
PATCH = f'42{NAMESPACE},["patch"'
ACK = f"43{NAMESPACE},"
SEQ = re.compile(r'"seq":(\d+)')
# As lib/socket.js: first and longest pause between two tries, and how much chance there is in it.
RETRY_FIRST_S, RETRY_MAX_S, RETRY_JITTER = 0.5, 3.0, 0.5
START_LIMIT_S = 90.0
TRIES_AT_ONCE = 100  # a hall does not knock in the same millisecond


class Phone:
    """One socket on one surface. `on_patch(phone, seq, length)` is called for each patch, at its arrival."""

    def __init__(self, http: HttpClient, code: str, surface: str = "phone", token: str = "") -> None:
        self.http = http
        self.code = code
        self.surface = surface
        self.token = token
        self.epoch = ""
        self.seq = -1
        self.bytes = 0
        self.frames = 0
        self.on_patch: Callable[[Phone, int, int], None] | None = None
        self.ready = asyncio.Event()
        self.ready_at = 0.0
        self.answer_bytes = 0
        self._socket: ClientConnection | None = None
        self._acks: dict[int, asyncio.Future[Any]] = {}
        self._number = 0
        self._task: asyncio.Task[None] | None = None
        self._stopping = False

    async def start(self) -> None:
        """Follow the surface until `stop`, coming back by itself as the browser does."""
        self._task = asyncio.create_task(self._follow())
        ready = asyncio.create_task(self.ready.wait())
        await asyncio.wait({ready, self._task}, timeout=START_LIMIT_S, return_when=asyncio.FIRST_COMPLETED)
        if not ready.done():
            ready.cancel()
            raise RuntimeError(self._task.exception() if self._task.done() else "no surface in time")

    async def stop(self) -> None:
        self._stopping = True
        if self._socket is not None:
            await self._socket.close()
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def act(self, name: str, data: dict[str, Any]) -> Any:
        return await self._ask("act", {"id": new_id(), "name": name, "data": data})

    async def _follow(self) -> None:
        pause = RETRY_FIRST_S
        while not self._stopping:
            try:
                await self._live()
                pause = RETRY_FIRST_S
            except (OSError, websockets.WebSocketException, EOFError):
                pause = min(pause * 2, RETRY_MAX_S)
            self.ready.clear()
            swing = 1 + random.uniform(-RETRY_JITTER, RETRY_JITTER)
            await asyncio.sleep(min(pause * swing, RETRY_MAX_S))

    async def _live(self) -> None:
        address = self.http.url.replace("http", "ws", 1) + "/socket.io/?EIO=4&transport=websocket"
        cookies = "; ".join(f"{name}={value}" for name, value in self.http.cookies.items())
        async with open_websocket(
            address,
            origin=self.http.origin or None,  # type: ignore[arg-type] - a text
            additional_headers={"Cookie": cookies} if cookies else None,
            compression=None,
            max_size=None,
            ping_interval=None,
            open_timeout=30,
            close_timeout=1,
            proxy=None,
        ) as socket:
            self._socket = socket
            await socket.recv()
            await socket.send(f"40{NAMESPACE},{json.dumps({'token': self.token} if self.token else {})}")
            await socket.recv()
            reading = asyncio.create_task(self._read(socket))
            try:
                await self._join()
                await reading
            finally:
                reading.cancel()
                for answer in self._acks.values():
                    answer.cancel()
                self._acks.clear()

    async def _join(self) -> None:
        known = {"epoch": self.epoch, "head": self.seq} if self.epoch else {}
        answer = await self._ask("join", {"session": self.code, "surface": self.surface, **known})
        if not answer["ok"]:
            raise RuntimeError(answer)
        self.epoch, self.seq = answer["epoch"], answer["seq"]
        self.ready_at = time.monotonic()
        self.ready.set()

    async def _read(self, socket: ClientConnection) -> None:
        async for frame in socket:
            assert isinstance(frame, str)
            if frame.startswith(PATCH):
                self.frames += 1
                self.bytes += len(frame)
                if self.on_patch:
                    self.on_patch(self, int(SEQ.search(frame)[1]), len(frame))  # type: ignore[index]
            elif frame.startswith(ACK):
                mark = frame.index("[", len(ACK))
                waiting = self._acks.pop(int(frame[len(ACK) : mark]), None)
                if waiting and not waiting.done():
                    waiting.set_result(frame[mark:])
            elif frame == "2":
                await socket.send("3")

    async def _ask(self, event: str, data: dict[str, Any]) -> Any:
        assert self._socket is not None
        self._number += 1
        answer: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._acks[self._number] = answer
        await self._socket.send(f"42{NAMESPACE},{self._number}{json.dumps([event, data])}")
        raw = await answer
        self.answer_bytes = len(raw)
        return json.loads(raw)[0]


async def joined(url: str, code: str, count: int) -> list[HttpClient]:
    """Let `count` phones in over HTTP, as many at a time as a hall does."""
    gate = asyncio.Semaphore(TRIES_AT_ONCE)

    async def one(number: int) -> HttpClient:
        async with gate:
            http = HttpClient(url, origin=url)
            answer = await http.join(code, name=f"Personne {number}", college="EAU"[number % 3])
            assert answer["ok"], answer
            http.close()
            return http

    return await asyncio.gather(*(one(number) for number in range(count)))


async def at_a_rate(rate: float, seconds: float, call: Callable[[int], Awaitable[None]]) -> int:
    """Call `rate` times a second whatever the answers do (open loop); return how many were made."""
    began, made = time.monotonic(), 0
    tasks: set[asyncio.Task[None]] = set()
    while made < rate * seconds:
        task = asyncio.ensure_future(call(made))
        tasks.add(task)
        task.add_done_callback(tasks.discard)
        made += 1
        await asyncio.sleep(max(0.0, began + made / rate - time.monotonic()))
    await asyncio.gather(*tasks)
    return made


def percentiles(values: Iterable[float]) -> dict[str, float]:
    """Return p50, p95, p99 and the maximum, in milliseconds."""
    ordered = sorted(values)
    if not ordered:
        return {}
    at = {name: ordered[min(len(ordered) - 1, int(len(ordered) * share))] for name, share in SHARES.items()}
    return {name: round(value * 1000, 1) for name, value in at.items()} | {
        "max": round(ordered[-1] * 1000, 1)
    }


SHARES = {"p50": 0.50, "p95": 0.95, "p99": 0.99}
