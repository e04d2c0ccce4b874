"""The one place where a séance changes: lock, decide, append, commit, answer. Acknowledged means committed.

Acts that arrive during a commit wait in the séance's queue and form the next batch (natural batching, no timer).
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from atelier.clock import Clock
from atelier.db import Database
from atelier.errors import Refusal, StorageUnavailable
from atelier.live import store
from atelier.live.ballot_box import BallotBox
from atelier.live.codec import plain
from atelier.live.credentials import seats_held
from atelier.live.effects import Writing, apply_effects, apply_late_effects, without_secrets
from atelier.live.engine import decide, evolve
from atelier.live.filling import filled_in
from atelier.live.grants import refusal_of_grant
from atelier.live.messages import Command
from atelier.live.state import Actor, LiveState
from atelier.live.store import Stamped

QUEUE_LIMIT = 500
RETRYABLE = frozenset({"busy", "frozen", "storage", "fault"})

NOT_KEPT = RETRYABLE | {"revoked"}

log = logging.getLogger(__name__)
Answer = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Act:
    """One command from one actor. `id` is made on the device; `proof_code` is the author's keep-link code, if any.

    `seat`: hash of the token by which a phone speaks for its participant; the desk may since have given that to another.
    """

    session_id: int
    actor: Actor
    id: str
    command: Command
    proof_code: str = ""
    seat: str = ""

    @property
    def key(self) -> tuple[str, str]:
        return (self.actor.id, self.id)


@dataclass(slots=True)
class Pending:
    act: Act
    done: threading.Event = field(default_factory=threading.Event)
    answer: Answer = field(default_factory=dict)


@dataclass(slots=True)
class Room:
    """One séance in this process. Views, ticker and late joiners read `committed` only."""

    session_id: int
    committed: LiveState = field(default_factory=LiveState)
    queue: deque[Pending] = field(default_factory=deque)
    leading: bool = False
    lock: threading.RLock = field(default_factory=threading.RLock)


@dataclass(slots=True)
class Draft:
    """What a batch is about to write. `seats`: what the tokens of its phones open now."""

    state: LiveState
    box: BallotBox
    seats: Mapping[str, tuple[int, str]]
    stamped: list[Stamped] = field(default_factory=list)
    answers: list[dict[str, Any]] = field(default_factory=list)


class Desk:
    """`told` are called after each commit, outside the transaction, with the room and what was appended."""

    def __init__(self, database: Database, seal_secret: bytes, clock: Clock) -> None:
        self.database = database
        self.clock = clock
        self.told: list[Callable[[Room, Sequence[Stamped]], None]] = []
        self.storage_failed_at: datetime | None = None  # None again once an act could be written
        self._seal_secret = seal_secret
        self._rooms: dict[int, Room] = {}
        self._opening = threading.Lock()

    @property
    def storage_failing(self) -> bool:
        return self.storage_failed_at is not None

    def rooms(self) -> list[Room]:
        """Return the séances that this process holds in memory."""
        return list(self._rooms.values())

    def room(self, session_id: int) -> Room:
        """Return a séance's room, folded from the journal at its first use."""
        room = self._rooms.get(session_id)
        if room is not None:
            return room
        with self._opening:
            if session_id not in self._rooms:
                fresh = Room(session_id)
                with self.database.reading() as db:
                    fresh.committed = _folded(LiveState(), store.read_tail(db, session_id, 0))
                self._rooms[session_id] = fresh
        return self._rooms[session_id]

    def state(self, session_id: int) -> LiveState:
        return self.room(session_id).committed

    def forget(self, session_id: int) -> None:
        """Drop a room from memory; the journal gives it back at the next use."""
        self._rooms.pop(session_id, None)

    def perform(self, act: Act) -> Answer:
        """Return `{"ok": True, "seq": n}` once committed, or `{"ok": False, "code": …, "params": …}`."""
        room = self.room(act.session_id)
        pending = Pending(act)
        with room.lock:
            if len(room.queue) >= QUEUE_LIMIT:
                return refused(Refusal("busy"))
            room.queue.append(pending)
            if room.leading:
                lead = False
            else:
                lead = room.leading = True
        if not lead:
            pending.done.wait()
        if not pending.answer:
            self._lead(room)
        return pending.answer

    def catch_up(self, room: Room) -> bool:
        """Fold what other processes appended. True when the state changed."""
        with room.lock:
            if room.leading:
                return False
            with self.database.reading() as db:
                tail = store.read_tail(db, room.session_id, room.committed.seq)
            if tail:
                room.committed = _folded(room.committed, tail)
        if tail:
            self._tell(room, tail)
        return bool(tail)

    def _lead(self, room: Room) -> None:
        """Perform the batch that waits, one's own act in it; then let the first of those who came meanwhile lead.

        Whoever leads is answered after one commit, not when the rush is over.
        """
        try:
            with room.lock:
                batch = list(room.queue)
                room.queue.clear()
            try:
                self._perform_batch(room, batch)
            finally:
                for pending in batch:
                    pending.answer = pending.answer or refused(Refusal("fault"))
                    pending.done.set()
        finally:
            with room.lock:
                room.leading = bool(room.queue)
                if room.queue:
                    room.queue[0].done.set()  # without an answer: it leads

    def _perform_batch(self, room: Room, batch: Sequence[Pending]) -> None:
        """Write a batch; what fails is tried again act by act, so that one bad act never fails its neighbours."""
        try:
            stamped = self._write(room, batch)
        except StorageUnavailable as error:
            self._refuse_storage(batch, error)  # no act is to blame: trying each would make all wait longer
            return
        except Exception as error:
            if len(batch) > 1:
                for pending in batch:
                    self._perform_batch(room, [pending])
            elif isinstance(error, SQLAlchemyError):
                self._refuse_storage(batch, error)
            else:
                log.exception("write_failed", extra={"command": type(batch[0].act.command).__name__})
                batch[0].answer = refused(Refusal("fault"))
            return
        self._tell(room, stamped)

    def _refuse_storage(self, batch: Sequence[Pending], error: Exception) -> None:
        self.storage_failed_at = self.clock()
        log.warning("storage_refused", extra={"reason": type(error).__name__})
        for pending in batch:
            pending.answer = refused(Refusal("storage"))

    def _write(self, room: Room, batch: Sequence[Pending]) -> list[Stamped]:
        """Decide a batch and commit it; return what the state gained, other processes' events included."""
        found: list[Answer] = []
        with self.database.transaction() as connection:
            store.lock_session(connection, room.session_id)
            missed = store.read_tail(connection, room.session_id, room.committed.seq)
            draft = Draft(
                _folded(room.committed, missed),
                BallotBox(connection, room.session_id, self._seal_secret),
                seats_held(connection, (pending.act.seat for pending in batch)),
            )
            known = store.known_answers(connection, room.session_id, [pending.act.key for pending in batch])
            for pending in batch:
                answer = known.get(pending.act.key)
                if answer is None:
                    answer = self._one(connection, draft, pending.act)
                    if answer["ok"] or answer["code"] not in NOT_KEPT:
                        known[pending.act.key] = answer
                found.append(answer)
            draft.box.flush()
            store.append(connection, room.session_id, draft.stamped)
            store.remember_answers(connection, draft.answers)
            writing = Writing(connection, room.session_id, self._seal_secret, self.clock(), draft.box)
            for item in draft.stamped:
                apply_late_effects(writing, item.event)
        room.committed = draft.state
        self.storage_failed_at = None
        for pending, answer in zip(batch, found, strict=True):
            pending.answer = answer
        return [*missed, *draft.stamped]

    def _one(self, connection: Connection, draft: Draft, act: Act) -> Answer:
        """Decide one act on the draft; a fault of ours refuses that act alone."""
        now = self.clock()
        if act.seat and draft.seats.get(act.seat) != (act.session_id, act.actor.person):
            return refused(Refusal("revoked"))
        writing = Writing(connection, act.session_id, self._seal_secret, now, draft.box, act.proof_code)
        try:
            refusal = refusal_of_grant(draft.state, act.actor, act.command)
            command = None if refusal else filled_in(act.command, act.id, writing)
            decision = refusal or decide(command, draft.state, act.actor, now)
        except (SQLAlchemyError, StorageUnavailable):
            raise
        except Exception:
            log.exception("decide_failed", extra={"command": type(act.command).__name__})
            return refused(Refusal("fault"))
        if isinstance(decision, Refusal):
            answer = refused(decision)
            if decision.code in NOT_KEPT:
                return answer
        else:
            answer = self._accept(draft, act, decision, writing)
        place = {"session_id": act.session_id, "actor": act.actor.id, "command_id": act.id}
        draft.answers.append({**place, "first_seq": draft.state.seq, "answer": answer})
        return answer

    def _accept(self, draft: Draft, act: Act, events: Iterable[Any], writing: Writing) -> Answer:
        at = None if act.actor.id.startswith("anon:") else writing.at
        made: Answer = {}
        for event in events:
            apply_effects(writing, event)
            kept = without_secrets(event)
            draft.state = evolve(draft.state, kept, at)
            draft.stamped.append(Stamped(draft.state.seq, kept, _signature(act.actor), at))
            made |= {name: getattr(event, name) for name in ("number", "key") if hasattr(event, name)}
        return {"ok": True, "seq": draft.state.seq, **made}

    def _tell(self, room: Room, stamped: Sequence[Stamped]) -> None:
        if not stamped:
            return
        for tell in self.told:
            try:
                tell(room, stamped)
            except Exception:  # what is committed is committed, and is acknowledged
                log.exception("telling_failed")


def _signature(actor: Actor) -> str:
    """Return what the journal keeps of who acted: a phone that joins is known by its token, which must not stay."""
    return "join" if actor.id.startswith("join:") else actor.id


def refused(refusal: Refusal) -> Answer:
    """Return the wire's answer for a refusal; the door adds the sentence."""
    return {"ok": False, "code": refusal.code, "params": plain(refusal.params)}


def _folded(state: LiveState, tail: Sequence[Stamped]) -> LiveState:
    for item in tail:
        state = evolve(state, item.event, item.at)
    return state
