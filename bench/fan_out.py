"""Measure (a): one act of the desk, heard by everybody; the same length from a bare broadcast server; where the time goes."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import websockets
from gathering import hall, stop, surface_of
from measures import SERVER_CORE, Spent, pinned, server
from phones import Phone, percentiles

from tests.server import RunningServer, free_port

HERE = Path(__file__).resolve().parent
ROUNDS = 60

Figures = dict[str, Any]


def fan_out(var: Path, count: int) -> Figures:
    """One act of the desk, heard by everybody: time to each phone, processor time per delivery; then the bare server."""
    ours, parts = var / "ours", var / "parts"
    ours.mkdir()
    parts.mkdir()
    with server(ours, open_at=("s3", "a3")) as running:
        figures: Figures = {"ours": asyncio.run(_fan_out(running, count))}
    figures["bare"] = asyncio.run(_bare_fan_out(count, figures["ours"]["frame bytes"]))
    figures["ours / bare, CPU"] = round(
        figures["ours"]["µs CPU per delivery"] / figures["bare"]["µs CPU per delivery"], 1
    )
    with server(parts, (str(HERE / "serve_measured.py"),), open_at=("s3", "a3")) as running:
        figures["where ours goes, µs per delivery"] = asyncio.run(_parts(running, parts, count))
    return figures


async def _fan_out(running: RunningServer, count: int) -> Figures:
    phones = await hall(running, count)
    desk = await surface_of(running, "desk", "cofacilitator")
    with Spent(running.pid) as spent:
        times, length = await _rounds(desk, phones)
    await stop(desk, *phones)
    return {**percentiles(times), "µs CPU per delivery": _each(spent.cpu, count), "frame bytes": length}


async def _rounds(desk: Phone, phones: list[Phone]) -> tuple[list[float], int]:
    """Act ROUNDS times, each once everybody heard the one before; return the time of each delivery, the frame's length."""
    times: list[float] = []
    lengths: list[int] = []
    began, left, done = 0.0, 0, asyncio.Event()

    def heard(_phone: Phone, _seq: int, length: int) -> None:
        nonlocal left
        times.append(time.monotonic() - began)
        lengths.append(length)
        left -= 1
        if left == 0:
            done.set()

    for phone in phones:
        phone.on_patch = heard
    for number in range(ROUNDS):
        began, left = time.monotonic(), len(phones)
        done.clear()
        await desk.act("freeze_phones", {"on": number % 2 == 0})
        await asyncio.wait_for(done.wait(), 10)
        await asyncio.sleep(0.05)
    return times, max(lengths)


async def _parts(running: RunningServer, var: Path, count: int) -> Figures:
    """Return what each part of the server took of those rounds. What a part holds of another is in both."""
    phones = await hall(running, count)
    desk = await surface_of(running, "desk", "cofacilitator")
    before = await _told(running, var)
    await _rounds(desk, phones)
    after = await _told(running, var)
    await stop(desk, *phones)
    gone = {name: _each(after[name] - before.get(name, 0.0), count) for name in after}
    return {name: took for name, took in sorted(gone.items(), key=lambda item: -item[1]) if took >= 0.1}


async def _told(running: RunningServer, var: Path) -> dict[str, float]:
    file = var / "parts.json"
    file.unlink(missing_ok=True)
    os.kill(running.pid, signal.SIGUSR1)
    while not file.exists():
        await asyncio.sleep(0.05)
    await asyncio.sleep(0.05)
    found: dict[str, float] = json.loads(file.read_text())
    return found


def _each(seconds: float, count: int) -> float:
    return round(seconds / (ROUNDS * count) * 1e6, 1)


async def _bare_fan_out(count: int, length: int) -> Figures:
    port = free_port()
    process = subprocess.Popen([*pinned(SERVER_CORE), sys.executable, str(HERE / "bare.py"), str(port)])
    try:
        await asyncio.sleep(1.0)
        sockets = [
            await websockets.connect(
                f"ws://127.0.0.1:{port}", compression=None, ping_interval=None, proxy=None
            )
            for _ in range(count)
        ]
        times: list[float] = []
        began, left, done = 0.0, 0, asyncio.Event()

        async def listen(socket: Any) -> None:
            nonlocal left
            async for _ in socket:
                times.append(time.monotonic() - began)
                left -= 1
                if left == 0:
                    done.set()

        listening = [asyncio.create_task(listen(socket)) for socket in sockets]
        with Spent(process.pid) as spent:
            for _ in range(ROUNDS):
                began, left = time.monotonic(), count
                done.clear()
                await sockets[0].send(f"go {length}")
                await asyncio.wait_for(done.wait(), 10)
                await asyncio.sleep(0.05)
        for task in listening:
            task.cancel()
        return {**percentiles(times), "µs CPU per delivery": _each(spent.cpu, count)}
    finally:
        process.terminate()
        process.wait()
