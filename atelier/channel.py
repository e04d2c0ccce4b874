"""What processes tell each other and nobody keeps, through Redis. A lost word costs a second, never an event.

Nobody waits for Redis: a word is left, and a background thread of ours carries it. Only the latest word on a subject counts, so
that a slow Redis is never owed more than one message for each.
"""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable, Hashable
from typing import Any

from atelier import realtime

RETRY_S = 1.0
LISTEN_S = 5.0  # how long one look at the channel lasts

log = logging.getLogger(__name__)


class Channel:
    """Words are what JSON holds. Without Redis nothing is sent and nothing heard."""

    def __init__(self, redis: Any, name: str, gather_s: float = 0.0) -> None:
        self._redis = redis
        self._name = name
        self._gather_s = gather_s  # rest between two carries
        self._due: dict[Hashable, Any] = {}
        self._wake = threading.Event()
        self._over = False

    def send(self, subject: Hashable, word: Any) -> None:
        """Leave a word for the other processes; returns at once. A newer one on the same subject replaces it."""
        if self._redis is not None:
            self._due[subject] = word
            self._wake.set()

    def listen(self, heard: Callable[[Any], None]) -> None:
        """Call `heard(word)` for each word on the channel, ours included, until `stop`, in the background; carry ours."""
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
                for word in due.values():
                    self._redis.publish(self._name, json.dumps(word))
            except Exception as error:
                self._complain("word_lost", error)
            if self._gather_s:
                realtime.pause(self._gather_s)

    def _listen(self, heard: Callable[[Any], None]) -> None:
        while not self._over:
            try:
                channel = self._redis.pubsub(ignore_subscribe_messages=True)
                channel.subscribe(self._name)
                while not self._over:
                    message = channel.get_message(timeout=LISTEN_S)
                    if message is not None:
                        heard(json.loads(message["data"]))
            except Exception as error:
                self._complain("channel_unavailable", error)

    def _complain(self, what: str, error: Exception) -> None:
        log.warning(what, extra={"channel": self._name, "reason": type(error).__name__})
        realtime.pause(RETRY_S)
