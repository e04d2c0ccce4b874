"""The live séance as one part of the house: desk, broadcaster, ticker, sockets, tied together."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Sequence
from typing import Any

from atelier import realtime
from atelier.codes import hashed
from atelier.fanout import FanOut
from atelier.house import House
from atelier.live.ballot_box import BallotBox
from atelier.live.broadcast import Broadcaster
from atelier.live.continuing import FOLLOWER as CONTINUING
from atelier.live.continuing import Continuing
from atelier.live.desk import Desk, Room
from atelier.live.followers import Followers
from atelier.live.nudges import Nudges
from atelier.live.presence import Presence
from atelier.live.recording import FOLLOWER, Recorder
from atelier.live.regions import Around, Audience
from atelier.live.rules.reveal import partial_tally
from atelier.live.sockets import NAMESPACE, LiveSockets, ProofReader
from atelier.live.store import Stamped
from atelier.live.ticker import Ticker
from atelier.security import handshake_believed
from atelier.workshops.models import WorkshopSession

CHECKPOINT_PAUSE_S = 1.0
SESSION_ID = re.compile(r"[0-9]{1,9}")

log = logging.getLogger(__name__)


class Live:
    """What the doors and the command line use of the running séance."""

    def __init__(self, house: House, server: Any, redis: Any, read_proofs: ProofReader) -> None:
        self._house = house
        self._server = server
        self._fan_out = FanOut(server, NAMESPACE)
        self.desk = Desk(house.database, house.settings.seal_secret, house.clock)
        self.recorder = Recorder(self.desk)
        self.followers = Followers(self.desk)
        self.followers.follow(FOLLOWER, self.recorder.handle)
        self.followers.follow(CONTINUING, Continuing(self.desk).handle)
        self.presence = Presence(redis, self._connected_here, self._people_changed)
        self.broadcaster = Broadcaster(self.desk, house.drawing, house.clock, self.around)
        self.ticker = Ticker(self.desk, house.clock, self._tell, self.presence.publish)
        self._nudges = Nudges(redis)
        self._codes: dict[int, str] = {}
        public_url = house.settings.public_url
        self.sockets = LiveSockets(
            server,
            self.desk,
            self.broadcaster,
            self.ticker,
            house.clock,
            read_proofs,
            lambda environ, token: handshake_believed(environ, token, public_url),
            house.settings.timezone,
        )
        self.desk.told += [self._mark, self._nudge, self._empty_log, self.followers.told]

    def start(self) -> None:
        """Start what runs in the background."""
        self._nudges.listen(self._heard)
        self.presence.start()
        realtime.spawn(self.ticker.run)
        self.followers.start()

    def rebuild_records(self) -> int:
        """Make the record of every séance again from its journal; return how many there are."""
        return self.recorder.rebuild_records()

    def around(self, session_id: int, audience: Audience) -> Around:
        """Return what views may use beside the state."""
        settings = self._house.settings
        connected = self.presence.connected(session_id)
        return Around(
            now=self._house.clock(),
            session_id=session_id,
            code=self.code(session_id),
            public_url=settings.public_url,
            reachable=settings.reachable_by_phones,
            connected=frozenset(key for key in connected if key.startswith("p")),
            screens=sum(1 for key in connected if key.startswith("screen")),
            desks=tuple(sorted(key.removeprefix("desk:") for key in connected if key.startswith("desk:"))),
            partial=self._partial(session_id, audience),
        )

    def _partial(self, session_id: int, audience: Audience) -> dict[str, Any]:
        """Count the open votes whose partial result the desk may see, announced on the phones (D-1)."""
        state = self.desk.state(session_id)
        shown = [
            key
            for key, vote in state.activities.items()
            if vote.phase in {"open", "closed"} and vote.settings.get("partial_to_desk")
        ]
        if audience.surface != "desk" or not shown:
            return {}
        found: dict[str, Any] = {}
        with self._house.database.reading() as db:
            box = BallotBox(db.connection(), session_id, self._house.settings.seal_secret)
            for key in shown:
                ballots, paper = box.open(key)
                found[key] = partial_tally(state, key, tuple(ballots), paper)
        return found

    def code(self, session_id: int) -> str:
        """Return the join code, which never changes once given."""
        if session_id not in self._codes:
            with self._house.database.reading() as db:
                session = db.get(WorkshopSession, session_id)
                self._codes[session_id] = session.code if session else ""
        return self._codes[session_id]

    def forget(self, session_id: int) -> None:
        """Let go of a séance that is deleted for good: its sockets are sent away, nothing of it stays in memory."""
        for link in self.broadcaster.connected(session_id):
            self._server.disconnect(link.sid, namespace=NAMESPACE)
        self.broadcaster.forget_idle(session_id)
        self.desk.forget(session_id)
        self._codes.pop(session_id, None)

    def link_target(self, token: str) -> tuple[int, str, str] | None:
        """Return the séance, the code and the role that a link's token opens, if it still does."""
        session_id = token.partition(".")[0]
        if not SESSION_ID.fullmatch(session_id) or not self.code(int(session_id)):
            return None
        digest = hashed(token)
        for link in self.desk.state(int(session_id)).links.values():
            if link.token_hash == digest and not link.revoked:
                return int(session_id), self.code(int(session_id)), link.role
        return None

    def _connected_here(self, session_id: int) -> Iterable[str]:
        for link in self.broadcaster.connected(session_id):
            if link.surface == "phone":
                yield link.actor.participant
            elif link.surface == "screen":
                if not link.preview:
                    yield f"screen:{link.sid}"
            else:
                yield f"desk:{link.actor.id}"

    def _tell(self, session_id: int) -> None:
        self.presence.publish(session_id)
        for link in self.broadcaster.tick(session_id, self._fan_out.send, self._move):
            self.sockets.dismiss(link)

    def _move(self, sid: str, old: str, new: str) -> None:
        self._server.leave_room(sid, old, namespace=NAMESPACE)
        self._server.enter_room(sid, new, namespace=NAMESPACE)

    def _people_changed(self, session_id: int) -> None:
        self.ticker.mark(session_id)

    def _mark(self, room: Room, stamped: Sequence[Stamped]) -> None:
        self.ticker.mark(room.session_id)

    def _nudge(self, room: Room, stamped: Sequence[Stamped]) -> None:
        self._nudges.send(room.session_id, room.committed.seq)

    def _heard(self, session_id: int, seq: int) -> None:
        known = {room.session_id: room for room in self.desk.rooms()}
        room = known.get(session_id)
        if room is not None and room.committed.seq < seq and self.desk.catch_up(room):
            self.ticker.mark(session_id)

    def _empty_log(self, room: Room, stamped: Sequence[Stamped]) -> None:
        """After a reveal, no page of a destroyed seal may stay in the write-ahead log."""
        if any(type(item.event).__name__ in {"VoteRevealed", "ContributionWithdrawn"} for item in stamped):
            realtime.spawn(self._checkpoint)

    def _checkpoint(self) -> None:
        while not self._house.database.checkpoint():
            log.info("checkpoint_waits")
            realtime.pause(CHECKPOINT_PAUSE_S)
