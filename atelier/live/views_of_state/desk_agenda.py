"""The déroulé at the desk: lateness first, then each sequence with what it took and what was planned (R-202)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from atelier.live.regions import Region
from atelier.live.rules.contributions import starts_held
from atelier.live.state import LiveState, Sequence, device_count
from atelier.live.views_of_state.desk_rights import Seen

MINUTE = timedelta(minutes=1)


def agenda_regions(seen: Seen) -> list[Region]:
    """Return the lateness (twice: above the déroulé, and above all on a phone), the rows, the foot, the catching up."""
    state = seen.state
    begins = beginnings(state, seen.minute)
    late = lateness(state, begins, seen.minute)
    rows = [agenda_row(seen, key, begins, late["planned_end"]) for key in state.order]
    return [
        seen.region("lateness", "lateness", "lateness", **late),
        seen.region("lateness-band", "band", "lateness", **late),
        *(seen.region(f"seq-{row['key']}", "agenda", "agenda_row", **row) for row in rows),
        seen.region(
            "agenda-foot",
            "agenda-foot",
            "agenda_foot",
            late=late["late"],
            phase=state.phase,
            code=seen.around.code,
            reference=state.meeting.reference,
        ),
        seen.region("catch-up", "catch-up", "catch_up", late=late["late"], rows=coming(state)),
    ]


def duration(sequence: Sequence) -> timedelta:
    return (sequence.minutes + sequence.extended) * MINUTE


def beginnings(state: LiveState, now: datetime) -> Mapping[str, datetime]:
    """Return when each sequence began, or will begin if what is open takes its time and no more.

    A sequence passed over without being played has no beginning; one that was skipped neither.
    """
    begins: dict[str, datetime] = {}
    here = state.order.index(state.current[0]) if state.current and state.current[0] in state.order else -1
    start = state.meeting.starts_at or now
    running = max(now, start) if state.phase in {"draft", "lobby"} else now
    for place, key in enumerate(state.order):
        sequence = state.sequences[key]
        if sequence.started_at is not None:
            begins[key] = sequence.started_at
            if place == here:
                running = max(now, sequence.started_at + duration(sequence))
        elif place > here and not sequence.skipped:
            held = sequence.starts_at if sequence.locked else None
            begins[key] = max(running, held) if held else running
            running = begins[key] + duration(sequence)
    return begins


def ends_at(state: LiveState, begins: Mapping[str, datetime], now: datetime) -> datetime | None:
    """Return when the séance ends if what is left takes its planned time."""
    if state.phase == "closed":
        return state.closed_at
    here = state.current[0] if state.current else None
    ends = [
        max(begin + duration(state.sequences[key]), now)
        if key == here
        else begin + duration(state.sequences[key])
        for key, begin in begins.items()
        if key == here or state.sequences[key].started_at is None
    ]
    return max(ends, default=None)


def planned_end(state: LiveState) -> datetime | None:
    """Return the hour announced to the room, from the hours of the preparation."""
    planned = [state.sequences[key] for key in state.order if not state.sequences[key].inserted]
    hours = [sequence.starts_at + sequence.minutes * MINUTE for sequence in planned if sequence.starts_at]
    if hours:
        return max(hours)
    start = state.meeting.starts_at or state.started_at
    return start + sum(sequence.minutes for sequence in planned) * MINUTE if start and planned else None


def lateness(state: LiveState, begins: Mapping[str, datetime], now: datetime) -> dict[str, Any]:
    """Return {late: minutes, negative when early; ends_at; planned_end; phase}."""
    end, announced = ends_at(state, begins, now), planned_end(state)
    late = round((end - announced) / MINUTE) if end and announced else 0
    return {"late": late, "ends_at": end, "planned_end": announced, "phase": state.phase}


def agenda_row(seen: Seen, key: str, begins: Mapping[str, datetime], end: datetime | None) -> dict[str, Any]:
    """Return one row: hour, title, minutes, state, activities."""
    state, sequence = seen.state, seen.state.sequences[key]
    begin = begins.get(key)
    return {
        "key": key,
        "title": sequence.title,
        "at": begin,
        "status": status_of(state, sequence),
        "past_end": bool(begin and end and begin >= end and sequence.started_at is None),
        "planned": sequence.minutes,
        "extended": sequence.extended,
        "real": minutes_taken(state, sequence, seen.minute),
        "locked": sequence.locked,
        "inserted": sequence.inserted,
        "place": state.order.index(key),
        "last": state.order[-1] == key,
        "phones": device_count(state) if state.current and state.current[0] == key else 0,
        "activities": [activity_line(state, activity) for activity in sequence.activities],
    }


def status_of(state: LiveState, sequence: Sequence) -> str:
    """Return done, current, skipped or planned."""
    if state.current and state.current[0] == sequence.key and state.phase != "closed":
        return "current"
    if sequence.skipped:
        return "skipped"
    return "done" if sequence.started_at is not None else "planned"


def minutes_taken(state: LiveState, sequence: Sequence, now: datetime) -> int | None:
    """Return the minutes that a sequence took so far, None before it began."""
    if sequence.started_at is None:
        return None
    end = sequence.ended_at or state.closed_at or now
    return max(0, round((end - sequence.started_at) / MINUTE))


def activity_line(state: LiveState, key: str) -> dict[str, Any]:
    activity = state.activities[key]
    return {
        "key": key,
        "sequence": activity.sequence,
        "kind": activity.kind,
        "question": activity.question,
        "minutes": activity.minutes,
        "phase": activity.phase,
        "current": bool(state.current and state.current[1] == key),
        "held_first": activity.takes_cards and starts_held(state, activity),
        "settings": dict(activity.settings) if activity.phase == "planned" else {},
        "options": [option.text for option in activity.options] if activity.phase == "planned" else [],
        "untouched": activity.untouched,
    }


def coming(state: LiveState) -> list[dict[str, Any]]:
    """Return what may still be shortened: sequences not begun, without a fixed hour."""
    return [
        {"key": key, "title": sequence.title, "minutes": sequence.minutes + sequence.extended}
        for key in state.order
        if (sequence := state.sequences[key]).started_at is None
        and not sequence.skipped
        and not sequence.locked
    ]
