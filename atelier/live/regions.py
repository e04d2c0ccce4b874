"""Regions: the pieces of a surface. A view says what each piece is made of; the difference between two drawings is a patch."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from html import escape
from typing import Any

Op = list[Any]


@dataclass(frozen=True, slots=True)
class Region:
    """One piece: its key in the surface, the slot of the page it goes to, its partial and the plain data that fill it."""

    key: str
    slot: str
    template: str
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Audience:
    """Those who see the same thing. `hidden` are the activities not yet opened to these phones (R-249)."""

    surface: str  # phone | screen | desk
    locale: str = "fr"
    hidden: tuple[str, ...] = ()
    role: str = ""  # desk only: facilitator | cofacilitator | helper | observer


class Kept:
    """The regions that an audience's drawing keeps from one time to the next, each with what it was made of.

    A hall of 450 is 450 lines on the desk, ten times a second: those of whom nothing changed are not made again.
    """

    def __init__(self) -> None:
        self._regions: dict[str, tuple[tuple[Any, ...], Region]] = {}

    def region(self, key: str, made_of: tuple[Any, ...], make: Callable[[], Region]) -> Region:
        """Return the region known as `key`, made again when `made_of`, which is all that it depends on, is another."""
        known = self._regions.get(key)
        if known is None or known[0] != made_of:
            known = self._regions[key] = (made_of, make())
        return known[1]


@dataclass(frozen=True, slots=True)
class Around:
    """What a view may use beside the state: the time, addresses, who is connected."""

    now: datetime
    session_id: int
    code: str
    public_url: str
    reachable: bool = True
    connected: frozenset[str] = frozenset()
    screens: int = 0
    desks: tuple[str, ...] = ()
    partial: Mapping[str, Any] = field(
        default_factory=dict
    )  # activity -> partial result opened to the desk (D-1)
    kept: Kept = field(default_factory=Kept, compare=False)

    @property
    def join_url(self) -> str:
        return f"{self.public_url}/j/{self.code}"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A region once drawn: the data it was drawn from and its HTML."""

    region: Region
    html: str


def wrapped(region: Region, inner: str) -> str:
    """Return the region's element."""
    key, slot = escape(region.key), escape(region.slot)
    return f'<section data-region="{key}" data-slot-of="{slot}">{inner}</section>'


def difference(before: Sequence[Drawn], after: Sequence[Drawn]) -> list[Op]:
    """Return the idempotent operations that turn one drawing into another: puts in order, then removals.

    `["put", key, slot, key before it in the slot or None, html]` and `["remove", key]`.
    """
    old = {drawn.region.key: drawn for drawn in before}
    places = _places(after)
    stayed = [(drawn.region.slot, drawn.region.key) for drawn in after if drawn.region.key in old]
    moved = stayed != [(d.region.slot, d.region.key) for d in before if d.region.key in places]
    ops: list[Op] = [
        ["put", drawn.region.key, drawn.region.slot, places[drawn.region.key], drawn.html]
        for drawn in after
        if moved or drawn.region.key not in old or old[drawn.region.key].html != drawn.html
    ]
    return ops + [["remove", key] for key in old if key not in places]


def _places(drawing: Sequence[Drawn]) -> dict[str, str | None]:
    """Return, for each region, the key of the one before it in its slot."""
    last: dict[str, str | None] = {}
    places: dict[str, str | None] = {}
    for drawn in drawing:
        places[drawn.region.key] = last.get(drawn.region.slot)
        last[drawn.region.slot] = drawn.region.key
    return places
