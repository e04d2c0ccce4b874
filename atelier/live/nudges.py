"""« Séance S is at seq N »: processes wake each other. A lost nudge costs a second: the journal is read anyway."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from atelier.channel import Channel

CHANNEL = "atelier:nudges"


class Nudges:
    def __init__(self, redis: Any, channel: str = CHANNEL) -> None:
        self._channel = Channel(redis, channel)

    def send(self, session_id: int, seq: int) -> None:
        """Leave a note for the other processes; returns at once."""
        self._channel.send(session_id, [session_id, seq])

    def listen(self, heard: Callable[[int, int], None]) -> None:
        """Call `heard(session_id, seq)` for each nudge, until `stop`, in the background; carry ours."""
        self._channel.listen(lambda word: heard(*word))

    def stop(self) -> None:
        """Carry and hear no more."""
        self._channel.stop()
