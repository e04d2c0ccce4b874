"""What processes tell each other about documents and nobody keeps: carets, « fetch again »."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Callable
from typing import Any

from atelier.channel import Channel

CHANNEL = "atelier:documents:signals"
GATHER_S = 0.02  # carets move at every key

Heard = Callable[[int, str, bytes], None]


class Signals:
    def __init__(self, redis: Any) -> None:
        self._channel = Channel(redis, CHANNEL, GATHER_S)
        self._process = secrets.token_hex(4)

    def send(self, document_id: int, kind: str, body: bytes = b"", subject: str = "") -> None:
        """Leave a word for the other processes; returns at once. `subject`: whose word it is, replaced by a newer one."""
        word = [self._process, document_id, kind, base64.b64encode(body).decode()]
        self._channel.send((document_id, kind, subject), word)

    def listen(self, heard: Heard) -> None:
        """Call `heard(document_id, kind, body)` for each word of the others, until `stop`, in the background; carry ours."""
        self._channel.listen(lambda word: self._hear(word, heard))

    def stop(self) -> None:
        """Carry and hear no more."""
        self._channel.stop()

    def _hear(self, word: list[Any], heard: Heard) -> None:
        process, document_id, kind, body = word
        if process != self._process:
            heard(document_id, kind, base64.b64decode(body))
