"""What is read from the system while a benchmark runs: processor time, memory, the machine itself."""

from __future__ import annotations

import contextlib
import os
import platform
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from atelier.settings import from_environment
from tests.seed import Seeded, seed
from tests.server import ATELIER_RUN, RunningServer, server_environment

TICKS = os.sysconf("SC_CLK_TCK")
SERVER_CORE, CLIENT_CORE = 0, 1


def cpu_seconds(pid: int) -> float:
    """Return the processor time a process has used, its threads included."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def resident_kb(pid: int) -> int:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1])
    return 0


@dataclass(slots=True)
class Spent:
    """Processor time and wall time between two moments of a process."""

    pid: int
    cpu: float = 0.0
    wall: float = 0.0
    _cpu: float = 0.0
    _wall: float = 0.0

    def __enter__(self) -> Spent:
        self._cpu, self._wall = cpu_seconds(self.pid), time.monotonic()
        return self

    def __exit__(self, *_: object) -> None:
        self.cpu, self.wall = cpu_seconds(self.pid) - self._cpu, time.monotonic() - self._wall

    @property
    def cores(self) -> float:
        return self.cpu / self.wall


def pin(core: int) -> None:
    """Keep this process on one core, if the machine has it."""
    with contextlib.suppress(OSError, AttributeError):
        os.sched_setaffinity(0, {core})


def pinned(core: int) -> tuple[str, ...]:
    """Return what starts a program on one core."""
    cores = os.cpu_count() or 1
    return ("taskset", "-c", str(core)) if cores > core else ()


@contextlib.contextmanager
def server(
    var: Path, program: tuple[str, ...] = ATELIER_RUN, seeded: Seeded | None = None, **how: object
) -> Iterator[RunningServer]:
    """Serve one opened séance from a process pinned to the server's core."""
    if seeded is None:
        seeded = seed(from_environment(server_environment(var)), **how)  # type: ignore[arg-type]
    running = RunningServer(var, None, seeded, program)
    running.start(prefix=pinned(SERVER_CORE))
    try:
        yield running
    finally:
        running.stop()


def machine() -> str:
    """Describe the machine, and how busy others keep it."""
    model = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    commit = subprocess.run(
        ["git", "describe", "--always", "--dirty"], capture_output=True, text=True, check=False
    )
    load = os.getloadavg()[0]
    return (
        f"{model}, {os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()} {platform.release()},"
        f" load {load:.1f} before the run, {commit.stdout.strip() or 'no commit'}"
    )
