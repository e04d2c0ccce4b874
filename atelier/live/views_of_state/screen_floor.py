"""The floor on the projector: a name only in a named activity (D-12), else « Au micro », the college and the time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from atelier.live.regions import Region
from atelier.live.rules.speaking import list_of, speaking_now, waiting_order
from atelier.live.state import Activity, LiveState, Turn
from atelier.live.views_of_state.for_every_audience import stickers
from atelier.live.views_of_state.screen_pages import MOST

Data = dict[str, Any]


def floor_region(state: LiveState, activity: Activity) -> Region:
    """Who has the floor: a name only in a named activity (D-12), else « Au micro », the college and the time."""
    now = speaking_now(state, activity.key)
    waiting = waiting_order(state, activity.key)
    seconds = int(activity.settings.get("seconds") or 0)
    data = {
        "phase": activity.phase,
        "speaker": speaker(state, activity, now) if now else None,
        "ends_at": now.started_at + timedelta(seconds=seconds)
        if now and now.started_at and seconds
        else None,
        "seconds": seconds,
        "waiting": [speaker(state, activity, turn) for turn in waiting[:MOST]],
        "more": max(0, len(waiting) - MOST),
        "hidden": state.hide_counts,
        "closed": list_of(state, activity.key).closed,
    }
    return Region("floor", "body", "live/screen/_speaking.html", data)


def speaker(state: LiveState, activity: Activity, turn: Turn) -> Data:
    """Return what the room reads of one turn."""
    known = next((one for one in stickers(state) if one["key"] == turn.college), None)
    name = ""
    if activity.anonymity == "named":
        person = state.people.get(turn.speaker)
        name = turn.label or (person.name if person else "")
    return {"name": name, "college": known}
