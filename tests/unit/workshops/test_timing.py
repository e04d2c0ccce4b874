"""Start hours of a déroulé: one after the other, except where an hour is locked."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from atelier.workshops.timing import slots

PARIS = ZoneInfo("Europe/Paris")
EVENING = datetime(2015, 10, 13, 19, 0, tzinfo=PARIS)


def hours(*rows: tuple[int, str], start: datetime = EVENING) -> list[tuple[str, int, int]]:
    return [
        (slot.starts_at.astimezone(PARIS).strftime("%H:%M"), slot.overlap, slot.gap)
        for slot in slots(start, rows, PARIS)
    ]


def test_sequences_follow_each_other() -> None:
    assert hours((10, ""), (25, ""), (15, "")) == [("19:00", 0, 0), ("19:10", 0, 0), ("19:35", 0, 0)]


def test_a_locked_hour_after_the_running_one_leaves_a_gap() -> None:
    assert hours((10, ""), (25, "19:20"), (5, "")) == [("19:00", 0, 0), ("19:20", 0, 10), ("19:45", 0, 0)]


def test_a_locked_hour_before_the_running_one_overlaps_and_later_rows_wait_for_the_longest() -> None:
    assert hours((30, ""), (5, "19:20"), (5, "")) == [("19:00", 0, 0), ("19:20", 10, 0), ("19:30", 0, 0)]


def test_an_evening_may_pass_midnight() -> None:
    late = datetime(2015, 10, 13, 23, 30, tzinfo=PARIS)
    assert hours((60, ""), (10, "00:40"), start=late) == [("23:30", 0, 0), ("00:40", 0, 10)]


def test_hours_are_those_of_the_place_whatever_the_zone_of_the_start() -> None:
    assert hours((10, ""), (10, "19:15"), start=EVENING.astimezone(UTC)) == [("19:00", 0, 0), ("19:15", 0, 5)]


@given(st.lists(st.integers(min_value=0, max_value=480), max_size=20))
def test_without_locks_the_last_end_is_the_sum_of_the_durations(minutes: list[int]) -> None:
    found = slots(EVENING, [(one, "") for one in minutes], PARIS)
    assert all(slot.overlap == slot.gap == 0 for slot in found)
    if found:
        assert (found[-1].ends_at - EVENING).total_seconds() == 60 * sum(minutes)
