"""The agreement label of a proposition: computed from its vote, lowered by people with a motive, never raised (D-10)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from atelier.errors import Refusal
from atelier.live.methods import agreement

# From the strongest to the weakest. « Partagé » and « sans majorité » are on one step: neither says more than the other.
STEPS = (
    (agreement.CONSENSUS,),
    (agreement.BROAD_AGREEMENT,),
    (agreement.RATHER_FAVOURABLE,),
    (agreement.DIVIDED, agreement.NO_MAJORITY),
    (agreement.MINORITY,),
    (agreement.REJECTED,),
)
STRENGTH = {label: len(STEPS) - place for place, labels in enumerate(STEPS) for label in labels}
NOT_DEBATED = "not_debated"  # collected, neither discussed nor voted
WEAK_SIGNAL = "weak_signal"  # one voice
MOTIVE_LENGTH = 300


@dataclass(frozen=True, slots=True)
class Agreement:
    """What a proposition says of its support: the label printed, the computed one, and the motive when they differ."""

    label: str | None
    computed: str | None
    favourable: int = 0
    unfavourable: int = 0
    expressed: int = 0
    motive: str = ""

    @property
    def lowered(self) -> bool:
        return self.label != self.computed


def computed(tally: Mapping[str, Any], option: str = "answer") -> Agreement:
    """Return the agreement on one option of a revealed tally; a consent has one, under « answer ».

    Methods without a for and an against give no label (D-10), nor do fewer than eight answers. KeyError for an option that the
    tally does not have.
    """
    found = {kept["key"]: kept for kept in tally["options"]}[option]
    if "label" not in found:
        return Agreement(None, None)
    label = found["label"]
    return Agreement(label, label, found["favourable"], found["unfavourable"], found["expressed"])


def may_lower(label: str | None, to: str) -> bool:
    """Tell whether people may print `to` where `label` was computed."""
    if label is None:
        return False
    return to in {NOT_DEBATED, WEAK_SIGNAL} or STRENGTH.get(to, 99) < STRENGTH[label]


def lowered(found: Agreement, to: str, motive: str) -> Agreement | Refusal:
    """Return the agreement printed as `to`, or why not: `label_raised`, `motive_missing`, `no_label`."""
    if found.computed is None:
        return Refusal("no_label")
    if to == found.computed:
        return replace(found, label=to, motive="")
    if not may_lower(found.computed, to):
        return Refusal("label_raised")
    if not motive.strip():
        return Refusal("motive_missing")
    return replace(found, label=to, motive=motive.strip()[:MOTIVE_LENGTH])
