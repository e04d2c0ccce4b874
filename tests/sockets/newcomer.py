"""A client of documents written from docs/protocol.md §1, §3 and §12 by somebody who knows nothing else of the product.

A WebSocket, a Yjs library (pycrdt) and JSON: no Socket.IO library, nothing of ours. One thread, which reads when it is asked to.
"""

from __future__ import annotations

import itertools
import json
import secrets
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from pycrdt import Doc, Map, Text
from websockets.sync.client import ClientConnection, connect

NAMESPACE = "/minutes"
PART_BYTES = 49_152
ANSWER_LIMIT_S = 20.0

Answer = dict[str, Any]


class Newcomer:
    """`heard`: (event, data) in the order of arrival; `numbers`: of the updates applied or acknowledged here."""

    def __init__(self, url: str, address: str, token: str) -> None:
        self.url, self.address, self.token = url, address, token
        self.doc: Doc[Any] = Doc(client_id=secrets.randbits(32))
        self.meta = self.doc.get("meta", type=Map)
        self.sections = self.doc.get("sections", type=Map)
        self.heard: list[tuple[str, Any]] = []
        self.numbers: list[int] = []
        self._asked = itertools.count(1)
        self._answers: dict[int, Any] = {}
        self._clock = 0  # of the awareness
        self._held = ExitStack()
        self.socket = self._connected()

    def __enter__(self) -> Newcomer:
        return self

    def __exit__(self, *_: object) -> None:
        self._held.close()

    # ------------------------------------------------------------ over HTTP

    def looked_at(self) -> tuple[int, Answer]:
        """Fetch what the server says of the text; the status and the answer."""
        request = urllib.request.Request(
            f"{self.url}{self.address}/ecrire/etat", headers={"Authorization": f"Bearer {self.token}"}
        )
        try:
            with urllib.request.urlopen(request, timeout=ANSWER_LIMIT_S) as reply:
                return reply.status, json.loads(reply.read())
        except urllib.error.HTTPError as refused:
            return refused.code, {}

    def flags(self) -> list[tuple[str, str]]:
        return [(flag["kind"], flag["ref"]) for flag in self.looked_at()[1]["flags"]]

    # ------------------------------------------------------------ frames

    def _connected(self) -> ClientConnection:
        address = self.url.replace("http", "ws", 1) + "/socket.io/?EIO=4&transport=websocket"
        opening = connect(address, compression=None, max_size=None, ping_interval=None, proxy=None)
        socket = self._held.enter_context(opening)
        assert str(socket.recv(ANSWER_LIMIT_S)).startswith("0{")
        socket.send(f"40{NAMESPACE},{json.dumps({'token': self.token})}")
        assert str(socket.recv(ANSWER_LIMIT_S)).startswith(f"40{NAMESPACE},")
        return socket

    def ask(self, event: str, data: Answer, answered: bool = True) -> Any:
        """Send an event; its bytes go as attachments, in the order of their numbers."""
        number, attached = next(self._asked), []
        for name, value in data.items():
            if isinstance(value, bytes):
                data = {**data, name: {"_placeholder": True, "num": len(attached)}}
                attached.append(value)
        kind = f"45{len(attached)}-" if attached else "42"
        self.socket.send(f"{kind}{NAMESPACE},{number if answered else ''}{json.dumps([event, data])}")
        for body in attached:
            self.socket.send(body)
        while answered and number not in self._answers:
            self.read(ANSWER_LIMIT_S)
        return self._answers.pop(number, None)

    def read(self, limit_s: float) -> None:
        """Take one packet, with its attachments."""
        frame = str(self.socket.recv(limit_s))
        if frame == "2":
            self.socket.send("3")
            return
        kind, rest = frame[:2], frame[2:]
        count = 0
        if kind in ("45", "46"):
            figures, _, rest = rest.partition("-")
            count = int(figures)
        namespace, _, rest = rest.partition(",")
        assert namespace == NAMESPACE, frame
        start = rest.index("[")
        attached = [self.socket.recv(ANSWER_LIMIT_S) for _ in range(count)]
        values = _filled(json.loads(rest[start:]), attached)
        if kind in ("43", "46"):
            self._answers[int(rest[:start])] = values[0]
            return
        self.heard.append((values[0], values[1]))
        if values[0] == "update":
            self.doc.apply_update(values[1]["update"])
            self.numbers.append(values[1]["number"])

    def until(self, true: Callable[[], Any], limit_s: float = 20.0) -> None:
        end = time.monotonic() + limit_s
        while not true():
            assert time.monotonic() < end, self.heard[-5:]
            try:
                self.read(0.2)
            except TimeoutError:
                continue

    def events(self, name: str) -> list[Any]:
        return [data for event, data in self.heard if event == name]

    # ------------------------------------------------------------ the document

    def open(self, document: int) -> Answer:
        """Open, put the pieces end to end, give the server what it lacks."""
        answer = self.ask(
            "open", {"document": document, "client": self.doc.client_id, "vector": self.doc.get_state()}
        )
        if answer["ok"]:
            pieces = [answer["update"]]
            pieces += [self.ask("part", {"part": part})["update"] for part in range(2, answer["parts"] + 1)]
            self.doc.apply_update(b"".join(pieces))
            lacking = self.doc.get_update(answer["vector"])
            assert self.send(lacking)["ok"] or not answer["writable"]
        found: Answer = answer
        return found

    def text(self) -> list[tuple[str, str, str]]:
        """(key, heading, body) of each section, in the order of the document."""
        found = [(key, self.sections[key]) for key in self.sections]
        found.sort(key=lambda one: (one[1].get("annex") is True, one[1]["order"], one[0]))
        return [(key, section["heading"], str(section["body"])) for key, section in found]

    def body(self, key: str) -> str:
        return {key: body for key, _, body in self.text()}[key]

    def write(self, key: str, words: str) -> Answer:
        """Add words at the end of a section."""

        def change() -> None:
            body = self.sections[key]["body"]
            assert isinstance(body, Text)
            body += words

        return self.changed(change)

    def move(self, key: str, after: str) -> Answer:
        """Put a section right after another: an order between its new neighbours'."""
        orders = sorted(self.sections[one]["order"] for one in self.sections if one != key)
        first = self.sections[after]["order"]
        following = next((order for order in orders if order > first), "")
        made = first + "V"
        assert first < made < (following or made + "V"), (first, following)

        def change() -> None:
            self.sections[key]["order"] = made

        return self.changed(change)

    def changed(self, change: Callable[[], None]) -> Answer:
        before = self.doc.get_state()
        with self.doc.transaction():
            change()
        return self.send(self.doc.get_update(before))

    def send(self, update: bytes) -> Answer:
        """Send one update, in parts when it is long; sent again in full when something before it is missing."""
        pieces = [update[at : at + PART_BYTES] for at in range(0, len(update), PART_BYTES)]
        name = secrets.token_hex(8)
        answer: Answer = {}
        for part, piece in enumerate(pieces, 1):
            answer = self.ask(
                "update",
                {
                    "id": name, "client": self.doc.client_id, "clock": self.clock(), "part": part,
                    "parts": len(pieces), "update": piece,
                },
            )  # fmt: skip
            if not answer["ok"]:
                break
        if answer.get("code") == "resync":
            return self.send(self.doc.get_update(answer["vector"]))
        if answer["ok"]:
            self.numbers.append(answer["number"])
        return answer

    def clock(self) -> int:
        """This client's own clock: its entry in the state vector."""
        vector = self.doc.get_state()
        at, count = _number(vector, 0)
        for _ in range(count):
            at, client = _number(vector, at)
            at, clock = _number(vector, at)
            if client == self.doc.client_id:
                return clock
        return 0

    def show(self, state: Any) -> None:
        """Say where one is; nobody acknowledges it."""
        self._clock += 1
        words = json.dumps(state).encode()
        body = b"".join(map(_written, (1, self.doc.client_id, self._clock, len(words)))) + words
        self.ask("awareness", {"update": body}, answered=False)

    def seen(self) -> list[Any]:
        """What each `awareness` event said: (client, state)."""
        found = []
        for data in self.events("awareness"):
            at, count = _number(data["update"], 0)
            for _ in range(count):
                at, client = _number(data["update"], at)
                at, _clock = _number(data["update"], at)
                at, length = _number(data["update"], at)
                found.append((client, json.loads(data["update"][at : at + length])))
                at += length
        return found


def _filled(value: Any, attached: list[Any]) -> Any:
    """Return a packet's data with its attachments where their placeholders stand."""
    if isinstance(value, dict):
        if value.get("_placeholder") is True:
            return attached[value["num"]]
        return {name: _filled(one, attached) for name, one in value.items()}
    return [_filled(one, attached) for one in value] if isinstance(value, list) else value


def _number(body: bytes, at: int) -> tuple[int, int]:
    """Read a varUint: seven bits a byte, the lowest first; return where it ends, and it."""
    found = shift = 0
    while True:
        found |= (body[at] & 0x7F) << shift
        shift, at = shift + 7, at + 1
        if body[at - 1] < 0x80:
            return at, found


def _written(number: int) -> bytes:
    made = bytearray()
    while number >= 0x80:
        made.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*made, number])
