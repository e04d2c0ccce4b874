"""Measure (a): one act of the desk, heard by everybody; the same length from a bare broadcast server."""

from __future__ import annotations

import asyncio
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
    with server(var, open_at=("s3", "a3")) as running:
        ours = asyncio.run(_fan_out(running, count))
    return {"ours": ours, "bare": asyncio.run(_bare_fan_out(count, ours["frame bytes"]))}


async def _fan_out(running: RunningServer, count: int) -> Figures:
    phones = await hall(running, count)
    desk = await surface_of(running, "desk", "cofacilitator")
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
    with Spent(running.pid) as spent:
        for number in range(ROUNDS):
            began, left = time.monotonic(), count
            done.clear()
            await desk.act("freeze_phones", {"on": number % 2 == 0})
            await asyncio.wait_for(done.wait(), 10)
            await asyncio.sleep(0.05)
    await stop(desk, *phones)
    per_delivery = spent.cpu / (ROUNDS * count) * 1e6
    return {**percentiles(times), "µs CPU per delivery": round(per_delivery, 1), "frame bytes": max(lengths)}


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
        return {**percentiles(times), "µs CPU per delivery": round(spent.cpu / (ROUNDS * count) * 1e6, 1)}
    finally:
        process.terminate()
        process.wait()
