"""Tells the séances that continue another what was withdrawn there (R-077, erasure): each erases its copy in its own journal.

A follower: it may hear the same withdrawal twice, and a séance may open while one is under way. Both are told again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from atelier.errors import StorageUnavailable
from atelier.live.desk import Act, Desk
from atelier.live.rules.earlier import EraseEarlier
from atelier.live.rules.opening import SessionOpened
from atelier.live.rules.withdrawal import ContributionWithdrawn
from atelier.live.state import Actor, LiveState
from atelier.live.store import Stamped
from atelier.people.policy import IMPORT
from atelier.workshops.models import WorkshopSession

FOLLOWER = "continuing"


class Continuing:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def handle(self, session_id: int, state: LiveState, events: Sequence[Stamped]) -> None:
        """Follow the journal (followers.py)."""
        gone = [item.event.number for item in events if isinstance(item.event, ContributionWithdrawn)]
        for later in self._after(session_id) if gone else ():
            self._erase(later, session_id, state, gone, "withdrawn")
        if any(isinstance(item.event, SessionOpened) for item in events):
            self._catch_up(session_id)

    def _catch_up(self, session_id: int) -> None:
        """Erase what was withdrawn in the continued séance between the reading of its recap and the opening."""
        with self._desk.database.reading() as db:
            before = db.scalar(select(WorkshopSession.continues).where(WorkshopSession.id == session_id))
        if before is None:
            return
        room = self._desk.room(before)
        self._desk.catch_up(room)
        state = room.committed
        gone = [card.number for card in state.contributions.values() if card.status == "withdrawn"]
        self._erase(session_id, before, state, gone, "opened")

    def _after(self, session_id: int) -> list[int]:
        """Return the séances that continue this one, their rehearsals too."""
        with self._desk.database.reading() as db:
            query = select(WorkshopSession.id).where(WorkshopSession.continues == session_id)
            return list(db.scalars(query.order_by(WorkshopSession.id)))

    def _erase(self, later: int, before: int, state: LiveState, gone: Iterable[int], why: str) -> None:
        room = self._desk.room(later)
        self._desk.catch_up(room)
        if room.committed.phase == "draft":
            return  # its opening will read the séance as it stands then
        for number in gone:
            command = EraseEarlier(f"{state.meeting.reference}-C-{number}")
            answer = self._desk.perform(
                Act(later, Actor(IMPORT, IMPORT), f"{why}:{before}:{number}", command)
            )
            if not answer["ok"]:
                raise StorageUnavailable(answer["code"])
