"""Seals of secret ballots: AES-GCM of a padded ballot, under a key made from a secret that no database holds."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

BALLOT_BYTES = 6_144  # every ballot seals to the same length
PAPER_BYTES = 262_144
NONCE_BYTES = 12
SALT_BYTES = 32


class SealTooLarge(ValueError):
    """The ballot does not fit: the forms let none through, so this is a bug of ours."""


def new_salt() -> bytes:
    return secrets.token_bytes(SALT_BYTES)


def seal(
    secret: bytes, salt: bytes, ballot: Mapping[str, Any], label: str, size: int = BALLOT_BYTES
) -> bytes:
    """Seal a JSON-safe ballot. `label` (séance, activity, voter, slot) is authenticated: a seal cannot be moved."""
    body = json.dumps(ballot, ensure_ascii=False, separators=(",", ":")).encode()
    if len(body) > size:
        raise SealTooLarge(len(body))
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(_key(secret, salt)).encrypt(nonce, body.ljust(size), label.encode())


def unseal(secret: bytes, salt: bytes, sealed: bytes, label: str) -> dict[str, Any]:
    """Open a seal; raises `cryptography.exceptions.InvalidTag` when anything was changed."""
    body = AESGCM(_key(secret, salt)).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], label.encode())
    ballot: dict[str, Any] = json.loads(body)
    return ballot


def _key(secret: bytes, salt: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=b"atelier ballot").derive(secret)
