"""Withdrawing one's own card: final, until publication, also after the close (R-256, D-14, architecture §4).

Its words go, and every text that repeats them: titles, options, rewordings, merged wordings. Nothing else does:

- withdrawn from a merged card, it leaves the list of sources; with no source left, the card it had joined is
  itself again;
- withdrawn when others were merged into it, the merged card lives on under the first of them, at the same
  place, with the desk's wording if that wording does not repeat the withdrawn card.

Refusals: not_your_card, already_withdrawn.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from atelier.errors import Refusal
from atelier.live.messages import Decider, Decision, Evolver
from atelier.live.rules.arrangement import put_in, taken_out
from atelier.live.rules.contributions import own_card
from atelier.live.rules.copies import option_owner, untitled, unworded, wording_owner
from atelier.live.rules.grouping_undo import without_card
from atelier.live.state import (
    Activity,
    Actor,
    Cluster,
    Contribution,
    LiveState,
    LogEntry,
    Wording,
    with_contribution,
)


@dataclass(frozen=True, slots=True)
class WithdrawContribution:
    number: int


@dataclass(frozen=True, slots=True)
class ContributionWithdrawn:
    """Final. The words of `owners` (the card's own and those that repeat it) are blanked in the same transaction."""

    number: int
    owners: tuple[str, ...]


def decide_withdraw_contribution(
    command: WithdrawContribution, state: LiveState, actor: Actor, now: datetime
) -> Decision:
    card = own_card(state, command.number, actor)
    if isinstance(card, Refusal):
        return card
    return (ContributionWithdrawn(card.number, copies_of(state, card)),)


def copies_of(state: LiveState, card: Contribution) -> tuple[str, ...]:
    """Return the owners of every text to blank with this card."""
    owners = [f"C:{card.number}", *card.copies]
    owners += [f"K:{cluster.key}" for cluster in state.clusters.values() if _imported_copy(cluster, card)]
    owners += [
        option_owner(activity, option.key)
        for activity in state.activities.values()
        for option in activity.options
        if card.number in option.copied_from
    ]
    owners += [wording_owner(key) for key in _keys(_ending_wording(state, card))]
    return tuple(dict.fromkeys(owners))


def _imported_copy(cluster: Cluster, card: Contribution) -> bool:
    return not cluster.wording and card.number in cluster.copied_from


def _ending_wording(state: LiveState, card: Contribution) -> Wording | None:
    """The merged wording that nothing will display any more once the card is gone."""
    if len(card.sources) == 1:
        return card.merged
    parent = state.contributions.get(card.merged_into) if card.merged_into is not None else None
    return parent.merged if parent and parent.sources == (card.number,) and not card.sources else None


def _keys(wording: Wording | None) -> tuple[str, ...]:
    return () if wording is None else (wording.key, *_keys(wording.before))


def evolve_contribution_withdrawn(
    state: LiveState, event: ContributionWithdrawn, at: datetime | None
) -> LiveState:
    state = without_card(blanked(state, event.owners), event.number, event.owners)
    card = state.contributions[event.number]
    state = handed_over(state, card) if card.sources else left_by(state, card)
    return with_contribution(
        state,
        event.number,
        raw="",
        text="",
        fields=dict.fromkeys(card.fields, ""),
        reworded=None,
        motive_note="",
        merged=None,
        merged_into=None,
        sources=(),
        came_from=None,
        status="withdrawn",
        on_screen=False,
    )


def blanked(state: LiveState, owners: Collection[str]) -> LiveState:
    """Blank in state the texts of the desk that the journal blanks, so that live state equals replayed state."""
    return replace(
        state,
        contributions={number: _unreworded(card, owners) for number, card in state.contributions.items()},
        clusters={key: untitled(cluster, owners) for key, cluster in state.clusters.items()},
        activities={key: _without_copies(activity, owners) for key, activity in state.activities.items()},
        log=tuple(_without_note(entry, owners) for entry in state.log),
    )


def _unreworded(card: Contribution, owners: Collection[str]) -> Contribution:
    """A card that loses the desk's wording leaves the projector; reworded to hide a name, it must be read again."""
    if any(wording_owner(key) in owners for key in _keys(card.merged)):
        card = replace(card, merged=unworded(card.merged, owners), on_screen=False)
    if card.reworded_key and wording_owner(card.reworded_key) in owners:
        status = "held" if card.status == "kept" else card.status
        return replace(card, reworded=None, reworded_by="", reworded_key="", status=status, on_screen=False)
    return card


def _without_copies(activity: Activity, owners: Collection[str]) -> Activity:
    texts = [option_owner(activity, option.key) in owners for option in activity.options]
    if not any(texts):
        return activity
    pairs = zip(activity.options, texts, strict=True)
    return replace(activity, options=tuple(replace(o, text="") if blank else o for o, blank in pairs))


def _without_note(entry: LogEntry, owners: Collection[str]) -> LogEntry:
    if "note" not in entry.params or f"C:{entry.params['number']}" not in owners:
        return entry
    return replace(entry, params={**entry.params, "note": ""})


def left_by(state: LiveState, card: Contribution) -> LiveState:
    """Return `state` where a card without sources of its own has left its cluster or the card it was merged into."""
    if card.merged_into is None:
        return taken_out(state, card.number)
    parent = state.contributions[card.merged_into]
    sources = tuple(number for number in parent.sources if number != card.number)
    return with_contribution(state, parent.number, sources=sources)


def handed_over(state: LiveState, card: Contribution) -> LiveState:
    """Return `state` where the first source of a merged card has taken its place, and the others are merged into it."""
    heir = state.contributions[_heir(state, card)]
    rest = tuple(number for number in card.sources if number != heir.number)
    wording = card.merged if rest and card.status == "kept" else None
    for number in rest:
        state = with_contribution(state, number, merged_into=heir.number)
    state = with_contribution(
        state,
        heir.number,
        merged_into=card.merged_into,
        came_from=card.came_from,
        sources=(*heir.sources, *rest),
        merged=wording or heir.merged,
        on_screen=card.on_screen if wording else heir.on_screen,
        was_on_screen=heir.was_on_screen or (wording is not None and card.on_screen),
    )
    if card.merged_into is not None:
        parent = state.contributions[card.merged_into]
        sources = tuple(heir.number if number == card.number else number for number in parent.sources)
        return with_contribution(state, parent.number, sources=sources)
    if card.cluster:
        position = state.clusters[card.cluster].cards.index(card.number)
        return put_in(taken_out(state, card.number), heir.number, card.cluster, position)
    return state


def _heir(state: LiveState, card: Contribution) -> int:
    """The first source that may be displayed and is not itself a merged card, else the first that may be displayed."""
    sources = [state.contributions[number] for number in card.sources]
    shown = [source for source in sources if source.status == "kept"] or sources
    return next((source.number for source in shown if not source.sources), shown[0].number)


DECIDERS: Mapping[type, Decider] = {WithdrawContribution: decide_withdraw_contribution}
EVOLVERS: Mapping[type, Evolver] = {ContributionWithdrawn: evolve_contribution_withdrawn}
