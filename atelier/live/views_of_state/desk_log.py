"""The log of the desk: what was hidden, closed, undone, corrected, by whom and why (R-257, D-1)."""

from __future__ import annotations

from typing import Any

from atelier.live.regions import Region
from atelier.live.state import LiveState, LogEntry
from atelier.live.views_of_state.desk_rights import Seen

SHOWN = 60
QUIET = frozenset(
    {"keep_contribution", "project_contribution"}
)  # sorting cards is no news; it stays in the journal


def log_regions(seen: Seen) -> list[Region]:
    """Return the last lines of the log, newest first, each drawn once."""
    told = [(place, entry) for place, entry in enumerate(seen.state.log) if entry.act not in QUIET]
    return [
        seen.region(f"log-{place}", "log", "log_line", **log_line(seen.state, entry))
        for place, entry in reversed(told[-SHOWN:])
    ]


def log_line(state: LiveState, entry: LogEntry) -> dict[str, Any]:
    """Return one line; of its parameters, those that are printed."""
    params = entry.params
    activity = state.activities.get(str(params.get("activity", "")))
    return {
        "at": entry.at,
        "act": entry.act,
        "by": entry.by,
        "ref": f"C-{params['number']}" if "number" in params else "",
        "motive": str(params.get("motive", "")),
        "note": str(params.get("note", "")),
        "question": activity.question if activity else "",
        "count": params.get("count", params.get("capacity")),
        "on": bool(params.get("on", True)),
        "previous": str(params.get("previous", "")),
        "role": str(params.get("role", "")),
        "seed": str(params.get("seed", "")),
    }
