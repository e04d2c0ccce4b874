"""The public drawing of lots that may decide between tied options (domain §4, rule 8)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from atelier.live.methods.contract import Result


def draw_lots(keys: Sequence[str], seed: str) -> dict[str, Any]:
    """A draw that anybody can repeat: the keys in increasing order of SHA-256 of "seed:key" in hexadecimal.

    `seed` is chosen in public once the tie is known (dice, numbers called out) and printed with the result;
    it may not be blank. The order in which `keys` are given plays no part. Fewer than two keys, or a key
    twice: ValueError. Returns {"keys": sorted keys, "seed", "order": drawn keys, first drawn first, "rule":
    "sha256"}.
    """
    if len(keys) < 2 or len(set(keys)) != len(keys):
        raise ValueError("a draw needs at least two distinct keys")
    if not seed.strip():
        raise ValueError("a draw needs a seed chosen in public")
    order = sorted(keys, key=lambda key: hashlib.sha256(f"{seed}:{key}".encode()).hexdigest())
    return {"keys": sorted(keys), "seed": seed, "order": order, "rule": "sha256"}


def tie_groups(result: Mapping[str, Any]) -> list[list[str]]:
    """The groups of tied options, best rank first, keys in the result's order."""
    tied = [entry for entry in result["options"] if entry["tied"]]
    shared = sorted({entry["rank"] for entry in tied})
    return [[entry["key"] for entry in tied if entry["rank"] == rank] for rank in shared]


def apply_draw(result: Result, draw: dict[str, Any]) -> Result:
    """The result with the draw recorded in `draws`. Ranks and `tied` stay: a tie is shown as a tie, the draw beside.

    ValueError unless the draw is about exactly one whole group of tied options, not drawn yet.
    """
    earlier = result.get("draws", [])
    if sorted(draw["keys"]) not in [sorted(group) for group in tie_groups(result)]:
        raise ValueError("a draw is about one whole group of tied options")
    if any(sorted(draw["keys"]) == sorted(done["keys"]) for done in earlier):
        raise ValueError("this tie was drawn already: a draw is not repeated")
    return {**result, "draws": [*earlier, draw]}
