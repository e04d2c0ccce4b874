"""What phones may know: the activities that run, in the order to show them, each in small regions.

Slots of the page: `who` (my college and table), `band` (pause, rehearsal), `main` (what to do now), `mine` (my cards),
`others` (the room's cards), `self` (my place, my link). Composers and ballots are regions of their own, whose data stays
the same while they are open; what is personal in them is filled from `me` (person.py).
"""

from __future__ import annotations

from datetime import datetime

from atelier.live.regions import Around, Audience, Region
from atelier.live.state import Activity, LiveState
from atelier.live.views_of_state.phone_activity import activity_regions
from atelier.live.views_of_state.phone_around import (
    band_region,
    end_region,
    listening_region,
    mine_region,
    self_region,
    waiting_region,
    who_region,
)
from atelier.live.views_of_state.phone_others import others_regions

READ_ONLY = frozenset(
    {"presentation", "recap", "step"}
)  # shown as soon as the desk reaches them: nothing to open


def phone_view(state: LiveState, audience: Audience, around: Around) -> tuple[Region, ...]:
    """Return the regions of the phone."""
    act_url = f"/s/{around.code}/act"
    regions = [who_region(state), band_region(state, act_url)]
    shown = activities_shown(state, audience, around.now)
    if state.phase == "closed":
        regions.append(end_region(state, around))
        shown = ()
    elif not shown:
        regions.append(waiting_region(state))
    others_first = state.current is not None and state.current[1] in audience.hidden
    if state.phase == "live" and not state.phones_hidden and (others_first or not shown):
        regions += listening_region(state, audience)
    for rank, activity in enumerate(shown):
        regions += activity_regions(state, activity, act_url, first=rank == 0)
    regions.append(mine_region(state, act_url))
    for activity in shown:
        regions += others_regions(state, activity, act_url)
    regions.append(self_region(state, act_url))
    return tuple(regions)


def activities_shown(state: LiveState, audience: Audience, now: datetime) -> tuple[Activity, ...]:
    """Return the activities on this audience's phones: the current one first, then those still open, latest first.

    A closed one that is no longer current stays while somebody has time of their own there (D-20).
    """
    if state.phase not in {"lobby", "live"} or state.phones_hidden:
        return ()
    current = state.activities.get(state.current[1] or "") if state.current else None
    found = [current] if current is not None and _is_shown(current) else []
    rest = [a for a in state.activities.values() if a is not current and _goes_on(state, a, now)]
    found += sorted(rest, key=lambda a: a.opened_at or now, reverse=True)
    return tuple(activity for activity in found if activity.key not in audience.hidden)


def _is_shown(activity: Activity) -> bool:
    return activity.phase != "planned" or activity.kind in READ_ONLY


def _goes_on(state: LiveState, activity: Activity, now: datetime) -> bool:
    if activity.phase == "open":
        return True
    return activity.phase == "closed" and any(
        activity.key in person.extra_until and person.extra_until[activity.key] >= now
        for person in state.people.values()
    )
