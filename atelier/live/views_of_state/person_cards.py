"""One's own card as its author reads it: the words, where they are, what may still be done."""

from __future__ import annotations

from typing import Any

from atelier.live.rules.card_fit import COMMITMENT_FIELDS, HYPOTHESIS_FIELDS
from atelier.live.rules.visibility import receipt, standing_card
from atelier.live.state import Activity, Contribution, LiveState

NOT_IN_MINUTES = frozenset({"none"})


def card_of(state: LiveState, card: Contribution) -> dict[str, Any]:
    """Return one card of `me.cards`. `id` is the card's number; `at` an ISO moment, absent where hours are not kept."""
    activity = state.activities[card.activity]
    told = receipt(state, card)
    gone = card.status == "withdrawn"
    return {
        "id": card.number,
        "ref": card.ref,
        "activity": card.activity,
        "draft": f"edit-{card.number}",
        "ids": {
            name: f"edit-{card.number}-{name}" for name in ("text", *HYPOTHESIS_FIELDS, *COMMITMENT_FIELDS)
        },
        "current": is_current(state, activity),
        "text": "" if gone else card.text,
        "fields": {} if gone else dict(card.fields),
        "form": activity.kind if activity.kind in {"hypothesis", "commitments"} else "text",
        "sign": sign_of(activity, card.column),
        "column_key": card.column,
        "column": column_label(activity, card.column),
        "state": told.state,
        "at": card.at.isoformat() if card.at else None,
        "title": told.title,
        "placed": bool(told.cluster) and told.state in {"placed", "on_screen"},
        "motive": told.motive,
        "note": told.note,
        "shown": _shown(state, card, told.into) if told.into or told.reworded else "",
        "reworded": told.reworded and not told.sources and not gone,
        "merged": told.state == "merged" or (bool(told.sources) and not gone),
        "misplaced": card.misplaced,
        "can_edit": may_edit(activity, card),
        "can_withdraw": not gone,
        "asks_consent": activity.to_minutes == "validated" and not gone,
        "validated": card.validated,
        "asks_name": activity.anonymity == "named" and activity.to_minutes not in NOT_IN_MINUTES and not gone,
        "name_consent": card.name_consent,
    }


def is_current(state: LiveState, activity: Activity) -> bool:
    """Tell whether a card belongs to what the phone shows now, rather than to an earlier moment of the evening."""
    if activity.phase == "open":
        return True
    return state.current is not None and state.current[1] == activity.key


def may_edit(activity: Activity, card: Contribution) -> bool:
    """Tell whether the author may change the words (D-14): until the close."""
    return activity.phase == "open" and card.status != "withdrawn" and not card.origin


def sign_of(activity: Activity, column: str) -> str:
    """Return the sign of a column of the board: plus, minus or none."""
    return next(
        (c.get("sign") or "none" for c in activity.settings.get("columns", ()) if c["key"] == column), "none"
    )


def column_label(activity: Activity, column: str) -> str:
    return next(
        (str(c.get("label", "")) for c in activity.settings.get("columns", ()) if c["key"] == column), ""
    )


def _shown(state: LiveState, card: Contribution, into: int | None) -> str:
    """Return what stands on the wall for this card, if the desk keeps it there."""
    standing = standing_card(state, card.number) if into else card
    return standing.words if standing.status == "kept" else ""
