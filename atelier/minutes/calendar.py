"""The calendar of a compte rendu (D-29): J+2 checked, J+8 sent for review, J+18 amendments close, J+21 approved.

Delays are calendar days from the day of the séance; one that ends on a day when public services are shut moves to the
next working day. Public holidays are those of article L3133-1 of the Code du travail; Saturdays count as not worked, as
for the delays of administrative procedure. Pure: today is an argument.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from atelier.errors import Refusal

DELAYS = {"checked": 2, "review": 8, "amendments": 18, "approval": 21}
STEPS = tuple(DELAYS)
READING_DAYS = 10  # from the sending to the close of amendments: J+8 to J+18
ANSWERING_DAYS = 3  # from there to the approval: J+18 to J+21
LEAST_READING_DAYS = 5  # what the editor may bring it down to
FURTHEST = timedelta(days=365)  # after the séance
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Calendar:
    """The four days of one document, each a working day."""

    checked: date
    review: date
    amendments: date
    approval: date


@lru_cache(maxsize=64)
def easter(year: int) -> date:
    """Return Easter Sunday of a Gregorian year (Meeus, *Astronomical Algorithms*, chapter 8)."""
    century, rest = divmod(year, 100)
    golden = year % 19
    proemptosis = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - century // 4 - proemptosis + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


@lru_cache(maxsize=64)
def public_holidays(year: int) -> frozenset[date]:
    """Return the eleven public holidays of a year in France (without those of Alsace-Moselle and overseas)."""
    fixed = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
    moving = (1, 39, 50)  # Easter Monday, Ascension, Whit Monday
    return frozenset(
        [date(year, month, day) for month, day in fixed]
        + [easter(year) + timedelta(days=days) for days in moving]
    )


def is_worked(day: date) -> bool:
    """Tell whether a day is neither a Saturday, nor a Sunday, nor a public holiday."""
    return day.weekday() < SATURDAY and day not in public_holidays(day.year)


def working_day(day: date) -> date:
    """Return the day itself if it is worked, else the next one that is."""
    while not is_worked(day):
        day += timedelta(days=1)
    return day


def calendar_of(held_on: date) -> Calendar:
    """Return the calendar of a séance held on a day. Days off may bring the last two together: approval comes the day after."""
    found = Calendar(**{step: working_day(held_on + timedelta(days=days)) for step, days in DELAYS.items()})
    return replace(found, approval=max(found.approval, working_day(found.amendments + timedelta(days=1))))


def after_sending(calendar: Calendar, sent_on: date) -> Calendar:
    """Return the calendar once the text was sent: a late sending moves what follows, so that readers keep their ten days."""
    amendments = working_day(sent_on + timedelta(days=READING_DAYS))
    if amendments <= calendar.amendments:
        return calendar
    approval = max(calendar.approval, working_day(amendments + timedelta(days=ANSWERING_DAYS)))
    return replace(calendar, amendments=amendments, approval=approval)


def changed(
    calendar: Calendar, wanted: Calendar, held_on: date, sent_on: date | None, today: date
) -> Calendar | Refusal:
    """Return the calendar an editor asks for, each day moved to a working one.

    Refusals, each {step, day}: `day_past`, `before_the_one_before`, `too_far` (a year after the séance), `too_short` (less
    than five days to read), `already_announced` (readers were told this day: it may come later, not sooner).
    """
    settled = Calendar(**{step: working_day(getattr(wanted, step)) for step in STEPS})
    before = held_on
    for step in STEPS:
        day, old = getattr(settled, step), getattr(calendar, step)
        if day < before:
            return Refusal("before_the_one_before", {"step": step, "day": day})
        before = day
        if day == old:
            continue
        if day < today:
            return Refusal("day_past", {"step": step, "day": day})
        if day > held_on + FURTHEST:
            return Refusal("too_far", {"step": step, "day": day})
        if sent_on is not None and step in ("amendments", "approval") and day < old:
            return Refusal("already_announced", {"step": step, "day": old})
    least = (sent_on or settled.review) + timedelta(days=LEAST_READING_DAYS)
    if settled.amendments < least:
        return Refusal("too_short", {"step": "amendments", "day": working_day(least)})
    return settled
