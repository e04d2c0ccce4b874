"""Clusters: made, named, ordered, validated, dissolved. What moves cards between them is in placing.py.

A title has at most 60 characters (four words or fewer is advice, not a rule) and may be empty for a while. It
remembers the cards whose words it repeats. Naming, splitting or joining a validated cluster makes it open
again.

Refusals: unknown_activity, no_cards_here, unknown_column, unknown_cluster, title_too_long {limit},
empty_cluster, unknown_card, already_withdrawn {number}, card_hidden {number}, merged_card {number, into},
other_activity {number}.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from atelier.errors import Refusal
from atelier.live.messages import Decider, Decision, Evolver, words
from atelier.live.rules.arrangement import moved_cluster, with_cluster, with_new_cluster, without_cluster
from atelier.live.rules.copies import copied_cards, with_copies
from atelier.live.rules.grouping_undo import remembered
from atelier.live.rules.moderation import kept_by, showable_card
from atelier.live.rules.numbering import next_key, with_key_taken
from atelier.live.state import Actor, Cluster, Contribution, LiveState, with_contribution

TITLE_LIMIT = 60  # characters


@dataclass(frozen=True, slots=True)
class CreateCluster:
    """Make a cluster with these cards, in this order; they leave where they were."""

    activity: str
    title: str = ""
    column: str = ""
    cards: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class RenameCluster:
    cluster: str
    title: str


@dataclass(frozen=True, slots=True)
class MoveCluster:
    """`position`: index among the clusters of the activity, from 0, clipped."""

    cluster: str
    position: int


@dataclass(frozen=True, slots=True)
class ValidateCluster:
    cluster: str
    on: bool = True


@dataclass(frozen=True, slots=True)
class DissolveCluster:
    """Remove a cluster; its cards are unplaced, none is lost."""

    cluster: str


@dataclass(frozen=True, slots=True)
class ClusterCreated:
    """`after`: the cluster that it was split from and follows, "" when it is last."""

    key: str
    activity: str
    wording: str
    title: str = words("W:{wording}", default="")
    column: str = ""
    cards: tuple[int, ...] = ()
    copied_from: tuple[int, ...] = ()
    after: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class ClusterRenamed:
    key: str
    wording: str
    title: str = words("W:{wording}", default="")
    copied_from: tuple[int, ...] = ()
    by: str = ""


@dataclass(frozen=True, slots=True)
class ClusterMoved:
    key: str
    position: int
    by: str


@dataclass(frozen=True, slots=True)
class ClusterValidated:
    key: str
    on: bool
    by: str


@dataclass(frozen=True, slots=True)
class ClusterDissolved:
    key: str
    by: str


def decide_create_cluster(command: CreateCluster, state: LiveState, actor: Actor, now: datetime) -> Decision:
    activity = state.activities.get(command.activity)
    if activity is None:
        return Refusal("unknown_activity")
    if not activity.takes_cards:
        return Refusal("no_cards_here")
    if command.column and command.column not in [c["key"] for c in activity.settings.get("columns", ())]:
        return Refusal("unknown_column")
    title = fit_title(command.title)
    cards = groupable(state, activity.key, command.cards)
    if isinstance(title, Refusal):
        return title
    if isinstance(cards, Refusal):
        return cards
    made = cluster_created(state, activity.key, title, command.column, [c.number for c in cards], actor)
    return (*kept_by(actor, *cards), made)


def cluster_created(
    state: LiveState,
    activity: str,
    title: str,
    column: str,
    cards: Iterable[int],
    actor: Actor,
    after: str = "",
) -> ClusterCreated:
    """Return the event that makes a cluster, with its keys and what its title repeats."""
    return ClusterCreated(
        key=next_key(state, "K"),
        activity=activity,
        wording=next_key(state, "w"),
        title=title,
        column=column,
        cards=tuple(cards),
        copied_from=copied_cards(state, activity, title),
        after=after,
        by=actor.id,
    )


def fit_title(title: str) -> str | Refusal:
    """Return a title on one line, fixed spaces kept, or refuse it when it is longer than 60 characters."""
    tidy = re.sub(r"[^\S\u00a0]+", " ", title).strip()
    return Refusal("title_too_long", {"limit": TITLE_LIMIT}) if len(tidy) > TITLE_LIMIT else tidy


def groupable(state: LiveState, activity: str, numbers: Iterable[int]) -> tuple[Contribution, ...] | Refusal:
    """Return the cards to group, each once: of that activity, standing by themselves, not hidden."""
    found = []
    for number in dict.fromkeys(numbers):
        card = showable_card(state, number)
        if isinstance(card, Refusal):
            return card
        if card.activity != activity:
            return Refusal("other_activity", {"number": number})
        found.append(card)
    return tuple(found)


def evolve_cluster_created(state: LiveState, event: ClusterCreated, at: datetime | None) -> LiveState:
    cluster = Cluster(
        key=event.key,
        activity=event.activity,
        title=event.title,
        column=event.column,
        cards=event.cards,
        copied_from=event.copied_from,
        wording=event.wording,
    )
    after = with_new_cluster(state, cluster, after=event.after or None)
    for number in event.cards:
        after = settled(after, number)
    if event.after:
        after = with_cluster(after, event.after, validated=False)
    after = with_key_taken(with_key_taken(after, event.key), event.wording)
    after = with_copies(after, event.copied_from, event.wording)
    return remembered(state, after, event.by, "split_cluster" if event.after else "create_cluster")


def settled(state: LiveState, number: int) -> LiveState:
    """Return `state` where « ma carte est mal rangée » is answered: the desk has just placed the card."""
    return (
        with_contribution(state, number, misplaced=False) if state.contributions[number].misplaced else state
    )


def decide_rename_cluster(command: RenameCluster, state: LiveState, actor: Actor, now: datetime) -> Decision:
    cluster = state.clusters.get(command.cluster)
    if cluster is None:
        return Refusal("unknown_cluster")
    title = fit_title(command.title)
    if isinstance(title, Refusal):
        return title
    if title == cluster.title:
        return ()
    copies = copied_cards(state, cluster.activity, title)
    return (ClusterRenamed(cluster.key, next_key(state, "w"), title, copies, actor.id),)


def evolve_cluster_renamed(state: LiveState, event: ClusterRenamed, at: datetime | None) -> LiveState:
    after = with_cluster(
        state,
        event.key,
        title=event.title,
        wording=event.wording,
        copied_from=event.copied_from,
        validated=False,
    )
    after = with_key_taken(with_copies(after, event.copied_from, event.wording), event.wording)
    return remembered(state, after, event.by, "rename_cluster")


def decide_move_cluster(command: MoveCluster, state: LiveState, actor: Actor, now: datetime) -> Decision:
    if command.cluster not in state.clusters:
        return Refusal("unknown_cluster")
    if moved_cluster(state, command.cluster, command.position).cluster_order == state.cluster_order:
        return ()
    return (ClusterMoved(command.cluster, command.position, actor.id),)


def evolve_cluster_moved(state: LiveState, event: ClusterMoved, at: datetime | None) -> LiveState:
    return remembered(state, moved_cluster(state, event.key, event.position), event.by, "move_cluster")


def decide_validate_cluster(
    command: ValidateCluster, state: LiveState, actor: Actor, now: datetime
) -> Decision:
    cluster = state.clusters.get(command.cluster)
    if cluster is None:
        return Refusal("unknown_cluster")
    if command.on and not cluster.cards:
        return Refusal("empty_cluster")
    return () if cluster.validated == command.on else (ClusterValidated(cluster.key, command.on, actor.id),)


def evolve_cluster_validated(state: LiveState, event: ClusterValidated, at: datetime | None) -> LiveState:
    return remembered(state, with_cluster(state, event.key, validated=event.on), event.by, "validate_cluster")


def decide_dissolve_cluster(
    command: DissolveCluster, state: LiveState, actor: Actor, now: datetime
) -> Decision:
    if command.cluster not in state.clusters:
        return Refusal("unknown_cluster")
    return (ClusterDissolved(command.cluster, actor.id),)


def evolve_cluster_dissolved(state: LiveState, event: ClusterDissolved, at: datetime | None) -> LiveState:
    return remembered(state, without_cluster(state, event.key), event.by, "dissolve_cluster")


DECIDERS: Mapping[type, Decider] = {
    CreateCluster: decide_create_cluster,
    RenameCluster: decide_rename_cluster,
    MoveCluster: decide_move_cluster,
    ValidateCluster: decide_validate_cluster,
    DissolveCluster: decide_dissolve_cluster,
}
EVOLVERS: Mapping[type, Evolver] = {
    ClusterCreated: evolve_cluster_created,
    ClusterRenamed: evolve_cluster_renamed,
    ClusterMoved: evolve_cluster_moved,
    ClusterValidated: evolve_cluster_validated,
    ClusterDissolved: evolve_cluster_dissolved,
}
