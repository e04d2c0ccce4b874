"""Who has a document open, here and in other processes, and where they write. Ephemeral: never stored."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from atelier.minutes.access import Guest
from atelier.minutes.awareness import GONE, Seen, gone, person_of, written

EXPIRES_S = 30.0  # y-protocols' own delay: pages say again every 15 s
SHORTEST_S = 0.05  # between two states of one page


@dataclass(slots=True)
class Link:
    """One socket on one document."""

    sid: str
    document_id: int
    guest: Guest
    client: int
    locale: str
    phase: str = ""  # what it was told
    writable: bool = False
    waiting: int = 0  # updates that are not answered yet
    seen: Seen | None = None
    said_at: float = float("-inf")


class Company:
    """`now` is a number of seconds that only grows."""

    def __init__(self) -> None:
        self.links: dict[str, Link] = {}
        self._elsewhere: dict[
            tuple[int, int], tuple[Seen, float]
        ] = {}  # (document, client) -> state, heard at

    def of(self, document_id: int) -> list[Link]:
        return [link for link in self.links.values() if link.document_id == document_id]

    def clients_of_others(self, link: Link) -> frozenset[int]:
        """Return the Yjs clients under which somebody else writes at this moment."""
        here = self.of(link.document_id)
        return frozenset(other.client for other in here if other.guest.person != link.guest.person)

    def documents(self) -> set[int]:
        return {link.document_id for link in self.links.values()}

    def say(self, link: Link, seen: Seen, now: float) -> bool:
        """Note where somebody is; False when it says nothing newer, or comes too fast to be told."""
        older = link.seen is not None and seen.clock <= link.seen.clock and seen.state != GONE
        if older or now - link.said_at < SHORTEST_S:
            return False
        link.seen, link.said_at = seen, now
        return True

    def hear(self, document_id: int, seen: Iterable[Seen], now: float) -> None:
        """Note what another process says."""
        for state in seen:
            self._elsewhere[document_id, state.client] = (state, now)

    def states(self, document_id: int, but: int, now: float) -> bytes:
        """Return where the others are, one client left out; empty when nobody is."""
        here = [link.seen for link in self.of(document_id) if link.seen]
        seen = [*here, *self._heard_of(document_id, now)]
        others = [state for state in seen if state.client != but and state.state != GONE]
        return written(others) if others else b""

    def people(self, document_id: int, now: float) -> frozenset[str]:
        """Return the keys of those who have the document open here, or show where they are elsewhere."""
        here = {link.guest.person for link in self.of(document_id)}
        return frozenset(here | {person_of(state) for state in self._heard_of(document_id, now)} - {""})

    def _heard_of(self, document_id: int, now: float) -> list[Seen]:
        return [
            seen
            for (document, _), (seen, at) in self._elsewhere.items()
            if document == document_id and now - at < EXPIRES_S
        ]

    def leave(self, sid: str) -> Link | None:
        return self.links.pop(sid, None)

    def expire(self, now: float) -> None:
        """Forget the states of other processes that were not renewed."""
        for key, (_, at) in list(self._elsewhere.items()):
            if now - at >= EXPIRES_S:
                del self._elsewhere[key]


def farewell(link: Link) -> Seen | None:
    """Return what tells the others that a socket is closed, if they saw it."""
    return gone(link.seen) if link.seen and link.seen.state != GONE else None
