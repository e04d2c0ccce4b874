"""When each sequence starts: one after the other from the start hour, except where an hour is locked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

HALF_A_DAY = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Slot:
    """`overlap`: minutes by which the sequences before run over a locked hour. `gap`: minutes left empty before it."""

    starts_at: datetime
    ends_at: datetime
    overlap: int = 0
    gap: int = 0


def slots(start: datetime, rows: Sequence[tuple[int, str]], zone: tzinfo) -> list[Slot]:
    """Return the slot of each sequence.

    start  aware datetime of the first sequence
    rows   (minutes, locked hour "19:10" in `zone` or "")
    A locked hour is the one nearest to the running time, so that an evening may pass midnight.
    """
    found: list[Slot] = []
    running = start
    for minutes, locked in rows:
        begins = nearest(running, locked, zone).astimezone(start.tzinfo) if locked else running
        drift = int((running - begins).total_seconds()) // 60
        ends = begins + timedelta(minutes=minutes)
        found.append(Slot(begins, ends, overlap=max(0, drift), gap=max(0, -drift)))
        running = max(running, ends)
    return found


def nearest(moment: datetime, hour: str, zone: tzinfo) -> datetime:
    """Return the moment nearest to `moment` when it is `hour` ("19:10") in `zone`."""
    local = moment.astimezone(zone)
    hours, minutes = hour.split(":")
    found = local.replace(hour=int(hours), minute=int(minutes), second=0, microsecond=0)
    if found - local > HALF_A_DAY:
        found -= timedelta(days=1)
    elif local - found > HALF_A_DAY:
        found += timedelta(days=1)
    return found
