"""The calendar of a compte rendu, on dates that anybody can look up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atelier.errors import Refusal
from atelier.minutes.calendar import (
    Calendar,
    after_sending,
    calendar_of,
    changed,
    easter,
    is_worked,
    public_holidays,
    working_day,
)

EVENING = date(2015, 10, 13)  # a Tuesday
DAYS = st.dates(date(1950, 1, 1), date(2150, 12, 31))


@pytest.mark.parametrize(
    "day",
    [
        date(1954, 4, 18), date(1981, 4, 19), date(2000, 4, 23), date(2008, 3, 23), date(2011, 4, 24),
        date(2015, 4, 5), date(2016, 3, 27), date(2024, 3, 31), date(2025, 4, 20), date(2027, 3, 28),
        date(2038, 4, 25), date(2049, 4, 18), date(2076, 4, 19),
    ],
)  # fmt: skip
def test_easter_falls_when_the_almanac_says(day: date) -> None:
    assert easter(day.year) == day


def test_a_year_has_its_eleven_public_holidays() -> None:
    assert sorted(public_holidays(2026)) == [
        date(2026, 1, 1), date(2026, 4, 6), date(2026, 5, 1), date(2026, 5, 8), date(2026, 5, 14), date(2026, 5, 25),
        date(2026, 7, 14), date(2026, 8, 15), date(2026, 11, 1), date(2026, 11, 11), date(2026, 12, 25),
    ]  # fmt: skip


def test_a_holiday_that_falls_on_another_counts_once() -> None:
    assert date(2008, 5, 1) in public_holidays(2008)  # Ascension and 1 May
    assert len(public_holidays(2008)) == 10


@pytest.mark.parametrize(
    ("day", "moved"),
    [
        (date(2015, 10, 15), date(2015, 10, 15)),
        (date(2015, 10, 31), date(2015, 11, 2)),  # Saturday, then All Saints on a Sunday
        (date(2015, 11, 11), date(2015, 11, 12)),
        (date(2026, 4, 4), date(2026, 4, 7)),  # Easter weekend, with its Monday
        (date(2027, 12, 25), date(2027, 12, 27)),
        (date(2024, 12, 31), date(2024, 12, 31)),
        (date(2025, 1, 1), date(2025, 1, 2)),
    ],
)
def test_a_delay_that_ends_on_a_day_off_moves_to_the_next_working_day(day: date, moved: date) -> None:
    assert working_day(day) == moved


def test_calendar_of_the_chantier_evening() -> None:
    assert calendar_of(EVENING) == Calendar(
        checked=date(2015, 10, 15), review=date(2015, 10, 21), amendments=date(2015, 11, 2), approval=date(2015, 11, 3)
    )  # fmt: skip


def test_approval_comes_after_the_close_of_amendments_even_around_days_off() -> None:
    found = calendar_of(date(2027, 12, 7))  # J+18 is Christmas, a Saturday; J+21 the Tuesday
    assert (found.amendments, found.approval) == (date(2027, 12, 27), date(2027, 12, 28))
    moved = calendar_of(date(2026, 3, 17))  # J+18 is the Saturday of Easter: both would end on the Tuesday
    assert (moved.amendments, moved.approval) == (date(2026, 4, 7), date(2026, 4, 8))


@given(DAYS)
def test_every_day_of_a_calendar_is_worked_and_they_come_in_order(held_on: date) -> None:
    found = calendar_of(held_on)
    days = [found.checked, found.review, found.amendments, found.approval]
    assert all(is_worked(day) for day in days)
    assert days == sorted(days)
    assert [(day - held_on).days - delay for day, delay in zip(days, (2, 8, 18, 21), strict=True)] >= [0] * 4


def test_sending_in_time_changes_nothing() -> None:
    found = calendar_of(EVENING)
    assert after_sending(found, date(2015, 10, 19)) == found


def test_sending_late_leaves_readers_their_ten_days() -> None:
    found = after_sending(calendar_of(EVENING), date(2015, 10, 28))
    assert (found.amendments, found.approval) == (date(2015, 11, 9), date(2015, 11, 12))


@given(DAYS, st.integers(0, 60))
def test_readers_always_have_ten_days_from_the_sending(held_on: date, late: int) -> None:
    sent_on = held_on + timedelta(days=late)
    found = after_sending(calendar_of(held_on), sent_on)
    assert (found.amendments - sent_on).days >= 10
    assert (found.approval - found.amendments).days >= 1
    assert is_worked(found.amendments)


def test_a_day_asked_for_on_a_sunday_is_settled_on_the_monday() -> None:
    before = calendar_of(EVENING)
    wanted = replace(before, approval=date(2015, 11, 15))
    assert changed(before, wanted, EVENING, None, date(2015, 10, 14)) == replace(
        before, approval=date(2015, 11, 16)
    )


@pytest.mark.parametrize(
    ("days", "sent_on", "refusal"),
    [
        ({"review": date(2015, 10, 14)}, None, Refusal("before_the_one_before", {"step": "review", "day": date(2015, 10, 14)})),
        ({"checked": date(2015, 10, 13)}, None, Refusal("day_past", {"step": "checked", "day": date(2015, 10, 13)})),
        ({"approval": date(2016, 11, 3)}, None, Refusal("too_far", {"step": "approval", "day": date(2016, 11, 3)})),
        ({"amendments": date(2015, 10, 22)}, None, Refusal("too_short", {"step": "amendments", "day": date(2015, 10, 26)})),
        (
            {"amendments": date(2015, 10, 30)},
            date(2015, 10, 20),
            Refusal("already_announced", {"step": "amendments", "day": date(2015, 11, 2)}),
        ),
    ],
)  # fmt: skip
def test_a_calendar_is_changed_within_reason(
    days: dict[str, date], sent_on: date | None, refusal: Refusal
) -> None:
    before = calendar_of(EVENING)
    assert changed(before, replace(before, **days), EVENING, sent_on, date(2015, 10, 14)) == refusal


def test_an_announced_day_may_come_later() -> None:
    before = calendar_of(EVENING)
    wanted = replace(before, amendments=date(2015, 11, 6), approval=date(2015, 11, 10))
    assert changed(before, wanted, EVENING, date(2015, 10, 20), date(2015, 10, 21)) == wanted
