"""Files let go when words leave a text: some were made of these words. They are made again when they are asked for."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path


def clear(folder: Path) -> None:
    """Let go of every file that is kept ready; what is being made at this moment is not touched."""
    with suppress(FileNotFoundError):
        for path in folder.iterdir():
            if not path.name.startswith("."):
                path.unlink(missing_ok=True)
