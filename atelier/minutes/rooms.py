"""The documents that this process holds in memory: `house.parts["minutes"].rooms`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from atelier.clock import Clock
from atelier.db import Database
from atelier.minutes.access import StateOf
from atelier.minutes.replica import Relayed
from atelier.minutes.room import Room


class Rooms:
    """The documents that this process holds in memory."""

    def __init__(self, database: Database, clock: Clock, state_of: StateOf) -> None:
        self.told: list[Callable[[Room, Sequence[Relayed]], None]] = []
        self._database = database
        self._clock = clock
        self._state_of = state_of
        self._rooms: dict[int, Room] = {}

    def open(self, document_id: int) -> Room:
        """Return a document's room; it is read from the disk at its first use."""
        room = self._rooms.get(document_id)
        if room is None:
            fresh = Room(document_id, self._database, self._clock, self._state_of, self._tell)
            room = self._rooms.setdefault(document_id, fresh)
        return room

    def held(self) -> Mapping[int, Room]:
        return dict(self._rooms)

    def forget(self, document_id: int) -> None:
        """Drop a room from memory; the log gives it back at the next use."""
        self._rooms.pop(document_id, None)

    def _tell(self, room: Room, relayed: Sequence[Relayed]) -> None:
        for tell in self.told:
            tell(room, relayed)
