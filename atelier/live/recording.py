"""Writes the record: when an activity or the séance closes, after a withdrawal, and on the edits that come later."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from sqlalchemy import delete, func, insert, select

from atelier.live import store
from atelier.live.desk import Desk
from atelier.live.engine import fold
from atelier.live.models import LiveEvent, RecordRow
from atelier.live.record import Row, record
from atelier.live.state import LiveState
from atelier.live.store import Stamped

FOLLOWER = "record"
ALWAYS = frozenset(
    {
        "ActivityClosed", "ActivityReopened", "VoteRevealed", "VoteAnnulled", "LotsDrawn", "ContributionWithdrawn",
        "SessionClosed", "SessionReopened",
    }
)  # fmt: skip


class Recorder:
    """The record of every séance, from its journal. Rows are replaced whole: they are a picture, not a history."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._turn = threading.Lock()

    def handle(self, session_id: int, state: LiveState, events: Sequence[Stamped]) -> None:
        """Follow the journal (followers.py)."""
        if state.phase == "closed" or any(type(item.event).__name__ in ALWAYS for item in events):
            self._write(session_id, state)

    def ensure_projected(self, session_id: int) -> LiveState:
        """Bring the record up to the journal before a search, a citation, an export; return the state it shows."""
        room = self._desk.room(session_id)
        self._desk.catch_up(room)
        state = room.committed
        if state.seq and self._projected(session_id) < state.seq:
            self._write(session_id, state)
        return state

    def rebuild_records(self) -> int:
        """Make every record again from its journal; return how many."""
        with self._desk.database.reading() as db:
            ids = list(db.scalars(select(LiveEvent.session_id).distinct().order_by(LiveEvent.session_id)))
        for session_id in ids:
            self._write(session_id, self._desk.state(session_id))
        return len(ids)

    def rows(self, session_id: int) -> tuple[Row, ...]:
        """Return the rows as they stand, in the order of their making."""
        state = self.ensure_projected(session_id)
        with self._desk.database.reading() as db:
            found = db.execute(
                select(RecordRow.kind, RecordRow.ref, RecordRow.data).where(
                    RecordRow.session_id == session_id
                )
            )
            kept = {(row.kind, row.ref): Row(row.kind, row.ref, row.data) for row in found}
        return tuple(kept[row.kind, row.ref] for row in record(state) if (row.kind, row.ref) in kept)

    def _projected(self, session_id: int) -> int:
        with self._desk.database.reading() as db:
            seq = select(func.min(RecordRow.projected_seq)).where(RecordRow.session_id == session_id)
            return db.scalar(seq) or 0

    def _write(self, session_id: int, state: LiveState) -> None:
        """Replace the picture by the one of the journal's end, read under the séance's lock: no older one can follow it."""
        with self._turn, self._desk.database.transaction() as connection:
            store.lock_session(connection, session_id)
            later = store.read_tail(connection, session_id, state.seq)
            state = fold(state, ((item.event, item.at) for item in later))
            rows = [
                {
                    "session_id": session_id,
                    "kind": row.kind,
                    "ref": row.ref,
                    "data": dict(row.data),
                    "projected_seq": state.seq,
                }
                for row in record(state)
            ]
            connection.execute(delete(RecordRow).where(RecordRow.session_id == session_id))
            connection.execute(insert(RecordRow), rows)
