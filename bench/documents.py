"""Measure (g): fifteen people type in one document; how long it takes to open; beside the bare CRDT and the bare socket."""

from __future__ import annotations

import asyncio
import json
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import websockets
from measures import SERVER_CORE, Spent, pinned, server
from phones import percentiles
from typists import SECTION, Typist, propagation

from atelier.clock import utc_now
from atelier.db import Database
from atelier.minutes import store
from atelier.minutes.content import Content, Section
from atelier.minutes.document import SharedText, loaded, make
from atelier.minutes.store import Kept
from tests.documents.ground import make_document, room_on
from tests.server import RunningServer, free_port

HERE = Path(__file__).resolve().parent
WRITERS = 15
SECONDS = 20.0
PER_SECOND = 4.0  # a quick typist
EDITS = (1_000, 10_000, 50_000)

Figures = dict[str, Any]


def documents(var: Path) -> Figures:
    """Type, relay, open; then what the CRDT and the socket alone would take for the same."""
    with server(var) as running:
        ours = asyncio.run(_type_together(running))
        opening = {f"{count:,} edits": _opening(running, count) for count in EDITS}
    bare = asyncio.run(_bare_socket(ours["updates"], ours["bytes each"]))
    crdt = _bare_crdt()
    cheapest = bare["µs CPU per update"] + crdt["µs CPU per update"]
    return {
        f"{WRITERS} writers": ours,
        "bare socket, same traffic": bare,
        "bare CRDT": crdt,
        "ours / bare socket + CRDT, CPU": round(ours["µs CPU per update"] / cheapest, 1),
        "opening": opening,
    }


async def _type_together(running: RunningServer) -> Figures:
    assert running.seeded is not None
    database = Database(running.seeded.settings.database_url)
    made = make_document(database, [f"P{n}" for n in range(WRITERS)], owner_id=running.seeded.owner)
    typists = [
        Typist(running.url, made.id, token, 1_000 + number)
        for number, token in enumerate(made.tokens.values())
    ]
    for typist in typists:
        await typist.open()
    with Spent(running.pid) as spent:
        await asyncio.gather(
            *(typist.type(SECONDS, PER_SECOND, random.Random(n)) for n, typist in enumerate(typists))
        )
        await asyncio.sleep(0.5)
    for typist in typists:
        await typist.close()
    sent = sum(len(typist.sent) for typist in typists)
    with database.reading() as db:
        count, size = store.log_size(db, made.id)
    database.dispose()
    return {
        "propagation": percentiles(propagation(typists)),
        "acknowledged in": percentiles([took for typist in typists for took in typist.answered]),
        "updates": sent,
        "bytes each": round(size / count),
        "µs CPU per update": round(spent.cpu / sent * 1e6),
        "cores": round(spent.cores, 2),
    }


def _opening(running: RunningServer, count: int) -> Figures:
    """Write `count` edits as they come from pages, keep snapshots as the house does, open in a fresh process."""
    assert running.seeded is not None
    url = running.seeded.settings.database_url
    database = Database(url)
    made = make_document(database, reference=f"F{count}", owner_id=running.seeded.owner)
    room = room_on(database, made.id)
    base = room.lacking(b"\0")[1]
    text = loaded([base], client=77)
    kept = [Kept(number, update, "w1") for number, update in enumerate(_typed(text, count), 2)]
    compacted = count - count % 1_000 - 500  # as far from the last snapshot as a day's work usually is
    with database.transaction() as connection:
        store.append(connection, made.id, kept[:compacted], utc_now())
    room_on(database, made.id).compact(force=True)
    with database.transaction() as connection:
        store.append(connection, made.id, kept[compacted:], utc_now())
    figures: Figures = {"snapshot + tail": _opened(url, made.id)}
    with database.transaction() as connection:
        connection.exec_driver_sql(f"DELETE FROM document_snapshot WHERE document_id = {made.id}")
    figures["log alone"] = _opened(url, made.id)
    database.dispose()
    return figures


def _opened(url: str, document_id: int) -> Figures:
    command = [*pinned(SERVER_CORE), sys.executable, str(HERE / "opening.py"), url, str(document_id)]
    found = [json.loads(subprocess.check_output(command)) for _ in range(3)]
    return dict(min(found, key=lambda one: one["ms"]))


def _typed(text: SharedText, count: int) -> list[bytes]:
    """Type mostly at the end, sometimes elsewhere, one sign in ten taken back."""
    chance = random.Random(1)
    length = len(text.markdown(SECTION))
    updates = []
    for _ in range(count):
        at = length if chance.random() < 0.95 else chance.randrange(length)
        if chance.random() < 0.1 and at > 0:
            updates.append(text.editing(lambda one, at=at: one.splice(SECTION, at - 1, at)))
            length -= 1
        else:
            updates.append(
                text.editing(lambda one, at=at: one.splice(SECTION, at, at, chance.choice("aeiou é’")))
            )
            length += 1
    return updates


def _bare_crdt() -> Figures:
    """Take 5,000 updates into the library alone: no reading first, no row, no socket."""
    content = Content("", (Section(SECTION, 1, ""),))
    updates = _typed(loaded([make(content, client=1)], client=2), 5_000)
    replica = loaded([make(content, client=1)])
    began = time.process_time()
    for update in updates:
        replica.trust(update)
    return {"µs CPU per update": round((time.process_time() - began) / len(updates) * 1e6, 1)}


async def _bare_socket(updates: int, size: int) -> Figures:
    """Give the same number of messages of the same length, at the same pace, to the same number of people."""
    port = free_port()
    process = subprocess.Popen([*pinned(SERVER_CORE), sys.executable, str(HERE / "bare_relay.py"), str(port)])
    try:
        await asyncio.sleep(1.0)
        address = f"ws://127.0.0.1:{port}"
        sockets = [
            await websockets.connect(address, compression=None, ping_interval=None, proxy=None)
            for _ in range(WRITERS)
        ]
        times: list[float] = []

        async def listen(socket: Any) -> None:
            async for message in socket:
                if len(message) > 8:
                    times.append(time.monotonic() - float(message[:24].decode()))

        async def talk(socket: Any, chance: random.Random) -> None:
            for _ in range(updates // WRITERS):
                await asyncio.sleep(chance.expovariate(PER_SECOND))
                await socket.send(f"{time.monotonic():<24.9f}".encode().ljust(max(size, 24), b"x"))

        listening = [asyncio.create_task(listen(socket)) for socket in sockets]
        with Spent(process.pid) as spent:
            await asyncio.gather(*(talk(socket, random.Random(n)) for n, socket in enumerate(sockets)))
        for task in listening:
            task.cancel()
        return {"propagation": percentiles(times), "µs CPU per update": round(spent.cpu / updates * 1e6, 1)}
    finally:
        process.terminate()
        process.wait()
