"""A board that goes on in the next séance: its cards and clusters arrive with the opening (R-077).

Each card is an ordinary ContributionSubmitted with its `origin`, so that its words can be erased like any other's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from atelier.live.messages import Decider, Event, Evolver, words
from atelier.live.rules.contributions import ContributionSubmitted, evolve_contribution_submitted
from atelier.live.rules.numbering import contribution_number, next_key, with_key_taken
from atelier.live.state import Cluster, LiveState, with_contribution, with_item


@dataclass(frozen=True, slots=True)
class ClusterImported:
    key: str
    activity: str
    title: str = words("K:{key}")
    column: str = ""
    cards: tuple[int, ...] = ()
    copied_from: tuple[int, ...] = ()


def imported(state: LiveState, part: Mapping[str, Any]) -> tuple[LiveState, list[Event]]:
    """Return the state and the events once one activity's cards and clusters are in; KeyError for a wrong shape."""
    activity = state.activities[part["activity"]]
    anonymous = activity.anonymity == "anonymous"
    numbers: dict[str, int] = {}
    events: list[Event] = []
    for card in part.get("cards", ()):
        number = contribution_number(state, activity.key, anonymous, 0)
        event = imported_card(card, number, activity.key)
        numbers[card["origin"]] = number
        events.append(event)
        state = evolve_contribution_submitted(state, event, None)
    for cluster in part.get("clusters", ()):
        group = ClusterImported(
            key=next_key(state, "K"),
            activity=activity.key,
            title=str(cluster["title"]),
            column=cluster.get("column") or "",
            cards=tuple(numbers[origin] for origin in cluster.get("cards", ())),
            copied_from=tuple(numbers[origin] for origin in cluster.get("copied_from", ())),
        )
        events.append(group)
        state = evolve_cluster_imported(state, group, None)
    return state, events


def imported_card(card: Mapping[str, Any], number: int, activity: str) -> ContributionSubmitted:
    """Return a card of the continued séance under its new number: neither author nor table comes along."""
    return ContributionSubmitted(
        number=number,
        activity=activity,
        author=None,
        text=str(card["text"]),
        fields=dict(card.get("fields") or {}),
        column=card.get("column") or "",
        kind=card.get("kind") or "idea",
        option=card.get("option") or "",
        college=card.get("college") or "",
        channel=card.get("channel") or "phone",
        held=False,
        origin=card["origin"],
    )


def evolve_cluster_imported(state: LiveState, event: ClusterImported, at: datetime | None) -> LiveState:
    cluster = Cluster(
        event.key, event.activity, event.title, event.column, event.cards, event.copied_from, validated=True
    )
    for number in event.cards:
        state = with_contribution(state, number, cluster=event.key)
    return replace(
        with_key_taken(state, event.key),
        clusters=with_item(state.clusters, event.key, cluster),
        cluster_order=(*state.cluster_order, event.key),
    )


DECIDERS: Mapping[type, Decider] = {}
EVOLVERS: Mapping[type, Evolver] = {ClusterImported: evolve_cluster_imported}
