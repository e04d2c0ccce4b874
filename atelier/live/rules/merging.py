"""Cards that say the same thing, shown as one: nothing is destroyed, and un-merging gives everything back (R-206).

The merged card is one of them, the target. Its sources leave the wall and point to it, each remembering its
place. A merged card may itself be merged. Grouping a card that waits keeps it: the desk has read it.

Refusals: nothing_to_merge, unknown_card, already_withdrawn {number}, card_hidden {number}, merged_card {number, into},
other_activity, other_column, too_long {limit}, not_merged.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from atelier.errors import Refusal
from atelier.live.messages import Decider, Decision, Evolver, words
from atelier.live.rules.arrangement import place_of, put_in, taken_out
from atelier.live.rules.copies import copied_cards, with_copies
from atelier.live.rules.grouping_undo import remembered
from atelier.live.rules.moderation import kept_by, live_card, showable_card
from atelier.live.rules.numbering import next_key, with_key_taken
from atelier.live.rules.rewording import unfit_wording
from atelier.live.state import Actor, Contribution, LiveState, Wording, logged, with_contribution


@dataclass(frozen=True, slots=True)
class MergeContributions:
    """`text`: words for the merged card; empty, or the target's own: the target's words stand for all."""

    target: int
    sources: tuple[int, ...]
    text: str = ""


@dataclass(frozen=True, slots=True)
class UnmergeContribution:
    """Give back to a merged card's sources the places they came from, and to the card its own words."""

    number: int


@dataclass(frozen=True, slots=True)
class ContributionsMerged:
    """`wording`: key of the merged card's own words, "" when it has none. `by`: actor id, `signature` for the log."""

    number: int
    sources: tuple[int, ...]
    wording: str = ""
    text: str = words("W:{wording}", default="")
    copied_from: tuple[int, ...] = ()
    by: str = ""
    signature: str = ""


@dataclass(frozen=True, slots=True)
class ContributionUnmerged:
    number: int
    by: str = ""
    signature: str = ""


def decide_merge_contributions(
    command: MergeContributions, state: LiveState, actor: Actor, now: datetime
) -> Decision:
    target = showable_card(state, command.target)
    if isinstance(target, Refusal):
        return target
    sources = mergeable(state, target, tuple(dict.fromkeys(command.sources)))
    if isinstance(sources, Refusal):
        return sources
    text = command.text.strip()
    worded = text not in {"", target.words}
    refusal = unfit_wording(state, target, text) if worded else None
    if refusal:
        return refusal
    merged = ContributionsMerged(
        number=target.number,
        sources=tuple(card.number for card in sources),
        wording=next_key(state, "w") if worded else "",
        text=text if worded else "",
        copied_from=copied_cards(state, target.activity, text) if worded else (),
        by=actor.id,
        signature=actor.signature,
    )
    return (*kept_by(actor, target, *sources), merged)


def mergeable(
    state: LiveState, target: Contribution, numbers: tuple[int, ...]
) -> tuple[Contribution, ...] | Refusal:
    """Return the cards to merge into `target`: others than it, of its activity, on its side of a board."""
    if not numbers or target.number in numbers:
        return Refusal("nothing_to_merge")
    found = []
    for number in numbers:
        card = showable_card(state, number)
        if isinstance(card, Refusal):
            return card
        if card.activity != target.activity:
            return Refusal("other_activity", {"number": number})
        if card.column != target.column:
            return Refusal("other_column", {"number": number})
        found.append(card)
    return tuple(found)


def evolve_contributions_merged(
    state: LiveState, event: ContributionsMerged, at: datetime | None
) -> LiveState:
    before = state
    places = {number: place_of(state, number) for number in event.sources}
    for number, place in places.items():
        state = with_contribution(taken_out(state, number), number, merged_into=event.number, came_from=place)
    target = state.contributions[event.number]
    wording = Wording(event.wording, event.text) if event.wording else target.merged
    state = with_contribution(state, event.number, sources=(*target.sources, *event.sources), merged=wording)
    if event.wording:
        state = with_key_taken(with_copies(state, event.copied_from, event.wording), event.wording)
    state = remembered(before, state, event.by, "merge_contributions")
    return logged(
        state, at, "merge_contributions", event.signature, number=event.number, sources=event.sources
    )


def decide_unmerge_contribution(
    command: UnmergeContribution, state: LiveState, actor: Actor, now: datetime
) -> Decision:
    card = live_card(state, command.number)
    if isinstance(card, Refusal):
        return card
    if not card.sources:
        return Refusal("not_merged")
    return (ContributionUnmerged(card.number, actor.id, actor.signature),)


def evolve_contribution_unmerged(
    state: LiveState, event: ContributionUnmerged, at: datetime | None
) -> LiveState:
    before, card = state, state.contributions[event.number]
    state = with_contribution(state, event.number, sources=(), merged=None)
    places = {number: state.contributions[number].came_from for number in card.sources}
    for number in sorted(card.sources, key=lambda n: _index(places[n])):
        state = with_contribution(state, number, merged_into=None, came_from=None)
        state = put_in(state, number, *_home(state, places[number], card.cluster))
    state = remembered(before, state, event.by, "unmerge_contribution")
    return logged(
        state, at, "unmerge_contribution", event.signature, number=event.number, sources=card.sources
    )


def _index(place: tuple[str, int] | None) -> int:
    return place[1] if place else 0


def _home(
    state: LiveState, place: tuple[str, int] | None, beside: str | None
) -> tuple[str | None, int | None]:
    """Where a source goes back: its place, beside the card it had joined when its cluster is gone, or unplaced."""
    if place is None:
        return None, None
    return place if place[0] in state.clusters else (beside, None)


DECIDERS: Mapping[type, Decider] = {
    MergeContributions: decide_merge_contributions,
    UnmergeContribution: decide_unmerge_contribution,
}
EVOLVERS: Mapping[type, Evolver] = {
    ContributionsMerged: evolve_contributions_merged,
    ContributionUnmerged: evolve_contribution_unmerged,
}
