"""Sockets without a network: who hears what, and the image that a client makes of it, by the rule of the protocol."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from atelier.live.broadcast import Connection, Surface
from atelier.live.credentials import Guest
from tests.faults.hall import Hall
from tests.sockets.wire_client import SurfaceImage


@dataclass
class Listener:
    """One client: applies what reaches it, fetches when the protocol says so."""

    air: Air
    guest: Guest
    surface: str
    sid: str
    image: SurfaceImage = field(default_factory=SurfaceImage)
    me: Any = None
    heard: list[str] = field(default_factory=list)
    fetches: int = 0
    asleep: bool = False
    bytes: int = 0

    def join(self) -> None:
        hall = self.air.hall
        broadcaster = hall.live.broadcaster
        broadcaster.leave(self.sid)
        self.air.leave_rooms(self.sid)
        link = Connection(
            self.sid, hall.session_id, self.surface, "fr", self.guest.actor, self.guest.anonymous
        )
        drawn = broadcaster.join(link)
        self.air.rooms.setdefault(drawn.room, set()).add(self.sid)
        self.image.replace(drawn.epoch, drawn.seq, drawn.html)
        self.me = broadcaster.personal(hall.state, link)

    def sleep(self) -> None:
        """The phone's screen goes dark: its socket dies."""
        self.asleep = True
        self.air.hall.live.broadcaster.leave(self.sid)
        self.air.leave_rooms(self.sid)

    def wake(self) -> None:
        self.asleep = False
        self.join()

    def hear(self, event: str, data: Any) -> None:
        self.heard.append(event)
        if event == "me":
            self.me = data
            return
        verdict = self.image.judge(data)
        if verdict == "apply":
            self.image.apply(data)
        elif verdict == "fetch":
            self.fetches += 1
            self.air.to_fetch.add(self.sid)


@dataclass
class Air:
    """Rooms and sockets of one process."""

    hall: Hall
    listeners: dict[str, Listener] = field(default_factory=dict)
    rooms: dict[str, set[str]] = field(default_factory=dict)
    to_fetch: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        # The ticker tells at once what the desk does: it is told here, not to sockets that nobody opened.
        self.hall.live.ticker._tell = lambda session_id: self.tick() and None

    def listen(self, guest: Guest, surface: str) -> Listener:
        listener = Listener(self, guest, surface, f"sid{len(self.listeners)}")
        self.listeners[listener.sid] = listener
        listener.join()
        return listener

    def tick(self) -> list[Connection]:
        """One beat: tell everybody, then let fetch those who must."""
        gone = self.hall.live.broadcaster.tick(self.hall.session_id, self._send, self._move)
        for sid in sorted(self.to_fetch):
            self.listeners[sid].join()
        self.to_fetch.clear()
        return gone

    def fresh(self, listener: Listener) -> Surface:
        """Return what a page loaded now would show."""
        broadcaster, state = self.hall.live.broadcaster, self.hall.state
        audience = broadcaster.audience_of(state, listener.surface, "fr", listener.guest.actor)
        return broadcaster.surface(self.hall.session_id, audience)

    def leave_rooms(self, sid: str) -> None:
        for room in self.rooms.values():
            room.discard(sid)

    def _send(self, event: str, data: Any, to: str) -> None:
        for sid in sorted(self.rooms.get(to, {to} if to in self.listeners else set())):
            self.listeners[sid].hear(event, data)

    def _move(self, sid: str, old: str, new: str) -> None:
        self.rooms.get(old, set()).discard(sid)
        self.rooms.setdefault(new, set()).add(sid)


def image_of(html: str) -> str:
    """Return a surface in the order in which a client's image says it."""
    image = SurfaceImage()
    image.replace("", 0, html)
    return image.html
