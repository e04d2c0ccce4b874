"""The words of the continued séance (R-077): they stand in the table of words, and go when their author withdraws them there.

What the opening brings is read-only, and still somebody's words: a card withdrawn in the earlier séance leaves the recap
of each séance that continues it, and the board that goes on (architecture §4). The house tells it (continuing.py).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from atelier.live.messages import Decider, Decision, Event, Evolver
from atelier.live.rules.withdrawal import ContributionWithdrawn, copies_of
from atelier.live.state import Actor, LiveState

PARTS: Mapping[str, str] = {
    "clusters": "title",
    "ranking": "text",
    "questions": "text",
}  # part -> where its words are
Words = tuple[Mapping[str, str], ...]
Item = Mapping[str, Any] | str


@dataclass(frozen=True, slots=True)
class EraseEarlier:
    """`card`: the reference of a card withdrawn in the continued séance, `DK1-C-12`."""

    card: str


@dataclass(frozen=True, slots=True)
class EarlierErased:
    """The words of `owners` are blanked in the same transaction."""

    card: str
    owners: tuple[str, ...]


def words_apart(previous: Mapping[str, Any]) -> tuple[dict[str, Any], Words]:
    """Split a recap in what says no card's words, and the words, each under its key: `clusters:0`."""
    plain: dict[str, Any] = dict(previous)
    words: list[Mapping[str, str]] = []
    for part, field in PARTS.items():
        items = tuple(previous.get(part) or ())
        words += [{"key": f"{part}:{place}", "text": _said(item, field)} for place, item in enumerate(items)]
        if part in plain:
            plain[part] = tuple(_saying(item, field, "") for item in items)
    return plain, tuple(words)


def _said(item: Item, field: str) -> str:
    return item if isinstance(item, str) else str(item.get(field) or "")


def _saying(item: Item, field: str, text: str) -> Item:
    return text if isinstance(item, str) else {**item, field: text}


def words_back(previous: Mapping[str, Any], words: Words) -> Mapping[str, Any]:
    """Return a recap with its words where they were; a recap of a release that kept them inside stays as it is."""
    if not words:
        return previous
    texts = {word["key"]: word["text"] for word in words}
    return _changed(previous, texts)


def readable(previous: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a recap without the lines whose words are gone."""
    left = dict(previous)
    for part, field in PARTS.items():
        if part in previous:
            left[part] = tuple(item for item in previous[part] if _said(item, field))
    return left


def decide_erase_earlier(command: EraseEarlier, state: LiveState, actor: Actor, now: datetime) -> Decision:
    owners = tuple(
        f"R:{key}" for key, item in _items(state.meeting.previous) if command.card in _origins(item)
    )
    events: list[Event] = [EarlierErased(command.card, owners)] if owners else []
    events += [
        ContributionWithdrawn(card.number, copies_of(state, card))
        for card in state.contributions.values()
        if card.origin == command.card and card.status != "withdrawn"
    ]
    return tuple(events)


def evolve_earlier_erased(state: LiveState, event: EarlierErased, at: datetime | None) -> LiveState:
    blank = {owner.removeprefix("R:"): "" for owner in event.owners}
    return replace(state, meeting=replace(state.meeting, previous=_changed(state.meeting.previous, blank)))


def _changed(previous: Mapping[str, Any], texts: Mapping[str, str]) -> Mapping[str, Any]:
    """Return a recap where the items named have other words."""
    changed = dict(previous)
    for part, field in PARTS.items():
        if part in previous:
            changed[part] = tuple(
                _saying(item, field, texts[key]) if (key := f"{part}:{place}") in texts else item
                for place, item in enumerate(previous[part])
            )
    return changed


def _items(previous: Mapping[str, Any]) -> Iterator[tuple[str, Item]]:
    for part in PARTS:
        for place, item in enumerate(previous.get(part) or ()):
            yield f"{part}:{place}", item


def _origins(item: Item) -> Collection[str]:
    return () if isinstance(item, str) else (*item.get("copied_from", ()), str(item.get("ref") or ""))


DECIDERS: Mapping[type, Decider] = {EraseEarlier: decide_erase_earlier}
EVOLVERS: Mapping[type, Evolver] = {EarlierErased: evolve_earlier_erased}
