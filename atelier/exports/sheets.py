"""Paper: what each activity becomes on sheets to fill, in the order of the déroulé (domain §5: paper counts as much).

A sheet bears the code of the séance, the number of the activity and, at the bottom right, its ticket, which the desk types
when it enters the sheet (`saisir pour quelqu'un`). A ballot bears no ticket of its own: the vote is secret.
"""

from __future__ import annotations

from typing import Any

from atelier.live.methods import dot_vote
from atelier.live.methods.choice import bounds as choice_bounds
from atelier.live.methods.gradients import steps_of
from atelier.live.methods.majority_judgment import grades_of
from atelier.live.methods.scale import bounds as scale_bounds
from atelier.live.rules.voting import option_keys
from atelier.live.state import Activity, LiveState

Data = dict[str, Any]
CARDS = frozenset({"contributions", "board", "questions", "step"})
FORMS = frozenset({"hypothesis", "commitments"})
PER_PAGE = {"card": 4, "form": 2, "ballot": 2}
MOST_COPIES = 500
LONG_BALLOT = 8  # options from which a ballot takes a page


def shape_of(activity: Activity) -> str:
    """Return what the activity is on paper: card, form, ballot, or nothing."""
    if activity.is_vote:
        return "ballot"
    if activity.kind in FORMS:
        return "form"
    return "card" if activity.kind in CARDS and activity.takes_cards else ""


def activity_number(state: LiveState, key: str) -> int:
    """Return the place of an activity among those that go on paper, in the order of the déroulé, from 1."""
    return printable(state).index(key) + 1


def printable(state: LiveState) -> list[str]:
    """Return the activities that go on paper, in the order of the déroulé."""
    keys = [key for sequence in state.order for key in state.sequences[sequence].activities]
    return [key for key in keys if shape_of(state.activities[key])]


def remaining(state: LiveState) -> list[str]:
    """Return those still to come: « Tout imprimer » when the network is gone."""
    return [
        key
        for key in printable(state)
        if state.activities[key].phase in {"planned", "open"}
        and not state.sequences[state.activities[key].sequence].skipped
    ]


def ticket(activity: int, sheet: int) -> str:
    """`3, 17` -> `0317`: the same sheet is never entered twice (`sheet_already_entered`)."""
    return f"{activity:02d}{sheet:02d}"


def sheets_of(state: LiveState, key: str, copies: int, first: int = 1) -> Data:
    """Return everything the pages of one activity need: its form, and its tickets by page."""
    activity = state.activities[key]
    shape = shape_of(activity)
    number = activity_number(state, key)
    ballot = ballot_of(activity) if shape == "ballot" else None
    per_page = PER_PAGE[shape] if len(activity.options) < LONG_BALLOT else 1
    tickets = [ticket(number, sheet) for sheet in range(first, first + min(max(copies, 1), MOST_COPIES))]
    return {
        "key": key,
        "number": number,
        "kind": activity.kind,
        "shape": shape,
        "question": activity.question or state.sequences[activity.sequence].title,
        "simple": activity.simple_question,
        "anonymity": activity.anonymity,
        "per_table": activity.settings.get("per") == "table",
        "columns": [
            {name: str(column.get(name) or "") for name in ("key", "label", "sign", "prompt")}
            for column in activity.settings.get("columns", ())
        ],
        "instruction": str(activity.settings.get("instruction") or ""),
        "ballot": ballot,
        "per_page": per_page,
        "pages": [tickets[start : start + per_page] for start in range(0, len(tickets), per_page)],
    }


def ballot_of(activity: Activity) -> Data:
    """Return what a paper ballot of this method is made of."""
    settings, keys = activity.settings, option_keys(activity)
    data: Data = {
        "options": [{"key": o.key, "text": o.text, "number": n} for n, o in enumerate(activity.options, 1)],
        "proposal": str(settings.get("proposal") or ""),
    }
    if activity.kind == "dot_vote":
        data["dots"], data["per_option"] = dot_vote.allowance(settings, keys)
    if activity.kind == "choice":
        data["least"], data["most"] = choice_bounds(settings, keys)
    if activity.kind == "scale":
        low, high = scale_bounds(settings)
        data["steps"] = list(range(low, high + 1))
        data |= {name: str(settings.get(name) or "") for name in ("low_label", "high_label")}
    if activity.kind == "gradients":
        data["levels"] = steps_of(settings)
    if activity.kind == "majority_judgment":
        data["grades"] = list(reversed(grades_of(settings)))
    return data
