"""The speaking list at the desk: who speaks, since when, who waits (domain §4, method 9)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from atelier.live.regions import Region
from atelier.live.rules.speaking import list_of, speaking_by_college, speaking_now, waiting_order
from atelier.live.state import Turn
from atelier.live.views_of_state.desk_rights import Seen
from atelier.live.views_of_state.for_every_audience import stickers


def speaking_regions(seen: Seen) -> list[Region]:
    """Return the list of the activity where we are, if it is one."""
    activity = seen.activity
    if activity is None or activity.kind != "speaking":
        return []
    state = seen.state
    seconds = int(activity.settings.get("seconds", 120))
    now = speaking_now(state, activity.key)
    shares = speaking_by_college(state)
    data = {
        "key": activity.key,
        "phase": activity.phase,
        "policy": str(activity.settings.get("policy", "fifo")),
        "closed": list_of(state, activity.key).closed,
        "now": speaker(seen, now) if now else None,
        "ends_at": now.started_at + timedelta(seconds=seconds) if now and now.started_at else None,
        "seconds": seconds,
        "paused": state.frozen_at is not None,
        "waiting": [speaker(seen, turn) for turn in waiting_order(state, activity.key)],
        "colleges": stickers(state),
        "shares": [
            {
                "label": college.label,
                "turns": shares[college.key][0],
                "minutes": round(shares[college.key][1] / 60),
            }
            for college in state.meeting.colleges
            if college.key in shares
        ],
    }
    return [seen.region(f"speaking-{activity.key}", "speaking", "speaking", **data)]


def speaker(seen: Seen, turn: Turn) -> dict[str, Any]:
    """Return who asks to speak: the name they gave, else the word of the desk, else their college and table."""
    person = seen.state.people.get(turn.speaker)
    return {
        "turn": turn.key,
        "name": turn.label or (person.name if person else ""),
        "table": person.table if person else None,
        "college": seen.college(turn.college),
        "by_hand": turn.speaker.startswith("hand:"),
    }
