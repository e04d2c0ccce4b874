"""« Saisir pour quelqu'un »: one form per activity that takes cards, the same while it runs (R-240, R-241)."""

from __future__ import annotations

from typing import Any

from atelier.live.regions import Region
from atelier.live.state import Activity, LiveState
from atelier.live.views_of_state.desk_rights import Seen, columns_of
from atelier.live.views_of_state.desk_room import activity_with_cards
from atelier.live.views_of_state.for_every_audience import stickers

HYPOTHESIS = ("statement", "evidence", "useful_to", "elsewhere")
COMMITMENT = ("who", "what", "when")


def entry_regions(seen: Seen) -> list[Region]:
    """Return the forms of the activities that take words now, that of where we are first."""
    if not seen.may["enter"] or seen.state.phase not in {"lobby", "live"}:
        return []
    here = activity_with_cards(seen.state)
    taking = [a for a in seen.state.activities.values() if a.takes_cards and a.phase in {"open", "closed"}]
    return [
        seen.region("entry-choice", "entry-choice", "entry_choice", **choice(taking, here)),
        *(seen.region(f"entry-{a.key}", "entry", "entry", **entry_form(seen.state, a)) for a in taking),
    ]


def choice(taking: list[Activity], here: Activity | None) -> dict[str, Any]:
    """Return among which activities one chooses."""
    chosen = here.key if here is not None and here in taking else (taking[-1].key if taking else "")
    return {"here": chosen, "activities": [{"key": a.key, "question": a.question} for a in taking]}


def entry_form(state: LiveState, activity: Activity) -> dict[str, Any]:
    fields = {"hypothesis": HYPOTHESIS, "commitments": COMMITMENT}.get(activity.kind, ())
    anonymous = activity.anonymity == "anonymous"
    return {
        "key": activity.key,
        "kind": activity.kind,
        "question": activity.question,
        "columns": columns_of(activity),
        "fields": list(fields),
        "colleges": [] if anonymous else stickers(state),
        "tables": 0 if anonymous else state.meeting.tables,
        "anonymity": activity.anonymity,
    }
