"""Who is here and where they write, as y-protocols encode it: client, clock, a state in JSON. Pure.

What a page says of its caret is its own business; who it is, the server says.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from atelier.minutes.updates import LARGEST_CLOCK, Source, Unreadable

LARGEST_STATE = 4_096
GONE = "null"


class Seen(NamedTuple):
    """One client's state, as JSON text (`null`: gone). A higher clock wins."""

    client: int
    clock: int
    state: str


def read_seen(update: bytes) -> list[Seen]:
    """Read an awareness update; Unreadable if it is not one, or if a state is too long."""
    source = Source(update)
    found = []
    for _ in range(source.count(1_000)):
        client, clock, state = source.client(), source.clock(), source.text()
        if len(state) > LARGEST_STATE:
            raise Unreadable("too large")
        try:
            found.append(Seen(client, clock, state.decode()))
        except UnicodeDecodeError as error:
            raise Unreadable("not UTF-8") from error
    source.finish()
    return found


def written(seen: Iterable[Seen]) -> bytes:
    """Return the awareness update that says these states."""
    states = list(seen)
    parts = [_number(len(states))]
    for client, clock, state in states:
        body = state.encode()
        parts += [_number(client), _number(clock), _number(len(body)), body]
    return b"".join(parts)


def signed(seen: Seen, user: Mapping[str, str]) -> Seen:
    """Return a state with `user` in it, whatever it said; Unreadable when it is no object that every browser reads."""
    try:
        state: Any = json.loads(seen.state, parse_constant=_refused)
        text = json.dumps({**state, "user": dict(user)} if isinstance(state, dict) else None)
    except (ValueError, RecursionError) as error:
        raise Unreadable("no JSON") from error
    if state is not None and not isinstance(state, dict):
        raise Unreadable("no object")
    return seen._replace(state=text)


def person_of(seen: Seen) -> str:
    """Return whom a state that was signed names, or an empty text."""
    state = json.loads(seen.state)
    user = state.get("user") if isinstance(state, dict) else None
    return str(user.get("person", "")) if isinstance(user, dict) else ""


def gone(seen: Seen) -> Seen:
    """Return what says that this client left."""
    return Seen(seen.client, min(seen.clock + 1, LARGEST_CLOCK), GONE)


def _refused(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")


def _number(value: int) -> bytes:
    signs = bytearray()
    while value > 0x7F:
        signs.append(value & 0x7F | 0x80)
        value >>= 7
    signs.append(value)
    return bytes(signs)
