"""Taking back one's own last grouping act, several times over (D-21).

Each grouping act leaves an entry: the clusters, the cards and the order that it changed, before and after.
Undoing puts back what was before, if each of those things is still as the act left it; what others did
elsewhere, in the same cluster included, stays. Entries tell a text by the key of its wording, never by its
content, so that erased words fold the same.

Refusals: nothing_to_undo, undo_outdated {act} (somebody touched the same things since).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from atelier.errors import Refusal
from atelier.live.messages import Decider, Decision, Evolver
from atelier.live.rules.arrangement import inserted
from atelier.live.rules.copies import untitled, unworded
from atelier.live.state import Actor, Cluster, LiveState, UndoEntry, with_contribution, with_item

DEPTH = 20  # acts kept per person
# All of them are compared: a card moved by one and merged by another must not end up in two places.
CARD_FIELDS = ("cluster", "merged_into", "sources", "merged", "came_from")
HEAD_FIELDS = tuple(field.name for field in fields(Cluster) if field.name != "cards")


@dataclass(frozen=True, slots=True)
class UndoGrouping:
    """Take back one's own last grouping act: on clusters, or on the place of cards."""


@dataclass(frozen=True, slots=True)
class GroupingUndone:
    by: str


def remembered(before: LiveState, after: LiveState, by: str, act: str) -> LiveState:
    """Return `after` with what the act of `by` changed since `before` on top of their stack."""
    clusters = {
        key: (before.clusters.get(key), after.clusters.get(key))
        for key in {**before.clusters, **after.clusters}
        if before.clusters.get(key) != after.clusters.get(key)
    }
    cards = {
        number: {
            name: (getattr(before.contributions[number], name), getattr(card, name)) for name in CARD_FIELDS
        }
        for number, card in after.contributions.items()
        if card is not before.contributions[number]
        and _changes(before.contributions[number], card, CARD_FIELDS)
    }
    order = (before.cluster_order, after.cluster_order)
    entry = UndoEntry(act, clusters, cards, order if order[0] != order[1] else None)
    stack = (*after.undo.get(by, ()), entry)[-DEPTH:]
    return replace(after, undo=with_item(after.undo, by, stack))


def _changes(before: Any, after: Any, names: Sequence[str]) -> dict[str, tuple[Any, Any]]:
    pairs = {name: (getattr(before, name), getattr(after, name)) for name in names}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def decide_undo_grouping(command: UndoGrouping, state: LiveState, actor: Actor, now: datetime) -> Decision:
    stack = state.undo.get(actor.id, ())
    if not stack:
        return Refusal("nothing_to_undo")
    if outdated(state, stack[-1]):
        return Refusal("undo_outdated", {"act": stack[-1].act})
    return (GroupingUndone(actor.id),)


def outdated(state: LiveState, entry: UndoEntry) -> bool:
    """Say whether something that the act changed was changed again since, by anybody."""
    return (
        any(_card_touched(state, entry, number) for number in entry.cards)
        or any(_cluster_touched(state, entry, key) for key in entry.clusters)
        or _order_touched(state, entry)
    )


def _card_touched(state: LiveState, entry: UndoEntry, number: int) -> bool:
    """Whether the card was moved or merged since; a wording that the act did not give may have changed."""
    pairs = entry.cards[number]
    changes = {name: pair for name, pair in pairs.items() if name != "merged" or pair[0] != pair[1]}
    return _changed_since(state.contributions[number], changes)


def _changed_since(thing: Any, changes: Mapping[str, tuple[Any, Any]]) -> bool:
    return any(getattr(thing, name) != after for name, (_, after) in changes.items())


def _cluster_touched(state: LiveState, entry: UndoEntry, key: str) -> bool:
    before, after = entry.clusters[key]
    now = state.clusters.get(key)
    if after is None or now is None:
        return (after is None) != (now is None)
    if before is None:  # undoing removes the cluster: nobody else's work may be in it
        return now != after
    if _changed_since(now, _changes(before, after, HEAD_FIELDS)):
        return True
    only_reordered = set(before.cards) == set(after.cards) and before.cards != after.cards
    return only_reordered and now.cards != after.cards


def _order_touched(state: LiveState, entry: UndoEntry) -> bool:
    if entry.order is None or not _moves(*entry.order):
        return False
    now = [key for key in state.cluster_order if key in entry.order[1]]
    return now != [key for key in entry.order[1] if key in state.clusters]


def _moves(before: Sequence[str], after: Sequence[str]) -> bool:
    return [key for key in before if key in after] != [key for key in after if key in before]


def evolve_grouping_undone(state: LiveState, event: GroupingUndone, at: datetime | None) -> LiveState:
    *earlier, entry = state.undo[event.by]
    state = restored(state, entry)
    return replace(state, undo=with_item(state.undo, event.by, tuple(earlier)))


def restored(state: LiveState, entry: UndoEntry) -> LiveState:
    """Return `state` with what the act changed put back as it was before."""
    clusters = dict(state.clusters)
    for key, (before, after) in entry.clusters.items():
        if before is None:
            del clusters[key]
            continue
        now = clusters.get(key, before)
        head = {} if after is None else _changes(before, after, HEAD_FIELDS)
        changes = {name: old for name, (old, _) in head.items()}
        clusters[key] = replace(now, **changes, cards=_cards_again(now, before, after, entry))
    order = state.cluster_order if entry.order is None else _order_again(state.cluster_order, entry.order)
    state = replace(state, clusters=clusters, cluster_order=order)
    for number, pairs in entry.cards.items():
        former = {name: old for name, (old, new) in pairs.items() if old != new}
        state = with_contribution(state, number, **former)
    return state


def _cards_again(now: Cluster, before: Cluster, after: Cluster | None, entry: UndoEntry) -> tuple[int, ...]:
    """The former cards if nobody changed the cluster since; else only the act's own cards leave and come back."""
    if after is None or now.cards == after.cards:
        return before.cards
    back, gone = _movers(entry, now.key)
    cards: tuple[int, ...] = tuple(number for number in now.cards if number not in gone)
    for number in before.cards:
        if number in back:
            cards = inserted(cards, number, before.cards.index(number))
    return cards


def _movers(entry: UndoEntry, key: str) -> tuple[set[int], set[int]]:
    moves = {number: changes["cluster"] for number, changes in entry.cards.items()}
    back = {number for number, (home, left_in) in moves.items() if home == key != left_in}
    return back, {number for number, (home, left_in) in moves.items() if left_in == key != home}


def _order_again(now: Sequence[str], order: tuple[tuple[str, ...], tuple[str, ...]]) -> tuple[str, ...]:
    """The former order for a move; else today's, without what the act made and with what it removed."""
    before, after = order
    if _moves(before, after):
        again, guide = tuple(key for key in before if key in now), now
        comers = [key for key in now if key not in before]
    else:
        again, guide = tuple(key for key in now if key in before or key not in after), before
        comers = [key for key in before if key not in after]
    for key in comers:
        ahead = next((k for k in reversed(guide[: guide.index(key)]) if k in again), None)
        again = inserted(again, key, again.index(ahead) + 1 if ahead else 0)
    return again


def without_card(state: LiveState, number: int, owners: Collection[str]) -> LiveState:
    """Return `state` whose entries neither name a withdrawn card nor hold the words of `owners`."""
    undo = {
        by: tuple(_stripped(entry, number, owners) for entry in stack if not _merges(entry, number))
        for by, stack in state.undo.items()
    }
    return replace(state, undo={by: tuple(e for e in stack if not _empty(e)) for by, stack in undo.items()})


def _merges(entry: UndoEntry, number: int) -> bool:
    """Whether the entry merges or un-merges this card: it cannot be taken back once the card is gone."""
    own = entry.cards.get(number, {})
    if any(own[name][0] != own[name][1] for name in ("merged_into", "sources") if name in own):
        return True
    return any(
        number in changes["merged_into"] or any(number in side for side in changes["sources"])
        for changes in entry.cards.values()
    )


def _stripped(entry: UndoEntry, number: int, owners: Collection[str]) -> UndoEntry:
    def bare(cluster: Cluster | None) -> Cluster | None:
        if cluster is None:
            return None
        cards = tuple(other for other in cluster.cards if other != number)
        return replace(untitled(cluster, owners), cards=cards)

    def wordless(name: str, pair: tuple[Any, Any]) -> tuple[Any, Any]:
        return (unworded(pair[0], owners), unworded(pair[1], owners)) if name == "merged" else pair

    return replace(
        entry,
        clusters={key: (bare(before), bare(after)) for key, (before, after) in entry.clusters.items()},
        cards={
            other: {name: wordless(name, pair) for name, pair in changes.items()}
            for other, changes in entry.cards.items()
            if other != number
        },
    )


def _empty(entry: UndoEntry) -> bool:
    same = all(before == after for before, after in entry.clusters.values())
    return same and not entry.cards and entry.order is None


DECIDERS: Mapping[type, Decider] = {UndoGrouping: decide_undo_grouping}
EVOLVERS: Mapping[type, Evolver] = {GroupingUndone: evolve_grouping_undone}
