"""The running séance as one frozen value. State is a fold of the journal: nothing here knows SQL, Flask or the clock.

Keys: sequences `s1`, activities `a1`, people `p1`, clusters `K1`, options `o1`, access links `l1`; contributions are numbers
(`C-12` is number 12). A number or key once given is never used again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, TypeVar

from atelier.live.state.agenda import Activity, Meeting, Scene, Sequence, Timer
from atelier.live.state.people import (
    AccessLink,
    Participant,
    SpeakingList,
    counted_people,
)
from atelier.live.state.words import Cluster, Contribution, UndoEntry

K = TypeVar("K")
V = TypeVar("V")


def with_item(mapping: Mapping[K, V], key: K, value: V) -> Mapping[K, V]:
    """Return a copy of `mapping` where `key` holds `value`."""
    copy = dict(mapping)
    copy[key] = value
    return copy


def without_item(mapping: Mapping[K, V], key: K) -> Mapping[K, V]:
    """Return a copy of `mapping` without `key`."""
    return {k: v for k, v in mapping.items() if k != key}


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One line of the desk's log: what was hidden, closed, undone, annulled, corrected, by whom and why."""

    at: datetime
    act: str
    by: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LiveState:
    seq: int = 0
    phase: str = "draft"  # draft | lobby | live | closed
    meeting: Meeting = field(default_factory=Meeting)
    order: tuple[str, ...] = ()  # sequence keys
    sequences: Mapping[str, Sequence] = field(default_factory=dict)
    activities: Mapping[str, Activity] = field(default_factory=dict)
    contributions: Mapping[int, Contribution] = field(default_factory=dict)
    clusters: Mapping[str, Cluster] = field(default_factory=dict)
    cluster_order: tuple[str, ...] = ()
    people: Mapping[str, Participant] = field(default_factory=dict)
    speaking: Mapping[str, SpeakingList] = field(default_factory=dict)
    links: Mapping[str, AccessLink] = field(default_factory=dict)
    current: tuple[str, str | None] | None = None  # (sequence, activity)
    scene: Scene = field(default_factory=Scene)
    blanked: bool = False
    join_large: bool = False
    frozen_at: datetime | None = None  # « Figer »
    phones_hidden: bool = False  # « Masquer »
    entry_closed: bool = False
    hide_counts: bool = False
    without_phone: int = 0  # people present who have no phone
    present_correction: int | None = None  # D-2: the desk's own count
    timer: Timer | None = None
    agenda_holder: str | None = None  # D-18: actor id, one at a time
    agenda_label: str = ""  # what the others read: « Nadia tient le déroulé »
    opened_at: datetime | None = None
    started_at: datetime | None = None
    closed_at: datetime | None = None
    undo: Mapping[str, tuple[UndoEntry, ...]] = field(default_factory=dict)  # actor -> acts, oldest first
    log: tuple[LogEntry, ...] = ()
    votes: tuple[str, ...] = ()  # activities in the order they became votes: V-1, V-2 …
    next_number: int = 1  # next contribution number
    reserved: Mapping[str, tuple[int, ...]] = field(
        default_factory=dict
    )  # numbers set aside by anonymous activities
    next_key: Mapping[str, int] = field(default_factory=dict)  # letter -> last number given

    def activity_of(self, key: str) -> Activity | None:
        return self.activities.get(key)

    def cards_of(self, activity: str) -> tuple[Contribution, ...]:
        """Cards of one activity that are neither withdrawn nor merged away, in order of number."""
        return tuple(
            card
            for card in self.contributions.values()
            if card.activity == activity and card.status != "withdrawn" and card.merged_into is None
        )

    def clusters_of(self, activity: str) -> tuple[Cluster, ...]:
        """Clusters made from one activity, in the order the desk gave them."""
        found = (self.clusters[key] for key in self.cluster_order)
        return tuple(cluster for cluster in found if cluster.activity == activity)


def present_people(state: LiveState) -> int:
    """Count the people present (D-2): phones not marked « parti », table phones for their people, people without phone.

    The desk's correction, when there is one, wins.
    """
    if state.present_correction is not None:
        return state.present_correction
    return counted_people(state.people.values()) + state.without_phone


def device_count(state: LiveState) -> int:
    """Count the phones that have joined and not left."""
    return sum(1 for person in state.people.values() if not person.left)


def with_activity(state: LiveState, key: str, **changes: Any) -> LiveState:
    """Return `state` with one activity changed."""
    return replace(
        state, activities=with_item(state.activities, key, replace(state.activities[key], **changes))
    )


def with_contribution(state: LiveState, number: int, **changes: Any) -> LiveState:
    """Return `state` with one card changed."""
    card = replace(state.contributions[number], **changes)
    return replace(state, contributions=with_item(state.contributions, number, card))


def with_person(state: LiveState, key: str, **changes: Any) -> LiveState:
    """Return `state` with one participant changed."""
    return replace(state, people=with_item(state.people, key, replace(state.people[key], **changes)))


def hour(at: datetime | None) -> datetime:
    """Return the hour of an act that always has one: only acts in anonymous activities have none."""
    assert at is not None
    return at


def logged(state: LiveState, at: datetime | None, act: str, by: str, **params: Any) -> LiveState:
    """Return `state` with one more line in the desk's log; an act without hour leaves no line."""
    if at is None:
        return state
    return replace(state, log=(*state.log, LogEntry(at, act, by, params)))
