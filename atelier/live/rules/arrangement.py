"""Where cards stand: the moves that grouping, merging, withdrawal and undo are made of.

Held at all times: a card is in exactly one of a cluster, unplaced, merged into another, withdrawn;
`card.cluster` is `K` if and only if `K` lists it, once; `card.merged_into` is `n` if and only if `n` lists it
among its sources.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from atelier.live.state import Cluster, LiveState, with_contribution, with_item, without_item


def where(state: LiveState, number: int) -> tuple[str, str]:
    """Return the one place of a card: ("withdrawn", ""), ("merged", "12"), ("cluster", "K3") or ("unplaced", "")."""
    card = state.contributions[number]
    if card.status == "withdrawn":
        return ("withdrawn", "")
    if card.merged_into is not None:
        return ("merged", str(card.merged_into))
    return ("cluster", card.cluster) if card.cluster else ("unplaced", "")


def place_of(state: LiveState, number: int) -> tuple[str, int] | None:
    """Return the cluster of a card and its index there, None when it is unplaced."""
    key = state.contributions[number].cluster
    return (key, state.clusters[key].cards.index(number)) if key else None


def taken_out(state: LiveState, number: int) -> LiveState:
    """Return `state` with a card out of its cluster, if it is in one."""
    key = state.contributions[number].cluster
    if not key:
        return state
    left = tuple(other for other in state.clusters[key].cards if other != number)
    return with_contribution(with_cluster(state, key, cards=left), number, cluster=None)


def put_in(state: LiveState, number: int, cluster: str | None, position: int | None = None) -> LiveState:
    """Return `state` with a card in `cluster` before index `position` (clipped; None: last), or unplaced."""
    state = taken_out(state, number)
    if cluster is None:
        return state
    cards = inserted(state.clusters[cluster].cards, number, position)
    return with_contribution(with_cluster(state, cluster, cards=cards), number, cluster=cluster)


def inserted(items: Sequence[Any], item: Any, position: int | None) -> tuple[Any, ...]:
    """Return `items` with `item` before index `position`, last when None; positions out of range are clipped."""
    index = len(items) if position is None else max(0, min(position, len(items)))
    return (*items[:index], item, *items[index:])


def with_cluster(state: LiveState, key: str, **changes: Any) -> LiveState:
    """Return `state` with one cluster changed."""
    return replace(state, clusters=with_item(state.clusters, key, replace(state.clusters[key], **changes)))


def with_new_cluster(state: LiveState, cluster: Cluster, after: str | None = None) -> LiveState:
    """Return `state` with one more cluster, right after another or last; its cards leave where they were."""
    index = state.cluster_order.index(after) + 1 if after else None
    state = replace(
        state,
        clusters=with_item(state.clusters, cluster.key, replace(cluster, cards=())),
        cluster_order=inserted(state.cluster_order, cluster.key, index),
    )
    for number in cluster.cards:
        state = put_in(state, number, cluster.key)
    return state


def without_cluster(state: LiveState, key: str) -> LiveState:
    """Return `state` without a cluster; its cards are unplaced."""
    for number in state.clusters[key].cards:
        state = taken_out(state, number)
    return replace(
        state,
        clusters=without_item(state.clusters, key),
        cluster_order=tuple(other for other in state.cluster_order if other != key),
    )


def moved_cluster(state: LiveState, key: str, position: int) -> LiveState:
    """Return `state` with a cluster at index `position` among those of its activity."""
    activity = state.clusters[key].activity
    rest = tuple(other for other in state.cluster_order if other != key)
    siblings = [other for other in rest if state.clusters[other].activity == activity]
    if not siblings:
        return state
    index = max(0, min(position, len(siblings)))
    at = rest.index(siblings[index]) if index < len(siblings) else rest.index(siblings[-1]) + 1
    return replace(state, cluster_order=inserted(rest, key, at))
