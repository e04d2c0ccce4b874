"""HTTP, long polling and WebSocket for the client of the wire, written from docs/protocol.md alone."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import websockets
from websockets.asyncio.client import ClientConnection
from websockets.asyncio.client import connect as open_websocket

NAMESPACE = "/live"
ANSWER_LIMIT_S = 20.0
RECORD = "\x1e"  # between the packets of one polled answer

Answer = dict[str, Any]


def new_id() -> str:
    """An act's id, made on the device."""
    return secrets.token_hex(16)


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    headers: Mapping[str, str]
    cookies: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(slots=True)
class HttpClient:
    """Plain HTTP/1.1, one connection per request or one kept open; cookies of one device."""

    url: str
    cookies: dict[str, str] = field(default_factory=dict)
    origin: str = ""
    bearer: str = ""
    _streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def request(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Reply:
        parts = urlsplit(self.url)
        reader, writer = self._streams or await asyncio.open_connection(parts.hostname, parts.port)
        self._streams = None
        head = {"Host": parts.netloc, "Connection": "keep-alive", **(headers or {})}
        if self.cookies:
            head["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if self.origin:
            head["Origin"] = self.origin
        if self.bearer:
            head["Authorization"] = f"Bearer {self.bearer}"
        if body is not None:
            head["Content-Length"] = str(len(body))
        lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
        writer.write(f"{method} {path} HTTP/1.1\r\n{lines}\r\n".encode() + (body or b""))
        await writer.drain()
        reply = await read_reply(reader)
        self.cookies.update(reply.cookies)
        if reply.headers.get("connection", "").lower() == "close":
            writer.close()
        else:
            self._streams = (reader, writer)
        return reply

    async def post_json(self, path: str, data: Any) -> Reply:
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        return await self.request("POST", path, json.dumps(data).encode(), headers)

    async def join(self, code: str, **identity: Any) -> Answer:
        """Enter a séance as a new phone, or as the same one when this device holds its cookie."""
        reply = await self.post_json(f"/j/{code}", {"id": new_id(), **identity})
        answer: Answer = reply.json()
        return answer

    async def act(self, code: str, name: str, data: Any, id: str = "", surface: str = "s") -> Answer:
        reply = await self.post_json(
            f"/{surface}/{code}/act", {"id": id or new_id(), "name": name, "data": data}
        )
        answer: Answer = reply.json()
        return answer

    def close(self) -> None:
        if self._streams:
            self._streams[1].close()
            self._streams = None


async def read_reply(reader: asyncio.StreamReader) -> Reply:
    """Read one HTTP answer, whole."""
    status = int((await reader.readline()).split()[1])
    headers: dict[str, str] = {}
    cookies: dict[str, str] = {}
    while (line := (await reader.readline()).decode().strip()) != "":
        name, _, value = line.partition(":")
        if name.lower() == "set-cookie":
            key, _, rest = value.strip().partition("=")
            cookies[key] = rest.partition(";")[0]
        else:
            headers[name.lower()] = value.strip()
    if headers.get("transfer-encoding", "").lower() == "chunked":
        body = b""
        while size := int((await reader.readline()).strip() or b"0", 16):
            body += await reader.readexactly(size)
            await reader.readline()
        await reader.readline()
    else:
        body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Reply(status, headers, cookies, body)


class Polling:
    """Engine.IO 4 over long polling: what networks that block WebSocket are served."""

    def __init__(self, http: HttpClient) -> None:
        self._reading = HttpClient(http.url, dict(http.cookies), http.origin, http.bearer)
        self._writing = HttpClient(http.url, dict(http.cookies), http.origin, http.bearer)
        self._path = "/socket.io/?EIO=4&transport=polling"
        self._packets: list[str] = []

    async def open(self) -> dict[str, Any]:
        reply = await self._reading.request("GET", self._path)
        first, *self._packets = reply.body.decode().split(RECORD)
        assert first[0] == "0", first
        opened: dict[str, Any] = json.loads(first[1:])
        self._path += f"&sid={opened['sid']}"
        return opened

    async def send(self, packet: str) -> None:
        reply = await self._writing.request(
            "POST", self._path, packet.encode(), {"Content-Type": "text/plain;charset=UTF-8"}
        )
        if reply.status != 200:
            raise ConnectionError(reply.status)

    async def receive(self) -> str:
        while not self._packets:
            reply = await self._reading.request("GET", self._path)
            if reply.status != 200:
                raise ConnectionError(reply.status)
            self._packets = reply.body.decode().split(RECORD) if reply.body else []
        return self._packets.pop(0)

    async def close(self) -> None:
        self._reading.close()
        self._writing.close()


class WebSocket:
    """Engine.IO 4 over WebSocket."""

    def __init__(self, http: HttpClient) -> None:
        self._http = http
        self.socket: ClientConnection | None = None

    async def open(self) -> dict[str, Any]:
        address = self._http.url.replace("http", "ws", 1) + "/socket.io/?EIO=4&transport=websocket"
        cookies = "; ".join(f"{name}={value}" for name, value in self._http.cookies.items())
        self.socket = await open_websocket(
            address,
            origin=self._http.origin or None,  # type: ignore[arg-type] - a text
            additional_headers={"Cookie": cookies} if cookies else None,
            compression=None,
            max_size=None,
            ping_interval=None,
            user_agent_header=None,
            open_timeout=ANSWER_LIMIT_S,
            proxy=None,
        )
        first = await self.receive()
        assert first[0] == "0", first
        opened: dict[str, Any] = json.loads(first[1:])
        return opened

    async def send(self, packet: str) -> None:
        assert self.socket is not None
        await self.socket.send(packet)

    async def receive(self) -> str:
        assert self.socket is not None
        try:
            return str(await self.socket.recv())
        except websockets.ConnectionClosed as closed:
            raise ConnectionError(closed.rcvd.code if closed.rcvd else None) from closed

    async def close(self) -> None:
        if self.socket is not None:
            await self.socket.close()
