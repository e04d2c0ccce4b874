"""The prepared séance as the one value that its opening writes in the journal (architecture §4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from atelier.workshops.colleges import completed
from atelier.workshops.timing import Slot, slots

PARIS = ZoneInfo("Europe/Paris")
MEETING_COLUMNS = (
    "reference", "title", "question", "kind", "place", "tables", "capacity", "moderation", "open_code",
    "confidential", "vote_cards", "fictional",
)  # fmt: skip
ACTIVITY_COLUMNS = (
    "key", "kind", "question", "simple_question", "minutes", "anonymity", "moderation", "to_minutes", "silent",
)  # fmt: skip


class Prepared(Protocol):
    """What is read of a séance's row: models.WorkshopSession, which this floor does not know."""

    starts_at: Any
    colleges: Any
    rules: Any
    rehearsal_of: Any
    sequences: Any


def snapshot_of(
    session: Prepared,
    previous: Mapping[str, Any] | None = None,
    imports: Sequence[Mapping[str, Any]] = (),
    zone: tzinfo = PARIS,
) -> dict[str, Any]:
    """Return the snapshot that `OpenSession` takes (live/rules/opening.py says its shape).

    previous  recap of the continued séance (R-077), made by the caller, who may read the running one
    imports   its cards and clusters, for the boards that go on
    zone      the installation's, for locked hours and the date
    """
    starts = start_times(session, zone)
    return {
        "meeting": meeting(session, previous or {}, zone),
        "sequences": [sequence(row, starts[row.key]) for row in session.sequences],
        "imports": [dict(part) for part in imports],
    }


def meeting(session: Any, previous: Mapping[str, Any], zone: tzinfo) -> dict[str, Any]:
    """Return the `meeting` part."""
    starts = session.starts_at
    return {
        **{name: getattr(session, name) for name in MEETING_COLUMNS},
        "date": starts.astimezone(zone).date().isoformat() if starts else "",
        "starts_at": starts.isoformat() if starts else None,
        "rehearsal": session.rehearsal_of is not None,
        "previous": dict(previous),
        "rules": list(session.rules),
        "colleges": completed(session.colleges),
    }


def sequence(row: Any, slot: Slot | None) -> dict[str, Any]:
    """Return one sequence with its activities."""
    return {
        "key": row.key,
        "title": row.title,
        "minutes": row.minutes,
        "starts_at": slot.starts_at.isoformat() if slot else None,
        "locked": bool(row.locked_start),
        "instructions": row.instructions,
        "notes": row.notes,
        "activities": [activity(item) for item in row.activities],
    }


def activity(row: Any) -> dict[str, Any]:
    """Return one activity."""
    return {
        **{name: getattr(row, name) for name in ACTIVITY_COLUMNS},
        "first_colleges": list(row.first_colleges),
        "settings": dict(row.settings),
        "options": [dict(option) for option in row.options],
    }


def start_times(session: Prepared, zone: tzinfo) -> dict[str, Slot | None]:
    """Return the slot of each sequence by its key; None everywhere while no hour is set."""
    rows = list(session.sequences)
    start: datetime | None = session.starts_at
    if start is None:
        return dict.fromkeys((row.key for row in rows), None)
    found = slots(start, [(row.minutes, row.locked_start) for row in rows], zone)
    return {row.key: slot for row, slot in zip(rows, found, strict=True)}
