"""Who reads the journal after the fact: the record, later the draft of the compte rendu (architecture §3).

A follower has a durable cursor. It is woken after the commit, outside the séance's lock, gets the events it has not read
and the state they led to, and must be idempotent: after a crash it reads the same events again.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from atelier import realtime
from atelier.live import store
from atelier.live.desk import Desk, Room
from atelier.live.models import LiveEvent
from atelier.live.state import LiveState
from atelier.live.store import Stamped

Handler = Callable[[int, LiveState, Sequence[Stamped]], None]
RETRY_S = 2.0
GATHER_S = 0.3  # a rush of acts is one reading, and one move of the cursor

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Follower:
    name: str
    handle: Handler


class Followers:
    """The followers of this process. Without `start()` nothing runs by itself: tests and commands call `drain()`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._followers: list[Follower] = []
        self._waiting: set[int] = set()
        self._started = False
        self._running = False
        self._turn = threading.Lock()
        self._draining = threading.Lock()

    def follow(self, name: str, handler: Handler) -> None:
        """Register a follower under the name of its cursor, which never changes."""
        self._followers.append(Follower(name, handler))

    def start(self) -> None:
        """Catch up with every journal in the background, then follow what comes."""
        with self._turn:
            self._started = self._running = True
        realtime.spawn(self._begin)

    def told(self, room: Room, stamped: Sequence[Stamped]) -> None:
        """Hear of a commit (desk.told)."""
        if stamped:
            self.wake(room.session_id)

    def wake(self, *session_ids: int) -> None:
        """Remember that these journals have more; read them in the background."""
        with self._turn:
            self._waiting.update(session_ids)
            if not self._started or self._running or not self._waiting:
                return
            self._running = True
        realtime.spawn(self._run)

    def drain(self) -> None:
        """Read now all that waits."""
        while True:
            with self._turn:
                waiting, self._waiting = self._waiting, set()
            if not waiting:
                return
            for session_id in sorted(waiting):
                self.catch_up(session_id)

    def catch_up(self, session_id: int) -> None:
        """Give each follower the events of one séance that it has not read, then move their cursors, all in one commit.

        One that fails does not hold the others back: it will read the same events again.
        """
        with self._draining:
            state = self._desk.state(session_id)
            with self._desk.database.reading() as db:
                after = {one.name: store.cursor(db, one.name, session_id) for one in self._followers}
                tail = store.read_tail(db, session_id, min(after.values(), default=state.seq))
            read, faults = self._feed(session_id, state, tail, after)
            if read:
                with self._desk.database.transaction() as connection:
                    for name, seq in read.items():
                        store.move_cursor(connection, name, session_id, seq)
        if faults:
            raise faults[0]

    def _feed(
        self, session_id: int, state: LiveState, tail: Sequence[Stamped], after: Mapping[str, int]
    ) -> tuple[dict[str, int], list[Exception]]:
        """Return how far each follower has read now, and what went wrong."""
        read: dict[str, int] = {}
        faults = []
        for follower in self._followers:
            fresh = [item for item in tail if after[follower.name] < item.seq <= state.seq]
            if not fresh:
                continue
            try:
                follower.handle(session_id, state, fresh)
            except Exception as fault:
                faults.append(fault)
                continue
            read[follower.name] = fresh[-1].seq
        return read, faults

    def _begin(self) -> None:
        while not self._remember_late():
            realtime.pause(RETRY_S)
        self._run()

    def _run(self) -> None:
        """Drain until nothing waits; what fails is tried again after a pause, the others go on."""
        while True:
            realtime.pause(GATHER_S)
            try:
                self.drain()
            except Exception:
                log.exception("follower_failed")
                realtime.pause(RETRY_S)
                self._remember_late()
            with self._turn:
                if not self._waiting:
                    self._running = False
                    return

    def _remember_late(self) -> bool:
        """Put on the list every séance that some follower has not read to the end; False when that cannot be known."""
        try:
            late = self._behind()
        except SQLAlchemyError:
            log.warning("follower_waits")
            return False
        with self._turn:
            self._waiting.update(late)
        return True

    def _behind(self) -> list[int]:
        """Return the séances whose journal goes further than some cursor."""
        with self._desk.database.reading() as db:
            ids = list(db.scalars(select(LiveEvent.session_id).distinct()))
            ends = store.last_seq(db, ids) if ids else {}
            return [
                session_id
                for session_id, seq in ends.items()
                if any(store.cursor(db, follower.name, session_id) < seq for follower in self._followers)
            ]
