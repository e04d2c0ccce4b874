"""Phones with an outbox, over the real wire: each act is sent, over sockets or HTTP, until somebody has answered it."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.sockets.wire_client import HttpClient, WireClient, new_id

Answer = dict[str, Any]
RETRYABLE = frozenset({"busy", "frozen", "storage", "fault"})
RETRY_S = 0.25
THINK_S = 0.03
PATIENCE_S = 10.0
OPTIONS = ("o1", "o2", "o3", "o4", "o5")


@dataclass(frozen=True, slots=True)
class Sent:
    """What a phone has to say, and under which id."""

    id: str
    name: str
    data: dict[str, Any]


@dataclass
class OutboxPhone:
    """One device. `urls` are the processes that serve the séance: another is tried when one does not answer."""

    name: str
    urls: Sequence[str]
    code: str
    over: str  # websocket | polling | http
    chance: random.Random
    answers: dict[str, Answer] = field(default_factory=dict)
    said: dict[str, Sent] = field(default_factory=dict)
    participant: str = ""
    tries: int = 0
    _http: HttpClient | None = None
    _wire: WireClient | None = None
    _where: int = 0

    async def join(self) -> None:
        """Come in as browsers do: the page first, which gives the cookie, then the form, again until it is answered."""
        id = new_id()
        while not self.participant:
            try:
                async with asyncio.timeout(PATIENCE_S):
                    http = self._client()
                    await http.request("GET", f"/j/{self.code}")
                    reply = await http.post_json(
                        f"/j/{self.code}", {"id": id, "name": self.name, "college": "A"}
                    )
                answer = reply.json()
                assert answer["ok"], answer
                self.participant = answer["participant"]
            except (OSError, ValueError, IndexError, asyncio.IncompleteReadError, TimeoutError):
                await self._elsewhere()

    async def talk(self, stop: asyncio.Event, kinds: Sequence[str]) -> None:
        """Write cards and ballots until told to stop, one act after the other, as an outbox does."""
        count = 0
        while not stop.is_set():
            kind = self.chance.choice(kinds)
            await self.deliver(self._next(kind, count))
            count += 1
            await asyncio.sleep(self.chance.random() * THINK_S)

    async def deliver(self, act: Sent) -> Answer:
        """Send an act until it is answered for good."""
        self.said[act.id] = act
        while True:
            self.tries += 1
            try:
                async with asyncio.timeout(PATIENCE_S):
                    answer = await self._send(act)
            except Exception:  # whatever a dying server does to a client
                await self._elsewhere()
                continue
            if answer["ok"] or answer["code"] not in RETRYABLE:
                self.answers[act.id] = answer
                return answer
            await asyncio.sleep(RETRY_S)

    async def close(self) -> None:
        wire, self._wire = self._wire, None
        if wire is not None:
            await wire.close()
        if self._http is not None:
            self._http.close()

    def _next(self, kind: str, count: int) -> Sent:
        if kind == "card":
            data: dict[str, Any] = {"activity": "a3", "text": f"{self.name}, idée {count}", "column": "plus"}
            return Sent(new_id(), "submit_contribution", data)
        dots = dict.fromkeys(self.chance.sample(OPTIONS, self.chance.randint(1, 3)), 1)
        return Sent(new_id(), "cast_ballot", {"activity": "a4", "ballot": {"dots": dots}})

    async def _send(self, act: Sent) -> Answer:
        if self.over == "http":
            return await self._client().act(self.code, act.name, act.data, act.id)
        if self._wire is None or self._wire.lost.is_set():
            wire = WireClient(self._client(), self.code, transport=self.over, heard=lambda event, data: None)
            self._wire = wire
            entered = await wire.enter()
            assert entered["ok"], entered
        return await self._wire.act(act.name, act.data, act.id)

    def _client(self) -> HttpClient:
        url = self.urls[self._where % len(self.urls)]
        if self._http is None or self._http.url != url:
            cookies = self._http.cookies if self._http else {}
            self._http = HttpClient(url, cookies, origin=url)
        return self._http

    async def _elsewhere(self) -> None:
        wire, self._wire = self._wire, None
        if wire is not None:
            try:
                async with asyncio.timeout(1):
                    await wire.close()
            except Exception:
                pass
        cookies = self._http.cookies if self._http else {}
        self._where += 1
        self._http = None
        self._http = HttpClient(url := self.urls[self._where % len(self.urls)], cookies, origin=url)
        await asyncio.sleep(RETRY_S * (1 + self.chance.random()))


def cards_said(phones: Sequence[OutboxPhone]) -> dict[str, str]:
    """Return the words of every card answered « received », by act id."""
    return {
        id: phone.said[id].data["text"]
        for phone in phones
        for id, answer in list(phone.answers.items())
        if answer["ok"] and phone.said[id].name == "submit_contribution"
    }


def last_ballots(phones: Sequence[OutboxPhone]) -> dict[str, dict[str, int]]:
    """Return the last ballot that each phone was told is in the box, by participant."""
    found: dict[str, dict[str, int]] = {}
    for phone in phones:
        for id, answer in list(phone.answers.items()):
            if answer["ok"] and phone.said[id].name == "cast_ballot":
                found[phone.participant] = phone.said[id].data["ballot"]["dots"]
    return found


def refusals(phones: Sequence[OutboxPhone]) -> list[Answer]:
    return [answer for phone in phones for answer in phone.answers.values() if not answer["ok"]]
