"""References of cards, clusters and votes: whole outside the séance, and an order that says nothing of the evening (D-15)."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256


def whole(reference: str, ref: str) -> str:
    """`C-12` -> `DK2-C-12`."""
    return f"{reference}-{ref}" if reference and ref else ref


def shuffled(reference: str, refs: Iterable[str]) -> list[str]:
    """Return references in an order drawn from themselves, always the same."""
    return sorted(refs, key=lambda ref: sha256(whole(reference, ref).encode()).hexdigest())
