"""The copy on which one rehearses: made and opened beside the séance, in no list, with a link that drives it (D-24)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from atelier import codes
from atelier.errors import Refusal
from atelier.house import House
from atelier.later import N_
from atelier.live.desk import Act
from atelier.live.messages import Command
from atelier.live.recap import imports_of, recap
from atelier.live.rules.links import GrantLink, RevokeLink
from atelier.live.rules.opening import OpenSession
from atelier.live.state import Actor
from atelier.people.policy import COFACILITATOR, FACILITATOR
from atelier.people.queries import missing_for_opening
from atelier.rehearsal.gestures import Step
from atelier.rehearsal.wording import said
from atelier.workshops.models import WorkshopSession
from atelier.workshops.operations import add_activity, add_sequence, duplicate_session, save
from atelier.workshops.queries import session_by_code
from atelier.workshops.snapshot import snapshot_of

LABEL = N_("Répétition")
LAST_SEQUENCE = N_("Essai depuis le fond de la salle")
LAST_QUESTION = N_("Depuis le fond de la salle : un mot passe-t-il ?")
NO_SETTINGS = N_("Les réglages obligatoires de l'installation manquent : aucune séance ne peut ouvrir.")
TOO_LONG = N_("Le déroulé est trop long pour être répété : il lui faut une séquence de plus.")
NOT_OPENED = N_("La copie de la séance ne s'ouvre pas (%(code)s).")
LAST_MINUTES = 5


class CannotCopy(Exception):
    """The copy cannot be made or opened; the message is a sentence for the person who asked."""


@dataclass(frozen=True, slots=True)
class Copy:
    """`source` and `code`: join codes of the séance and of its copy. `link`: token of co-facilitation, for this run only."""

    session_id: int
    source: str
    code: str
    link: str
    steps: tuple[Step, ...]
    colleges: tuple[str, ...]
    tables: int


def make_copy(house: House, code: str) -> Copy | None:
    """Copy the séance of that code in this installation's database, open the copy; None when there is none here.

    Of a rehearsal, it is the séance it comes from that is copied again: a déroulé is played once.
    """
    now = house.clock()
    with house.database.writing() as db:
        source = session_by_code(db, code)
        if source is not None and source.rehearsal_of is not None:
            source = db.get(WorkshopSession, source.rehearsal_of)
        if source is None:
            return None
        if missing_for_opening(db):
            raise CannotCopy(said(NO_SETTINGS))
        copy = _duplicated(db, source, now)
        _end_with_a_try(db, copy, now)
        snapshot = _snapshot(house, db, copy)
        made = Copy(
            copy.id,
            source.code,
            copy.code,
            f"{copy.id}.{codes.token()}",
            steps_of(copy),
            tuple(college["key"] for college in copy.colleges),
            copy.tables,
        )
        owner = copy.owner_id
    grant = replace(GrantLink(COFACILITATOR, said(LABEL)), token_hash=codes.hashed(made.link))
    for name, command in (("open", OpenSession(snapshot)), ("grant", grant)):
        _perform(house, made, owner, f"rehearsal-{name}", command)
    return made


def revoke(house: House, copy: Copy) -> None:
    """Shut the link by which the rehearsal drove the copy; the agenda is free again."""
    with house.database.reading() as db:
        session = db.get(WorkshopSession, copy.session_id)
    if session is not None:  # deleted meanwhile: nothing is left to shut
        _perform(house, copy, session.owner_id, "rehearsal-revoke", RevokeLink("l1"))


def steps_of(session: WorkshopSession) -> tuple[Step, ...]:
    """Return the activities in the order of the déroulé."""
    return tuple(
        Step(
            row.key,
            activity.key,
            activity.kind,
            activity.question,
            activity.minutes,
            dict(activity.settings),
            tuple(option["key"] for option in activity.options),
            bool(activity.first_colleges),
        )
        for row in session.sequences
        for activity in row.activities
    )


def _duplicated(db: Session, source: WorkshopSession, now: datetime) -> WorkshopSession:
    """A reference outside the numbering: a rehearsal leaves no hole in it. No capacity: phones are counted by hand."""
    return duplicate_session(
        db,
        source,
        now,
        reference=f"R-{codes.readable(8)}",
        rehearsal_of=source.id,
        starts_at=now,
        capacity=0,
    )


def _snapshot(house: House, db: Session, copy: WorkshopSession) -> dict[str, Any]:
    """Return the snapshot, with what the séance that this one continues has left (R-077)."""
    zone = ZoneInfo(house.settings.timezone)
    plain = snapshot_of(copy, zone=zone)
    before = db.get(WorkshopSession, copy.continues) if copy.continues else None
    if before is None:
        return plain
    state = house.parts["live"].desk.state(before.id)
    activities = [activity for sequence in plain["sequences"] for activity in sequence["activities"]]
    return snapshot_of(copy, recap(state), imports_of(state, activities), zone)


def _end_with_a_try(db: Session, copy: WorkshopSession, now: datetime) -> None:
    """Put a last question that stays open, for the three phones at the back of the room."""
    by = copy.owner_id
    row = add_sequence(db, copy, by, said(LAST_SEQUENCE), LAST_MINUTES, "", now)
    if isinstance(row, Refusal):
        raise CannotCopy(said(TOO_LONG))
    activity = add_activity(db, copy, by, row.key, "contributions", now)
    assert not isinstance(activity, Refusal)  # the sequence was empty
    save(db, copy, by, activity, {"question": said(LAST_QUESTION)}, activity.revision, now)


def _perform(house: House, copy: Copy, owner: int, name: str, command: Command) -> None:
    actor = Actor(FACILITATOR, f"u{owner}", said(LABEL))
    answer = house.parts["live"].desk.perform(Act(copy.session_id, actor, name, command))
    if not answer["ok"]:
        raise CannotCopy(said(NOT_OPENED, code=answer["code"]))
