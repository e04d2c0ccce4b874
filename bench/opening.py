"""Opens one document in a process of its own: seconds until its text is there, and what it takes in memory.

python bench/opening.py DATABASE_URL DOCUMENT
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parents[1])]

from measures import resident_kb

from atelier.clock import utc_now
from atelier.db import Database
from atelier.live.state import LiveState
from atelier.minutes.document import NOTHING_KNOWN, loaded, make
from atelier.minutes.rooms import Rooms
from tests.documents.ground import CONTENT


def main(url: str, document_id: int) -> None:
    loaded([make(CONTENT)]).content()  # whatever is made once
    database = Database(url)
    rooms = Rooms(database, utc_now, lambda _: LiveState())
    with database.reading() as db:
        db.connection()
    before = resident_kb(os.getpid())
    began, worked = time.perf_counter(), time.process_time()
    room = rooms.open(document_id)
    _, update, _ = room.lacking(NOTHING_KNOWN)
    took, cpu = time.perf_counter() - began, time.process_time() - worked
    memory = resident_kb(os.getpid()) - before
    figures = {"ms": took * 1000, "ms CPU": cpu * 1000, "kB": memory, "sent kB": len(update) / 1024}
    print(json.dumps({name: round(value) for name, value in figures.items()}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
