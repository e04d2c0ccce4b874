"""What became of every contribution: taken up, merged, set aside with a motive, or still to be treated (domain §5, traceability).

Nothing is dropped silently: the four numbers always sum to the total, on the whole and for each channel, so that paper cannot
vanish behind screens.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

TAKEN, MERGED, SET_ASIDE, LEFT = "taken", "merged", "set_aside", "left"
FATES = (TAKEN, MERGED, SET_ASIDE, LEFT)

# Why a contribution is not taken up; the annex says it (domain §5).
MOTIVES = ("duplicate", "off_topic", "not_public", "imprecise", "other")


@dataclass(frozen=True, slots=True)
class Card:
    """One accepted contribution: `ref` with its séance (`DK2-C-12`), its channel, the card it was merged into, if any."""

    ref: str
    channel: str
    merged_into: str = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """The fate of each card. `by_channel`: channel -> fate -> number."""

    fates: Mapping[str, str] = field(default_factory=dict)
    by_channel: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return len(self.fates)

    def count(self, fate: str) -> int:
        return sum(1 for kept in self.fates.values() if kept == fate)

    def refs(self, fate: str) -> tuple[str, ...]:
        """Return the cards of one fate, in the order given."""
        return tuple(ref for ref, kept in self.fates.items() if kept == fate)

    @property
    def complete(self) -> bool:
        return LEFT not in self.fates.values()


def coverage(
    cards: Iterable[Card], cited: Collection[str], merged: Mapping[str, str], set_aside: Collection[str]
) -> Coverage:
    """Tell what became of each card.

    `cited`: references that the document cites. `merged`: card -> the card that says the same, chosen while writing; the
    merges of the séance stand in the cards. `set_aside`: cards put aside with a motive. In this order:

    - a card that the document cites is taken up, whatever else was said of it;
    - a card put aside is set aside;
    - a card merged into another, directly or through others, shares the fate of the last one: merged once that one is treated,
      still to be treated as long as it is not. A merge that turns in a circle treats nothing.
    """
    known = {card.ref: card for card in cards}
    targets = {ref: merged.get(ref) or card.merged_into for ref, card in known.items()}
    fates = {ref: _fate(ref, targets, cited, set_aside) for ref in known}
    by_channel: dict[str, dict[str, int]] = {}
    for ref, fate in fates.items():
        counts = by_channel.setdefault(known[ref].channel, dict.fromkeys(FATES, 0))
        counts[fate] += 1
    return Coverage(fates, by_channel)


def _fate(ref: str, targets: Mapping[str, str], cited: Collection[str], set_aside: Collection[str]) -> str:
    seen: set[str] = set()
    at = ref
    while at not in seen:
        if at in cited:
            return TAKEN if at == ref else MERGED
        if at in set_aside:
            return SET_ASIDE if at == ref else MERGED
        seen.add(at)
        at = targets.get(at, "")
        if not at:
            return LEFT
    return LEFT
