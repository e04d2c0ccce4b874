"""The doors of `/live`: connect, join, act. What a client sends is answered, never raised (docs/protocol.md)."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any

from atelier.clock import Clock
from atelier.errors import Refusal
from atelier.frames import MALFORMED
from atelier.handshakes import token_of, wire_time
from atelier.i18n import best_locale
from atelier.live.broadcast import SCALE, Broadcaster, Connection, Surface
from atelier.live.credentials import Guest, actor_of, guest_for
from atelier.live.desk import Act, Answer, Desk, refused
from atelier.live.forms import ACT_ID, parse
from atelier.live.ticker import Ticker
from atelier.live.wording import worded
from atelier.people.policy import ROLES
from atelier.people.tokens import Proofs
from atelier.workshops.queries import session_by_code

NAMESPACE = "/live"
SURFACES = frozenset({"phone", "screen", "desk"})
HURRIED = frozenset({"facilitator", "cofacilitator", "helper"})

log = logging.getLogger(__name__)

ProofReader = Callable[[Mapping[str, Any], Mapping[str, Any], int], Proofs]


class LiveSockets:
    """One object holds the sockets of this process; `server` is python-socketio's, so that hot events skip Flask."""

    def __init__(
        self,
        server: Any,
        desk: Desk,
        broadcaster: Broadcaster,
        ticker: Ticker,
        clock: Clock,
        read_proofs: ProofReader,
        believed: Callable[[Mapping[str, Any], str], bool],
        timezone: str = "Europe/Paris",
    ) -> None:
        self._server = server
        self._desk = desk
        self._broadcaster = broadcaster
        self._ticker = ticker
        self._clock = clock
        self._read_proofs = read_proofs
        self._believed = believed
        self._timezone = timezone
        self._environs: dict[str, tuple[Mapping[str, Any], Mapping[str, Any]]] = {}
        self._guests: dict[str, Guest] = {}
        for name, handler in (
            ("connect", self.on_connect),
            ("join", self.on_join),
            ("act", self.on_act),
            ("disconnect", self.on_disconnect),
            ("*", self.on_unknown),
        ):
            server.on(name, handler, namespace=NAMESPACE)

    def on_connect(self, sid: str, environ: Mapping[str, Any], auth: Any = None) -> bool:
        """Refuse a handshake that comes from another site; everything else is decided at `join`."""
        token = token_of(auth)
        if not self._believed(environ, token):
            return False
        self._environs[sid] = (environ, {**(auth if isinstance(auth, Mapping) else {}), "token": token})
        return True

    def on_disconnect(self, sid: str, *_reason: Any) -> None:
        self._environs.pop(sid, None)
        self._guests.pop(sid, None)
        link = self._broadcaster.leave(sid)
        if link is not None:
            self._ticker.mark(link.session_id)

    def on_unknown(self, event: str, _sid: str, *_data: Any) -> Answer:
        """Answer an event that does not exist, or that could not be read."""
        refusal = Refusal("malformed", {"fields": {}}) if event == MALFORMED else Refusal("unknown_act")
        return self._answer(refused(refusal), "fr")

    def on_join(self, sid: str, data: Any = None, *_more: Any) -> Answer:
        """Let a socket onto a surface; the answer holds the surface unless `head` and `epoch` show that it is known."""
        try:
            return self._join(sid, data if isinstance(data, Mapping) else {})
        except Exception:
            log.exception("join_failed")
            return self._answer(refused(Refusal("fault")), "fr")

    def on_act(self, sid: str, data: Any = None, *_more: Any) -> Answer:
        """Perform one act; the answer leaves after the commit."""
        link = self._broadcaster.connections.get(sid)
        guest = self._guests.get(sid)
        if link is None or guest is None:
            return self._answer(refused(Refusal("join_first")), "fr")
        try:
            answer = self.perform(link.session_id, guest, data, link.locale)
            if answer.get("code") == "revoked":
                self.dismiss(link)
            return answer
        except Exception:
            log.exception("act_failed")
            return self._answer(refused(Refusal("fault")), link.locale)

    def perform(self, session_id: int, guest: Guest, data: Any, locale: str) -> Answer:
        """Parse, perform, word: the one path of sockets and HTTP."""
        data = data if isinstance(data, Mapping) else {}
        name, values = data.get("name"), data.get("data", {})
        command = parse(name, values)
        if isinstance(command, Refusal):
            return self._answer(refused(command), locale, str(name))
        if not isinstance(data.get("id"), str) or not ACT_ID.match(data["id"]):
            return self._answer(refused(Refusal("malformed", {"fields": {"id": "wrong_type"}})), locale)
        actor = actor_of(guest, command, self._desk.state(session_id))
        answer = self._desk.perform(Act(session_id, actor, data["id"], command, guest.proof_code, guest.seat))
        if actor.role in HURRIED and answer["ok"]:
            self._ticker.flush(session_id)
        return self._answer(answer, locale, str(name))

    def dismiss(self, link: Connection) -> None:
        """Tell somebody who is no longer let in, and stop telling them anything else."""
        message, _ = worded("revoked", {}, link.locale, self._timezone)
        self._server.emit(
            "closed", {"code": "revoked", "message": message}, room=link.sid, namespace=NAMESPACE
        )
        self._server.leave_room(link.sid, self._broadcaster.room_of(link), namespace=NAMESPACE)
        self._broadcaster.leave(link.sid)
        self._guests.pop(link.sid, None)

    def _join(self, sid: str, data: Mapping[str, Any]) -> Answer:
        environ, auth = self._environs.get(sid, ({}, {}))
        locale = best_locale([str(environ.get("HTTP_ACCEPT_LANGUAGE", ""))], str(data.get("locale", "")))
        surface, code = data.get("surface"), data.get("session")
        if not isinstance(surface, str) or surface not in SURFACES or not isinstance(code, str):
            return self._answer(refused(Refusal("malformed", {"fields": {"surface": "wrong_type"}})), locale)
        with self._desk.database.reading() as db:
            session = session_by_code(db, code)
            if session is None:
                return self._answer(refused(Refusal("unknown_session")), locale)
            state = self._desk.state(session.id)
            guest = guest_for(db, session, state, surface, self._read_proofs(environ, auth, session.id))
        if guest is None or guest.actor.role not in ROLES:
            return self._answer(refused(Refusal("not_allowed")), locale)
        link = Connection(sid, session.id, surface, locale, guest.actor, guest.anonymous)
        link.preview = auth.get("preview") == "yes"
        drawn = self._enter(link)
        self._guests[sid] = guest
        known = data.get("epoch") == drawn.epoch and data.get("head") == drawn.seq
        return {
            "ok": True,
            "epoch": drawn.epoch,
            "seq": drawn.seq,
            "html": None if known else drawn.html,
            "me": self._broadcaster.personal(self._desk.state(session.id), link),
            "now": wire_time(self._clock()),
        }

    def _enter(self, link: Connection) -> Surface:
        """Put a socket in its audience's room, out of the one where it was. No yield until its surface is read."""
        previous = self._broadcaster.connections.get(link.sid)
        left = self._broadcaster.room_of(previous) if previous else ""
        self._broadcaster.leave(link.sid)
        drawn = self._broadcaster.join(link)
        if left != drawn.room:
            if left:
                self._server.leave_room(link.sid, left, namespace=NAMESPACE)
            self._server.enter_room(link.sid, drawn.room, namespace=NAMESPACE)
        if previous is None or previous.session_id != link.session_id:
            self._ticker.mark(link.session_id)
        return drawn

    def _answer(self, answer: Answer, locale: str, act: str = "") -> Answer:
        """Put the hour, the wire's scale and the sentence on an answer."""
        if answer["ok"]:
            return {**answer, "seq": answer["seq"] * SCALE, "at": wire_time(self._clock())}
        message, field = worded(answer["code"], answer.get("params", {}), locale, self._timezone, act)
        return {
            **answer,
            "message": message,
            **({"field": field} if field else {}),
            "at": wire_time(self._clock()),
        }
