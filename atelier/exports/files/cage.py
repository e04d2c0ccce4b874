"""Runs a converter as a process of its own: little time, little memory, an empty environment, no way to the network.

pandoc and Typst hold the processor for seconds, and read texts that anybody wrote (architecture §6).
"""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

SECONDS = 30
MEGABYTES_WRITTEN = 64
# Behind everything else on the machine: a hall may be voting.
GENTLY = 'if command -v nice >/dev/null; then exec nice "$@"; fi; exec "$@"'
LIMITS = 'ulimit -t "$1"; ulimit -f "$2"; [ "$3" = 0 ] || ulimit -v "$3"; shift 3; ' + GENTLY
BLOCKS_PER_MB = 2048
NOWHERE = "http://127.0.0.1:9"
ENVIRONMENT = {
    "LANG": "C.UTF-8",
    "PATH": "/usr/bin:/bin",
    "http_proxy": NOWHERE,
    "https_proxy": NOWHERE,
    "ALL_PROXY": NOWHERE,
}


class ConversionFailed(Exception):
    """The converter said no, or took too long. `reason` is one word for the log and the page: `time`, `memory`, `refused`."""

    def __init__(self, reason: str, said: str = "") -> None:
        super().__init__(reason, said)
        self.reason = reason
        self.said = said


def run(command: Sequence[str], given: bytes, folder: Path, kilobytes: int = 0) -> bytes:
    """Return what `command` writes when it reads `given`, working in `folder`; ConversionFailed otherwise."""
    limits = [str(SECONDS), str(MEGABYTES_WRITTEN * BLOCKS_PER_MB), str(kilobytes)]
    process = subprocess.Popen(
        ["/bin/sh", "-c", LIMITS, "sh", *limits, *command],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=folder,
        env=ENVIRONMENT | {"HOME": str(folder), "TMPDIR": str(folder)},
        start_new_session=True,
    )
    try:
        made, said = process.communicate(given, timeout=2 * SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        raise ConversionFailed("time") from None
    if process.returncode:
        words = said.decode(errors="replace")[-2000:]
        raise ConversionFailed(_reason(process.returncode, words), words)
    return bytes(made)


def _reason(status: int, said: str) -> str:
    if status in {-9, -24, 137, 152}:  # killed, or its processor time is spent
        return "time"
    return "memory" if status == 251 or "memory" in said.lower() else "refused"
