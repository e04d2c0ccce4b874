"""Documents as one part of the house: rooms, sockets, what other processes say, tied together."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

from atelier import realtime
from atelier.errors import NotFound
from atelier.fanout import FanOut
from atelier.house import House
from atelier.live.nudges import Nudges
from atelier.minutes import store
from atelier.minutes.access import refusal_of_writing, standing_of
from atelier.minutes.awareness import Seen, read_seen, written
from atelier.minutes.company import Company
from atelier.minutes.follower import FOLLOWER, Drafter
from atelier.minutes.operations.veil import Veil
from atelier.minutes.operations.withdrawals import FOLLOWER as LEAVING
from atelier.minutes.operations.withdrawals import Withdrawals
from atelier.minutes.replica import Relayed
from atelier.minutes.room import Room
from atelier.minutes.rooms import Rooms
from atelier.minutes.signals import Signals
from atelier.minutes.sockets import NAMESPACE, MinutesSockets, ProofReader, room_of
from atelier.minutes.updates import Unreadable
from atelier.minutes.wording import worded
from atelier.security import handshake_believed

CHANNEL = "atelier:documents"
TAIL_S = 1.0
IDLE_TURNS = 300  # after about five minutes with nobody there, a document leaves the memory
CHECKPOINT_PAUSE_S = 1.0
FETCHED_AGAIN = frozenset({"flags", "remarks"})

log = logging.getLogger(__name__)


class Minutes:
    """What the doors, the other capabilities and the command line use of documents."""

    def __init__(self, house: House, server: Any, redis: Any, read_proofs: ProofReader) -> None:
        self._house = house
        self._server = server
        self._state_of = house.parts["live"].desk.state
        self._company = Company()
        self._fan_out = FanOut(server, NAMESPACE)
        self._idle: dict[int, int] = {}
        self.forgetting: list[Callable[[], None]] = []  # what others made of texts that lose words
        self.rooms = Rooms(house.database, house.clock, self._state_of)
        self.rooms.told.append(self._told)
        live = house.parts["live"]
        self.drafter = Drafter(house, live.desk, self.rooms, self.forget_history, self.flag)
        live.followers.follow(FOLLOWER, self.drafter.handle)
        say = house.drawing.speech().gettext
        self.veil = Veil(house.database, self._state_of, house.settings.seal_secret, say)
        self.withdrawals = Withdrawals(
            house.database, self.rooms, self.veil, self.drafter.redraft, self.forget_history, self.flag
        )
        live.followers.follow(LEAVING, self.withdrawals.handle)
        self._nudges = Nudges(redis, CHANNEL)
        self._signals = Signals(redis)
        public_url = house.settings.public_url
        self.sockets = MinutesSockets(
            server,
            self.rooms,
            self._company,
            house.database,
            house.clock,
            self._state_of,
            read_proofs,
            lambda environ, token: handshake_believed(environ, token, public_url),
            self._spread,
            self.remarked,
        )

    def start(self) -> None:
        """Start what runs in the background."""
        self._nudges.listen(self._nudged)
        self._signals.listen(self._heard)
        realtime.spawn(self._run)

    def announce(self, document_id: int) -> None:
        """Tell every page, in every process, that the document changed state, or that an access was taken back."""
        self._look(document_id)
        self._signals.send(document_id, "look")

    def flag(self, document_id: int) -> None:
        """Tell every page, in every process, that what is said about the text is to be fetched again."""
        self._fetch_again("flags", document_id)

    def remarked(self, document_id: int) -> None:
        """Tell every page, in every process, that the writers' remarks are to be fetched again."""
        self.withdrawals.look_beside(document_id)
        self._fetch_again("remarks", document_id)

    def people_here(self, document_id: int) -> frozenset[str]:
        """Return the keys of those who have the document open, in any process."""
        return self._company.people(document_id, time.monotonic())

    def forget_history(self, document_id: int) -> None:
        """Leave no trace of deleted words: neither in the log, nor in the write-ahead log of the database, nor in files."""
        self.rooms.open(document_id).forget_history()
        for forget in self.forgetting:
            forget()
        realtime.spawn(self._checkpoint)

    def forget(self, document_id: int) -> None:
        """Let go of a document that is deleted for good."""
        for link in self._company.of(document_id):
            self.sockets.dismiss(link, "unknown_document")
        self.rooms.forget(document_id)

    def beat(self) -> None:
        """Look after every document that somebody has open; let go of those that nobody has. Once a second."""
        opened = self._company.documents()
        for document_id in opened:
            self._look(document_id)
        for document_id, room in self.rooms.held().items():
            self._idle[document_id] = 0 if document_id in opened else self._idle.get(document_id, 0) + 1
            with suppress(NotFound):
                room.compact(force=self._idle[document_id] == IDLE_TURNS)
            if self._idle[document_id] >= IDLE_TURNS:
                self.rooms.forget(document_id)
                del self._idle[document_id]
        self._company.expire(time.monotonic())
        self.withdrawals.sweep()

    def _run(self) -> None:
        while True:
            try:
                self.beat()
            except Exception:
                log.exception("documents_beat_failed")
            realtime.pause(TAIL_S)

    def _look(self, document_id: int) -> None:
        """Take what other processes stored, and see whether everybody here is still let in."""
        room = self.rooms.held().get(document_id)
        if room is None:
            return
        try:
            room.catch_up()
        except NotFound:
            self.forget(document_id)
            return
        links = self._company.of(document_id)
        with self._house.database.reading() as db:
            row = store.row_of(db, document_id)
            if row is None:
                self.forget(document_id)
                return
            stands = standing_of(db, row, [link.guest.person for link in links], self._state_of)
        for link in links:
            if not stands(link.guest.person):
                self.sockets.dismiss(link, "revoked")

    def _told(self, room: Room, relayed: Sequence[Relayed]) -> None:
        for number, update, origin in relayed:
            data = {"document": room.document_id, "number": number, "update": update}
            self._fan_out.send_bytes("update", data, room_of(room.document_id), but=origin)
        if relayed:
            self._nudges.send(room.document_id, relayed[-1].number)
        self._tell_phase(room)

    def _tell_phase(self, room: Room) -> None:
        """Tell each page for which something changed in what it may do."""
        if room.row is None:
            return
        for link in self._company.of(room.document_id):
            refusal = refusal_of_writing(room.row, link.guest, lambda _person: True)
            if (link.phase, link.writable) == (room.row.phase, refusal is None):
                continue
            link.phase, link.writable = room.row.phase, refusal is None
            why = worded(refusal.code, refusal.params, link.locale, "open") if refusal else ""
            data = {"document": room.document_id, "phase": link.phase, "writable": link.writable, "why": why}
            self._server.emit("phase", data, room=link.sid, namespace=NAMESPACE)

    def _fetch_again(self, kind: str, document_id: int) -> None:
        self._emit(kind, document_id)
        self._signals.send(document_id, kind)

    def _emit(self, kind: str, document_id: int) -> None:
        self._server.emit(kind, {"document": document_id}, room=room_of(document_id), namespace=NAMESPACE)

    # ------------------------------------------------------------ other processes

    def _spread(self, document_id: int, seen: Seen) -> None:
        self._signals.send(document_id, "awareness", written([seen]), str(seen.client))

    def _nudged(self, document_id: int, number: int) -> None:
        room = self.rooms.held().get(document_id)
        if room is not None and room.number < number:
            self._look(document_id)

    def _heard(self, document_id: int, kind: str, body: bytes) -> None:
        if kind in FETCHED_AGAIN:
            self._emit(kind, document_id)
        elif kind == "look":
            self._look(document_id)
        elif kind == "awareness":
            try:
                states = read_seen(body)
            except Unreadable:
                return
            self._company.hear(document_id, states, time.monotonic())
            for seen in states:
                self.sockets.show(document_id, seen)

    def _checkpoint(self) -> None:
        while not self._house.database.checkpoint():
            realtime.pause(CHECKPOINT_PAUSE_S)
