"""Bytes of WebSocket frames (RFC 6455) and JSON of packets, without a socket."""

from __future__ import annotations

import json
import struct
from collections.abc import Sequence
from typing import Any

MALFORMED = "malformed"  # the event that an unreadable packet becomes (packets.py)
TEXT, BINARY, FINAL = 0x1, 0x2, 0x80
SHORT, LONG = 126, 127  # what stands in the length's place when it takes two bytes, or eight


def unmasked(data: bytes, mask: Sequence[int], length: int | None = None, offset: int = 0) -> bytes:
    """Return a client's payload without its mask (§5.3). `offset`: how much of the payload came before `data`.

    One big number XOR another: 40 to 160 times faster than byte by byte, where 500 kB hold the loop for 110 ms.
    """
    size = len(data) if length is None else length
    turn = offset % 4
    key = bytes((*mask[turn:], *mask[:turn]))
    repeated = (key * (size // 4 + 1))[:size]
    return (int.from_bytes(data[:size], "little") ^ int.from_bytes(repeated, "little")).to_bytes(
        size, "little"
    )


def text_frame(text: str) -> bytes:
    """Return a server's frame (§5.2): final, unmasked, text."""
    return _frame(TEXT, text.encode())


def binary_frame(body: bytes) -> bytes:
    """Return a server's frame: final, unmasked, binary."""
    return _frame(BINARY, body)


def _frame(kind: int, body: bytes) -> bytes:
    size = len(body)
    if size < SHORT:
        return struct.pack("!BB", FINAL | kind, size) + body
    if size <= 0xFFFF:
        return struct.pack("!BBH", FINAL | kind, SHORT, size) + body
    return struct.pack("!BBQ", FINAL | kind, LONG, size) + body


def dumps(value: Any, **_how: Any) -> str:
    """Return JSON in as few bytes as UTF-8 allows; half a character, which UTF-8 cannot carry, is escaped."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(value, separators=(",", ":"))
    return text


def loads(text: str | bytes, **_how: Any) -> Any:
    return json.loads(text)
