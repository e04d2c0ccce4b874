"""The steps as readers see them: which is done, which is current, on which day."""

from __future__ import annotations

from datetime import date

import pytest

from atelier.minutes.calendar import calendar_of
from atelier.minutes.steps import Step, steps_of

CALENDAR = calendar_of(date(2015, 10, 13))
WRITTEN, READ, APPROVED = date(2015, 10, 21), date(2015, 11, 2), date(2015, 11, 3)


def test_steps_of_a_draft_bear_the_days_of_the_calendar() -> None:
    assert steps_of("draft", CALENDAR, date(2015, 10, 20)) == (
        Step("writing", "current", WRITTEN), Step("review", "next", READ),
        Step("approval", "next", APPROVED), Step("publication", "next"),
    )  # fmt: skip


def test_a_step_whose_day_is_over_is_late() -> None:
    assert [step.late for step in steps_of("draft", CALENDAR, date(2015, 10, 22))] == [
        True,
        False,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("phase", "today", "states"),
    [
        ("in_review", READ, ["done", "current", "next", "next"]),
        ("in_review", APPROVED, ["done", "done", "current", "next"]),
        ("approved", APPROVED, ["done", "done", "done", "current"]),
        ("published", APPROVED, ["done", "done", "done", "done"]),
        ("rectified", APPROVED, ["done", "done", "done", "done"]),
    ],
)
def test_the_current_step_follows_the_phase_and_the_day(phase: str, today: date, states: list[str]) -> None:
    assert [step.state for step in steps_of(phase, CALENDAR, today)] == states


def test_what_is_done_bears_the_day_when_it_was() -> None:
    sent, approved, published = date(2015, 10, 19), date(2015, 11, 4), date(2015, 11, 5)
    found = steps_of("published", CALENDAR, published, sent, approved, published)
    assert [step.day for step in found] == [sent, approved, approved, published]


def test_steps_without_a_calendar_have_no_day() -> None:
    assert [step.day for step in steps_of("draft", None, READ)] == [None] * 4
