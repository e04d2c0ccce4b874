"""Files already made, kept under the fingerprint of what they are made from: the same text is never converted twice.

Several people, and several processes, may ask for one file at the same moment: the first makes it, the others wait for it.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path

from atelier import realtime
from atelier.exports.files.cage import ConversionFailed
from atelier.exports.manuscript.manuscript import Manuscript

MOST_FILES = 400
FORMAT = "2"  # changes with the way that files are made: what was kept before is not found again
LOCKS = 16  # files whose name begins alike wait for one another: a machine has few cores anyway
LOOK_AGAIN_S = 0.1
PATIENCE_S = 180.0  # a conversion is stopped long before
REMEMBERED_S = 30.0  # a failure is told again, not tried again, for that long


def fingerprint(manuscript: Manuscript) -> str:
    """Return the SHA-256 of everything that a file shows."""
    plain = json.dumps([FORMAT, asdict(manuscript)], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(plain.encode("utf-8", "replace")).hexdigest()


def size_of(folder: Path, name: str) -> int | None:
    """Return how large a file is, or None while it is not there."""
    try:
        return (folder / name).stat().st_size
    except FileNotFoundError:
        return None


def failure_of(folder: Path, name: str) -> str:
    """Return why a file could not be made a moment ago, or nothing."""
    note = folder / f".{name}.why"
    with suppress(FileNotFoundError):
        if time.time() - note.stat().st_mtime < REMEMBERED_S:
            return note.read_text(encoding="utf-8")
    return ""


def kept(folder: Path, name: str, make: Callable[[], bytes]) -> bytes:
    """Return the file of this name, made now if it is not there, once for all who ask. A half-written file is never read."""
    found = _taken(folder, name)
    if found is not None:
        return found
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder, name):
        found = _taken(folder, name)
        if found is not None:
            return found
        reason = failure_of(folder, name)
        if reason:
            raise ConversionFailed(reason)
        return _made(folder, name, make)


def _taken(folder: Path, name: str) -> bytes | None:
    try:
        body = (folder / name).read_bytes()
        os.utime(folder / name)
    except FileNotFoundError:
        return None
    return body


def _made(folder: Path, name: str, make: Callable[[], bytes]) -> bytes:
    note = folder / f".{name}.why"
    try:
        body = make()
    except Exception as error:
        note.write_text(error.reason if isinstance(error, ConversionFailed) else "refused", encoding="utf-8")
        raise
    draft = folder / f".{name}.{os.getpid()}"
    draft.write_bytes(body)
    draft.replace(folder / name)
    note.unlink(missing_ok=True)
    _tidy(folder)
    return body


@contextmanager
def _alone(folder: Path, name: str) -> Iterator[None]:
    """Be the only one to make this file, among all processes of the machine; a process that dies lets go by itself."""
    place = int(hashlib.sha256(name.encode()).hexdigest(), 16) % LOCKS
    with (folder / f".turn-{place}").open("a") as file:
        until = time.monotonic() + PATIENCE_S
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > until:
                    raise ConversionFailed("time") from None
                realtime.pause(LOOK_AGAIN_S)
        yield


def _tidy(folder: Path) -> None:
    """Let go of the files that nobody has taken for longest, and of what a process that died left half written."""
    files = [path for path in folder.iterdir() if not path.name.startswith(".")]
    for path in sorted(files, key=_taken_at)[:-MOST_FILES]:
        path.unlink(missing_ok=True)
    for path in folder.glob(".*"):
        if not path.name.startswith(".turn-") and time.time() - _taken_at(path) > 2 * PATIENCE_S:
            path.unlink(missing_ok=True)


def _taken_at(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return time.time()
