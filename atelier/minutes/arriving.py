"""What a client sends is read here, or is Unreadable. Pure."""

from __future__ import annotations

from atelier.minutes.updates import Unreadable


def as_bytes(value: object) -> bytes:
    """Return a value as bytes."""
    if not isinstance(value, bytes | bytearray):
        raise Unreadable("no bytes")
    return bytes(value)


def as_integer(value: object, most: int) -> int:
    """Return a value as a number from 0 to `most`."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
        raise Unreadable("no such number")
    return value
