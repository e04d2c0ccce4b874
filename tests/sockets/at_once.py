"""Two acts at the very same moment: the second begins while the first is done and not committed yet."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from atelier.db import Database

Act = Callable[[Session], Any]


def at_once(database: Database, first: Act, second: Act, door: str = "writing") -> tuple[Any, Any]:
    """Return what both gave, or what the second raised. `door`: by which method of the database the second writes."""
    gave: list[Any] = []

    def act(db: Session) -> Any:
        begun.set()
        return second(db)

    def then() -> None:
        try:
            if door == "write":
                gave.append(database.write(act))
            else:
                with database.writing() as db:
                    gave.append(act(db))
        except Exception as error:
            gave.append(error)

    begun, thread = threading.Event(), threading.Thread(target=then)
    with database.writing() as db:
        done = first(db)
        thread.start()
        begun.wait(0.5)  # where there is one writer at a time, it begins later
        thread.join(0.3)
    thread.join(10)
    assert not thread.is_alive()
    return done, gave[-1]
