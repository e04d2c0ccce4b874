"""Files already made, kept under the fingerprint of what they are made from: the same text is never converted twice."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from atelier.exports.manuscript.manuscript import Manuscript

MOST_FILES = 400
FORMAT = "1"  # changes with the way that files are made: what was kept before is not found again


def fingerprint(manuscript: Manuscript) -> str:
    """Return the SHA-256 of everything that a file shows."""
    plain = json.dumps([FORMAT, asdict(manuscript)], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(plain.encode("utf-8", "replace")).hexdigest()


def kept(folder: Path, name: str, make: Callable[[], bytes]) -> bytes:
    """Return the file of this name, made now if it is not there. A file that is half written is never read."""
    path = folder / name
    try:
        body = path.read_bytes()
        os.utime(path)
        return body
    except FileNotFoundError:
        pass
    body = make()
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / f".{name}.{os.getpid()}.{id(body)}"
    draft.write_bytes(body)
    draft.replace(path)
    _tidy(folder)
    return body


def _tidy(folder: Path) -> None:
    """Let go of the files that nobody has taken for longest."""
    files = [path for path in folder.iterdir() if not path.name.startswith(".")]
    for path in sorted(files, key=_taken_at)[:-MOST_FILES]:
        path.unlink(missing_ok=True)


def _taken_at(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return 0.0
