"""People who type in a real Yjs (Node), while servers are killed: what was acknowledged, and what is on the disk."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from atelier.db import Database
from tests.documents.ground import MadeDocument, bodies, content_on_disk, make_document
from tests.seed import Seeded
from tests.server import ROOT, RunningServer

NAMES = ("Odile", "Marcel", "Fatoumata", "Thierry", "Samira")
WAYS = ("websocket", "polling", "websocket")
PACE_MS, SLOW_PACE_MS = 30, 150  # slow: for an hour's worth of kills, signs must not run out
LONGEST_LIFE_S = 1.2


class Writers:
    """`node yjs_writers.mjs`: five people who type."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def ask(self, command: str) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{command}\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def wait_until_some_is_acknowledged(self, more_than: int = 0, limit_s: float = 30) -> None:
        deadline = time.monotonic() + limit_s
        while time.monotonic() < deadline:
            if len(self.ask("status")["acknowledged"]) > more_than:
                return
            time.sleep(0.1)
        raise AssertionError("nothing was acknowledged")


@dataclass
class Count:
    """What a run found. `missing`: signs that were acknowledged, erased by nobody, and are not there once."""

    kills: int = 0
    acknowledged: int = 0
    unreadable: int = 0
    missing: list[str] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)


def make_written(seeded: Seeded) -> MadeDocument:
    """Put a document with five invited writers beside a seeded séance."""
    database = Database(seeded.settings.database_url)
    try:
        return make_document(database, NAMES, session_id=seeded.session_id, owner_id=seeded.owner)
    finally:
        database.dispose()


@contextmanager
def writing(urls: Sequence[str], made: MadeDocument, pace_ms: int) -> Iterator[Writers]:
    """Let everybody type until the end of the block."""
    node = shutil.which("node")
    if node is None or not (ROOT / "node_modules" / "yjs").exists():
        pytest.skip("Node and its modules are not here (make test puts them in place)")
    job = {
        "urls": list(urls), "document": made.id, "tokens": list(made.tokens.values()), "transports": WAYS,
        "pace": pace_ms,
    }  # fmt: skip
    process = subprocess.Popen(
        [node, str(Path(__file__).parents[1] / "sockets" / "yjs_writers.mjs"), json.dumps(job)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    try:
        yield Writers(process)
    finally:
        process.kill()
        process.wait()


def kill_while_they_write(
    servers: Sequence[RunningServer],
    seeded: Seeded,
    made: MadeDocument,
    kills: int,
    seed: int,
    pace_ms: int = PACE_MS,
) -> Count:
    """Kill servers in turn at random moments; after each death look on the disk, at the end compare every replica."""
    chance = random.Random(seed)
    count = Count()
    with writing([server.url for server in servers], made, pace_ms) as writers:
        writers.wait_until_some_is_acknowledged()
        for turn in range(kills):
            time.sleep(0.1 + chance.random() * LONGEST_LIFE_S)
            victim = servers[turn % len(servers)]
            victim.kill()
            count.kills += 1
            look_on_the_disk(seeded, made, writers, count)
            victim.start()
        writers.wait_until_some_is_acknowledged(more_than=len(writers.ask("status")["acknowledged"]))
        last = writers.ask("settle")
        look_on_the_disk(seeded, made, writers, count)
    assert last["saved"], last
    compare_replicas(seeded, made, last["texts"])
    count.acknowledged = len(last["acknowledged"])
    count.refusals = last["refusals"]
    assert count.acknowledged == last["given"]
    return count


def look_on_the_disk(seeded: Seeded, made: MadeDocument, writers: Writers, count: Count) -> None:
    """Look for every acknowledged sign in the text as another process would read it.

    Where another process still serves, people go on erasing while we look: what was erased is asked afterwards.
    """
    acknowledged = writers.ask("status")["acknowledged"]
    try:
        content = content_on_disk(seeded.settings.database_url, made.id)
    except Exception:
        count.unreadable += 1
        raise
    said = "".join(bodies(content).values())
    wanted = set(acknowledged) - set(writers.ask("status")["erased"])
    count.missing += [sign for sign in wanted if said.count(sign) != 1]


def compare_replicas(seeded: Seeded, made: MadeDocument, texts: Sequence[Any]) -> None:
    """Every page says what the disk says, section by section, in the same order."""
    content = content_on_disk(seeded.settings.database_url, made.id)
    wanted = [[section.key, section.body] for section in content.sections]
    assert [text == wanted for text in texts] == [True] * len(NAMES)
