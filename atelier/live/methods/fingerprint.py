"""One writing of a result or of a pile of ballots, and its SHA-256 for the counting sheet (D-11)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from atelier.live.methods.contract import Ballot, Result


def canonical_json(value: Any) -> str:
    """The one JSON text of a value: keys sorted, no space, UTF-8 kept. A float is a TypeError: counts are exact."""
    _refuse_floats(value)
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def canonical(ballots: Sequence[Ballot]) -> list[Ballot]:
    """The ballots as a multiset: sorted by their JSON text, so that neither arrival nor storage order remains."""
    return sorted(ballots, key=canonical_json)


def digest(result: Result) -> str:
    """SHA-256, in lower-case hexadecimal, of the UTF-8 canonical JSON of the result (D-11)."""
    return hashlib.sha256(canonical_json(result).encode()).hexdigest()


def _refuse_floats(value: Any) -> None:
    if isinstance(value, float):
        raise TypeError("a result holds integers and [numerator, denominator], never a float")
    if isinstance(value, Mapping):
        for inner in value.values():
            _refuse_floats(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            _refuse_floats(inner)
