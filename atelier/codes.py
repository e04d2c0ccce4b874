"""Codes that people read aloud, and tokens that machines carry."""

from __future__ import annotations

import hashlib
import secrets

READABLE = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


def join_code() -> str:
    """Six figures, never starting with 0, drawn at random (R-200)."""
    return str(secrets.randbelow(900_000) + 100_000)


def token() -> str:
    """256 random bits, safe in an address."""
    return secrets.token_urlsafe(32)


def hashed(value: str) -> str:
    """SHA-256, hexadecimal: what the server keeps of a token."""
    return hashlib.sha256(value.encode()).hexdigest()


def readable(length: int) -> str:
    """A random code without letters or figures that look alike."""
    return "".join(secrets.choice(READABLE) for _ in range(length))


def draw_from(text: str) -> int:
    """A number that anybody can compute again from `text`, and that nobody can choose."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:6], "big")
