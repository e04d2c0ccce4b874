"""What processes tell each other about documents and nobody keeps: carets, « fetch again ». Through Redis; nobody waits for it.

Only the latest word on a subject counts, so that a slow Redis is never owed more than one message for each.
"""

from __future__ import annotations

import base64
import json
import logging
import secrets
import threading
from collections.abc import Callable
from typing import Any

from atelier import realtime

CHANNEL = "atelier:documents:signals"
GATHER_S = 0.02
RETRY_S = 1.0
LISTEN_S = 5.0

log = logging.getLogger(__name__)
Heard = Callable[[int, str, bytes], None]


class Signals:
    def __init__(self, redis: Any) -> None:
        self._redis = redis
        self._process = secrets.token_hex(4)
        self._due: dict[tuple[int, str, str], bytes] = {}
        self._wake = threading.Event()
        self._over = False

    def send(self, document_id: int, kind: str, body: bytes = b"", subject: str = "") -> None:
        """Leave a word for the other processes; returns at once. `subject`: whose word it is, replaced by a newer one."""
        if self._redis is not None:
            self._due[document_id, kind, subject] = body
            self._wake.set()

    def listen(self, heard: Heard) -> None:
        """Call `heard(document_id, kind, body)` for each word of the others, until `stop`, in the background; carry ours."""
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
                for (document_id, kind, _), body in due.items():
                    word = [self._process, document_id, kind, base64.b64encode(body).decode()]
                    self._redis.publish(CHANNEL, json.dumps(word))
            except Exception as error:
                log.warning("signal_lost", extra={"reason": type(error).__name__})
                realtime.pause(RETRY_S)
            realtime.pause(GATHER_S)

    def _listen(self, heard: Heard) -> None:
        while not self._over:
            try:
                channel = self._redis.pubsub(ignore_subscribe_messages=True)
                channel.subscribe(CHANNEL)
                while not self._over:
                    message = channel.get_message(timeout=LISTEN_S)
                    if message is not None:
                        self._hear(json.loads(message["data"]), heard)
            except Exception as error:
                log.warning("signals_unavailable", extra={"reason": type(error).__name__})
                realtime.pause(RETRY_S)

    def _hear(self, word: Any, heard: Heard) -> None:
        process, document_id, kind, body = word
        if process != self._process:
            heard(document_id, kind, base64.b64decode(body))
