"""A prepared séance becomes a running one: its whole déroulé enters the journal once (architecture §4).

Refuses: `already_open`, `snapshot_invalid` {reason} (a fault of preparation, never of the person).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from atelier.errors import Refusal
from atelier.live.messages import Decider, Decision, Event, Evolver, filled, words
from atelier.live.rules.agenda_key import agenda_act
from atelier.live.rules.earlier import words_apart, words_back
from atelier.live.rules.importing import imported
from atelier.live.rules.numbering import with_key_taken
from atelier.live.rules.snapshot import activity_of, frozen, meeting_of, numbered_options, sequence_of
from atelier.live.state import Actor, LiveState


@dataclass(frozen=True, slots=True)
class OpenSession:
    """Open the doors: the projector shows the lobby, phones may join. `snapshot`, given by the desk, is JSON data:

    {"meeting": {"reference": "DK2", "title", "question", "kind", "date", "starts_at": ISO 8601 with zone, "place",
        "tables": 7, "capacity": 50 or 0, "moderation": "held|shown|", "open_code", "confidential", "vote_cards",
        "rehearsal", "fictional", "previous": {…read-only recap, R-077…}, "rules": ["…"],
        "colleges": [{"key": "E", "label", "letter": "E", "shape": "square", "color"}]},   # the last one is « Autre, … »
     "sequences": [{"key": "s1", "title", "minutes": 30, "starts_at", "locked", "instructions", "notes",
        "activities": [{"key": "a1", "kind", "question", "simple_question", "minutes": 8 or None, "anonymity",
            "moderation", "to_minutes", "first_colleges": ["A"], "silent", "settings": {…},
            "options": [{"key": "o1", "text", "cluster": None, "copied_from": ["C-12"]}]}]}],
     "imports": [{"activity": "a2",                                      # a board that goes on (R-077); may be absent
        "cards": [{"origin": "DK1-C-12", "text", "fields", "column", "kind", "college", "channel", "option"}],
        "clusters": [{"title", "column", "cards": ["DK1-C-12"], "copied_from": ["DK1-C-12"]}]}]}

    Keys: one letter (s, a, o) and a number, unique in the séance (options: in their activity). Every name but
    `key`, `title` (sequences) and `kind` (activities) may be absent. Imported cards get new numbers, in the
    order given; they keep neither author nor table. An option's `copied_from` gives numbers of this séance's cards: the
    n-th imported card is `C-n` (an anonymous activity sets numbers aside by twenties).
    """

    snapshot: Mapping[str, Any] = filled()


@dataclass(frozen=True, slots=True)
class SessionOpened:
    """`options` (`a1:o1`) and the words of the recap (`clusters:0`) stand apart, so that what cards say can be erased."""

    snapshot: Mapping[str, Any]
    options: Sequence[Mapping[str, Any]] = words("O:{key}", default_factory=tuple)
    by: str = ""
    recap: Sequence[Mapping[str, Any]] = words("R:{key}", default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A snapshot once read."""

    event: SessionOpened
    imports: Sequence[Mapping[str, Any]] = field(default_factory=tuple)


@agenda_act
def decide_open_session(command: OpenSession, state: LiveState, actor: Actor, now: datetime) -> Decision:
    if state.phase != "draft":
        return Refusal("already_open")
    try:
        prepared = read_snapshot(command.snapshot or {}, actor.signature)
        opened = evolve_session_opened(state, prepared.event, now)
        return (prepared.event, *imports_of(opened, prepared.imports))
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        return Refusal("snapshot_invalid", {"reason": f"{type(fault).__name__}: {fault}"})


def read_snapshot(snapshot: Mapping[str, Any], by: str) -> Prepared:
    """Split a snapshot in what the opening says, its options and its imports; ValueError when keys are wrong."""
    data = frozen(snapshot)
    keys = [item["key"] for item in [*data["sequences"], *(a for _, a in activities_in(data))]]
    if len(keys) != len(set(keys)) or not all(well_formed(key) for key in keys):
        raise ValueError(f"keys of sequences and activities: {keys}")
    options = [
        {**option, "key": f"{activity['key']}:{option['key']}"}
        for _, activity in activities_in(data)
        for option in numbered_options(activity.get("options", ()))
    ]
    sequences = tuple(
        {**sequence, "activities": tuple({**a, "options": ()} for a in sequence.get("activities", ()))}
        for sequence in data["sequences"]
    )
    previous, recap = words_apart(data["meeting"].get("previous") or {})
    kept = {"meeting": {**data["meeting"], "previous": previous}, "sequences": sequences}
    return Prepared(SessionOpened(kept, tuple(options), by, recap), data.get("imports", ()))


def activities_in(data: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Go through a snapshot's activities with the key of their sequence."""
    for sequence in data["sequences"]:
        for activity in sequence.get("activities", ()):
            yield sequence["key"], activity


def well_formed(key: str) -> bool:
    """Say whether a key is one of `s1`, `a12`."""
    return key[:1] in {"s", "a"} and key[1:].isascii() and key[1:].isdigit()


def imports_of(state: LiveState, imports: Sequence[Mapping[str, Any]]) -> tuple[Event, ...]:
    """Return what brings the cards and clusters of the continued séance into this one."""
    events: list[Event] = []
    for part in imports:
        state, more = imported(state, part)
        events += more
    return tuple(events)


def evolve_session_opened(state: LiveState, event: SessionOpened, at: datetime | None) -> LiveState:
    data = event.snapshot
    sequences = {item["key"]: sequence_of(item) for item in data["sequences"]}
    activities = {
        activity["key"]: activity_of(activity, sequence, options_for(event, activity["key"]))
        for sequence, activity in activities_in(data)
    }
    for key in (*sequences, *activities):
        state = with_key_taken(state, key)
    meeting = meeting_of(data["meeting"])
    return replace(
        state,
        phase="lobby",
        meeting=replace(meeting, previous=words_back(meeting.previous, tuple(event.recap))),
        order=tuple(sequences),
        sequences=sequences,
        activities=activities,
        opened_at=at,
    )


def options_for(event: SessionOpened, activity: str) -> list[Mapping[str, Any]]:
    """Return the options of one activity, under their own keys."""
    prefix = f"{activity}:"
    return [
        {**option, "key": option["key"].removeprefix(prefix)}
        for option in event.options
        if option["key"].startswith(prefix)
    ]


DECIDERS: Mapping[type, Decider] = {OpenSession: decide_open_session}
EVOLVERS: Mapping[type, Evolver] = {SessionOpened: evolve_session_opened}
