"""The room's cards on phones: only what the rules let others read, from whom only as the sentence had promised (D-12)."""

from __future__ import annotations

from typing import Any

from atelier.live.regions import Region
from atelier.live.rules.attribution import ROOM, attribution
from atelier.live.rules.visibility import visible_to_others
from atelier.live.state import Activity, Contribution, LiveState
from atelier.live.views_of_state.for_every_audience import sticker
from atelier.live.views_of_state.person_cards import column_label, sign_of

MOST = 40  # cards drawn on one phone; the wall shows them all


def others_regions(state: LiveState, activity: Activity, act_url: str) -> list[Region]:
    """Return the heading and the cards of one activity; nothing while they are hidden or there is none."""
    if not activity.takes_cards:
        return []
    cards = [card for card in state.cards_of(activity.key) if visible_to_others(state, activity, card)]
    if not cards:
        return []
    shown = in_order(activity, cards)[:MOST]
    data = {"kind": activity.kind, "count": len(cards), "more": len(cards) - len(shown)}
    return [
        Region(f"room-{activity.key}", "others", "live/phone/_room.html", data),
        *(_card_region(state, activity, card, act_url) for card in shown),
    ]


def in_order(activity: Activity, cards: list[Contribution]) -> list[Contribution]:
    """Return the cards latest first; questions by support, the answered ones last."""
    if activity.kind == "questions":
        return sorted(cards, key=lambda card: (card.answered, -len(card.upvotes), card.number))
    return sorted(cards, key=lambda card: -card.number)


def _card_region(state: LiveState, activity: Activity, card: Contribution, act_url: str) -> Region:
    supports = activity.kind == "questions" and activity.settings.get("upvotes", True)
    data: dict[str, Any] = {
        "number": card.number,
        "text": card.words,
        "fields": shown_fields(card) if activity.kind in {"hypothesis", "commitments"} else {},
        "kind": activity.kind,
        "sign": sign_of(activity, card.column),
        "column": column_label(activity, card.column),
        "who": who_of(state, card),
        "support": len(card.upvotes) if supports else None,
        "open": activity.phase == "open",
        "answered": card.answered,
        "act_url": act_url,
    }
    return Region(f"card-{card.number}", "others", "live/phone/_other_card.html", data)


def shown_fields(card: Contribution) -> dict[str, str]:
    """Return the fields of a form that stand as their author wrote them; none beside words that replace the author's."""
    return dict(card.fields) if card.words == card.text else {}


def who_of(state: LiveState, card: Contribution) -> dict[str, Any]:
    """Return what the room may know of who wrote a card, its college as a sticker."""
    known = attribution(state, card, ROOM)
    college = next((c for c in state.meeting.colleges if c.key == known.get("college")), None)
    if college is not None:
        known["college"] = sticker(college)
    else:
        known.pop("college", None)
    return known
