"""From plain prepared data to frozen values: the only reader of a snapshot's shape (see opening.OpenSession)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from atelier.live.state import VOTES, WRITING, Activity, College, Meeting, Option
from atelier.live.state import Sequence as AgendaSequence

KINDS = VOTES | WRITING | {"presentation", "speaking", "recap"}
ANONYMITIES = frozenset({"named", "pseudonym", "college", "anonymous"})
WITH_OPTIONS = frozenset({"dot_vote", "choice", "scale", "gradients", "majority_judgment"})
MAX_OPTIONS = 12
MEETING_TEXTS = ("reference", "title", "question", "kind", "date", "place", "moderation")
MEETING_FLAGS = ("open_code", "confidential", "vote_cards", "rehearsal", "fictional")


def frozen(value: Any) -> Any:
    """Return the same data with lists as tuples, as the journal gives it back."""
    if isinstance(value, Mapping):
        return {str(key): frozen(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return tuple(frozen(item) for item in value)
    return value


def meeting_of(data: Mapping[str, Any]) -> Meeting:
    """Read the `meeting` part of a snapshot. ValueError, TypeError or KeyError when it has not that shape."""
    said: dict[str, Any] = {name: str(data[name] or "") for name in MEETING_TEXTS if name in data}
    said |= {name: bool(data[name]) for name in MEETING_FLAGS if name in data}
    return Meeting(
        **said,
        starts_at=moment_of(data.get("starts_at")),
        colleges=tuple(College(**college) for college in data.get("colleges", ())),
        tables=int(data.get("tables") or 0),
        capacity=int(data.get("capacity") or 0),
        previous=frozen(data.get("previous") or {}),
        rules=tuple(str(rule) for rule in data.get("rules", ())),
    )


def sequence_of(data: Mapping[str, Any]) -> AgendaSequence:
    """Read one sequence of a snapshot, without its activities."""
    return AgendaSequence(
        key=data["key"],
        title=str(data["title"]),
        minutes=int(data.get("minutes") or 0),
        starts_at=moment_of(data.get("starts_at")),
        locked=bool(data.get("locked", False)),
        instructions=str(data.get("instructions") or ""),
        notes=str(data.get("notes") or ""),
        activities=tuple(activity["key"] for activity in data.get("activities", ())),
    )


def activity_of(
    data: Mapping[str, Any], sequence: str, options: Sequence[Mapping[str, Any]] | None = None
) -> Activity:
    """Read one activity; `options` in place of its own when the words travel apart. Turns are never anonymous."""
    anonymity = data.get("anonymity") or "college"
    if data["kind"] not in KINDS or anonymity not in ANONYMITIES:
        raise ValueError(f"unknown kind or anonymity: {data['kind']}, {anonymity}")
    if data["kind"] == "speaking" and anonymity == "anonymous":
        anonymity = "college"
    found = data.get("options", ()) if options is None else options
    return Activity(
        key=data["key"],
        sequence=sequence,
        kind=data["kind"],
        question=str(data.get("question") or ""),
        simple_question=str(data.get("simple_question") or ""),
        minutes=minutes_of(data.get("minutes")),
        anonymity=anonymity,
        moderation=data.get("moderation") or "",
        to_minutes=data.get("to_minutes") or "all",
        first_colleges=tuple(data.get("first_colleges") or ()),
        silent=bool(data.get("silent", False)),
        settings=frozen(dict(data.get("settings") or {})),
        options=tuple(option_of(option) for option in found),
        everyone=not data.get("first_colleges"),
    )


def option_of(data: Mapping[str, Any]) -> Option:
    """Read one option; `copied_from` holds numbers (12) or references (`C-12`) of cards of this séance."""
    return Option(
        key=data["key"],
        text=str(data.get("text") or ""),
        cluster=data.get("cluster"),
        copied_from=tuple(card_number(card) for card in data.get("copied_from") or ()),
    )


def card_number(reference: int | str) -> int:
    """`C-12` or 12 -> 12."""
    return reference if isinstance(reference, int) else int(reference.rpartition("-")[2])


def numbered_options(options: Sequence[Mapping[str, Any]]) -> tuple[Mapping[str, Any], ...]:
    """Return options that each have a key of their own: theirs if it is free, else the next `o…`."""
    taken: set[str] = set()
    fresh = (f"o{number}" for number in range(1, 1000))
    wanted = {str(option.get("key") or "") for option in options}
    done = []
    for option in options:
        key = str(option.get("key") or "")
        if not key or key in taken:
            key = next(candidate for candidate in fresh if candidate not in wanted | taken)
        taken.add(key)
        text = str(option.get("text") or "").strip()
        copied = tuple(card_number(card) for card in option.get("copied_from") or ())
        done.append({"key": key, "text": text, "cluster": option.get("cluster"), "copied_from": copied})
    return tuple(done)


def minutes_of(value: Any) -> int | None:
    """Return planned minutes, None where nothing is planned."""
    return int(value) if value else None


def moment_of(value: Any) -> datetime | None:
    """Return a moment from its ISO text."""
    return value if value is None or isinstance(value, datetime) else datetime.fromisoformat(value)
