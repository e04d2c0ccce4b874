"""The centre of the desk: where we are, the keys, what the projector shows, the step that comes, notices."""

from __future__ import annotations

from typing import Any

from atelier.live.regions import Region
from atelier.live.rules.agenda import Step, neighbour
from atelier.live.rules.electorate import finishing
from atelier.live.state import Activity, LiveState, Timer, device_count
from atelier.live.views_of_state.desk_agenda import beginnings
from atelier.live.views_of_state.desk_rights import Seen
from atelier.live.views_of_state.screen import page_count


def scene_regions(seen: Seen) -> list[Region]:
    """Return the head, the notices, the scene's title, the keys, the projector's controls, the notes, what comes."""
    state, around = seen.state, seen.around
    head = {"screens": around.screens, "code": around.code, "phase": state.phase}
    return [
        seen.region("head", "head", "head", **head),
        seen.region("notices", "notices", "notices", **notices(seen)),
        seen.region("scene-title", "scene-title", "scene_title", **scene_title(seen)),
        seen.region("keys", "keys", "keys", **keys(seen)),
        seen.region("big-next", "big-next", "big_next", **big_next(state)),
        seen.region("projector", "projector", "projector", **projector(seen)),
        seen.region("activity", "activity", "activity", **activity_acts(seen)),
        seen.region("notes", "notes", "notes", **notes(state)),
        seen.region("next", "next", "next", **coming_next(seen)),
        seen.region("closing", "closing", "closing", **closing(state)),
    ]


def notices(seen: Seen) -> dict[str, Any]:
    """Return what the desk must not overlook: unreachable address, pauses, who holds the déroulé, the close."""
    state = seen.state
    return {
        "reachable": seen.around.reachable,
        "public_url": seen.around.public_url,
        "frozen_at": state.frozen_at,
        "phones_hidden": state.phones_hidden,
        "blanked": state.blanked,
        "join_large": state.join_large,
        "holder": state.agenda_holder or "",
        "holder_name": state.agenda_label,
        "phase": state.phase,
        "closed_at": state.closed_at,
        "live_display": [
            a.question for a in state.activities.values() if a.live_display and a.phase == "open"
        ],
    }


def scene_title(seen: Seen) -> dict[str, Any]:
    state, activity = seen.state, seen.activity
    sequence = state.sequences.get(state.current[0]) if state.current else None
    return {
        "title": sequence.title if sequence else state.meeting.title,
        "question": activity.question if activity else "",
        "number": state.order.index(sequence.key) + 1 if sequence else 0,
        "total": len(state.order),
        "phase": state.phase,
        "activity_phase": activity.phase if activity else "",
        "closing_at": activity.closing_at if activity else None,
        "vote": bool(activity and activity.is_vote),
        "frozen": state.frozen_at is not None,
        "timer": timer_data(state.timer),
    }


def timer_data(timer: Timer | None) -> dict[str, Any] | None:
    """Return a countdown for <time-left>: no ticking number, seconds left only while it is paused."""
    if timer is None:
        return None
    left = timer.paused_left
    return {
        "ends_at": timer.ends_at,
        "duration": int((timer.ends_at - timer.started_at).total_seconds()),
        "paused_left": None if left is None else int(left.total_seconds()),
        "by_hand": timer.target == "",
        "held": timer.held,
    }


def step_title(state: LiveState, step: Step | None) -> str:
    """Return what a step is called: its sequence, or its question when the sequence goes on."""
    if step is None:
        return ""
    same = bool(state.current and state.current[0] == step[0])
    if same and step[1]:
        return state.activities[step[1]].question
    return state.sequences[step[0]].title


def keys(seen: Seen) -> dict[str, Any]:
    """Return what the six keys do now."""
    state, activity = seen.state, seen.activity
    return {
        "running": state.phase in {"lobby", "live"},
        "before": neighbour(state, -1) is not None,
        "next": step_title(state, neighbour(state, 1)),
        "sequence": state.current[0] if state.current else "",
        "activity": activity.key if activity else "",
        "main": main_act(activity),
        "is_vote": bool(activity and activity.is_vote),
        "received": sum(activity.turnout.values()) + activity.paper if activity else 0,
        "devices": device_count(state),
        "finishing": len(finishing(state, activity, seen.around.now)) if activity else 0,
        "frozen": state.frozen_at is not None,
        "blanked": state.blanked,
        "timer_by_hand": bool(state.timer and state.timer.target == ""),
    }


def big_next(state: LiveState) -> dict[str, Any]:
    """Return what « Suivant » names on a desk held in the hand."""
    return {
        "running": state.phase in {"lobby", "live"},
        "before": neighbour(state, -1) is not None,
        "next": step_title(state, neighbour(state, 1)),
    }


def main_act(activity: Activity | None) -> str:
    """Return open, close, reveal, reopen, or "" where the second key has nothing to do."""
    if activity is None or activity.kind in {"presentation", "recap"}:
        return ""
    if activity.phase == "closed":
        return "reveal" if activity.is_vote else "reopen"
    return {"planned": "open", "open": "close"}.get(activity.phase, "")


def projector(seen: Seen) -> dict[str, Any]:
    """Return the controls of the projector: scenes, pages, join, blank, counts, countdown."""
    state, activity = seen.state, seen.activity
    pages = page_count(state)
    walls = [a for a in state.activities.values() if a.takes_cards and a.phase != "planned"]
    return {
        "code": seen.around.code,
        "scene": {"kind": state.scene.kind, "target": state.scene.target},
        "page": min(state.scene.page, pages - 1),
        "pages": pages,
        "activity": activity.key if activity else "",
        "walls": [{"key": wall.key, "question": wall.question} for wall in walls],
        "clusters": [
            {"key": key, "title": state.clusters[key].title, "cards": len(state.clusters[key].cards)}
            for key in state.cluster_order
        ],
        "results": [
            {"key": key, "question": state.activities[key].question}
            for key in state.votes
            if key in state.activities and state.activities[key].phase == "revealed"
        ],
        "chosen": sum(1 for card in state.contributions.values() if card.on_screen and card.standing),
        "recap": bool(state.meeting.previous),
        "join_large": state.join_large,
        "hide_counts": state.hide_counts,
        "phones_hidden": state.phones_hidden,
        "timer": timer_data(state.timer),
        "phase": state.phase,
    }


def activity_acts(seen: Seen) -> dict[str, Any]:
    """Return what may be done with the activity where we are, beside opening and closing it."""
    activity = seen.activity
    if activity is None:
        return {"key": ""}
    first = [seen.college(key) for key in activity.first_colleges]
    return {
        "key": activity.key,
        "kind": activity.kind,
        "phase": activity.phase,
        "anonymity": activity.anonymity,
        "takes_cards": activity.takes_cards,
        "first": [college["label"] for college in first if college] if not activity.everyone else [],
        "silent": activity.silent,
        "cards_shown": activity.cards_shown,
        "live_display": activity.live_display,
        "reopenable": activity.phase == "closed" and not activity.is_vote,
        "can_remove": activity.phase == "planned",
    }


def notes(state: LiveState) -> dict[str, Any]:
    """Return the private notes and the instructions of the sequence."""
    sequence = state.sequences.get(state.current[0]) if state.current else None
    return {
        "instructions": sequence.instructions if sequence else "",
        "notes": sequence.notes if sequence else "",
    }


def coming_next(seen: Seen) -> dict[str, Any]:
    """Return the step that « Suivant » reaches: title, hour, first words of its instructions, what is ready for it."""
    state = seen.state
    step = neighbour(state, 1)
    if step is None:
        return {"title": "", "at": None, "instructions": "", "clusters": 0, "loose": 0}
    begins = beginnings(state, seen.minute)
    loose = [card for card in state.contributions.values() if card.standing and card.status != "hidden"]
    return {
        "title": step_title(state, step),
        "at": begins.get(step[0]) if not state.current or step[0] != state.current[0] else None,
        "instructions": state.sequences[step[0]].instructions,
        "clusters": len(state.clusters),
        "loose": sum(1 for card in loose if card.cluster is None) if state.clusters else 0,
    }


def closing(state: LiveState) -> dict[str, Any]:
    """Return what remains before the close of the séance: what is open, votes never revealed, cards not sorted."""
    waiting = [state.activities[key] for key in state.votes if key in state.activities]
    return {
        "phase": state.phase,
        "open": [a.question for a in state.activities.values() if a.phase == "open"],
        "unrevealed": [a.question for a in waiting if a.phase == "closed"],
        "held": sum(1 for card in state.contributions.values() if card.standing and card.status == "held"),
        "closed_at": state.closed_at,
    }
