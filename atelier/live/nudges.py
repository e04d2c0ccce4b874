"""« Séance S is at seq N »: processes wake each other through Redis. A lost nudge costs a second, never an event.

Nobody waits for Redis: acts leave a note, and a background thread of ours carries it. Only the latest note of a séance counts.
"""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable
from typing import Any

from atelier import realtime

CHANNEL = "atelier:nudges"
RETRY_S = 1.0
LISTEN_S = 5.0  # how long one look at the channel lasts

log = logging.getLogger(__name__)


class Nudges:
    def __init__(self, redis: Any, channel: str = CHANNEL) -> None:
        self._redis = redis
        self._channel = channel
        self._due: dict[int, int] = {}
        self._wake = threading.Event()
        self._over = False

    def send(self, session_id: int, seq: int) -> None:
        """Leave a note for the other processes; returns at once."""
        if self._redis is not None:
            self._due[session_id] = seq
            self._wake.set()

    def listen(self, heard: Callable[[int, int], None]) -> None:
        """Call `heard(session_id, seq)` for each nudge of the other processes, until `stop`, in the background; carry ours."""
        if self._redis is not None:
            realtime.spawn(self._listen, heard)
            realtime.spawn(self._carry)

    def stop(self) -> None:
        """Carry and hear no more."""
        self._over = True
        self._wake.set()

    def _carry(self) -> None:
        while not self._over:
            self._wake.wait()
            self._wake.clear()
            due, self._due = self._due, {}
            try:
                for session_id, seq in due.items():
                    self._redis.publish(self._channel, json.dumps([session_id, seq]))
            except Exception as error:
                log.warning("nudge_lost", extra={"reason": type(error).__name__})
                realtime.pause(RETRY_S)

    def _listen(self, heard: Callable[[int, int], None]) -> None:
        while not self._over:
            try:
                channel = self._redis.pubsub(ignore_subscribe_messages=True)
                channel.subscribe(self._channel)
                while not self._over:
                    message = channel.get_message(timeout=LISTEN_S)
                    if message is not None:
                        heard(*json.loads(message["data"]))
            except Exception as error:
                log.warning("nudges_unavailable", extra={"reason": type(error).__name__})
                realtime.pause(RETRY_S)
