"""Rows of the journal: read the tail, append a batch, remember answers, erase words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import (
    BindParameter,
    Connection,
    Table,
    bindparam,
    delete,
    func,
    insert,
    select,
    text,
    tuple_,
    update,
)
from sqlalchemy.orm import Session

from atelier.live.catalogue import EVENTS
from atelier.live.codec import WORDS, decode, encode
from atelier.live.history import lifted, version_of
from atelier.live.messages import Event
from atelier.live.models import CommandReceived, FollowerCursor, LiveEvent, Words
from atelier.live.traces import Trace, from_text, to_text
from atelier.workshops.models import WorkshopSession

Handle = Connection | Session

# Built once: making a statement costs more than running it. Tables, not classes: the ORM has no part in the journal.
EVENT, COMMAND, WORD = (cast(Table, kind.__table__) for kind in (LiveEvent, CommandReceived, Words))
OF_SESSION: BindParameter[int] = bindparam("session_id")
LOCK = select(WorkshopSession.id).where(WorkshopSession.id == OF_SESSION).with_for_update()
TAIL = (
    select(EVENT.c.seq, EVENT.c.kind, EVENT.c.v, EVENT.c.payload, EVENT.c.actor, EVENT.c.at)
    .where(EVENT.c.session_id == OF_SESSION, EVENT.c.seq > bindparam("after"))
    .order_by(EVENT.c.seq)
)
BODIES = select(WORD.c.id, WORD.c.body).where(WORD.c.session_id == OF_SESSION)
SOME_BODIES = BODIES.where(WORD.c.id.in_(bindparam("ids", expanding=True)))
KNOWN = select(COMMAND.c.actor, COMMAND.c.command_id, COMMAND.c.answer).where(
    COMMAND.c.session_id == OF_SESSION,
    tuple_(COMMAND.c.actor, COMMAND.c.command_id).in_(bindparam("acts", expanding=True)),
)
APPEND, APPEND_WORDS, REMEMBER = insert(EVENT), insert(WORD), insert(COMMAND)
MOVE_CURSOR = text(
    "INSERT INTO follower_cursor (name, session_id, seq) VALUES (:name, :session_id, :seq)"
    " ON CONFLICT (name, session_id) DO UPDATE SET seq = excluded.seq WHERE excluded.seq > follower_cursor.seq"
)
MOST_IDS = 500  # beyond, all the words of the séance are read at once
TRACES = "T:"  # what begins the owner of a trace: `T:C:12`


@dataclass(frozen=True, slots=True)
class Stamped:
    """An event at its place in a séance's journal."""

    seq: int
    event: Event
    actor: str
    at: datetime | None


def lock_session(connection: Connection, session_id: int) -> None:
    """Hold the séance's row, so that one process at a time decides for it. SQLite has one writer already."""
    if connection.dialect.name != "sqlite":
        connection.execute(LOCK, {"session_id": session_id})


def read_tail(handle: Handle, session_id: int, after: int) -> list[Stamped]:
    """Return the events after `after`, in order."""
    rows = handle.execute(TAIL, {"session_id": session_id, "after": after}).all()
    if not rows:
        return []
    bodies = _bodies(handle, session_id, [row.payload for row in rows])
    return [
        Stamped(
            row.seq, decode(EVENTS[row.kind], lifted(row.kind, row.v, row.payload), bodies), row.actor, row.at
        )
        for row in rows
    ]


def _bodies(handle: Handle, session_id: int, payloads: Sequence[Any]) -> Mapping[str, str]:
    """Return the words that some payloads point to."""
    ids = [found for payload in payloads for found in _word_ids(payload)]
    if not ids:
        return {}
    if len(ids) > MOST_IDS:
        rows = handle.execute(BODIES, {"session_id": session_id})
    else:
        rows = handle.execute(SOME_BODIES, {"session_id": session_id, "ids": ids})
    return {row.id: row.body for row in rows}


def _word_ids(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if WORDS in value:
            yield value[WORDS]
            return
        value = value.values()
    elif not isinstance(value, list):
        return
    for inner in value:
        yield from _word_ids(inner)


def last_seq(handle: Handle, session_ids: Iterable[int]) -> dict[int, int]:
    """Return how far the journals of some séances go."""
    query = (
        select(LiveEvent.session_id, func.max(LiveEvent.seq))
        .where(LiveEvent.session_id.in_(list(session_ids)))
        .group_by(LiveEvent.session_id)
    )
    return {row[0]: row[1] for row in handle.execute(query)}


def known_answers(
    connection: Connection, session_id: int, acts: Sequence[tuple[str, str]]
) -> dict[tuple[str, str], dict[str, Any]]:
    """Return the answers already given to some acts, by (actor, command id)."""
    rows = connection.execute(KNOWN, {"session_id": session_id, "acts": list(acts)})
    return {(row.actor, row.command_id): row.answer for row in rows}


def append(connection: Connection, session_id: int, stamped: Sequence[Stamped]) -> None:
    """Write events and their words."""
    events, words = [], []
    for item in stamped:
        payload, rows = encode(item.event, item.seq)
        kind = type(item.event).__name__
        events.append(
            {
                "session_id": session_id,
                "seq": item.seq,
                "kind": kind,
                "v": version_of(kind),
                "payload": payload,
                "actor": item.actor,
                "at": item.at,
            }
        )
        words += [{"session_id": session_id, "id": r.id, "owner": r.owner, "body": r.body} for r in rows]
    if events:
        connection.execute(APPEND, events)
    if words:
        connection.execute(APPEND_WORDS, words)


def remember_answers(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write the first answers of a batch: `session_id, actor, command_id, first_seq, answer`."""
    if rows:
        connection.execute(REMEMBER, list(rows))


def words_owned(handle: Handle, session_id: int, owners: Iterable[str]) -> list[str]:
    """Return the texts of some owners."""
    query = select(Words.body).where(Words.session_id == session_id, Words.owner.in_(list(owners)))
    return [body for (body,) in handle.execute(query) if body]


def keep_trace(connection: Connection, session_id: int, name: str, trace: Trace) -> None:
    """Keep what tells again the words of a card that are about to be erased. `name`: `C:12`."""
    row = {
        "session_id": session_id,
        "id": f"{TRACES}{name}",
        "owner": f"{TRACES}{name}",
        "body": to_text(trace),
    }
    connection.execute(delete(Words).where(Words.session_id == session_id, Words.id == row["id"]))
    connection.execute(APPEND_WORDS, [row])


def traces(handle: Handle, session_id: int) -> list[Trace]:
    """Return the traces of the cards withdrawn from a séance."""
    query = select(Words.owner, Words.body).where(
        Words.session_id == session_id, Words.owner.like(f"{TRACES}%"), Words.body != ""
    )
    return [from_text(_cited_as(owner), body) for owner, body in handle.execute(query.order_by(Words.id))]


def _cited_as(owner: str) -> str:
    kind, number = owner.removeprefix(TRACES).split(":", 1)
    return f"C-{number}" if kind == "C" else ""


def blank_words(connection: Connection, session_id: int, owners: Iterable[str]) -> None:
    """Erase the words of some owners, for good."""
    connection.execute(
        update(Words).where(Words.session_id == session_id, Words.owner.in_(list(owners))).values(body="")
    )


def cursor(handle: Handle, name: str, session_id: int) -> int:
    """Return how far a follower has read."""
    row = handle.execute(
        select(FollowerCursor.seq).where(FollowerCursor.name == name, FollowerCursor.session_id == session_id)
    ).first()
    return row.seq if row else 0


def move_cursor(connection: Connection, name: str, session_id: int, seq: int) -> None:
    """Remember how far a follower has read. Two processes may say so at once; the cursor never goes back."""
    connection.execute(MOVE_CURSOR, {"name": name, "session_id": session_id, "seq": seq})
