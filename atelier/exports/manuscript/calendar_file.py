"""The next séance as a calendar file (RFC 5545), for the phone that reads the compte rendu."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event

PRODUCT = "-//Atelier//Comptes rendus//FR"
USUAL = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Meeting:
    """A dated séance: `uid` is the same each time the file is made, so that a calendar updates instead of doubling."""

    uid: str
    title: str
    starts_at: datetime
    minutes: int = 0
    place: str = ""
    address: str = ""  # of the page that says more


def calendar_file(meeting: Meeting, now: datetime) -> bytes:
    """Return the file; hours are in universal time, which every calendar shows in its own."""
    event = Event()
    event.add("uid", meeting.uid)
    event.add("dtstamp", now.astimezone(UTC))
    event.add("summary", meeting.title)
    event.add("dtstart", meeting.starts_at.astimezone(UTC))
    event.add("duration", timedelta(minutes=meeting.minutes) if meeting.minutes else USUAL)
    if meeting.place:
        event.add("location", meeting.place)
    if meeting.address:
        event.add("url", meeting.address)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
