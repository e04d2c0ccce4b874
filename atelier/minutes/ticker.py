"""Once a minute: versions of what is being written, tacit approvals that fall due. Every process may beat: each is done once."""

from __future__ import annotations

import logging
from zoneinfo import ZoneInfo

from atelier import realtime
from atelier.errors import AtelierError
from atelier.house import House
from atelier.live.state import LiveState
from atelier.minutes import queries
from atelier.minutes.models import Document
from atelier.minutes.operations.deadlines import LOOKED_BACK, approve_if_due, keep_version_if_due
from atelier.minutes.operations.situation import sources_in
from atelier.minutes.operations.writing_names import names_of
from atelier.minutes.sources import Sources

BEAT_S = 60.0

log = logging.getLogger(__name__)


class MinutesTicker:
    """`start` beats in the background; tests and the command line beat by hand."""

    def __init__(self, house: House) -> None:
        self._house = house

    def start(self) -> None:
        realtime.spawn(self._run)

    def beat(self) -> int:
        """Do what is due; return how many documents were approved."""
        self._keep_versions()
        return self._approve()

    def _run(self) -> None:
        while True:
            realtime.pause(BEAT_S)
            try:
                self.beat()
            except Exception:
                log.exception("documents_ticker_failed")

    def _keep_versions(self) -> None:
        at, now = self._house, self._house.clock()
        with at.database.reading() as db:
            written = queries.in_writing(db, now - LOOKED_BACK)
        for document_id in written:
            room = at.parts["minutes"].rooms.open(document_id)
            try:
                keep_version_if_due(
                    at.database, room, lambda db, document: names_of(db, document, self._state_of), now
                )
            except AtelierError as error:
                log.warning("version_waits", extra={"reason": type(error).__name__})

    def settle(self, document_id: int) -> bool:
        """Approve one document if its announced day is over and nothing stands in the way; tell whether that was done now."""
        at = self._house
        room = at.parts["minutes"].rooms.open(document_id)
        self._bring_up(document_id)
        zone = ZoneInfo(at.settings.timezone)
        approved = approve_if_due(at.database, room, self._state_of, self._sources, at.clock(), zone)
        if approved:
            at.parts["minutes"].announce(document_id)
        return approved

    def _approve(self) -> int:
        done = 0
        with self._house.database.reading() as db:
            waiting = queries.waiting_for_silence(db)
        for document_id in waiting:
            try:
                done += self.settle(document_id)
            except AtelierError as error:
                log.warning("approval_waits", extra={"reason": type(error).__name__})
        return done

    def _bring_up(self, document_id: int) -> None:
        with self._house.database.reading() as db:
            document = db.get(Document, document_id)
        today = self._house.clock().date()
        due = document is not None and document.approval_due is not None and document.approval_due < today
        if document is not None and due and document.kind == "forum":
            self._house.parts["forum"].bring_up(document)

    def _sources(self, document: Document) -> Sources:
        if document.session_id is not None:
            return sources_in(document, self._state_of(document.session_id))
        sources: Sources = self._house.parts["forum"].sources(document)
        return sources

    def _state_of(self, session_id: int) -> LiveState:
        state: LiveState = self._house.parts["live"].desk.state(session_id)
        return state
