"""Ranks with ties: equal scores share a rank, the next rank is skipped (1, 2, 2, 4; domain §4, rule 8)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def ranks(scores: Sequence[Any]) -> list[int]:
    """The rank of each score, in the order given; the highest score has rank 1."""
    return [1 + sum(other > score for other in scores) for score in scores]


def ranked_entries(keys: Sequence[str], scores: Sequence[Any], anything: bool) -> list[dict[str, Any]]:
    """Entries {"key", "rank", "tied"} in rank order; inside a tie, the order of `keys`, which means nothing.

    `anything` is false when there is no valid ballot: nothing was compared, so every rank is None.
    """
    if not anything:
        return [{"key": key, "rank": None, "tied": False} for key in keys]
    places = ranks(scores)
    entries = [
        {"key": key, "rank": rank, "tied": places.count(rank) > 1}
        for key, rank in zip(keys, places, strict=True)
    ]
    return sorted(entries, key=lambda entry: entry["rank"])


def tied_first(entries: Sequence[dict[str, Any]]) -> bool:
    """Whether several entries share rank 1."""
    return bool(entries) and entries[0]["rank"] == 1 and bool(entries[0]["tied"])
