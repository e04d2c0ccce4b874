"""Writes the golden journal of this release: `.venv/bin/python -m tests.journals.record`.

Done once per release, before it is published; a journal of a published release is never written again: what the new
code cannot read is lifted in atelier/live/history.py.
"""

from __future__ import annotations

import json
import tempfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any

from sqlalchemy import select

from atelier import tables
from atelier.app import create_app
from atelier.house import House
from atelier.live.codec import plain
from atelier.live.models import LiveEvent, Words
from atelier.settings import from_environment
from tests.faults.hall import Hall
from tests.journals.evening import GoldenEvening, snapshot

FOLDER = Path(__file__).parent


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2015, 10, 13, 17, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def wait(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


def played(folder: Path) -> Hall:
    """Play the golden evening in a house of its own."""
    clock = Clock()
    settings = replace(from_environment({"ATELIER_VAR": str(folder)}), public_url="http://localhost")
    app = create_app(settings, clock=clock, background=False)
    house: House = app.extensions["atelier"]
    tables.metadata.create_all(house.database.writer)
    hall = Hall(house, snapshot())
    ticker = hall.live.ticker
    evening = GoldenEvening(
        hall, clock.wait, lambda: ticker.ring(hall.live.desk.room(hall.session_id), clock())
    )
    evening.play()
    return hall


def rows_of(hall: Hall) -> dict[str, Any]:
    """Return the journal as its tables hold it."""
    with hall.house.database.reading() as db:
        events = db.scalars(
            select(LiveEvent).where(LiveEvent.session_id == hall.session_id).order_by(LiveEvent.seq)
        )
        words = db.scalars(select(Words).where(Words.session_id == hall.session_id))
        return {
            "events": [
                [row.seq, row.kind, row.v, row.payload, row.actor, row.at.isoformat() if row.at else None]
                for row in events
            ],
            "words": {row.id: [row.owner, row.body] for row in words},
        }


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        hall = played(Path(folder))
        golden = {"release": version("atelier"), **rows_of(hall), "state": plain(hall.state)}
        hall.house.database.dispose()
    path = FOLDER / f"{golden['release']}.json"
    path.write_text(json.dumps(golden, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    print(f"{path.name}: {len(golden['events'])} events, {path.stat().st_size // 1024} kB")


if __name__ == "__main__":
    main()
