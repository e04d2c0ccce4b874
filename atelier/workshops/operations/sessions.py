"""Séances as a whole: created, duplicated, set, deleted, restored (D-21)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from atelier.errors import Refusal
from atelier.people.operations import forget_session
from atelier.workshops.models import Activity, Sequence, WorkshopSession
from atelier.workshops.operations.keeping import kept
from atelier.workshops.operations.naming import OTHER_PREFIX, PREFIXES, add_named, prefix_of, reference_taken
from atelier.workshops.operations.undoing import ACTIVITY_COLUMNS, SEQUENCE_COLUMNS
from atelier.workshops.templates import TEMPLATES
from atelier.workshops.templates_shape import Template

COPIED = (
    "kind", "title", "question", "place", "colleges", "tables", "capacity", "rules", "moderation", "open_code",
    "confidential", "vote_cards", "fictional", "continues",
)  # fmt: skip


def create_from_template(
    db: Session, owner_id: int, template_key: str, now: datetime, **overrides: Any
) -> WorkshopSession:
    """Create a draft from a template. `overrides` are columns of WorkshopSession: title, starts_at, place, reference …"""
    template = TEMPLATES[template_key]
    columns = {**_columns(template), **overrides}
    session = WorkshopSession(
        **{"reference": "", "owner_id": owner_id, "created_at": now, "saved_at": now, **columns}
    )
    session.sequences = _sequences(template, session)
    return add_named(db, session, PREFIXES.get(template.kind, OTHER_PREFIX))


def _columns(template: Template) -> dict[str, Any]:
    return {
        "kind": template.kind,
        "title": template.title,
        "question": template.question,
        "tables": template.tables,
        "capacity": template.capacity,
        "confidential": template.confidential,
        "colleges": [dict(college) for college in template.colleges],
        "rules": list(template.rules),
    }


def _sequences(template: Template, session: WorkshopSession) -> list[Sequence]:
    """Build the rows of a template; activities are numbered through the whole déroulé."""
    rows, number = [], 0
    for place, plan in enumerate(template.sequences):
        row = Sequence(
            key=f"s{place + 1}",
            position=place,
            title=plan.title,
            minutes=plan.minutes,
            locked_start=plan.locked_start,
            instructions=plan.instructions,
            notes=plan.notes,
            saved_at=session.saved_at,
        )
        for position, activity in enumerate(plan.activities):
            number += 1
            row.activities.append(
                Activity(
                    key=f"a{number}",
                    position=position,
                    session=session,
                    saved_at=session.saved_at,
                    **activity.values(),
                )
            )
        rows.append(row)
    return rows


def duplicate_session(
    db: Session, source: WorkshopSession, now: datetime, **overrides: Any
) -> WorkshopSession:
    """Copy déroulé and settings into a new draft: never people, cards, votes nor the hour it took place (D-21)."""
    columns = {name: _copied(getattr(source, name)) for name in COPIED}
    copy = WorkshopSession(
        **{
            "reference": "", "owner_id": source.owner_id, "created_at": now, "saved_at": now, **columns, **overrides,
        }
    )  # fmt: skip
    for row in source.sequences:
        sequence = Sequence(saved_at=now, **{name: getattr(row, name) for name in SEQUENCE_COLUMNS})
        sequence.activities = [
            Activity(
                session=copy,
                saved_at=now,
                **{name: _copied(getattr(activity, name)) for name in ACTIVITY_COLUMNS},
            )
            for activity in row.activities
        ]
        copy.sequences.append(sequence)
    return add_named(db, copy, prefix_of(source))


def _copied(value: Any) -> Any:
    """Copy the lists and mappings of JSON columns, so that two séances never share one."""
    if isinstance(value, list):
        return [_copied(item) for item in value]
    if isinstance(value, dict):
        return {key: _copied(item) for key, item in value.items()}
    return value


def save_meeting(
    db: Session, session: WorkshopSession, values: Mapping[str, Any], revision: int, now: datetime
) -> Refusal | None:
    """Write the settings of a séance that is not open yet, unless another tab did since `revision`."""
    if session.phase != "draft":
        return Refusal("already_open")
    if revision != session.revision:
        return Refusal("conflict", {"revision": session.revision})
    reference = values.get("reference", session.reference)
    if reference_taken(db, reference, but=session.id):
        return Refusal("reference_taken", {"reference": reference})
    for name, value in values.items():
        setattr(session, name, value)
    session.revision += 1
    session.saved_at = now
    db.flush()
    return None


def delete_session(db: Session, session: WorkshopSession, motive: str, now: datetime) -> Refusal | None:
    """Delete a draft at once; put an opened séance in the bin for thirty days, with a motive, unless it must be kept (D-21)."""
    if session.phase == "draft":
        erase_session(db, session)
        return None
    if refusal := kept(db, session.id):
        return refusal
    if not motive.strip():
        return Refusal("motive_required")
    session.deleted_at = now
    session.deletion_motive = motive.strip()
    db.flush()
    return None


def restore_session(db: Session, session: WorkshopSession) -> None:
    """Take a séance out of the bin, as it was."""
    session.deleted_at = None
    session.deletion_motive = ""
    db.flush()


def erase_session(db: Session, session: WorkshopSession) -> None:
    """Delete for good, with rehearsals, journal and what is held of people. A séance that continued it stands alone."""
    db.execute(update(WorkshopSession).where(WorkshopSession.continues == session.id).values(continues=None))
    for rehearsal in db.scalars(select(WorkshopSession).where(WorkshopSession.rehearsal_of == session.id)):
        erase_session(db, rehearsal)
    forget_session(db, session.id)
    db.delete(session)
    db.flush()
