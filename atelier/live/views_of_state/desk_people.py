"""People at the desk: how many, who asks for something, who sits where, the helpers' links (D-2, D-18, D-19, D-20)."""

from __future__ import annotations

from functools import partial
from typing import Any

from atelier.live.regions import Region
from atelier.live.state import LiveState, Participant, counted_people, device_count, present_people
from atelier.live.views_of_state.desk_rights import Seen
from atelier.live.views_of_state.desk_room import activity_with_cards


def people_regions(seen: Seen) -> list[Region]:
    """Return the figures, what people ask for, each person, the links."""
    state = seen.state
    regions = [
        seen.region("figures", "figures", "figures", **figures(seen)),
        seen.region("requests", "requests", "requests", **requests(seen)),
    ]
    if seen.may["room"]:
        regions += person_regions(seen)
        regions.append(seen.region("links", "links", "links", code=seen.around.code, links=links(state)))
    return regions


def person_regions(seen: Seen) -> list[Region]:
    """Return each person, those who left last, the others by name."""
    state = seen.state
    by_name = sorted(state.people.values(), key=lambda one: (one.left, one.name == "", one.name.lower()))
    around = (time_activity(state), state.meeting)
    return [
        seen.around.kept.region(
            f"person-{person.key}",
            (person, person.key in seen.around.connected, *around),
            partial(person_region, seen, person),
        )
        for person in by_name
    ]


def person_region(seen: Seen, person: Participant) -> Region:
    return seen.region(f"person-{person.key}", "people", "person", **person_line(seen, person))


def figures(seen: Seen) -> dict[str, Any]:
    """Return présents (D-2) and what they are made of. « ont écrit » counts authors, of anonymous cards too."""
    state = seen.state
    here = activity_with_cards(state)
    authors = {card.author for card in state.cards_of(here.key) if card.author} if here else set()
    entered = sum(1 for card in state.cards_of(here.key) if card.author is None) if here else 0
    return {
        "present": present_people(state),
        "counted": counted_people(state.people.values()) + state.without_phone,
        "corrected": state.present_correction is not None,
        "phones": device_count(state),
        "connected": sum(1 for key in seen.around.connected if key in state.people),
        "without_phone": state.without_phone,
        "wrote": len(authors),
        "entered": entered,
        "capacity": state.meeting.capacity,
        "entry_closed": state.entry_closed,
        "freezable": state.phase in {"lobby", "live"},
    }


def requests(seen: Seen) -> dict[str, Any]:
    """Return who asks for help, for time, or waits at the door."""
    state = seen.state
    present = [person for person in state.people.values() if not person.left]
    return {
        "help": [person_name(seen, person) for person in present if person.wants_help],
        "time": [person_name(seen, person) for person in present if person.wants_time],
        "door": [person_name(seen, person) for person in present if not person.admitted],
        "activity": time_activity(state),
    }


def time_activity(state: LiveState) -> str:
    """Return the activity for which time may be given: the one where we are, else one that is open."""
    here = state.activities.get(state.current[1]) if state.current and state.current[1] else None
    if here is not None and here.phase in {"open", "closed"}:
        return here.key
    return next((activity.key for activity in state.activities.values() if activity.phase == "open"), "")


def person_name(seen: Seen, person: Participant) -> dict[str, Any]:
    return {
        "key": person.key,
        "name": person.name,
        "number": int(person.key[1:]) if person.key[1:].isdigit() else 0,
        "college": seen.college(person.college),
        "table": person.table,
    }


def person_line(seen: Seen, person: Participant) -> dict[str, Any]:
    return {
        **person_name(seen, person),
        "left": person.left,
        "admitted": person.admitted,
        "shared": person.shared,
        "people": person.people,
        "here": person.key in seen.around.connected,
        "tables": seen.state.meeting.tables,
        "activity": time_activity(seen.state),
    }


def links(state: LiveState) -> list[dict[str, Any]]:
    return [
        {"key": link.key, "role": link.role, "label": link.label}
        for link in state.links.values()
        if not link.revoked
    ]
