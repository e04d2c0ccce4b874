"""A client written from docs/protocol.md alone: nothing of ours, nothing of python-socketio, is imported here.

One asyncio loop carries hundreds of them. `WireClient` follows a surface; `HttpClient` joins, acts and polls over HTTP.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from time import monotonic
from typing import Any
from urllib.parse import quote

from tests.sockets.wire_transports import (
    ANSWER_LIMIT_S,
    NAMESPACE,
    Answer,
    HttpClient,
    Polling,
    Reply,
    WebSocket,
    new_id,
)

REGION = re.compile(r'<section data-region="([^"]*)" data-slot-of="([^"]*)">')
PACKET = re.compile(r"([0-6])(?:(/[^,]*),)?(\d*)(.*)", re.DOTALL)
__all__ = [
    "HttpClient",
    "Polling",
    "Reply",
    "SurfaceImage",
    "WebSocket",
    "WireClient",
    "follower",
    "new_id",
    "phone",
]


@dataclass(slots=True)
class SurfaceImage:
    """The regions of a surface, and which patches may still be applied to them (the rule of the protocol)."""

    epoch: str = ""
    head: int = -1
    slots: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def replace(self, epoch: str, seq: int, html: str | None) -> None:
        self.epoch, self.head = epoch, seq
        if html is None:
            return
        self.slots = {}
        starts = list(REGION.finditer(html))
        ends = [match.start() for match in starts[1:]] + [len(html)]
        for match, end in zip(starts, ends, strict=True):
            self.slots.setdefault(match[2], []).append((match[1], html[match.start() : end]))

    def judge(self, patch: Mapping[str, Any]) -> str:
        """Return `ignore`, `apply` or `fetch`."""
        if patch["epoch"] != self.epoch:
            return "fetch"
        if patch["seq"] <= self.head:
            return "ignore"
        return "apply" if patch["from"] <= self.head else "fetch"

    def apply(self, patch: Mapping[str, Any]) -> None:
        for op in patch["ops"]:
            key = op[1]
            for regions in self.slots.values():
                regions[:] = [region for region in regions if region[0] != key]
            if op[0] == "put":
                _, _, slot, after, html = op
                regions = self.slots.setdefault(slot, [])
                keys = [region[0] for region in regions]
                regions.insert(keys.index(after) + 1 if after is not None else 0, (key, html))
        self.head = patch["seq"]

    @property
    def html(self) -> str:
        """All regions, slot by slot: what two clients of one audience must agree on."""
        return "\n".join(html for slot in sorted(self.slots) for _, html in self.slots[slot])


class WireClient:
    """One socket on one surface. `heard` sees every event as it comes, before it is judged."""

    def __init__(
        self,
        http: HttpClient,
        code: str,
        surface: str = "phone",
        token: str = "",
        transport: str = "websocket",
        heard: Callable[[str, Any], None] | None = None,
    ) -> None:
        self.http = http
        self.code = code
        self.surface = surface
        self.image = SurfaceImage()
        self.me: Any = None
        self.closed_because: Any = None
        self.received: list[tuple[str, Any]] = []
        self.opened: dict[str, Any] = {}
        self.lost = asyncio.Event()
        self._token = token
        self._carrier = WebSocket(http) if transport == "websocket" else Polling(http)
        self._heard = heard
        self._acks: dict[int, asyncio.Future[Any]] = {}
        self._numbers = itertools.count()
        self._connected: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._waiting: list[Any] | None = None
        self._changed = asyncio.Condition()
        self._tasks: set[asyncio.Task[Any]] = set()

    async def connect(self) -> None:
        """Open the carrier, then the namespace; ConnectionRefusedError when the handshake is not believed."""
        self.opened = await self._carrier.open()
        self._spawn(self._read())
        auth = {"token": self._token} if self._token else {}
        await self._carrier.send(f"40{NAMESPACE},{json.dumps(auth)}")
        await asyncio.wait_for(self._connected, ANSWER_LIMIT_S)

    async def join(self, **more: Any) -> Answer:
        """Ask for the surface; patches that come meanwhile are judged after the answer."""
        self._waiting = [] if self._waiting is None else self._waiting
        answer = await self.ask("join", {"session": self.code, "surface": self.surface, **more})
        if answer["ok"]:
            self.image.replace(answer["epoch"], answer["seq"], answer["html"])
            self.me = answer["me"] or self.me
        waiting, self._waiting = self._waiting or [], None
        for patch in waiting:
            if patch["epoch"] == self.image.epoch:
                self._take(patch)
        await self._tell_changed()
        return answer

    async def enter(self) -> Answer:
        await self.connect()
        return await self.join()

    async def act(self, name: str, data: Any = None, id: str = "") -> Answer:
        return await self.ask("act", {"id": id or new_id(), "name": name, "data": data or {}})

    async def ask(self, event: str, *data: Any) -> Answer:
        """Send an event and wait for its acknowledgement."""
        number = next(self._numbers)
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._acks[number] = answer
        await self._carrier.send(f"42{NAMESPACE},{number}{json.dumps([event, *data])}")
        try:
            found: Answer = await asyncio.wait_for(answer, ANSWER_LIMIT_S)
            return found
        finally:
            self._acks.pop(number, None)

    async def send_raw(self, packet: str) -> None:
        await self._carrier.send(packet)

    async def until(self, condition: Callable[[WireClient], Any], seconds: float = ANSWER_LIMIT_S) -> None:
        """Wait until something that the server sends makes the condition true."""

        async def wait() -> None:
            async with self._changed:
                while not condition(self):
                    await self._changed.wait()

        await asyncio.wait_for(wait(), seconds)

    async def close(self) -> None:
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._carrier.close()

    async def _read(self) -> None:
        try:
            while True:
                packet = await self._carrier.receive()
                if packet[0] == "2":
                    await self._carrier.send("3")
                elif packet[0] == "4":
                    await self._dispatch(packet[1:])
                elif packet[0] == "1":
                    break
        except (ConnectionError, asyncio.IncompleteReadError, OSError) as error:
            if not self._connected.done():
                self._connected.set_exception(ConnectionRefusedError(str(error)))
        finally:
            self.lost.set()
            for answer in self._acks.values():
                if not answer.done():
                    answer.set_exception(ConnectionError("lost"))

    async def _dispatch(self, text: str) -> None:
        found = PACKET.fullmatch(text)
        assert found is not None, text
        kind, namespace, number, body = found.groups()
        assert namespace == NAMESPACE, text
        data = json.loads(body) if body else None
        if kind == "0":
            self._connected.set_result(data)
        elif kind == "4":
            self._connected.set_exception(ConnectionRefusedError(str(data)))
        elif kind == "3":
            answer = self._acks.get(int(number))
            if answer is not None and not answer.done():
                answer.set_result(data[0])
        elif kind == "2":
            await self._event(*data)

    async def _event(self, name: str, data: Any = None) -> None:
        if self._heard:
            self._heard(name, data)
        else:
            self.received.append((name, data))
        if name == "patch":
            self._take(data)
        elif name == "me":
            self.me = data
        elif name == "closed":
            self.closed_because = data
        await self._tell_changed()

    def _take(self, patch: Any) -> None:
        if self._waiting is not None:
            self._waiting.append(patch)
            return
        verdict = self.image.judge(patch)
        if verdict == "apply":
            self.image.apply(patch)
        elif verdict == "fetch":
            self._waiting = [patch]
            self._spawn(self.join())

    async def _tell_changed(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    def _spawn(self, work: Any) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def phone(url: str, code: str, transport: str = "websocket", **identity: Any) -> WireClient:
    """Join over HTTP, then follow the phone's surface: what a person does in two gestures."""
    http = HttpClient(url, origin=url)
    answer = await http.join(code, **identity)
    assert answer["ok"], answer
    client = WireClient(http, code, transport=transport)
    entered = await client.enter()
    assert entered["ok"], entered
    return client


async def follower(url: str, code: str, surface: str, token: str, **how: Any) -> WireClient:
    """Follow a desk or a projector with the token of its link: no cookie, no Origin."""
    client = WireClient(HttpClient(url), code, surface, token, **how)
    entered = await client.enter()
    assert entered["ok"], entered
    return client


def sign_in_path(path: str) -> str:
    return quote(path, safe="/")


def since(moment: float) -> float:
    return monotonic() - moment
