"""Lifts events written by earlier releases to the present shape: the only place that knows old versions.

A kind is never renamed or reused. When an event's fields change, its new version gets a number here and a function that
turns the older payload into the next one; `tests/journals/` keeps one golden journal per release.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Payload = dict[str, Any]

VERSIONS: Mapping[str, int] = {}
LIFTS: Mapping[tuple[str, int], Callable[[Payload], Payload]] = {}


def version_of(kind: str) -> int:
    """Return the version under which events of this kind are written today."""
    return VERSIONS.get(kind, 1)


def lifted(kind: str, version: int, payload: Payload) -> Payload:
    """Return `payload` in today's shape."""
    for step in range(version, version_of(kind)):
        payload = LIFTS[kind, step](payload)
    return payload
