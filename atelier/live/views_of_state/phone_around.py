"""What stands around the activity on a phone: who I am, the pause, the waiting page, the end, my cards, my place."""

from __future__ import annotations

from typing import Any

from atelier.live.regions import Around, Audience, Region
from atelier.live.state import LiveState
from atelier.live.views_of_state.for_every_audience import stickers


def who_region(state: LiveState) -> Region:
    data = {"colleges": stickers(state), "tables": state.meeting.tables > 0}
    return Region("who", "who", "live/phone/_who.html", data)


def band_region(state: LiveState, act_url: str) -> Region:
    """The lines above everything: rehearsal, pause, and the number of people of a table phone."""
    data = {
        "frozen": state.frozen_at is not None,
        "rehearsal": state.meeting.rehearsal,
        "vote_open": any(a.is_vote and a.phase == "open" for a in state.activities.values()),
        "act_url": act_url,
    }
    return Region("band", "band", "live/phone/_band.html", data)


def waiting_region(state: LiveState) -> Region:
    """« Rien à faire ici pour le moment »: where the evening is, and what it is made of."""
    here = state.sequences.get(state.current[0]) if state.current and state.phase == "live" else None
    data: dict[str, Any] = {
        "phase": "hidden" if state.phones_hidden else state.phase,
        "title": state.meeting.title,
        "question": state.meeting.question,
        "place": state.meeting.place,
        "starts_at": state.meeting.starts_at,
        "here": {"title": here.title, "instructions": here.instructions} if here else None,
        "timer": countdown(state) if here and state.timer and state.timer.target == here.key else None,
        "programme": programme(state),
        "rules": list(state.meeting.rules),
    }
    return Region("waiting", "main", "live/phone/_waiting.html", data)


def countdown(state: LiveState) -> dict[str, Any] | None:
    """Return the countdown in hours and seconds that do not tick: scripts count from them."""
    timer = state.timer
    if timer is None:
        return None
    left = timer.paused_left
    return {
        "ends_at": timer.ends_at,
        "duration": int((timer.ends_at - timer.started_at).total_seconds()),
        "paused_left": None if left is None else int(left.total_seconds()),
    }


def programme(state: LiveState) -> list[dict[str, Any]]:
    """Return the sequences that remain in the evening: planned hour, title, whether it is the current one."""
    here = state.current[0] if state.current else None
    return [
        {"title": sequence.title, "at": sequence.starts_at, "minutes": sequence.minutes, "here": key == here}
        for key, sequence in ((key, state.sequences[key]) for key in state.order)
        if not sequence.skipped
    ]


def listening_region(state: LiveState, audience: Audience) -> list[Region]:
    """Say that others speak first (R-249): which colleges, and that one's turn comes."""
    labels = {college.key: college.label for college in state.meeting.colleges}
    first = [
        labels[key]
        for activity in state.activities.values()
        if activity.key in audience.hidden
        for key in activity.first_colleges
        if key in labels
    ]
    return [Region("listening", "main", "live/phone/_listening.html", {"colleges": first})] if first else []


def end_region(state: LiveState, around: Around) -> Region:
    data = {
        "title": state.meeting.title,
        "closed_at": state.closed_at,
        "contacts_url": f"/coordonnees/{around.session_id}?vers=/s/{around.code}",
        "story_url": f"/seances/{around.code}/recit",
    }
    return Region("end", "main", "live/phone/_end.html", data)


def mine_region(state: LiveState, act_url: str) -> Region:
    """My cards: the same frame for everybody, filled for each from `me.cards`."""
    writing = any(a.takes_cards and a.phase != "planned" for a in state.activities.values())
    data = {"act_url": act_url, "closed": state.phase == "closed", "writing": writing}
    return Region("mine", "mine", "live/phone/_mine.html", data)


def self_region(state: LiveState, act_url: str) -> Region:
    data = {
        "act_url": act_url,
        "colleges": stickers(state),
        "tables": state.meeting.tables,
        "running": state.phase in {"lobby", "live"},
    }
    return Region("self", "self", "live/phone/_self.html", data)
