"""Five people type in a real Yjs while the server is killed: nothing acknowledged is lost, no document is unreadable."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.documents.writing import PACE_MS, SLOW_PACE_MS, Count, kill_while_they_write, make_written
from tests.server import running_server


def killed_and_restarted(var: Path, kills: int, seed: int, pace_ms: int = PACE_MS) -> Count:
    with running_server(var) as server:
        assert server.seeded is not None
        made = make_written(server.seeded)
        count = kill_while_they_write([server], server.seeded, made, kills, seed, pace_ms)
        assert server.errors() == []
    return count


def test_kill_while_five_people_type_loses_nothing_acknowledged(tmp_path: Path) -> None:
    count = killed_and_restarted(tmp_path, kills=3, seed=20151013)
    assert (count.kills, count.missing, count.unreadable) == (3, [], 0)
    assert count.acknowledged > 50


@pytest.mark.soak
def test_fifty_kills_while_five_people_type_lose_nothing_acknowledged(tmp_path: Path) -> None:
    count = killed_and_restarted(tmp_path, kills=50, seed=20151014, pace_ms=SLOW_PACE_MS)
    assert (count.kills, count.missing, count.unreadable) == (50, [], 0)
    assert count.acknowledged > 1_000
