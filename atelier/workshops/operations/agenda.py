"""The déroulé of a draft: sequences and activities put in, changed, moved, taken out. Each act can be undone.

Refusals: `already_open` (from then on the desk changes the déroulé), `conflict` {revision} (another tab saved since),
`too_many` {limit}.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from atelier.errors import NotFound, Refusal
from atelier.workshops.kinds import KINDS
from atelier.workshops.models import Activity, Sequence, WorkshopSession
from atelier.workshops.operations.undoing import remember
from atelier.workshops.templates_shape import ActivityPlan

MOST_SEQUENCES = 60
MOST_ACTIVITIES = 20  # in one sequence


def sequence_of(session: WorkshopSession, key: str) -> Sequence:
    """Return a sequence of the séance, NotFound for any other key."""
    for row in session.sequences:
        if row.key == key:
            return row
    raise NotFound(key)


def activity_of(session: WorkshopSession, key: str) -> Activity:
    """Return an activity of the séance, NotFound for any other key."""
    for activity in activities_in(session):
        if activity.key == key:
            return activity
    raise NotFound(key)


def activities_in(session: WorkshopSession) -> Iterator[Activity]:
    """Go through the activities in the order of the déroulé."""
    for row in session.sequences:
        yield from row.activities


# ---------------------------------------------------------------- put in


def add_sequence(
    db: Session, session: WorkshopSession, by: int, title: str, minutes: int, after: str, now: datetime
) -> Sequence | Refusal:
    """Put a sequence in after the one whose key is `after`, at the end when it is empty."""
    if refusal := _closed(session):
        return refusal
    if len(session.sequences) >= MOST_SEQUENCES:
        return Refusal("too_many", {"limit": MOST_SEQUENCES})
    remember(db, session, by, "add", "", title, now)
    place = session.sequences.index(sequence_of(session, after)) + 1 if after else len(session.sequences)
    row = Sequence(key=next_key(session, "s"), title=title, minutes=minutes, position=place, saved_at=now)
    session.sequences.insert(place, row)
    _numbered(session)
    db.flush()
    return row


def add_activity(
    db: Session, session: WorkshopSession, by: int, sequence: str, kind: str, now: datetime
) -> Activity | Refusal:
    """Put an activity at the end of a sequence, as its kind stands before anybody has set it."""
    if refusal := _closed(session):
        return refusal
    row = sequence_of(session, sequence)
    if kind not in KINDS:
        raise NotFound(kind)
    if len(row.activities) >= MOST_ACTIVITIES:
        return Refusal("too_many", {"limit": MOST_ACTIVITIES})
    remember(db, session, by, "add", "", KINDS[kind].label, now)
    values = ActivityPlan(kind).values()
    key, place = next_key(session, "a"), len(row.activities)
    activity = Activity(key=key, position=place, session=session, saved_at=now, **values)
    row.activities.append(activity)
    db.flush()
    return activity


# ---------------------------------------------------------------- changed


def save(
    db: Session,
    session: WorkshopSession,
    by: int,
    row: Sequence | Activity,
    values: Mapping[str, Any],
    revision: int,
    now: datetime,
) -> Refusal | None:
    """Write the settings of a sequence or an activity, unless another tab did since `revision`."""
    if refusal := _closed(session):
        return refusal
    if revision != row.revision:
        return Refusal("conflict", {"revision": row.revision})
    if all(getattr(row, name) == value for name, value in values.items()):
        return None
    remember(db, session, by, "edit", row.key, title_of(row), now)
    for name, value in values.items():
        setattr(row, name, value)
    row.revision += 1
    row.saved_at = now
    db.flush()
    return None


def title_of(row: Sequence | Activity) -> str:
    """Return what names a row in a sentence."""
    if isinstance(row, Sequence):
        return row.title
    return row.question or KINDS[row.kind].label


# ---------------------------------------------------------------- moved


def move_sequence(
    db: Session, session: WorkshopSession, by: int, key: str, place: int, now: datetime
) -> Refusal | None:
    """Bring a sequence to `place`, counted from 0; beyond the ends is the end."""
    if refusal := _closed(session):
        return refusal
    row = sequence_of(session, key)
    place = max(0, min(place, len(session.sequences) - 1))
    if place == session.sequences.index(row):
        return None
    remember(db, session, by, "move", key, row.title, now)
    session.sequences.remove(row)
    session.sequences.insert(place, row)
    _numbered(session)
    db.flush()
    return None


def move_activity(
    db: Session, session: WorkshopSession, by: int, key: str, to: str, place: int, now: datetime
) -> Refusal | None:
    """Bring an activity to `place` in the sequence `to`, maybe another one than its own."""
    if refusal := _closed(session):
        return refusal
    activity, target = activity_of(session, key), sequence_of(session, to)
    source = activity.sequence
    others = [item for item in target.activities if item is not activity]
    place = max(0, min(place, len(others)))
    if source is target and target.activities.index(activity) == place:
        return None
    if len(others) >= MOST_ACTIVITIES:
        return Refusal("too_many", {"limit": MOST_ACTIVITIES})
    remember(db, session, by, "move", key, title_of(activity), now)
    if source is not target:
        activity.sequence = target
    target.activities.remove(activity)
    target.activities.insert(place, activity)
    _numbered(session)
    db.flush()
    return None


# ---------------------------------------------------------------- taken out


def remove_sequence(
    db: Session, session: WorkshopSession, by: int, key: str, now: datetime
) -> Refusal | None:
    """Take a sequence out with its activities."""
    if refusal := _closed(session):
        return refusal
    row = sequence_of(session, key)
    remember(db, session, by, "remove", key, row.title, now)
    session.sequences.remove(row)
    _numbered(session)
    db.flush()
    return None


def remove_activity(
    db: Session, session: WorkshopSession, by: int, key: str, now: datetime
) -> Refusal | None:
    """Take an activity out."""
    if refusal := _closed(session):
        return refusal
    activity = activity_of(session, key)
    remember(db, session, by, "remove", key, title_of(activity), now)
    activity.sequence.activities.remove(activity)
    _numbered(session)
    db.flush()
    return None


def next_key(session: WorkshopSession, letter: str) -> str:
    """Return the next key of sequences (`s`) or activities (`a`), never one that an undo could bring back."""
    now = [row.key for row in session.sequences] + [activity.key for activity in activities_in(session)]
    before = [
        item["key"]
        for change in session.changes
        for row in change.before
        for item in (row, *row["activities"])
    ]
    numbers = [int(key[1:]) for key in (*now, *before) if key.startswith(letter)]
    return f"{letter}{max(numbers, default=0) + 1}"


def _closed(session: WorkshopSession) -> Refusal | None:
    return None if session.phase == "draft" else Refusal("already_open")


def _numbered(session: WorkshopSession) -> None:
    for place, row in enumerate(session.sequences):
        row.position = place
        for position, activity in enumerate(row.activities):
            activity.position = position
