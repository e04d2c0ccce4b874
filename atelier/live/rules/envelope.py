"""What is sealed for one ballot: the choice, and what may be known only once the box is opened.

`{…the method's ballot, "text"?: str, "late"?: True, "shared"?: True}`. That a ballot comes from a later arrival or from
a table phone is sealed too: beside the name of an anonymous voter it would tell who that is. Ballots come to the reveal
as (voter key, slot, sealed).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from atelier.live.methods.contract import Ballot

Sealed = Mapping[str, Any]
Filled = Sequence[tuple[str, int, Sealed]]
BESIDE = frozenset({"text", "late", "shared"})


def enclosed(ballot: Ballot, text: str, late: bool, shared: bool) -> dict[str, Any]:
    """Return what the box keeps for one ballot."""
    beside = {"text": text, "late": late, "shared": shared}
    return {**ballot, **{name: value for name, value in beside.items() if value}}


def choice_in(sealed: Sealed) -> Ballot:
    """Return the ballot alone, as the method's `check` gave it."""
    return {name: value for name, value in sealed.items() if name not in BESIDE}


def choices_in(ballots: Filled) -> list[Ballot]:
    """Return the ballots alone."""
    return [choice_in(sealed) for _, _, sealed in ballots]


def count_marked(ballots: Filled, mark: str) -> int:
    """Return the number of ballots that carry a mark (`late`, `shared`)."""
    return sum(bool(sealed.get(mark)) for _, _, sealed in ballots)
