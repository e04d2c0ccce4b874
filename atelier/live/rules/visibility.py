"""What of a card may reach others' phones and the projector, and what its author reads about it. Nothing secret
is filtered later: what these functions refuse is never drawn (R-205, R-206, D-17).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from atelier.live.rules.copies import repeats, texts_of
from atelier.live.state import Activity, Cluster, Contribution, LiveState, Option


def visible_to_others(state: LiveState, activity: Activity, card: Contribution) -> bool:
    """Whether other participants may read this card: kept by the desk, standing by itself, and the silence is over."""
    if card.activity != activity.key or card.status != "kept" or not card.standing:
        return False
    return activity.cards_shown or not activity.silent


def on_projector(state: LiveState, card: Contribution) -> bool:
    """Whether the projector may show this card's words: put there by the desk, or by « afficher en direct » (D-17)."""
    return card.on_screen and card.status == "kept" and card.standing


def shown_title(state: LiveState, cluster: Cluster) -> str:
    """Return a cluster's title as others may read it: none when it repeats a card that the desk hid."""
    return cluster.title if sayable(state, cluster.title, cluster.copied_from, _shown) else ""


def shown_option(state: LiveState, option: Option) -> str:
    """Return an option's text as others may read it before the ballot bears it: none when it repeats a hidden card."""
    return option.text if sayable(state, option.text, option.copied_from, _shown) else ""


def sayable(
    state: LiveState, text: str, copied_from: Iterable[int], shown: Callable[[Contribution], bool]
) -> bool:
    """Whether a text of the desk may be said: each card that it repeats may be `shown`, or one that may says the same words."""
    cards = [state.contributions[number] for number in copied_from if number in state.contributions]
    kept_back = [card for card in cards if not shown(card)]
    if any(card.status == "withdrawn" for card in kept_back):
        return False
    said = [card.words for card in cards if shown(card)]
    parts = [part for card in kept_back for part in texts_of(card) if repeats(text, part)]
    return all(any(repeats(words, part) for words in said) for part in parts)


def _shown(card: Contribution) -> bool:
    return card.status != "hidden"


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
        facts |= {"cluster": cluster.key, "title": shown_title(state, cluster)}
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
