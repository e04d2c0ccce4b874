"""Who hears what, told from one place, after the commit. One drawing per audience, one patch per tick."""

from __future__ import annotations

import logging
import secrets
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from atelier.clock import Clock
from atelier.drawing import Drawing
from atelier.live.desk import Desk
from atelier.live.grants import still_granted
from atelier.live.regions import Around, Audience, Drawn, Kept, Region, difference, wrapped
from atelier.live.rules.access_to_activity import opened_to_some_first, sees_activity
from atelier.live.state import Actor, LiveState
from atelier.live.views_of_state import Persons, persons, regions_of

# What the room reads does not wait for the desk, the longest to draw.
FIRST_TOLD = ("screen", "phone", "desk")
SCALE = 1_000_000  # wire seq = journal seq × SCALE + drawings made since, so that acts and patches share one scale

log = logging.getLogger(__name__)
Send = Callable[[str, Any, str], None]  # event, data, socket id or room


@dataclass(slots=True)
class Connection:
    """One socket that joined a surface. `anonymous` gives its author id in each anonymous activity.

    `preview`: a screen in a frame of the desk, which is nobody's projector.
    """

    sid: str
    session_id: int
    surface: str
    locale: str
    actor: Actor
    anonymous: Callable[[str], str]
    audience: Audience = field(default_factory=lambda: Audience("screen"))
    told: Any = None  # signature of the last personal payload
    preview: bool = False


@dataclass(slots=True)
class Surface:
    """What one audience has been shown by this process. `epoch` names this process's line of patches."""

    epoch: str
    seq: int = 0
    drawn: tuple[Drawn, ...] = ()
    room: str = ""
    html: str = ""
    kept: Kept = field(default_factory=Kept)


class Broadcaster:
    """Keeps the connections of this process and tells them what changed."""

    def __init__(self, desk: Desk, drawing: Drawing, clock: Clock, around: Callable[..., Around]) -> None:
        self.desk = desk
        self.connections: dict[str, Connection] = {}
        self._drawing = drawing
        self._clock = clock
        self._around = around
        self._surfaces: dict[tuple[int, Audience], Surface] = {}
        self._watchers: Counter[tuple[int, Audience]] = Counter()
        self._looked: Persons | None = None
        self._process = secrets.token_hex(4)
        self._turn = threading.RLock()

    def connected(self, session_id: int) -> list[Connection]:
        return [link for link in self.connections.values() if link.session_id == session_id]

    def audience_of(self, state: LiveState, surface: str, locale: str, actor: Actor) -> Audience:
        """Return whom this actor looks with."""
        if surface == "desk":
            return Audience("desk", locale, role=actor.role)
        if surface == "phone" and actor.participant:
            hidden = tuple(
                activity.key
                for activity in opened_to_some_first(state)
                if not sees_activity(state, activity, actor.participant)
            )
            return Audience("phone", locale, hidden)
        return Audience(surface, locale)

    def surface(self, session_id: int, audience: Audience) -> Surface:
        """Return the surface as last told to this audience, drawn now if nobody was looking."""
        with self._turn:
            key = (session_id, audience)
            surface = self._surfaces.get(key)
            if surface is None:
                surface = self._new_surface(session_id, audience)
                self._surfaces[key] = surface
            elif not self._watchers[key]:
                self._redraw(session_id, audience, surface)
            return surface

    def join(self, connection: Connection) -> Surface:
        """Register a socket; what it gets is what its audience was last told, with no patch between the two."""
        state = self.desk.state(connection.session_id)
        with self._turn:
            connection.audience = self.audience_of(
                state, connection.surface, connection.locale, connection.actor
            )
            surface = self.surface(connection.session_id, connection.audience)
            self.connections[connection.sid] = connection
            self._watchers[connection.session_id, connection.audience] += 1
            return surface

    def room_of(self, link: Connection) -> str:
        """Return the room where a connection hears its audience's patches."""
        return self._surfaces[link.session_id, link.audience].room

    def leave(self, sid: str) -> Connection | None:
        link = self.connections.pop(sid, None)
        if link is not None:
            self._watchers[link.session_id, link.audience] -= 1
        return link

    def tick(self, session_id: int, send: Send, move: Callable[[str, str, str], None]) -> list[Connection]:
        """Tell every audience of a séance what changed since the last time, then each person what is theirs.

        Return those who were let in and are no longer: they heard nothing, and it is for the doors to tell them so.
        """
        with self._turn:
            state = self.desk.state(session_id)
            links: list[Connection] = []
            gone: list[Connection] = []
            for link in self.connected(session_id):
                (links if still_granted(state, link.actor) else gone).append(link)
            self._regroup(state, links, send, move)
            for audience in sorted({link.audience for link in links}, key=_turn_of):
                try:
                    self._tell_audience(session_id, audience, send)
                except Exception:  # one surface that cannot be drawn must not silence the others
                    log.exception("drawing_failed", extra={"reason": audience.surface})
            self._tell_people(state, links, send)
            return gone

    def _tell_audience(self, session_id: int, audience: Audience, send: Send) -> None:
        surface = self._surfaces[session_id, audience]
        before = surface.seq
        ops = self._redraw(session_id, audience, surface)
        if ops:
            patch = {"epoch": surface.epoch, "from": before, "seq": surface.seq, "ops": ops}
            send("patch", patch, surface.room)

    def personal(self, state: LiveState, connection: Connection) -> dict[str, Any] | None:
        """Return the person's own payload; None for surfaces without a person. A tick says no more what this said."""
        if connection.surface != "phone" or not connection.actor.participant:
            return None
        ids = self._own_ids(state, connection)
        found = self._persons(state)
        connection.told = found.signature(connection.actor.participant, ids)
        return found.view(connection.actor.participant, ids)

    def forget_idle(self, session_id: int) -> None:
        """Drop the drawings of a séance that nobody looks at."""
        for key in [key for key in self._surfaces if key[0] == session_id]:
            del self._surfaces[key]

    def _own_ids(self, state: LiveState, connection: Connection) -> Mapping[str, str]:
        return {
            activity.key: connection.anonymous(activity.key)
            for activity in state.activities.values()
            if activity.anonymity == "anonymous" and activity.phase != "planned"
        }

    def _persons(self, state: LiveState) -> Persons:
        """Return what is found of everybody in a state, once: a hall that joins or ticks asks for it 450 times."""
        if self._looked is None or self._looked.state is not state:
            self._looked = persons(state)
        return self._looked

    def _new_surface(self, session_id: int, audience: Audience) -> Surface:
        number = secrets.token_hex(3)
        surface = Surface(f"{self._process}.{number}", room=f"{session_id}.{self._process}.{number}")
        self._redraw(session_id, audience, surface)
        return surface

    def _redraw(self, session_id: int, audience: Audience, surface: Surface) -> list[Any]:
        """Bring a surface up to date; return the operations that turn the old drawing into the new one."""
        state = self.desk.state(session_id)
        around = replace(self._around(session_id, audience), kept=surface.kept)
        regions = regions_of(state, audience, around)
        before = {drawn.region.key: drawn for drawn in surface.drawn}
        after = tuple(self._draw(region, before.get(region.key), audience) for region in regions)
        ops = difference(surface.drawn, after)
        if ops:
            surface.drawn = after
            surface.html = "".join(item.html for item in after)
            surface.seq = max(surface.seq + 1, state.seq * SCALE)
        return ops

    def _draw(self, region: Region, known: Drawn | None, audience: Audience) -> Drawn:
        if known is not None and (known.region is region or known.region == region):
            return known
        inner = self._drawing.draw(region.template, audience.locale, **region.data)
        return Drawn(region, wrapped(region, inner))

    def _regroup(
        self,
        state: LiveState,
        links: Iterable[Connection],
        send: Send,
        move: Callable[[str, str, str], None],
    ) -> None:
        """Move the sockets whose audience changed; a patch of an epoch they do not know makes them fetch their surface."""
        some_wait = bool(opened_to_some_first(state))
        for link in links:
            if not some_wait and not link.audience.hidden:
                continue
            audience = self.audience_of(state, link.surface, link.locale, link.actor)
            if audience == link.audience:
                continue
            old = self._surfaces[link.session_id, link.audience]
            new = self.surface(link.session_id, audience)
            self._watchers[link.session_id, link.audience] -= 1
            self._watchers[link.session_id, audience] += 1
            link.audience = audience
            move(link.sid, old.room, new.room)
            send("patch", {"epoch": new.epoch, "from": new.seq, "seq": new.seq, "ops": []}, link.sid)

    def _tell_people(self, state: LiveState, links: Sequence[Connection], send: Send) -> None:
        phones = [link for link in links if link.surface == "phone" and link.actor.participant]
        if not phones:
            return
        found = self._persons(state)
        for link in phones:
            ids = self._own_ids(state, link)
            mark = found.signature(link.actor.participant, ids)
            if mark != link.told:
                link.told = mark
                send("me", found.view(link.actor.participant, ids), link.sid)


def _turn_of(audience: Audience) -> int:
    return FIRST_TOLD.index(audience.surface)
