"""The tables of the room, in words: cards, people, who asks for help, who has finished (D-19)."""

from __future__ import annotations

from collections import Counter
from typing import Any

from atelier.live.regions import Region
from atelier.live.state import Activity, LiveState, Participant, counted_people
from atelier.live.views_of_state.desk_rights import Seen

FEW = 2  # a table with less than half of the cards of the middle table is said to have few


def room_regions(seen: Seen) -> list[Region]:
    """Return one region per table."""
    tables = table_lines(seen.state, activity_with_cards(seen.state))
    return [seen.region(f"table-{line['number']}", "tables", "table", **line) for line in tables]


def activity_with_cards(state: LiveState) -> Activity | None:
    """Return the activity whose cards concern us: where we are, else the last one before that took cards."""
    here = state.current
    found = None
    for key in state.order:
        for name in state.sequences[key].activities:
            activity = state.activities[name]
            if activity.takes_cards and activity.phase != "planned":
                found = activity
            if here == (key, name):
                return activity if activity.takes_cards else found
        if here and here[0] == key:
            return found
    return found


def table_lines(state: LiveState, activity: Activity | None) -> list[dict[str, Any]]:
    """Return the tables: number, cards in the activity, people, state, and who asks for help there."""
    if not state.meeting.tables or state.phase not in {"lobby", "live"}:
        return []
    cards = (
        Counter(card.table for card in state.cards_of(activity.key) if card.table) if activity else Counter()
    )
    seated: dict[int, list[Participant]] = {}
    for person in state.people.values():
        if person.table and not person.left:
            seated.setdefault(person.table, []).append(person)
    counts = sorted(cards.get(number, 0) for number in range(1, state.meeting.tables + 1))
    middle = counts[len(counts) // 2]
    is_open = bool(activity and activity.phase == "open")
    return [
        table_line(number, cards.get(number, 0), seated.get(number, []), middle if is_open else 0)
        for number in range(1, state.meeting.tables + 1)
    ]


def table_line(number: int, cards: int, people: list[Participant], middle: int) -> dict[str, Any]:
    asking = [person.key for person in people if person.wants_help]
    finished = bool(people) and any(person.finished for person in people)
    few = middle > FEW and cards * 2 < middle
    return {
        "number": number,
        "cards": cards,
        "people": counted_people(people),
        "state": "help" if asking else "finished" if finished else "few" if few else "working",
        "asking": asking,
    }
