"""Clusters become the options of a vote, in one act: their titles are the options' texts, in the order of the desk.

The vote goes right after where we are, with the anonymity of the activity that it comes from: nobody's reservation is less
covered than their card was. An option remembers its cluster and the cards whose exact words it bears.

Refusals: unknown_activity, unknown_kind, unknown_cluster, other_activity {cluster}, no_clusters, too_many_options {limit, count},
untitled_cluster {cluster}, title_hidden {cluster}, same_title {clusters}, those of `agenda_changes.unfit`, session_not_open,
session_closed {at}, agenda_held {by}.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from atelier.errors import Refusal
from atelier.live.messages import Decider, Decision, Evolver
from atelier.live.rules.access_to_activity import session_running
from atelier.live.rules.agenda_changes import InsertActivity, inserting, unfit
from atelier.live.rules.agenda_key import agenda_act
from atelier.live.rules.options_source import clusters_to_vote_on, from_clusters, unvotable
from atelier.live.rules.snapshot import WITH_OPTIONS
from atelier.live.state import Actor, LiveState


@dataclass(frozen=True, slots=True)
class VoteOnClusters:
    """`source`: the activity whose clusters are voted on. `clusters`: which, in that order; None: all that hold a card."""

    source: str
    kind: str
    question: str
    settings: Mapping[str, Any] = field(default_factory=dict)
    clusters: tuple[str, ...] | None = None
    minutes: int | None = None
    go: bool = True


@agenda_act
def decide_vote_on_clusters(
    command: VoteOnClusters, state: LiveState, actor: Actor, now: datetime
) -> Decision:
    refusal = session_running(state)
    if refusal:
        return refusal
    source = state.activities.get(command.source)
    if source is None:
        return Refusal("unknown_activity")
    if command.kind not in WITH_OPTIONS:
        return Refusal("unknown_kind")
    chosen = clusters_to_vote_on(state, source, command.clusters)
    if isinstance(chosen, Refusal):
        return chosen
    options = from_clusters(chosen)
    refusal = unvotable(state, chosen) or unfit(command.question, command.minutes, options, command.settings)
    if refusal:
        return refusal
    vote = InsertActivity(
        kind=command.kind,
        question=command.question,
        sequence=state.current[0] if state.current else source.sequence,
        minutes=command.minutes,
        anonymity=source.anonymity,
        settings=command.settings,
        options=options,
        go=command.go,
    )
    return inserting(state, vote, now, from_clusters=source.key)


DECIDERS: Mapping[type, Decider] = {VoteOnClusters: decide_vote_on_clusters}
EVOLVERS: Mapping[type, Evolver] = {}
