"""Cards in clusters: placed one by one, split off, joined. Whoever acts last decides; no card is ever lost.

Refusals: unknown_cluster, other_activity {number}, not_in_cluster {number}, nothing_to_split, nothing_left,
same_cluster, title_too_long {limit}, unknown_card, already_withdrawn {number}, card_hidden {number},
merged_card {number, into}.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from atelier.errors import Refusal
from atelier.live.messages import Decider, Decision, Evolver
from atelier.live.rules.arrangement import place_of, put_in, with_cluster, without_cluster
from atelier.live.rules.clusters import cluster_created, fit_title, settled
from atelier.live.rules.grouping_undo import remembered
from atelier.live.rules.moderation import kept_by, showable_card
from atelier.live.state import Actor, Cluster, LiveState


@dataclass(frozen=True, slots=True)
class PlaceCard:
    """« Ranger dans… ». `cluster` None: out of any cluster. `position`: index from 0, clipped; None: last."""

    number: int
    cluster: str | None = None
    position: int | None = None


@dataclass(frozen=True, slots=True)
class SplitCluster:
    """Some cards of a cluster become a cluster of their own, right after it. At least one card stays."""

    cluster: str
    cards: tuple[int, ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class MergeClusters:
    """The cards of `source` go after those of `target`, and `source` is removed."""

    target: str
    source: str


@dataclass(frozen=True, slots=True)
class CardPlaced:
    number: int
    cluster: str | None
    position: int | None
    by: str


@dataclass(frozen=True, slots=True)
class ClustersMerged:
    key: str
    source: str
    by: str


def decide_place_card(command: PlaceCard, state: LiveState, actor: Actor, now: datetime) -> Decision:
    card = showable_card(state, command.number)
    if isinstance(card, Refusal):
        return card
    if command.cluster is not None:
        cluster = state.clusters.get(command.cluster)
        if cluster is None:
            return Refusal("unknown_cluster")
        if cluster.activity != card.activity:
            return Refusal("other_activity", {"number": card.number})
    moved = put_in(state, card.number, command.cluster, command.position)
    kept = kept_by(actor, card)
    if place_of(moved, card.number) == place_of(state, card.number) and not card.misplaced:
        return kept
    return (*kept, CardPlaced(card.number, command.cluster, command.position, actor.id))


def evolve_card_placed(state: LiveState, event: CardPlaced, at: datetime | None) -> LiveState:
    after = settled(put_in(state, event.number, event.cluster, event.position), event.number)
    return remembered(state, after, event.by, "place_card")


def decide_split_cluster(command: SplitCluster, state: LiveState, actor: Actor, now: datetime) -> Decision:
    cluster = state.clusters.get(command.cluster)
    if cluster is None:
        return Refusal("unknown_cluster")
    refusal = unsplittable(cluster, command.cards)
    title = fit_title(command.title)
    if refusal is not None:
        return refusal
    if isinstance(title, Refusal):
        return title
    chosen = [number for number in cluster.cards if number in command.cards]
    made = cluster_created(state, cluster.activity, title, cluster.column, chosen, actor, after=cluster.key)
    return (made,)


def unsplittable(cluster: Cluster, numbers: tuple[int, ...]) -> Refusal | None:
    """Refuse to split off nothing, everything, or a card that somebody moved elsewhere meanwhile."""
    if not numbers:
        return Refusal("nothing_to_split")
    stranger = next((number for number in numbers if number not in cluster.cards), None)
    if stranger is not None:
        return Refusal("not_in_cluster", {"number": stranger})
    return Refusal("nothing_left") if set(numbers) == set(cluster.cards) else None


def decide_merge_clusters(command: MergeClusters, state: LiveState, actor: Actor, now: datetime) -> Decision:
    target, source = state.clusters.get(command.target), state.clusters.get(command.source)
    if target is None or source is None:
        return Refusal("unknown_cluster")
    if target.key == source.key:
        return Refusal("same_cluster")
    if target.activity != source.activity:
        return Refusal("other_activity")
    return (ClustersMerged(target.key, source.key, actor.id),)


def evolve_clusters_merged(state: LiveState, event: ClustersMerged, at: datetime | None) -> LiveState:
    after = state
    for number in state.clusters[event.source].cards:
        after = put_in(after, number, event.key)
    after = with_cluster(without_cluster(after, event.source), event.key, validated=False)
    return remembered(state, after, event.by, "merge_clusters")


DECIDERS: Mapping[type, Decider] = {
    PlaceCard: decide_place_card,
    SplitCluster: decide_split_cluster,
    MergeClusters: decide_merge_clusters,
}
EVOLVERS: Mapping[type, Evolver] = {
    CardPlaced: evolve_card_placed,
    ClustersMerged: evolve_clusters_merged,
}
