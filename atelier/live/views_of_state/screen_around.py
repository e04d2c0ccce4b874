"""What stands around a scene of the projector, and the scenes that belong to no activity. No name, no control, no error."""

from __future__ import annotations

from typing import Any

from atelier.live.regions import Around, Region
from atelier.live.rules.earlier import readable
from atelier.live.state import LiveState, present_people
from atelier.live.views_of_state.for_every_audience import sticker, stickers
from atelier.live.views_of_state.screen_pages import page_at, text_pages

Data = dict[str, Any]


def address(around: Around) -> str:
    """Return the public address as one types it."""
    return around.public_url.partition("://")[2] or around.public_url


def band(state: LiveState) -> Region:
    """The marks that stand on every scene: rehearsal, invented content."""
    data = {"rehearsal": state.meeting.rehearsal, "fictional": state.meeting.fictional}
    return Region("band", "band", "live/screen/_band.html", data)


def strip(state: LiveState, around: Around) -> Region:
    """The join strip: always there, with the counts hidden too."""
    data = {
        **joining(around),
        "running": state.phase != "closed",
        "present": None if state.hide_counts or state.phase == "draft" else present_people(state),
    }
    return Region("strip", "strip", "live/screen/_strip.html", data)


def joining(around: Around) -> Data:
    return {"code": around.code, "join_url": around.join_url, "address": address(around)}


def margin(number: int, code: str) -> Region:
    """The margin: number of the sequence, and what the room is doing in two words (a code)."""
    return Region("margin", "margin", "live/screen/_margin.html", {"number": number, "code": code})


def lobby(state: LiveState, around: Around) -> tuple[Region, ...]:
    """The séance before its start, or the code in large over anything."""
    meeting = state.meeting
    text = {
        "title": meeting.title,
        "question": meeting.question,
        "starts_at": meeting.starts_at,
        "place": meeting.place,
        "running": state.phase == "live",
    }
    return (
        margin(0, ""),
        Region("lobby", "full", "live/screen/_lobby.html", text),
        Region("lobby-count", "full", "live/screen/_lobby_count.html", people(state)),
        Region("cloth", "full", "live/screen/_cloth.html", {**joining(around), "colleges": stickers(state)}),
    )


def people(state: LiveState) -> Data:
    """How many are there, by college where each college has come; nothing when the counts are hidden."""
    if state.hide_counts:
        return {"present": None, "colleges": []}
    seated = [person for person in state.people.values() if not person.left]
    counts = [
        {
            **sticker(college),
            "count": sum(p.people if p.shared else 1 for p in seated if p.college == college.key),
        }
        for college in state.meeting.colleges
    ]
    return {"present": present_people(state), "colleges": [count for count in counts if count["count"]]}


def blank(state: LiveState) -> tuple[Region, ...]:
    """« Écran neutre »: the mark of the house and nothing of the séance."""
    return (Region("blank", "full", "live/screen/_blank.html", {}),)


def pause(state: LiveState) -> tuple[Region, ...]:
    """« Figer »: what is sent waits, timers stand still."""
    return (Region("pause", "full", "live/screen/_pause.html", {"title": state.meeting.title}),)


def end(state: LiveState) -> tuple[Region, ...]:
    """The end of the séance: thanks, what is counted, where the rest is read."""
    cards = sum(1 for card in state.contributions.values() if card.standing and card.status != "hidden")
    votes = sum(1 for key in state.votes if state.activities[key].phase == "revealed")
    data = {
        "title": state.meeting.title,
        "present": None if state.hide_counts else present_people(state),
        "cards": None if state.hide_counts else cards,
        "votes": None if state.hide_counts else votes,
    }
    return (margin(0, "end"), Region("end", "full", "live/screen/_end.html", data))


def sequence_scene(state: LiveState, key: str) -> tuple[Region, ...]:
    """A sequence without activity: its title, its instructions, the time left."""
    sequence = state.sequences[key]
    pages = text_pages("", sequence.instructions)
    page = page_at([1] * len(pages), 1, state.scene.page, 1)
    top = head(
        sequence.title,
        page_data(page.number, page.total),
        timer=timer_of(state, {key, *sequence.activities}),
    )
    body = Region("text", "body", "live/screen/_text.html", pages[page.number])
    return (margin(number_of(state, key), ""), top, body)


def head(question: str, page: Data | None = None, **more: Any) -> Region:
    """The head of a scene: title, time left, rule of the activity, legend, page. One shape for all of them."""
    data: Data = {
        "question": question,
        "page": page,
        "timer": None,
        "closing_at": None,
        "closed": False,
        "rule": None,
        "wall": False,
        "legend": [],
        "sign": "none",
        "count": None,
        "recap": "",
    }
    return Region("head", "head", "live/screen/_head.html", data | more)


def page_data(number: int, total: int) -> Data | None:
    return {"number": number + 1, "total": total} if total > 1 else None


def number_of(state: LiveState, sequence: str) -> int:
    """Return the place of a sequence in the déroulé, from 1; 0 for what has none."""
    return state.order.index(sequence) + 1 if sequence in state.order else 0


def timer_of(state: LiveState, targets: set[str]) -> Data | None:
    """Return the countdown to show beside `targets`: theirs, or one started by hand. Hours, nothing that ticks."""
    timer = state.timer
    if timer is None or (timer.target and timer.target not in targets):
        return None
    left = timer.paused_left
    return {
        "ends_at": timer.ends_at,
        "duration": int((timer.ends_at - timer.started_at).total_seconds()),
        "paused_left": None if left is None else int(left.total_seconds()),
    }


def recap_items(state: LiveState) -> list[Data]:
    """Return what the continued séance left (R-077), one line each, in the order of the recap."""
    previous = readable(state.meeting.previous)
    found = []
    for part in ("clusters", "ranking", "questions"):
        for item in previous.get(part) or ():
            said = item if isinstance(item, str) else item.get("title") or item.get("text") or ""
            count = 0 if isinstance(item, str) else item.get("count") or 0
            found.append({"part": part, "text": said, "count": count})
    return found
