"""The doors of `/minutes`: what a client sends is answered, never raised (docs/protocol.md §12)."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from atelier.clock import Clock
from atelier.db import Database
from atelier.errors import Busy, NotFound, Refusal, StorageUnavailable
from atelier.fanout import FanOut
from atelier.frames import MALFORMED
from atelier.handshakes import token_of, wire_time
from atelier.i18n import DEFAULT, best_locale
from atelier.minutes import store
from atelier.minutes.access import StateOf, guest_for, refusal_of_writing
from atelier.minutes.arriving import as_bytes, as_integer
from atelier.minutes.awareness import Seen, read_seen, signed, written
from atelier.minutes.company import Company, Link, farewell
from atelier.minutes.document import NOTHING_KNOWN
from atelier.minutes.operations.remarks import perform
from atelier.minutes.parts import MOST_PARTS, PART_BYTES, Gathering, cut
from atelier.minutes.remarks import read_asked
from atelier.minutes.room import Outcome, Resync, Stored
from atelier.minutes.rooms import Rooms
from atelier.minutes.updates import LARGEST_CLIENT, LARGEST_CLOCK, Unreadable
from atelier.minutes.wording import worded
from atelier.people.tokens import DocumentProofs

NAMESPACE = "/minutes"
SENDING_ID = re.compile(r"[A-Za-z0-9:_.-]{8,80}")
# Updates of one page: it sends them one at a time, and a flood must not fill everybody's queue.
MOST_WAITING = 8
BLAMED: Mapping[type[Exception], str] = {
    Unreadable: "malformed", Busy: "busy", NotFound: "unknown_document", StorageUnavailable: "storage",
    SQLAlchemyError: "storage",
}  # fmt: skip

log = logging.getLogger(__name__)
Answer = dict[str, Any]
ProofReader = Callable[[Mapping[str, Any], Mapping[str, Any], int, int | None], DocumentProofs]
Spread = Callable[[int, Seen], None]


class MinutesSockets:
    """One object holds the sockets of this process; `spread` tells other processes where somebody is."""

    def __init__(
        self,
        server: Any,
        rooms: Rooms,
        company: Company,
        database: Database,
        clock: Clock,
        state_of: StateOf,
        read_proofs: ProofReader,
        believed: Callable[[Mapping[str, Any], str], bool],
        spread: Spread,
        remarked: Callable[[int], None],
    ) -> None:
        self._server = server
        self._fan_out = FanOut(server, NAMESPACE)
        self._rooms = rooms
        self._company = company
        self._database = database
        self._clock = clock
        self._state_of = state_of
        self._read_proofs = read_proofs
        self._believed = believed
        self._spread = spread
        self._remarked = remarked
        self._environs: dict[str, tuple[Mapping[str, Any], Mapping[str, Any]]] = {}
        self._gathering: dict[str, Gathering] = {}
        self._opening: dict[str, list[bytes]] = {}
        for name, handler in (
            ("connect", self.on_connect),
            ("open", self._answering(self._open)),
            ("part", self._answering(self._part)),
            ("update", self._answering(self._update)),
            ("awareness", self._answering(self._awareness)),
            ("remark", self._answering(self._remark)),
            ("disconnect", self.on_disconnect),
            ("*", self.on_unknown),
        ):
            server.on(name, handler, namespace=NAMESPACE)

    def on_connect(self, sid: str, environ: Mapping[str, Any], auth: Any = None) -> bool:
        """Refuse a handshake that comes from another site; everything else is decided at `open`."""
        token = token_of(auth)
        if not self._believed(environ, token):
            return False
        self._environs[sid] = (environ, {"token": token})
        return True

    def on_disconnect(self, sid: str, *_reason: Any) -> None:
        for kept in (self._environs, self._gathering, self._opening):
            kept.pop(sid, None)
        self._say_farewell(self._company.leave(sid))

    def on_unknown(self, event: str, _sid: str, *_data: Any) -> Answer:
        """Answer an event that does not exist, or that could not be read."""
        return self._refused(Refusal("malformed" if event == MALFORMED else "unknown_act"), DEFAULT)

    def dismiss(self, link: Link, code: str) -> None:
        """Tell somebody who is no longer let in, and stop telling them anything else."""
        data = {"document": link.document_id, "code": code, "message": worded(code, {}, link.locale)}
        self._server.emit("closed", data, room=link.sid, namespace=NAMESPACE)
        self._server.leave_room(link.sid, room_of(link.document_id), namespace=NAMESPACE)
        self._say_farewell(self._company.leave(link.sid))

    def _answering(self, handler: Callable[[str, Mapping[str, Any]], Answer]) -> Callable[..., Answer]:
        """Give each event an answer, whatever happens to it."""

        def answered(sid: str, data: Any = None, *_more: Any) -> Answer:
            link = self._company.links.get(sid)
            locale = link.locale if link else DEFAULT
            try:
                return handler(sid, data if isinstance(data, Mapping) else {})
            except tuple(BLAMED) as error:
                code = next(code for kind, code in BLAMED.items() if isinstance(error, kind))
                return self._refused(Refusal(code), locale)
            except Exception:
                log.exception("document_event_failed")
                return self._refused(Refusal("fault"), locale)

        return answered

    # ------------------------------------------------------------ open

    def _open(self, sid: str, data: Mapping[str, Any]) -> Answer:
        environ, auth = self._environs.get(sid, ({}, {}))
        locale = best_locale([str(environ.get("HTTP_ACCEPT_LANGUAGE", ""))], str(data.get("locale", "")))
        document_id = as_integer(data.get("document"), LARGEST_CLOCK)
        client = as_integer(data.get("client"), LARGEST_CLIENT)
        vector = data.get("vector", NOTHING_KNOWN)
        with self._database.reading() as db:
            row = store.row_of(db, document_id)
            if row is None:
                return self._refused(Refusal("unknown_document"), locale)
            proofs = self._read_proofs(environ, auth, document_id, row.session_id)
            guest = guest_for(db, row, proofs, self._state_of)
        if not guest.may("open_document"):
            return self._refused(Refusal("not_allowed"), locale)
        room = self._rooms.open(document_id)
        refusal = refusal_of_writing(row, guest, lambda _person: True)
        if room.writer_of(client) not in {"", guest.person}:
            return self._refused(Refusal("client_taken"), locale)
        link = Link(sid, document_id, guest, client, locale, row.phase, refusal is None)
        self._enter(link)  # before the text is read: what is committed meanwhile is heard
        number, update, here = room.lacking(as_bytes(vector))
        pieces = cut(update)
        self._opening[sid] = pieces
        return {
            "ok": True,
            "document": document_id,
            "role": guest.role,
            "person": guest.person,
            "name": guest.name,
            "phase": row.phase,
            "writable": link.writable,
            "why": worded(refusal.code, refusal.params, locale, "open") if refusal else "",
            "number": number,
            "parts": len(pieces),
            "update": pieces[0],
            "vector": here,
            "awareness": self._company.states(document_id, client, time.monotonic()),
            "at": self._now(),
            "now": self._now(),
        }

    def _enter(self, link: Link) -> None:
        previous = self._company.leave(link.sid)
        if previous is not None and previous.document_id != link.document_id:
            self._server.leave_room(link.sid, room_of(previous.document_id), namespace=NAMESPACE)
            self._say_farewell(previous)
        self._gathering.pop(link.sid, None)
        self._company.links[link.sid] = link
        self._server.enter_room(link.sid, room_of(link.document_id), namespace=NAMESPACE)

    def _part(self, sid: str, data: Mapping[str, Any]) -> Answer:
        pieces = self._opening.get(sid, [])
        part = as_integer(data.get("part"), MOST_PARTS * 100)
        if not 2 <= part <= len(pieces):
            return self._refused(Refusal("malformed"), self._locale(sid))
        return {"ok": True, "part": part, "update": pieces[part - 1]}

    # ------------------------------------------------------------ update

    def _update(self, sid: str, data: Mapping[str, Any]) -> Answer:
        link = self._company.links.get(sid)
        if link is None:
            return self._refused(Refusal("open_first"), DEFAULT)
        sending, piece = data.get("id"), as_bytes(data.get("update"))
        part = as_integer(data.get("part", 1), MOST_PARTS)
        parts = as_integer(data.get("parts", 1), LARGEST_CLOCK)
        if not isinstance(sending, str) or not SENDING_ID.fullmatch(sending) or not 1 <= part <= parts:
            raise Unreadable("no sending")
        if parts > MOST_PARTS or len(piece) > PART_BYTES:
            return self._refused(Refusal("too_large"), link.locale)
        if as_integer(data.get("client"), LARGEST_CLIENT) != link.client:
            return self._refused(Refusal("open_first"), link.locale)
        clock = as_integer(data.get("clock"), LARGEST_CLOCK)
        update = self._gathered(sid, sending, part, parts, piece)
        if update is None:
            return {"ok": True, "part": part}
        if link.waiting >= MOST_WAITING:
            raise Busy
        room, others = self._rooms.open(link.document_id), self._company.clients_of_others(link)
        link.waiting += 1
        try:
            outcome = room.receive(link.guest, link.client, clock, update, sid, others)
        finally:
            link.waiting -= 1
        return self._outcome(link, outcome)

    def _gathered(self, sid: str, sending: str, part: int, parts: int, piece: bytes) -> bytes | None:
        """Return the whole update with its last part, None before."""
        if parts == 1:
            return piece
        if part == 1:
            self._gathering[sid] = Gathering(sending, parts)
        gathering = self._gathering.get(sid)
        if gathering is None or not gathering.take(sending, part, parts, piece):
            raise Unreadable("not the next part")
        if gathering.whole is not None:
            del self._gathering[sid]
        return gathering.whole

    def _outcome(self, link: Link, outcome: Outcome) -> Answer:
        if isinstance(outcome, Stored):
            return {"ok": True, "number": outcome.number, "at": self._now()}
        if isinstance(outcome, Resync):
            return {**self._refused(Refusal("resync"), link.locale), "vector": outcome.vector}
        if outcome.code == "revoked":
            self.dismiss(link, "revoked")
        return self._refused(outcome, link.locale)

    # ------------------------------------------------------------ remarks

    def _remark(self, sid: str, data: Mapping[str, Any]) -> Answer:
        link, asked = self._company.links.get(sid), read_asked(data)
        if link is None:
            return self._refused(Refusal("open_first"), DEFAULT)
        with self._database.writing() as db:
            refusal = perform(db, link.document_id, link.guest, asked, self._state_of, self._clock())
        if refusal:
            return self._outcome(link, refusal)
        self._remarked(link.document_id)
        return {"ok": True, "id": asked.id, "at": self._now()}

    # ------------------------------------------------------------ awareness

    def _awareness(self, sid: str, data: Mapping[str, Any]) -> Answer:
        link = self._company.links.get(sid)
        if link is None:
            return self._refused(Refusal("open_first"), DEFAULT)
        states = read_seen(as_bytes(data.get("update")))
        if len(states) != 1 or states[0].client != link.client:
            raise Unreadable("another's state")
        seen = signed(states[0], link.guest.shown)
        if self._company.say(link, seen, time.monotonic()):
            self.show(link.document_id, seen, but=sid)
            self._spread(link.document_id, seen)
        return {"ok": True}

    def show(self, document_id: int, seen: Seen, but: str | None = None) -> None:
        """Tell everybody here where somebody is."""
        data = {"document": document_id, "update": written([seen])}
        self._fan_out.send_bytes("awareness", data, room_of(document_id), but)

    def _say_farewell(self, link: Link | None) -> None:
        seen = farewell(link) if link else None
        if link is not None and seen is not None:
            self.show(link.document_id, seen, but=link.sid)
            self._spread(link.document_id, seen)

    # ------------------------------------------------------------ answers

    def _refused(self, refusal: Refusal, locale: str) -> Answer:
        message = worded(refusal.code, refusal.params, locale)
        return {"ok": False, "code": refusal.code, "message": message, "at": self._now()}

    def _locale(self, sid: str) -> str:
        link = self._company.links.get(sid)
        return link.locale if link else DEFAULT

    def _now(self) -> str:
        return wire_time(self._clock())


def room_of(document_id: int) -> str:
    return f"document-{document_id}"
