"""Two rooms: in a house without a network, whose hours are ours; on a running server, by HTTP, as browsers without scripts do."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from typing import Any

import requests

from atelier.live.credentials import Guest
from tests.faults.hall import Hall
from tests.kinds.room import DESK

ANSWER_S = 20


def sequences_of(snapshot: Mapping[str, Any]) -> dict[str, str]:
    return {
        activity["key"]: sequence["key"]
        for sequence in snapshot["sequences"]
        for activity in sequence["activities"]
    }


class HouseRoom:
    """A room of `tests/faults/hall.py`: every act by the one path of sockets and HTTP."""

    def __init__(self, hall: Hall, snapshot: Mapping[str, Any], wait: Callable[[float], None]) -> None:
        self.sequences = sequences_of(snapshot)
        self._hall, self._wait = hall, wait
        self._people: dict[str, Guest] = {DESK: hall.guest(DESK)}

    def join(self, name: str, college: str, **more: Any) -> None:
        self._people[name] = self._hall.phone(name, college, **more)

    def send(self, who: str, act: str, data: Mapping[str, Any]) -> Mapping[str, Any]:
        answer = self._hall.perform(self._people[who], act, dict(data))
        assert answer["ok"], (who, act, data, answer)
        return answer

    def wait(self, minutes: float) -> None:
        self._wait(60 * minutes)


class ServerRoom:
    """A séance of a running server, opened by its facilitator, whose browser is `nadia`."""

    def __init__(self, url: str, code: str, sequences: Mapping[str, str], nadia: requests.Session) -> None:
        self.sequences = sequences
        self._url, self._code = url, code
        self._people: dict[str, requests.Session] = {DESK: nadia}

    def join(self, name: str, college: str, **more: Any) -> None:
        phone = requests.Session()
        phone.headers["Origin"] = self._url
        profile = {"id": secrets.token_hex(16), "name": name, "college": college, **more}
        answer = phone.post(f"{self._url}/j/{self._code}", json=profile, timeout=ANSWER_S).json()
        assert answer["ok"], (name, answer)
        self._people[name] = phone

    def send(self, who: str, act: str, data: Mapping[str, Any]) -> Mapping[str, Any]:
        surface = "pupitre" if who == DESK else "s"
        sent = {"id": secrets.token_hex(16), "name": act, "data": dict(data)}
        reply = self._people[who].post(f"{self._url}/{surface}/{self._code}/act", json=sent, timeout=ANSWER_S)
        answer: Mapping[str, Any] = reply.json()
        assert answer["ok"], (who, act, data, answer)
        return answer

    def wait(self, minutes: float) -> None:
        """The hours of a server are its own."""
