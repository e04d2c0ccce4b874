"""A Redis of our own, on a port of its own, that tests stop, freeze and start again."""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

START_LIMIT_S = 15.0
POLL_S = 0.05


class OwnRedis:
    def __init__(self, folder: Path, port: int) -> None:
        self.port = port
        self.url = f"redis://127.0.0.1:{port}/0"
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._process = subprocess.Popen(
            [
                "redis-server",
                "--port",
                str(self.port),
                "--bind",
                "127.0.0.1",
                "--save",
                "",
                "--appendonly",
                "no",
            ],
            cwd=self._folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + START_LIMIT_S
        while time.monotonic() < deadline:
            try:
                with socket.create_connection(("127.0.0.1", self.port), 1):
                    return
            except OSError:
                time.sleep(POLL_S)
        raise RuntimeError("redis-server does not start")

    def stop(self) -> None:
        """Connections are refused from now on."""
        process, self._process = self._process, None
        if process is not None:
            process.send_signal(signal.SIGCONT)
            process.kill()
            process.wait(10)

    def freeze(self) -> None:
        """Connections are accepted and never answered: the worst of faults."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)


def redis_is_here() -> bool:
    return shutil.which("redis-server") is not None


@contextmanager
def own_redis(folder: Path, port: int) -> Iterator[OwnRedis]:
    redis = OwnRedis(folder, port)
    try:
        redis.start()
        yield redis
    finally:
        redis.stop()
