"""The consent by which the next séance approves the text: prepared in its déroulé, or put in while it runs."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from atelier.errors import Refusal
from atelier.live.desk import Act, Desk
from atelier.live.rules.agenda_changes import InsertActivity
from atelier.live.state import Actor, LiveState
from atelier.workshops.kinds import default_settings
from atelier.workshops.models import Activity, WorkshopSession
from atelier.workshops.models import Sequence as Row
from atelier.workshops.operations import activities_in, add_activity, add_sequence

CONSENT = "consent"
MINUTES = 5
ABOUT_MINUTES = "compte rendu"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the group is asked, and the words put to its consent. `sequence`: the title of a sequence made for it."""

    question: str
    words: str
    sequence: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A consent activity of a later séance that could decide."""

    session_id: int
    activity: str
    question: str


def choices(session: WorkshopSession, state: LiveState) -> list[Choice]:
    """Return the consent activities of a séance, prepared or already there."""
    if session.phase == "draft":
        return [
            Choice(session.id, one.key, one.question) for one in activities_in(session) if one.kind == CONSENT
        ]
    return [
        Choice(session.id, key, one.question)
        for key, one in state.activities.items()
        if one.kind == CONSENT and one.phase != "annulled"
    ]


def prepare(
    db: Session, session: WorkshopSession, by: int, proposal: Proposal, now: datetime
) -> str | Refusal:
    """Put the consent in the déroulé of a draft, in its sequence on the compte rendu or in its first one; return its key."""
    row = _sequence(session.sequences)
    if row is None:
        made = add_sequence(db, session, by, proposal.sequence, MINUTES, "", now)
        if isinstance(made, Refusal):
            return made
        row = made
    activity = add_activity(db, session, by, row.key, CONSENT, now)
    if isinstance(activity, Refusal):
        return activity
    _fill(activity, proposal)
    db.flush()
    return activity.key


def insert(desk: Desk, session_id: int, actor: Actor, proposal: Proposal) -> str | Refusal:
    """Put the consent in a séance that runs, without going to it; return its key."""
    before = set(desk.state(session_id).activities)
    command = InsertActivity(
        CONSENT, proposal.question, None, MINUTES, "named", settings=_settings(proposal), go=False
    )
    answer = desk.perform(Act(session_id, actor, f"minutes-{secrets.token_hex(8)}", command))
    if not answer["ok"]:
        return Refusal(str(answer["code"]), dict(answer.get("params", {})))
    return next(key for key in desk.state(session_id).activities if key not in before)


def _sequence(rows: Sequence[Row]) -> Row | None:
    about = (row for row in rows if ABOUT_MINUTES in row.title.lower())
    return next(about, rows[0] if rows else None)


def _fill(activity: Activity, proposal: Proposal) -> None:
    activity.question, activity.minutes, activity.settings = proposal.question, MINUTES, _settings(proposal)


def _settings(proposal: Proposal) -> dict[str, Any]:
    return {**default_settings(CONSENT), "proposal": proposal.words}
