"""A really running server: its own process, its own folder, killed and started again on the same port.

with running_server(tmp_path) as server:          # seeds a séance first unless `seeded=` is given
    requests.get(server.url + "/healthz")
    server.kill(); server.start()                 # kill -9, then the same port, the same database
    assert server.errors() == []
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from atelier.settings import from_environment
from tests.seed import Seeded, seed

ROOT = Path(__file__).resolve().parents[1]
ATELIER_RUN = ("-m", "atelier", "run")
START_LIMIT_S = 60.0
STOP_LIMIT_S = 10.0
POLL_S = 0.05
MADE = ""  # the folder of what is made from our sources, which all servers of a run share (conftest.py)


def free_port() -> int:
    """Return a port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class RunningServer:
    """`atelier run` in a process of its own. `log` keeps the lines of every start."""

    def __init__(
        self,
        var: Path,
        env: Mapping[str, str] | None = None,
        seeded: Seeded | None = None,
        program: tuple[str, ...] = ATELIER_RUN,
    ) -> None:
        self.var = var
        self._program = program
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = var / f"server-{self.port}.log"
        self.seeded = seeded
        self._env = server_environment(var, env)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    @property
    def code(self) -> str:
        assert self.seeded is not None
        return self.seeded.code

    def start(self, wait: bool = True, prefix: tuple[str, ...] = ()) -> float:
        """Start the process; return how many seconds it took to answer. `prefix` runs it under taskset, strace …"""
        began = time.monotonic()
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [*prefix, sys.executable, *self._program, "--port", str(self.port)],
                cwd=ROOT,
                env=self._env,
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
            )
        if wait:
            self.wait_until_it_answers()
        return time.monotonic() - began

    def wait_until_it_answers(self, path: str = "/healthz") -> None:
        deadline = time.monotonic() + START_LIMIT_S
        while time.monotonic() < deadline:
            assert self._process is not None
            if self._process.poll() is not None:
                raise RuntimeError(f"the server stopped:\n{self.output()[-4000:]}")
            try:
                with urllib.request.urlopen(self.url + path, timeout=5):
                    return
            except (OSError, urllib.error.URLError):
                time.sleep(POLL_S)
        raise RuntimeError(f"the server does not answer:\n{self.output()[-4000:]}")

    def kill(self) -> None:
        """Kill -9: nothing is flushed, nobody is told."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def restart(self) -> float:
        """Kill -9 and start again on the same port; return the seconds until it answered."""
        self.kill()
        return self.start()

    def output(self) -> str:
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def errors(self) -> list[str]:
        """Return the lines of the log that say that something of ours went wrong, tracebacks of the driver included."""
        found = []
        for line in self.output().splitlines():
            if line.startswith("{"):
                entry: dict[str, Any] = json.loads(line)
                if entry.get("level") in {"error", "critical"}:
                    found.append(line)
            elif line.startswith("Traceback") or "Exception ignored" in line:
                found.append(line)
        return found

    def _end(self, how: signal.Signals) -> None:
        process, self._process = self._process, None
        if process is None or process.poll() is not None:
            return
        process.send_signal(how)
        try:
            process.wait(STOP_LIMIT_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(STOP_LIMIT_S)


def server_environment(var: Path, env: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the environment of a server's process: ours without any ATELIER_*, then the folder, then `env`.

    Where nothing compiled may be written beside the source, it goes to a folder of its own: a server that compiles all it
    imports starts three times slower than any installation does.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ATELIER_")}
    if kept.pop("PYTHONDONTWRITEBYTECODE", ""):
        kept["PYTHONPYCACHEPREFIX"] = str(Path(tempfile.gettempdir()) / f"atelier-bytecode-{os.getuid()}")
    ours = {"ATELIER_VAR": str(var), "ATELIER_MADE": MADE, "PYTHONUNBUFFERED": "1"}
    return {**kept, **ours, **(env or {})}


@contextmanager
def running_server(
    var: Path, env: Mapping[str, str] | None = None, seeded: Seeded | None = None, **how: Any
) -> Iterator[RunningServer]:
    """Seed a séance (unless given, with seed()'s arguments in `how`) and serve it until the end of the block."""
    if seeded is None:
        settings = from_environment(server_environment(var, env))
        seeded = seed(settings, **how)
    server = RunningServer(var, env, seeded)
    try:
        server.start()
        yield server
    finally:
        server.stop()
