"""The calendar file of the next séance is read back by a calendar as the same meeting."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from icalendar import Calendar

from atelier.exports.manuscript.calendar_file import Meeting, calendar_file

NOW = datetime(2015, 10, 14, 8, 0, tzinfo=UTC)
EVENING = datetime(2015, 11, 10, 19, 0, tzinfo=timezone(timedelta(hours=1)))


def test_a_calendar_reads_the_same_title_hour_and_place() -> None:
    meeting = Meeting(
        "DK3@atelier", "Séance ③ ; prioriser, écrire\nensemble", EVENING, 150, "Salle des fêtes, Dunkerque"
    )
    [event] = Calendar.from_ical(calendar_file(meeting, NOW)).walk("VEVENT")
    assert str(event["summary"]) == "Séance ③ ; prioriser, écrire\nensemble"
    assert event["dtstart"].dt == EVENING
    assert event["duration"].dt == timedelta(minutes=150)
    assert str(event["location"]) == "Salle des fêtes, Dunkerque"


def test_a_title_cannot_add_a_line_of_its_own() -> None:
    meeting = Meeting("u", "x\r\nATTACH:http://ailleurs.exemple/", EVENING)
    lines = calendar_file(meeting, NOW).decode().split("\r\n")
    assert [line for line in lines if line.startswith("ATTACH")] == []
    assert [line for line in lines if line.startswith("SUMMARY")] != []


def test_the_same_meeting_keeps_its_identifier_when_it_moves() -> None:
    first = calendar_file(Meeting("DK3@atelier", "x", EVENING), NOW)
    moved = calendar_file(Meeting("DK3@atelier", "x", EVENING + timedelta(days=7)), NOW)
    assert [line for line in moved.split(b"\r\n") if line.startswith(b"UID")] == [b"UID:DK3@atelier"]
    assert first != moved
