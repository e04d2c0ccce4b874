"""What a Yjs update says, read without applying it (format v1 of yjs/src/utils/encoding.js). Pure.

Why read it at all: a library that takes an update whose predecessor is missing keeps it aside, shows nothing of it, and leaves it
out of the next snapshot. What is kept aside must never be acknowledged; a deletion of something unknown leaves no other trace.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

LARGEST_CLOCK = 2**31 - 1  # clocks are 32-bit numbers in the library: beyond, they would wrap
LARGEST_CLIENT = 2**53 - 1
MOST_CLIENTS = 20_000
DEEPEST = 32

# What an item may hold: the low five bits of its first byte. Sub-documents and moves are not ours.
GC, DELETED, JSON_TEXTS, BINARY, STRING, EMBED, FORMAT, TYPE, ANY, SKIP = 0, 1, 2, 3, 4, 5, 6, 7, 8, 10
HAS_ORIGIN, HAS_RIGHT_ORIGIN, HAS_PARENT_KEY = 0x80, 0x40, 0x20
PLAIN_TYPES = frozenset({0, 1, 2})  # array, map, text: the others carry names, links, documents


class Unreadable(ValueError):
    """These bytes are no update, no state vector, or hold what a document of ours never holds."""


@dataclass(slots=True)
class Reading:
    """What an update brings and what it stands on.

    `spans`: client -> (first clock, clock after the last) of its new items. `needs`: client -> the clock that must be known for
    the neighbours, parents and deletions it names. `deleted`: (client, first clock, clock after the last). `gap`: it says itself
    that something before is missing.
    """

    spans: dict[int, tuple[int, int]] = field(default_factory=dict)
    needs: dict[int, int] = field(default_factory=dict)
    deleted: list[tuple[int, int, int]] = field(default_factory=list)
    gap: bool = False

    def missing_from(self, known: Mapping[int, int]) -> bool:
        """Tell whether a replica that knows `known` (client -> clock) lacks something to take all of this."""
        if self.gap or any(first > known.get(client, 0) for client, (first, _) in self.spans.items()):
            return True
        return any(
            clock > max(known.get(client, 0), self.spans.get(client, (0, 0))[1])
            for client, clock in self.needs.items()
        )

    def deletions(self) -> list[tuple[int, int, int]]:
        """Return what is deleted, in order, neighbours made one: the same for every way of writing it down."""
        found: list[tuple[int, int, int]] = []
        for client, start, end in sorted(self.deleted):
            if found and found[-1][0] == client and start <= found[-1][2]:
                found[-1] = (client, found[-1][1], max(end, found[-1][2]))
            else:
                found.append((client, start, end))
        return found

    def contained_in(self, known: Mapping[int, int]) -> bool:
        """Tell whether a replica that knows `known` has taken all of this."""
        return not self.gap and all(
            clock <= known.get(client, 0)
            for client, clock in (*self.needs.items(), *((c, end) for c, (_, end) in self.spans.items()))
        )


def read_update(update: bytes) -> Reading:
    """Read one update whole; Unreadable if it is not one."""
    source = Source(update)
    reading = Reading()
    for _ in range(source.count(MOST_CLIENTS)):
        _read_items(source, reading)
    for _ in range(source.count(MOST_CLIENTS)):
        client = source.client()
        for _ in range(source.count(LARGEST_CLOCK)):
            start = source.clock()
            end = start + source.clock()
            reading.deleted.append((client, start, end))
            _need(reading, client, end)
    source.finish()
    return reading


def read_vector(vector: bytes) -> dict[int, int]:
    """Read a state vector: client -> clock; Unreadable if it is not one."""
    source = Source(vector)
    clocks = {}
    for _ in range(source.count(MOST_CLIENTS)):
        client = source.client()
        clocks[client] = source.clock()
    source.finish()
    return clocks


class Source:
    """Bytes read one after the other (lib0's encoding). Every length is checked against what is left."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def byte(self) -> int:
        if self._at >= len(self._data):
            raise Unreadable("ends too early")
        found = self._data[self._at]
        self._at += 1
        return found

    def number(self) -> int:
        """Read a variable-length unsigned integer."""
        data, at, shift, found = self._data, self._at, 0, 0
        while at < len(data):
            byte = data[at]
            at += 1
            found |= (byte & 0x7F) << shift
            if byte < 0x80:
                self._at = at
                return found
            shift += 7
            if shift > 63:
                break
        raise Unreadable("no number")

    def clock(self) -> int:
        return self._at_most(LARGEST_CLOCK)

    def client(self) -> int:
        return self._at_most(LARGEST_CLIENT)

    def count(self, most: int) -> int:
        """Read how many things follow: each takes a byte at least."""
        return self._at_most(min(most, len(self._data) - self._at))

    def skip(self, size: int) -> bytes:
        if size > len(self._data) - self._at:
            raise Unreadable("ends too early")
        start = self._at
        self._at += size
        return self._data[start : self._at]

    def text(self) -> bytes:
        return self.skip(self.number())

    def finish(self) -> None:
        if self._at != len(self._data):
            raise Unreadable("something follows")

    def _at_most(self, most: int) -> int:
        found = self.number()
        if found > most:
            raise Unreadable("too large")
        return found


def _read_items(source: Source, reading: Reading) -> None:
    """Read the items of one client; they follow one another without a hole, or a skip says so."""
    number = source.count(LARGEST_CLOCK)
    client = source.client()
    first = clock = source.clock()
    for _ in range(number):
        info = source.byte()
        kind = info & 0x1F
        if kind == SKIP:
            reading.gap = True
            clock += source.clock()
        elif kind == GC:
            clock += source.clock()
        else:
            _read_place(source, info, reading)
            clock += _read_content(source, kind)
        if clock > LARGEST_CLOCK:
            raise Unreadable("too large")
    known = reading.spans.get(client)
    if known is not None:
        raise Unreadable("one client twice")
    reading.spans[client] = (first, clock)


def _read_place(source: Source, info: int, reading: Reading) -> None:
    """Read where an item stands: its neighbours, or its parent."""
    for flag in (HAS_ORIGIN, HAS_RIGHT_ORIGIN):
        if info & flag:
            _need(reading, source.client(), source.clock() + 1)
    if info & (HAS_ORIGIN | HAS_RIGHT_ORIGIN):
        return
    if source.number() == 1:
        source.text()
    else:
        _need(reading, source.client(), source.clock() + 1)
    if info & HAS_PARENT_KEY:
        source.text()


def _read_content(source: Source, kind: int) -> int:
    """Read what an item holds and return how many clock ticks it takes."""
    reader = CONTENTS.get(kind)
    if reader is None:
        raise Unreadable("a content that is not ours")
    return reader(source)


def _deleted(source: Source) -> int:
    return source.clock()


def _json_texts(source: Source) -> int:
    number = source.count(LARGEST_CLOCK)
    for _ in range(number):
        source.text()
    return number


def _one_text(source: Source) -> int:
    source.text()
    return 1


def _string(source: Source) -> int:
    try:
        text = source.text().decode()
    except UnicodeDecodeError as error:
        raise Unreadable("not UTF-8") from error
    return utf16_length(text)


def _format(source: Source) -> int:
    source.text()
    source.text()
    return 1


def _type(source: Source) -> int:
    if source.number() not in PLAIN_TYPES:
        raise Unreadable("a type that is not ours")
    return 1


def _any_values(source: Source) -> int:
    number = source.count(LARGEST_CLOCK)
    for _ in range(number):
        _any(source, DEEPEST)
    return number


def _any(source: Source, depth: int) -> None:
    """Read one plain value (lib0's `any`)."""
    if depth == 0:
        raise Unreadable("too deep")
    kind = source.byte()
    if kind in ANY_SIZES:
        source.skip(ANY_SIZES[kind])
    elif (
        kind == 125
    ):  # an integer of variable length; its sign is in its first byte, its end like any other's
        source.number()
    elif kind in (119, 116):
        source.text()
    elif kind in (118, 117):
        for _ in range(source.count(LARGEST_CLOCK)):
            if kind == 118:
                source.text()
            _any(source, depth - 1)
    else:
        raise Unreadable("no value")


ANY_SIZES = {127: 0, 126: 0, 124: 4, 123: 8, 122: 8, 121: 0, 120: 0}
CONTENTS: Mapping[int, Callable[[Source], int]] = {
    DELETED: _deleted,
    JSON_TEXTS: _json_texts,
    BINARY: _one_text,
    STRING: _string,
    EMBED: _one_text,
    FORMAT: _format,
    TYPE: _type,
    ANY: _any_values,
}


def _need(reading: Reading, client: int, clock: int) -> None:
    if clock > reading.needs.get(client, 0):
        reading.needs[client] = clock


def utf16_length(text: str) -> int:
    """Return how many UTF-16 units a text takes: what JavaScript and Yjs count."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
