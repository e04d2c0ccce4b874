"""References of cards, clusters and votes: whole outside the séance, and an order that says nothing of the evening (D-15)."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from atelier.live.state import Contribution, LiveState

HYPOTHESIS = "hypothesis"


def whole(reference: str, ref: str) -> str:
    """`C-12` -> `DK2-C-12`."""
    return f"{reference}-{ref}" if reference and ref else ref


def hypothesis_ref(card: Contribution) -> str:
    """Return `H-12` for card 12 when it is a hypothesis, "" for any other card.

    A hypothesis bears the number of its card: given once, never used again, and in an anonymous activity not drawn in order
    of time. A rank among hypotheses would change when a drawn number falls before another.
    """
    return f"H-{card.number}" if card.kind == HYPOTHESIS else ""


def hypothesis_refs(state: LiveState) -> dict[int, str]:
    """Return the reference of each hypothesis by the number of its card, withdrawn ones too: 12 -> `H-12`."""
    return {number: ref for number, card in state.contributions.items() if (ref := hypothesis_ref(card))}


def shuffled(reference: str, refs: Iterable[str]) -> list[str]:
    """Return references in an order drawn from themselves, always the same."""
    return sorted(refs, key=lambda ref: sha256(whole(reference, ref).encode()).hexdigest())
