"""Measures (b), (c) and (e), each on a server of its own. They print nothing: they return figures."""

from __future__ import annotations

import asyncio
import random
import time
from pathlib import Path
from typing import Any

from gathering import SETTLE_S, hall, stop, surface_of
from measures import SERVER_CORE, Spent, cpu_seconds, pinned, resident_kb, server
from phones import Phone, at_a_rate, joined, percentiles

from tests.server import ATELIER_RUN, RunningServer
from tests.sockets.wire_client import HttpClient

HERE = Path(__file__).resolve().parent
BOARD, VOTE = "a3", "a4"
DOTS = [{"o1": 2, "o2": 1}, {"o3": 1, "o4": 2}, {"o5": 1}, {"o2": 2, "o1": 1}]

Figures = dict[str, Any]


# ---------------------------------------------------------------- (b) an evening at its busiest


def evening(var: Path, count: int, rate: float, seconds: float) -> Figures:
    """`rate` contributions a second, then one vote from everybody within five seconds."""
    with server(var, open_at=("s3", BOARD)) as running:
        return asyncio.run(_evening(running, count, rate, seconds))


async def _evening(running: RunningServer, count: int, rate: float, seconds: float) -> Figures:
    empty = resident_kb(running.pid)
    phones = await hall(running, count)
    full = resident_kb(running.pid)
    screen = await surface_of(running, "screen", "screen")
    desk = await surface_of(running, "desk", "cofacilitator")
    await desk.act("set_live_display", {"activity": BOARD, "on": True})
    figures: Figures = {"kB per phone": round((full - empty) / count, 1)}
    acts, shown = Stopwatch(), Projector(screen)
    with Spent(running.pid) as spent:
        await at_a_rate(rate, seconds, lambda n: _contribute(random.choice(phones), n, acts, shown))
        await shown.settled()
    figures["contributions"] = _told(acts, shown, spent)
    for name, data in (
        ("take_agenda", {}),
        ("close_activity", {"activity": BOARD}),
        ("go_to", {"sequence": "s5", "activity": VOTE}),
        ("open_activity", {"activity": VOTE}),
    ):
        answer = await desk.act(name, data)
        assert answer["ok"], answer
    await asyncio.sleep(SETTLE_S)
    acts, shown = Stopwatch(), Projector(screen)
    with Spent(running.pid) as spent:
        await at_a_rate(count / 5, 5, lambda n: _vote(phones[n % count], n, acts, shown))
        await shown.settled()
    figures["votes"] = _told(acts, shown, spent)
    figures["answers with an error"] = len(running.errors())
    await stop(screen, desk, *phones)
    return figures


class Stopwatch:
    """Times of acknowledgements, and refusals by code."""

    def __init__(self) -> None:
        self.times: list[float] = []
        self.refused: dict[str, int] = {}

    async def take(self, phone: Phone, name: str, data: dict[str, Any]) -> tuple[float, int]:
        began = time.monotonic()
        answer = await phone.act(name, data)
        self.times.append(time.monotonic() - began)
        if not answer["ok"]:
            self.refused[answer["code"]] = self.refused.get(answer["code"], 0) + 1
            return began, 0
        return began, answer["seq"]


class Projector:
    """From the tap to the projector: when the screen gets a patch that holds the act."""

    def __init__(self, screen: Phone) -> None:
        self.times: list[float] = []
        self._waiting: list[tuple[int, float]] = []
        self._last: tuple[int, float] = (screen.seq, 0.0)
        screen.on_patch = self._heard

    def expect(self, began: float, seq: int) -> None:
        if seq <= self._last[0]:
            self.times.append(self._last[1] - began)
        elif seq:
            self._waiting.append((seq, began))

    async def settled(self) -> None:
        for _ in range(30):
            if not self._waiting:
                return
            await asyncio.sleep(0.1)

    @property
    def unseen(self) -> int:
        return len(self._waiting)

    def _heard(self, _screen: Phone, seq: int, _length: int) -> None:
        now = time.monotonic()
        self._last = (seq, now)
        self.times += [now - began for wanted, began in self._waiting if wanted <= seq]
        self._waiting = [entry for entry in self._waiting if entry[0] > seq]


def _told(acts: Stopwatch, shown: Projector, spent: Spent) -> Figures:
    figures: Figures = {
        "acts": len(acts.times),
        "acknowledged": percentiles(acts.times),
        "tap to projector": percentiles(shown.times),
        "server, cores": round(spent.cores, 2),
    }
    if acts.refused:
        figures["refused"] = acts.refused
    if shown.unseen:
        figures["not seen on the projector"] = shown.unseen
    return figures


async def _contribute(phone: Phone, number: int, acts: Stopwatch, shown: Projector) -> None:
    text = f"Idée {number} : {'la salle doit choisir son ordre du jour ' * 2}"[:120]
    column = "plus" if number % 2 else "minus"
    shown.expect(
        *await acts.take(phone, "submit_contribution", {"activity": BOARD, "text": text, "column": column})
    )


async def _vote(phone: Phone, number: int, acts: Stopwatch, shown: Projector) -> None:
    ballot = {"dots": DOTS[number % len(DOTS)]}
    shown.expect(*await acts.take(phone, "cast_ballot", {"activity": VOTE, "ballot": ballot}))


# ---------------------------------------------------------------- (c) everybody at once


def restart(var: Path, count: int) -> Figures:
    """Everybody joins at once; then kill -9, start again, and everybody comes back by themselves."""
    with server(var, open_at=("s3", BOARD)) as running:
        return asyncio.run(_restart(running, count))


async def _restart(running: RunningServer, count: int) -> Figures:
    began = time.monotonic()
    https = await joined(running.url, running.code, count)
    entered = time.monotonic()
    phones = [Phone(http, running.code) for http in https]
    await asyncio.gather(*(phone.start() for phone in phones))
    current = time.monotonic()
    figures: Figures = {
        "joined over HTTP, s": round(entered - began, 2),
        "then all current, s": round(current - entered, 2),
    }
    for number in range(200):
        column = "plus" if number % 2 else "minus"
        await phones[number % count].act(
            "submit_contribution", {"activity": BOARD, "text": f"Carte {number}", "column": column}
        )
    running.kill()
    for phone in phones:
        phone.ready.clear()
    started = time.monotonic()
    running.start(wait=False, prefix=pinned(SERVER_CORE))
    answering = asyncio.create_task(_answering(running))
    await asyncio.gather(*(phone.ready.wait() for phone in phones))
    used = cpu_seconds(running.pid)
    back = sorted(phone.ready_at - started for phone in phones)
    answered = await answering - started
    figures |= {
        "after kill -9: the process answers, s": round(answered, 2),
        "half of the phones current, s": round(back[count // 2], 2),
        "all current, s": round(back[-1], 2),
        "all current after the first answer, s": round(back[-1] - min(answered, back[0]), 2),
        "processor of the new process until then, s": round(used, 2),
        "surface, bytes": phones[0].answer_bytes,
    }
    await stop(*phones)
    return figures


async def _answering(running: RunningServer) -> float:
    """Return when the server first answers a request."""
    while True:
        try:
            probe = HttpClient(running.url)
            await probe.request("GET", "/healthz")
            probe.close()
            return time.monotonic()
        except (OSError, EOFError, IndexError):
            await asyncio.sleep(0.02)


# ---------------------------------------------------------------- acts per second, with and without storage


def throughput(var: Path, count: int, seconds: float) -> Figures:
    """Everybody acts again as soon as answered: the most the server can take, then the same without storage."""
    figures: Figures = {}
    for name, program in (
        ("with storage", ATELIER_RUN),
        ("without", (str(HERE / "serve_without_storage.py"),)),
    ):
        place = var / name.replace(" ", "-")
        place.mkdir()
        with server(place, program, open_at=("s5", VOTE)) as running:
            figures[name] = asyncio.run(_throughput(running, count, seconds))
    return figures


async def _throughput(running: RunningServer, count: int, seconds: float) -> Figures:
    phones = await hall(running, count)
    acts = Stopwatch()
    end = time.monotonic() + seconds

    async def keep_on(phone: Phone, number: int) -> None:
        while time.monotonic() < end:
            ballot = {"dots": DOTS[number % len(DOTS)]}
            await acts.take(phone, "cast_ballot", {"activity": VOTE, "ballot": ballot})

    with Spent(running.pid) as spent:
        await asyncio.gather(*(keep_on(phone, n) for n, phone in enumerate(phones)))
    await stop(*phones)
    return {
        "ballots per second": round(len(acts.times) / spent.wall),
        "µs CPU per ballot": round(spent.cpu / len(acts.times) * 1e6),
        "acknowledged": percentiles(acts.times),
        **({"refused": acts.refused} if acts.refused else {}),
    }
