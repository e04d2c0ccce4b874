"""A vote at the desk: how many ballots, who may vote, the close, the reveal, paper; never what the ballots say (D-1)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from atelier.live.methods.lots import tie_groups
from atelier.live.regions import Region
from atelier.live.rules.electorate import ballots_in_box, finishing
from atelier.live.state import Activity, LiveState, counted_people, device_count, present_people
from atelier.live.views_of_state.desk_options import coming_options
from atelier.live.views_of_state.desk_rights import Seen

GRADES = {
    5: ("very_good", "good", "passable", "insufficient", "to_reject"),
    7: ("excellent", "very_good", "good", "fairly_good", "passable", "insufficient", "to_reject"),
}
ONE_QUESTION = {"consent": "answer", "check_in": "weather", "roti": "value"}


def vote_regions(seen: Seen) -> list[Region]:
    """Return the panel of the vote where we are, then the earlier votes that wait for their reveal, then paper forms."""
    state, here = seen.state, seen.activity
    current = [here] if here and here.is_vote else []
    votes = [state.activities[key] for key in state.votes if key in state.activities]
    waiting = [vote for vote in votes if vote.phase == "closed" and vote not in current]
    taking_paper = [vote for vote in votes if vote.phase in {"open", "closed"}] if seen.may["paper"] else []
    return [
        *(
            seen.region(f"vote-{vote.key}", "vote", "vote", **vote_panel(seen, vote))
            for vote in current + waiting
        ),
        *(seen.region(f"paper-{vote.key}", "paper", "paper", **paper_form(vote)) for vote in taking_paper),
    ]


def vote_panel(seen: Seen, vote: Activity) -> dict[str, Any]:
    """Return all that the desk may know of a vote."""
    state = seen.state
    number = state.votes.index(vote.key) + 1 if vote.key in state.votes else 0
    return {
        "key": vote.key,
        "kind": vote.kind,
        "number": number,
        "code": seen.around.code,
        "question": vote.question,
        "proposal": str(vote.settings.get("proposal", "")),
        "phase": vote.phase,
        "round": vote.round,
        "here": vote is seen.activity,
        "received": ballots_in_box(vote),
        "paper": vote.paper,
        "present": vote.present if vote.phase in {"closed", "revealed"} else present_people(state),
        "devices": device_count(state),
        "electorate": vote.electorate,
        "quorum": quorum_of(vote),
        "without_phone": state.without_phone,
        "closing_at": vote.closing_at,
        "closed_at": vote.closed_at,
        "reopened": [{"closed_at": closed, "undone_at": undone} for closed, undone in vote.reopened],
        "undoable": vote.phase == "closed" and not vote.settings.get("partial_to_desk"),
        "partial_announced": bool(vote.settings.get("partial_to_desk")),
        "finishing": len(finishing(state, vote, seen.around.now)),
        "entry": entry(state),
        "options": [{"key": option.key, "text": option.text} for option in vote.options],
        "taken": coming_options(state, vote),
        "settings": {name: vote.settings.get(name, "") for name in ("low_label", "high_label")},
        "partial": partial_of(seen, vote),
        "annulled": annulled(vote),
        **revealed(seen, vote),
    }


def partial_of(seen: Seen, vote: Activity) -> Any:
    """Return the partial result, only where the setting opened it to the desk and the phones were told (D-1)."""
    allowed = vote.phase in {"open", "closed"} and bool(vote.settings.get("partial_to_desk"))
    return seen.around.partial.get(vote.key) if allowed and seen.may["vote"] else None


def entry(state: LiveState) -> dict[str, Any]:
    """Return whether the entry is closed, and how many people wait to be let in."""
    waiting = [person for person in state.people.values() if not person.admitted and not person.left]
    return {"closed": state.entry_closed, "waiting": counted_people(waiting)}


def quorum_of(vote: Activity) -> dict[str, int] | None:
    """Return the quorum asked for, in percent and in ballots."""
    percent = vote.settings.get("quorum")
    if not percent:
        return None
    return {"percent": int(percent), "required": -(-vote.electorate * int(percent) // 100)}


def annulled(vote: Activity) -> list[dict[str, Any]]:
    return [
        {"round": kept["round"], "motive": kept.get("motive", ""), "at": iso_moment(kept.get("annulled_at"))}
        for kept in vote.rounds
        if kept["annulled"]
    ]


def iso_moment(value: Any) -> datetime | None:
    return datetime.fromisoformat(value) if isinstance(value, str) and value else value or None


def revealed(seen: Seen, vote: Activity) -> dict[str, Any]:
    """Return the result once revealed: what everybody may know."""
    if vote.phase != "revealed" or vote.result is None:
        return {"result": None, "ties": [], "voices": [], "adopted": False, "colleges": []}
    drawn = [sorted(draw["keys"]) for draw in vote.result.get("draws", ())]
    groups = tie_groups(vote.result)
    return {
        "result": dict(vote.result),
        "ties": [list(group) for group in groups if sorted(group) not in drawn],
        "voices": voices(seen.state, vote),
        "adopted": bool(vote.result.get("adopted")),
        "colleges": [found for one in seen.state.meeting.colleges if (found := seen.college(one.key))],
    }


def voices(state: LiveState, vote: Activity) -> list[dict[str, Any]]:
    """Return the reservations and objections that came with a consent, as cards."""
    texts = (vote.result or {}).get("texts", {})
    found = [(kind, state.contributions.get(number)) for kind, numbers in texts.items() for number in numbers]
    return [
        {"kind": kind, "ref": card.ref, "text": card.words} for kind, card in found if card and card.standing
    ]


def paper_form(vote: Activity) -> dict[str, Any]:
    """Return what a paper entry asks for (D-5). Nothing that changes while people type."""
    low, high = int(vote.settings.get("low", 0)), int(vote.settings.get("high", 10))
    steps: dict[str, list[Any]] = {
        "scale": list(range(low, high + 1)),
        "gradients": list(range(1, 6)),
        "majority_judgment": list(GRADES.get(int(vote.settings.get("grades", 7)), GRADES[7])),
        "consent": ["consent", "reservation", "objection", "withdraw"],
        "check_in": [1, 2, 3, 4, 5],
        "roti": [1, 2, 3, 4, 5],
    }
    return {
        "key": vote.key,
        "kind": vote.kind,
        "question": vote.question,
        "options": [{"key": option.key, "text": option.text} for option in vote.options],
        "single": ONE_QUESTION.get(vote.kind, ""),
        "steps": steps.get(vote.kind, []),
        "multiple": bool(vote.settings.get("multiple")),
        "entered": vote.paper,
    }
