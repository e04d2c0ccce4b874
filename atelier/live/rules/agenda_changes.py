"""An activity put in, changed or taken out while the séance runs; a planned one only is changed (R-202, R-251).

Refuses: `unknown_kind`, `unknown_anonymity`, `unknown_sequence`, `unknown_activity`, `question_required`,
`too_long` {limit}, `too_many_options` {limit}, `empty_option`, `bad_minutes` {limit}, `activity_not_planned`,
`activity_is_current`, `activity_has_cards`, `session_not_open`, `session_closed` {at}, `agenda_held` {by}.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from atelier.errors import Refusal
from atelier.live.messages import Decider, Decision, Event, Evolver, words
from atelier.live.rules.access_to_activity import session_running
from atelier.live.rules.agenda import reaching, scene_of_step, with_sequence
from atelier.live.rules.agenda_key import agenda_act
from atelier.live.rules.copies import with_option_copies
from atelier.live.rules.numbering import next_key, with_key_taken
from atelier.live.rules.options_source import options_to_take
from atelier.live.rules.options_taken import next_edition, with_edition, with_origins
from atelier.live.rules.sequence_changes import LONGEST_EXTENSION
from atelier.live.rules.settings_fit import ill_set, ill_shaped
from atelier.live.rules.snapshot import (
    ANONYMITIES,
    KINDS,
    MAX_OPTIONS,
    activity_of,
    frozen,
    numbered_options,
    option_of,
)
from atelier.live.state import Actor, LiveState, with_activity, with_item, without_item
from atelier.live.state import Sequence as AgendaSequence

LONGEST_QUESTION = 500  # characters


@dataclass(frozen=True, slots=True)
class InsertActivity:
    """Put an unplanned activity in `sequence`, after the current activity if it stands there, else at its end.

    `sequence` None: in a new sequence after the current one. `options`: [{"text": …}], keys are given. `go`: go to it.
    """

    kind: str
    question: str
    sequence: str | None = None
    minutes: int | None = None
    anonymity: str = "college"
    settings: Mapping[str, Any] = field(default_factory=dict)
    options: Sequence[Mapping[str, Any]] = ()
    go: bool = True


@dataclass(frozen=True, slots=True)
class EditActivity:
    """Say a planned activity anew: everything given here replaces what was.

    An option remembers what it came from when its text stays, or when it is changed in its place.
    """

    activity: str
    question: str
    minutes: int | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)
    options: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True, slots=True)
class RemoveActivity:
    """Take out a planned activity; an inserted sequence that it leaves empty goes too."""

    activity: str


@dataclass(frozen=True, slots=True)
class ActivityInserted:
    """`place` None: at `position` in an existing sequence; else `sequence` is new, at `place` in the déroulé."""

    activity: str
    sequence: str
    position: int
    kind: str
    question: str
    minutes: int | None = None
    anonymity: str = "college"
    settings: Mapping[str, Any] = field(default_factory=dict)
    options: Sequence[Mapping[str, Any]] = words("O:{activity}:{key}", default_factory=tuple)
    place: int | None = None
    from_clusters: str | None = None


@dataclass(frozen=True, slots=True)
class ActivityEdited:
    """`taken_from`: options that came by themselves and stay as they were; `edition`: part of the owner of their words."""

    activity: str
    question: str
    minutes: int | None
    settings: Mapping[str, Any]
    options: Sequence[Mapping[str, Any]] = words("O:{activity}{edition}:{key}", default_factory=tuple)
    taken_from: str = ""
    edition: str = ""


@dataclass(frozen=True, slots=True)
class ActivityRemoved:
    activity: str


@agenda_act
def decide_insert_activity(
    command: InsertActivity, state: LiveState, actor: Actor, now: datetime
) -> Decision:
    refusal = session_running(state) or unfit(
        command.question, command.minutes, command.options, command.settings
    )
    if refusal:
        return refusal
    if command.kind not in KINDS:
        return Refusal("unknown_kind")
    if command.anonymity not in ANONYMITIES:
        return Refusal("unknown_anonymity")
    if command.sequence is not None and command.sequence not in state.sequences:
        return Refusal("unknown_sequence")
    return inserting(state, command, now)


def unfit(
    question: str, minutes: int | None, options: Sequence[Mapping[str, Any]], settings: Mapping[str, Any]
) -> Refusal | None:
    """Refuse what cannot be shown: no question, one too long, empty options or too many, a senseless duration."""
    if not question.strip():
        return Refusal("question_required")
    if len(question) > LONGEST_QUESTION:
        return Refusal("too_long", {"limit": LONGEST_QUESTION})
    if minutes is not None and not 0 <= minutes <= LONGEST_EXTENSION:
        return Refusal("bad_minutes", {"limit": LONGEST_EXTENSION})
    if len(options) > MAX_OPTIONS:
        return Refusal("too_many_options", {"limit": MAX_OPTIONS})
    if ill := ill_shaped(options) or ill_set(settings):
        return ill
    if not all(str(option.get("text") or "").strip() for option in options):
        return Refusal("empty_option")
    return None


def inserting(
    state: LiveState, command: InsertActivity, now: datetime, from_clusters: str | None = None
) -> tuple[Event, ...]:
    """Return the insertion, and the step to it if asked. Also what « voter sur ces regroupements » makes."""
    sequence, position, place = spot(state, command.sequence)
    inserted = ActivityInserted(
        activity=next_key(state, "a"),
        sequence=sequence,
        position=position,
        kind=command.kind,
        question=command.question.strip(),
        minutes=command.minutes,
        anonymity=command.anonymity,
        settings=frozen(command.settings),
        options=numbered_options(command.options),
        place=place,
        from_clusters=from_clusters,
    )
    if not command.go:
        return (inserted,)
    after = evolve_activity_inserted(state, inserted, now)
    return (inserted, *reaching(after, (sequence, inserted.activity), now))


def spot(state: LiveState, sequence: str | None) -> tuple[str, int, int | None]:
    """Return where an activity goes: sequence, position in it, and the place of the sequence when it is new."""
    if sequence is None:
        here = state.order.index(state.current[0]) + 1 if state.current else 0
        return next_key(state, "s"), 0, here
    activities = state.sequences[sequence].activities
    current = state.current[1] if state.current and state.current[0] == sequence else None
    return sequence, activities.index(current) + 1 if current else len(activities), None


def evolve_activity_inserted(state: LiveState, event: ActivityInserted, at: datetime | None) -> LiveState:
    data = {
        "key": event.activity,
        "kind": event.kind,
        "question": event.question,
        "minutes": event.minutes,
        "anonymity": event.anonymity,
        "settings": event.settings,
    }
    activity = replace(activity_of(data, event.sequence, event.options), from_clusters=event.from_clusters)
    state = with_key_taken(with_key_taken(state, event.activity), event.sequence)
    state = replace(state, activities=with_item(state.activities, event.activity, activity))
    state = with_option_copies(state, event.activity)
    if event.place is not None:
        new = AgendaSequence(event.sequence, event.question, event.minutes or 0, inserted=True)
        order = (*state.order[: event.place], event.sequence, *state.order[event.place :])
        state = replace(state, order=order, sequences=with_item(state.sequences, event.sequence, new))
    keys = list(state.sequences[event.sequence].activities)
    keys.insert(event.position, event.activity)
    return with_sequence(state, event.sequence, activities=tuple(keys))


@agenda_act
def decide_edit_activity(command: EditActivity, state: LiveState, actor: Actor, now: datetime) -> Decision:
    refusal = planned(state, command.activity) or unfit(
        command.question, command.minutes, command.options, command.settings
    )
    if refusal:
        return refusal
    activity = state.activities[command.activity]
    options = with_origins(activity, numbered_options(command.options))
    same = [option["text"] for option in options] == [option.text for option in activity.options]
    follows = same and not isinstance(options_to_take(state, activity), Refusal)
    edited = ActivityEdited(
        activity=activity.key,
        question=command.question.strip(),
        minutes=command.minutes,
        settings=frozen(command.settings),
        options=options,
        taken_from=activity.taken_from if follows else "",
        edition=next_edition(state),
    )
    return (edited,)


def planned(state: LiveState, key: str) -> Refusal | None:
    """Refuse to touch what has been opened: people have read it (R-251)."""
    refusal = session_running(state)
    if refusal:
        return refusal
    activity = state.activities.get(key)
    if activity is None:
        return Refusal("unknown_activity")
    return None if activity.untouched else Refusal("activity_not_planned")


def evolve_activity_edited(state: LiveState, event: ActivityEdited, at: datetime | None) -> LiveState:
    state = with_activity(
        with_edition(state, event.activity, event.edition),
        event.activity,
        question=event.question,
        minutes=event.minutes or None,
        settings=frozen(event.settings),
        options=tuple(option_of(option) for option in event.options),
        taken_from=event.taken_from,
    )
    return with_option_copies(state, event.activity)


@agenda_act
def decide_remove_activity(
    command: RemoveActivity, state: LiveState, actor: Actor, now: datetime
) -> Decision:
    refusal = planned(state, command.activity)
    if refusal:
        return refusal
    if state.current is not None and state.current[1] == command.activity:
        return Refusal("activity_is_current")
    if any(card.activity == command.activity for card in state.contributions.values()):
        return Refusal("activity_has_cards")
    return (ActivityRemoved(command.activity),)


def evolve_activity_removed(state: LiveState, event: ActivityRemoved, at: datetime | None) -> LiveState:
    sequence = state.sequences[state.activities[event.activity].sequence]
    state = replace(state, activities=without_item(state.activities, event.activity))
    if state.scene.target in {event.activity, sequence.key}:
        state = replace(state, scene=scene_of_step(state))
    rest = tuple(key for key in sequence.activities if key != event.activity)
    if rest or not sequence.inserted or (state.current and state.current[0] == sequence.key):
        return with_sequence(state, sequence.key, activities=rest)
    order = tuple(key for key in state.order if key != sequence.key)
    return replace(state, order=order, sequences=without_item(state.sequences, sequence.key))


DECIDERS: Mapping[type, Decider] = {
    InsertActivity: decide_insert_activity,
    EditActivity: decide_edit_activity,
    RemoveActivity: decide_remove_activity,
}
EVOLVERS: Mapping[type, Evolver] = {
    ActivityInserted: evolve_activity_inserted,
    ActivityEdited: evolve_activity_edited,
    ActivityRemoved: evolve_activity_removed,
}
