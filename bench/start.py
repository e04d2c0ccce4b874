"""Measure (f): `atelier run --demo` until it answers, on an empty folder, then again on what it made."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path
from statistics import median
from typing import Any

from measures import SERVER_CORE, cpu_seconds, pinned

from tests.server import ATELIER_RUN, ROOT, RunningServer

AGAIN = 5


def start(var: Path) -> dict[str, Any]:
    """Start once on nothing, then AGAIN times; what `make run` does before is measured apart."""
    wall, cpu = [], []
    for _ in range(1 + AGAIN):
        running = RunningServer(var, program=(*ATELIER_RUN, "--demo"))
        wall.append(running.start(prefix=pinned(SERVER_CORE)))
        cpu.append(cpu_seconds(running.pid))
        running.stop()
    return {
        "first, s until it answers": round(wall[0], 2),
        "again, s until it answers": {"median": round(median(wall[1:]), 2), "best": round(min(wall[1:]), 2)},
        "again, processor, s": {"median": round(median(cpu[1:]), 2), "best": round(min(cpu[1:]), 2)},
        "set-up that finds all in place, s": round(_set_up(), 2),
    }


def _set_up() -> float:
    began = time.monotonic()
    subprocess.run([ROOT / "scripts" / "setup.sh", "run"], check=True)
    return time.monotonic() - began
