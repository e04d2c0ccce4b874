"""A program that speaks the public protocol (docs/protocol.md): HTTP to join, Socket.IO to act. It knows nothing else."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

import requests
import socketio

NAMESPACE = "/live"
ANSWER_S = 10.0
TRIES = 3  # what a phone's outbox would go on doing
PUT_OFF = frozenset({"busy", "frozen", "storage", "fault"})

Answer = Mapping[str, Any]


class Unreachable(Exception):
    """Nobody answers, or not as expected."""


@dataclass(slots=True)
class Seat:
    """One connection to one surface of a séance, by token."""

    url: str
    code: str
    surface: str
    token: str
    client: Any = field(default=None)

    def connect(self) -> None:
        """Open the socket and join the surface."""
        self.client = socketio.Client(reconnection=False, handle_sigint=False)
        try:
            self._open()
            answer = self._call("join", {"surface": self.surface, "session": self.code})
        except (socketio.exceptions.SocketIOError, requests.RequestException) as error:
            raise Unreachable(type(error).__name__) from error
        if not answer["ok"]:
            raise Unreachable(answer["code"])

    def _open(self) -> None:
        options = {"namespaces": [NAMESPACE], "auth": {"token": self.token}, "wait_timeout": ANSWER_S}
        try:
            self.client.connect(self.url, transports=["websocket"], **options)
        except socketio.exceptions.ConnectionError:
            self.client.connect(self.url, transports=["polling"], **options)

    def act(self, name: str, data: Mapping[str, Any], act_id: str = "") -> tuple[Answer | None, float]:
        """Send one act until it is answered for good; return the answer (None: none came) and the seconds it took."""
        act = {"name": name, "id": act_id or secrets.token_hex(16), "data": dict(data)}
        began = perf_counter()
        for _ in range(TRIES):
            try:
                answer = self._call("act", act)
            except socketio.exceptions.SocketIOError:
                continue
            if answer["ok"] or answer["code"] not in PUT_OFF:
                return answer, perf_counter() - began
        return None, perf_counter() - began

    def close(self) -> None:
        if self.client is not None:
            self.client.disconnect()

    def _call(self, event: str, data: Mapping[str, Any]) -> Answer:
        answer: Answer = self.client.call(event, dict(data), namespace=NAMESPACE, timeout=ANSWER_S)
        return answer


def join(url: str, code: str, profile: Mapping[str, Any]) -> Seat:
    """Join as a phone does and sit down at its surface. Unreachable when the door stays shut."""
    proof = {"Authorization": f"Bearer {secrets.token_urlsafe(16)}", "Accept": "application/json"}
    try:
        reply = requests.post(f"{url}/j/{code}", json=dict(profile), headers=proof, timeout=ANSWER_S)
        answer = reply.json()
    except (requests.RequestException, ValueError) as error:
        raise Unreachable(type(error).__name__) from error
    if not answer.get("ok"):
        raise Unreachable(str(answer.get("code", reply.status_code)))
    seat = Seat(url, code, "phone", answer["token"])
    seat.connect()
    return seat


def join_page(url: str, code: str) -> str:
    """Return the page on which people join, an empty text when this code opens nothing there."""
    try:
        reply = requests.get(f"{url}/j/{code}", timeout=ANSWER_S)
    except requests.RequestException as error:
        raise Unreachable(type(error).__name__) from error
    return reply.text if reply.status_code == requests.codes.ok else ""
