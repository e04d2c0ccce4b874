"""A copy of the database taken while it serves, and proved by reading it again."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.engine import make_url

from atelier.settings import Settings


class BackupFailed(RuntimeError):
    """The copy was not made, or does not read back."""


def backup(settings: Settings, destination: Path | None = None) -> str:
    """Copy the database into `destination` (or `var/backups/`); return the sentence that says what was copied."""
    url = make_url(settings.database_url)
    folder = settings.var / "backups"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    if url.get_backend_name() != "sqlite":
        path = destination or folder / f"atelier-{stamp}.dump"
        _dump_postgres(url.render_as_string(hide_password=False).replace("+psycopg", ""), path)
        return f"Copie faite : {path}."
    path = destination or folder / f"atelier-{stamp}.db"
    count = _copy_sqlite(Path(str(url.database)), path)
    return f"Copie faite et relue : {path} ({count} événements)."


def _copy_sqlite(source: Path, path: Path) -> int:
    """Use SQLite's online backup, then check the copy; the seal secret is not in it."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.close(descriptor)
    live, copy = sqlite3.connect(source), sqlite3.connect(path)
    try:
        live.backup(copy)
        if copy.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
            raise BackupFailed(str(path))
        return int(copy.execute("SELECT count(*) FROM live_event").fetchone()[0])
    finally:
        live.close()
        copy.close()


def _dump_postgres(url: str, path: Path) -> None:
    done = subprocess.run(
        ["pg_dump", "--format=custom", f"--file={path}", url], capture_output=True, check=False
    )
    if done.returncode:
        raise BackupFailed(done.stderr.decode(errors="replace").strip())
