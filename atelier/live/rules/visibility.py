"""What of a card may reach others' phones and the projector, and what its author reads about it. Nothing secret
is filtered later: what these functions refuse is never drawn (R-205, R-206, D-17).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from atelier.live.state import Activity, Contribution, LiveState


def visible_to_others(state: LiveState, activity: Activity, card: Contribution) -> bool:
    """Whether other participants may read this card: kept by the desk, standing by itself, and the silence is over."""
    if card.activity != activity.key or card.status != "kept" or not card.standing:
        return False
    return activity.cards_shown or not activity.silent


def on_projector(state: LiveState, card: Contribution) -> bool:
    """Whether the projector may show this card's words: put there by the desk, or by « afficher en direct » (D-17)."""
    return card.on_screen and card.status == "kept" and card.standing


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the author is told. `state`: received | on_screen | placed | hidden | merged | withdrawn.

    `cluster` and `title`: where it was placed. `motive` and `note`: why it is not shown. `into`: the card it
    was merged into, the one that stands today. `sources`: the cards merged into it. `reworded`: somebody
    changed what is displayed.
    """

    number: int
    state: str
    cluster: str = ""
    title: str = ""
    motive: str = ""
    note: str = ""
    into: int | None = None
    sources: tuple[int, ...] = ()
    reworded: bool = False


def receipt(state: LiveState, card: Contribution) -> Receipt:
    """Return the author's receipt, from state alone: nothing is pushed, a phone that slept learns it all on waking."""
    facts: dict[str, Any] = {"number": card.number, "sources": card.sources}
    facts["reworded"] = card.standing and card.words != card.text
    if card.status == "withdrawn":
        return Receipt(card.number, "withdrawn")
    if card.status == "hidden":
        return Receipt(state="hidden", motive=card.motive, note=card.motive_note, **facts)
    if card.merged_into is not None:
        return Receipt(state="merged", into=standing_card(state, card.number).number, **facts)
    cluster = state.clusters[card.cluster] if card.cluster else None
    if cluster is not None:
        facts |= {"cluster": cluster.key, "title": cluster.title}
    if on_projector(state, card):
        return Receipt(state="on_screen", **facts)
    return Receipt(state="placed" if cluster else "received", **facts)


def standing_card(state: LiveState, number: int) -> Contribution:
    """Return the card that stands for `number` today: itself, or the one that it ended up merged into."""
    card = state.contributions[number]
    while card.merged_into is not None:
        card = state.contributions[card.merged_into]
    return card


def all_sources(state: LiveState, card: Contribution) -> tuple[Contribution, ...]:
    """Return every card merged into `card`, directly or not, in order of number."""
    found: list[Contribution] = []
    for number in card.sources:
        source = state.contributions[number]
        found += [source, *all_sources(state, source)]
    return tuple(sorted(found, key=lambda source: source.number))
