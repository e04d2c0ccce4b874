"""The same server with its storage taken out: what acts per second would be if nothing were kept. For comparison only."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from atelier import realtime

realtime.patch()

from atelier.listening import listening
from atelier.live import desk, store
from atelier.live.ballot_box import BallotBox
from atelier.live.desk import Desk
from atelier.starting import serve


class NoDatabase:
    """Stands where the desk's database was: transactions that write nothing."""

    sqlite = True

    def __init__(self, real: Any) -> None:
        self._real = real

    @contextmanager
    def transaction(self) -> Iterator[None]:
        yield None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)


class EverySeat:
    """Says of every phone that it holds the seat it says."""

    def get(self, _token: str) -> EverySeat:
        return self

    def __ne__(self, _other: object) -> bool:
        return False


def forget_storage() -> None:
    """Take every read and write of the journal out of the path of an act, except the first fold."""
    first_fold = store.read_tail
    folded: set[int] = set()

    def read_tail(handle: Any, session_id: int, after: int) -> list[Any]:
        if session_id in folded or handle is None:
            return []
        folded.add(session_id)
        return first_fold(handle, session_id, after)

    store.read_tail = read_tail
    store.lock_session = lambda *_: None
    store.known_answers = lambda *_: {}
    store.append = lambda *_: None
    store.remember_answers = lambda *_: None
    BallotBox.put = BallotBox.flush = lambda *_: None  # type: ignore[method-assign, assignment]
    desk.seats_held = lambda *_: EverySeat()
    made = Desk.__init__

    def without_database(self: Desk, database: Any, *more: Any) -> None:
        made(self, NoDatabase(database), *more)  # type: ignore[arg-type]

    Desk.__init__ = without_database  # type: ignore[method-assign]


if __name__ == "__main__":
    forget_storage()
    import atelier.live.effects as effects

    effects.keep_proof = lambda *_: None
    serve(*listening(False, int(sys.argv[sys.argv.index("--port") + 1])), demo=False)
