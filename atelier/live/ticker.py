"""Every 100 ms: tell the audiences of the séances that changed. Every second: read other processes' events, ring timers."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime

from atelier import realtime
from atelier.clock import Clock
from atelier.live import store
from atelier.live.desk import Act, Desk, Room
from atelier.live.rules.activities import CloseActivity
from atelier.live.rules.timing import RingTimer
from atelier.live.state import Actor, LiveState

TICK_S = 0.1
SLOW_EVERY = 10  # ticks: once a second
MINUTE_EVERY = 600  # ticks: lateness is drawn again
CLOCK = Actor("clock", "clock")

log = logging.getLogger(__name__)


class Ticker:
    def __init__(
        self, desk: Desk, clock: Clock, tell: Callable[[int], None], publish: Callable[[int], None]
    ) -> None:
        self._desk = desk
        self._clock = clock
        self._tell = tell
        self._publish = publish
        self._dirty: set[int] = set()
        self._turn = threading.Lock()

    def mark(self, session_id: int) -> None:
        """Remember that a séance changed; its audiences hear of it at the next tick."""
        self._dirty.add(session_id)

    def flush(self, session_id: int) -> None:
        """Tell now: the facilitator's acts do not wait for the tick."""
        self._dirty.discard(session_id)
        self._tell_safely(session_id)

    def run(self) -> None:
        """Tick for ever."""
        count = 0
        while True:
            realtime.pause(TICK_S)
            count += 1
            try:
                self.beat(count)
            except Exception:
                log.exception("tick_failed")

    def beat(self, count: int) -> None:
        """Do one tick's work."""
        if count % SLOW_EVERY == 0:
            self.read_others()
            for room in self._desk.rooms():
                self.ring(room, self._clock())
        if count % (10 * SLOW_EVERY) == 0:
            for room in self._desk.rooms():
                self._publish(room.session_id)
        if count % MINUTE_EVERY == 0:
            self._dirty.update(room.session_id for room in self._desk.rooms())
        waiting, self._dirty = self._dirty, set()
        for session_id in waiting:
            self._tell_safely(session_id)

    def read_others(self) -> None:
        """Fold what other processes appended to the séances held here (the nudge only makes it sooner)."""
        rooms = {room.session_id: room for room in self._desk.rooms()}
        if not rooms:
            return
        with self._desk.database.reading() as db:
            ends = store.last_seq(db, rooms)
        for session_id, seq in ends.items():
            if seq > rooms[session_id].committed.seq and self._desk.catch_up(rooms[session_id]):
                self.mark(session_id)

    def ring(self, room: Room, now: datetime) -> None:
        """Perform what falls due. Any process may; the act's id makes it happen once."""
        for name, command in due(room.committed, now):
            self._desk.perform(Act(room.session_id, CLOCK, name, command))

    def _tell_safely(self, session_id: int) -> None:
        with self._turn:
            try:
                self._tell(session_id)
            except Exception:
                log.exception("telling_failed")


def due(state: LiveState, now: datetime) -> list[tuple[str, RingTimer | CloseActivity]]:
    """Return the clock's acts that fall due, each under the id that makes it unique."""
    acts: list[tuple[str, RingTimer | CloseActivity]] = []
    timer = state.timer
    if timer and not timer.rang and timer.paused_left is None and timer.ends_at <= now:
        acts.append((f"clock:{timer.key}:{timer.revision}", RingTimer(timer.key, timer.revision)))
    for activity in state.activities.values() if state.frozen_at is None else ():
        if activity.phase == "open" and activity.closing_at is not None and activity.closing_at <= now:
            acts.append(
                (f"clock:close:{activity.key}:{activity.closing_at.isoformat()}", CloseActivity(activity.key))
            )
    return acts
