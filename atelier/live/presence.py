"""Who is connected, over all processes. Ephemeral: never in the journal, gone when nobody refreshes it.

Each process keeps one field of a Redis hash per séance: a turn number and its keys. A field whose turn has not moved for 30 s
belongs to a process that is gone; clocks of machines are not compared. Nobody waits for Redis: a thread of ours asks it.
"""

from __future__ import annotations

import json
import logging
import secrets
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

from atelier import realtime

LOOK_S = 1.0
REFRESH_S = 10.0
EXPIRES_S = 30.0

log = logging.getLogger(__name__)


class Presence:
    """Connected people of a séance: this process's own, and what the others publish through Redis, if there is one."""

    def __init__(
        self, redis: Any, local: Callable[[int], Iterable[str]], changed: Callable[[int], None] | None = None
    ) -> None:
        self._redis = redis
        self._local = local
        self._changed = changed
        self._process = secrets.token_hex(4)
        self._turn = 0
        self._sessions: dict[int, float] = {}  # séances held here -> when we last said who is here
        self._seen: dict[
            tuple[int, str], tuple[int, float]
        ] = {}  # process -> its turn, when we first saw that turn
        self._others: dict[int, frozenset[str]] = {}
        self._wake = threading.Event()
        self._over = False

    def connected(self, session_id: int) -> frozenset[str]:
        """Return the keys of the people connected now: participants, `screen:…`, `desk:…`."""
        return frozenset(self._local(session_id)) | self._others.get(session_id, frozenset())

    def publish(self, session_id: int) -> None:
        """Have the other processes told soon who is connected here."""
        if self._redis is not None:
            self._sessions.setdefault(session_id, 0.0)
            self._wake.set()

    def start(self) -> None:
        """Tell and look once a second, until `stop`, in the background."""
        if self._redis is not None:
            realtime.spawn(self._run)

    def stop(self) -> None:
        """Tell and look no more."""
        self._over = True
        self._wake.set()

    def _run(self) -> None:
        said: dict[int, frozenset[str]] = {}
        while not self._over:
            self._wake.wait(LOOK_S)
            self._wake.clear()
            try:
                for session_id, told_at in list(self._sessions.items()):
                    here = frozenset(self._local(session_id))
                    if said.get(session_id) != here or time.monotonic() - told_at > REFRESH_S:
                        self._say(session_id, here)
                        said[session_id] = here
                    self._look(session_id)
            except Exception as error:
                log.warning("presence_unavailable", extra={"reason": type(error).__name__})
            realtime.pause(LOOK_S / 4)

    def _say(self, session_id: int, here: Iterable[str]) -> None:
        self._turn += 1
        body = json.dumps({"turn": self._turn, "keys": sorted(here)})
        self._redis.hset(_key(session_id), self._process, body)
        self._redis.expire(_key(session_id), int(EXPIRES_S))
        self._sessions[session_id] = time.monotonic()

    def _look(self, session_id: int) -> None:
        keys: set[str] = set()
        now = time.monotonic()
        for name, body in self._redis.hgetall(_key(session_id)).items():
            process, entry = name.decode(), json.loads(body)
            if process == self._process:
                continue
            turn, since = self._seen.get((session_id, process), (-1, now))
            if turn != entry["turn"]:
                since = now
            self._seen[session_id, process] = (entry["turn"], since)
            if now - since < EXPIRES_S:
                keys |= set(entry["keys"])
        found = frozenset(keys)
        if found != self._others.get(session_id, frozenset()):
            self._others[session_id] = found
            if self._changed is not None:
                self._changed(session_id)


def _key(session_id: int) -> str:
    return f"atelier:presence:{session_id}"
