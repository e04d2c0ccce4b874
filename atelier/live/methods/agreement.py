"""Agreement labels, computed from methods with a for and an against only (D-10, wins over domain §5)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

CONSENSUS = "consensus"
DIVIDED = "divided"
BROAD_AGREEMENT = "broad_agreement"
RATHER_FAVOURABLE = "rather_favourable"
REJECTED = "rejected"
MINORITY = "minority"
NO_MAJORITY = "no_majority"

LABEL_FROM = 8
"""Expressed answers from which a label is given; counts only under it (domain §5)."""


class Sides(NamedTuple):
    """Answers on each side; their sum is the number of expressed answers."""

    favourable: int
    neutral: int
    unfavourable: int

    @property
    def expressed(self) -> int:
        return sum(self)


def gradient_sides(counts: Sequence[int]) -> Sides:
    """The sides of a distribution over 5 steps (for 1–2, against 4–5) or Kaner's 8 (for 1–3, against 6–8).

    `counts` is in the order of the steps, 1 first. Step 4 of the 8 is an abstention, on no side (D-10).
    """
    if len(counts) == 5:
        return Sides(sum(counts[:2]), counts[2], sum(counts[3:]))
    if len(counts) == 8:
        return Sides(sum(counts[:3]), counts[4], sum(counts[5:]))
    raise ValueError("gradients have 5 or 8 steps")


def agreement_label(sides: Sides, open_objections: int = 0, held_by_table: bool = False) -> str | None:
    """The label of D-10, or None under 8 expressed answers. Exact: integers only, rules tried in this order.

    consensus           f ≥ 4/5, c ≤ 1/10, no open objection
    divided             f ≥ 3/10 and c ≥ 3/10                          « partagé »
    broad_agreement     f ≥ 2/3                                        « large accord »
    rather_favourable   1/2 < f < 2/3                                  « plutôt favorable »
    rejected            c ≥ 2/3 and f < 3/10                           « rejeté »
    minority            f < 1/3, held by two people or by a table      « minoritaire »
    no_majority         otherwise                                      « sans majorité »

    f and c are the favourable and unfavourable shares of `sides.expressed`; `held_by_table`: a table phone
    holds it.
    """
    favourable, _, unfavourable = sides
    n = sides.expressed
    if n < LABEL_FROM:
        return None
    rules = (
        (CONSENSUS, 5 * favourable >= 4 * n and 10 * unfavourable <= n and open_objections == 0),
        (DIVIDED, 10 * favourable >= 3 * n and 10 * unfavourable >= 3 * n),
        (BROAD_AGREEMENT, 3 * favourable >= 2 * n),
        (RATHER_FAVOURABLE, 2 * favourable > n),
        (REJECTED, 3 * unfavourable >= 2 * n and 10 * favourable < 3 * n),
        (MINORITY, 3 * favourable < n and (favourable >= 2 or held_by_table)),
    )
    return next((label for label, holds in rules if holds), NO_MAJORITY)


def keeps_minority_block(label: str | None, favourable: int) -> bool:
    """Whether those in favour keep their block: a minority, or anybody at all under a rejection (D-10)."""
    return label == MINORITY or (label == REJECTED and favourable > 0)
