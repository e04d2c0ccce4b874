"""Loads the demonstration once. What is already there is kept: nothing of the installation's own is read or changed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from atelier.demonstration import evening, radio
from atelier.demonstration.facilitator import FIRST_ACCOUNT, FIRST_NAME
from atelier.demonstration.fiche import FICHE
from atelier.demonstration.forum import prepare_contribution
from atelier.demonstration.prepared import (
    CENTRE,
    CLOSED_DAYS_AGO,
    CLOSED_QUESTION,
    CLOSED_REFERENCE,
    CLOSED_TEMPLATE,
    CLOSED_TITLE,
    READY,
    SESSIONS,
    Prepared,
)
from atelier.demonstration.publishing import Press
from atelier.demonstration.replay import Replay
from atelier.house import House
from atelier.live.state import Actor
from atelier.minutes.queries import document_of_session
from atelier.people.operations import create_login_link, save_installation
from atelier.people.policy import FACILITATOR
from atelier.people.queries import account_by_email, installation
from atelier.workshops.models import WorkshopSession
from atelier.workshops.operations import create_from_template

LOADED = (
    "Démonstration chargée : {count} séances à ouvrir, deux closes, un compte rendu publié,"
    " une contribution au forum commencée."
)
KEPT = "Démonstration déjà là : rien n'a changé."
READY_AGAIN = "Démonstration déjà là : la séance à ouvrir est datée d'aujourd'hui."


def load(house: House) -> str:
    """Load the demonstration unless one of its séances is there, in the bin included; return what was done, in French.

    Of a demonstration already there, only the untouched séance « à ouvrir » is dated of today again.
    """
    now, zone = house.clock(), ZoneInfo(house.settings.timezone)
    with house.database.reading() as db:
        present = bool(db.scalars(select(WorkshopSession.id).where(_ours())).first())
    if present:
        return _ready_today(house, now, zone)
    _account_made(house, now)
    with house.database.writing() as db:
        if installation(db) is None:
            save_installation(db, FICHE, now)
        account = account_by_email(db, FIRST_ACCOUNT)
        assert account is not None
        owner = account.id
        _prepare(db, owner, now, zone)
        midnight = _midnight(now, zone) - timedelta(days=CLOSED_DAYS_AGO)
        closed = _closed_session(db, owner, midnight)
        snapshot = evening.prepare(db, closed, owner, closed.created_at)
        session_id = closed.id
    replay = _replayed(house, owner, session_id, midnight)
    evening.play(replay, snapshot)
    house.parts["minutes"].drafter.redraft(session_id)
    _publish_radio(house, owner, _midnight(now, zone) - timedelta(days=radio.DAYS_AGO))
    return LOADED.format(count=len(SESSIONS))


def _replayed(house: House, owner: int, session_id: int, midnight: datetime) -> Replay:
    facilitator = Actor(FACILITATOR, f"u{owner}", FIRST_NAME)
    return Replay(house.database, house.settings.seal_secret, session_id, midnight, facilitator)


def _publish_radio(house: House, owner: int, midnight: datetime) -> None:
    """Hold an earlier evening, write its compte rendu, publish it, begin the contribution au forum that starts from it."""
    with house.database.writing() as db:
        session = create_from_template(
            db,
            owner,
            radio.TEMPLATE,
            midnight - timedelta(days=14),
            reference=radio.REFERENCE,
            title=radio.TITLE,
            question=radio.QUESTION,
            place=CENTRE,
            starts_at=midnight.replace(hour=19),
            fictional=True,
        )
        snapshot = radio.prepare(db, session, owner, session.created_at)
        session_id = session.id
    replay = _replayed(house, owner, session_id, midnight)
    radio.play(replay, snapshot)
    house.parts["minutes"].drafter.redraft(session_id)
    with house.database.reading() as db:
        document = document_of_session(db, session_id)
    assert document is not None
    press = Press(house, document, replay.state)
    press.write(lambda name: str(replay.card(name)), f"u{owner}")
    press.publish(midnight.date())
    prepare_contribution(house, owner, document, replay)


def _ours() -> Any:
    references = [CLOSED_REFERENCE, radio.REFERENCE, *(one.reference for one in SESSIONS)]
    return WorkshopSession.reference.in_(references) & WorkshopSession.fictional


def _account_made(house: House, now: datetime) -> None:
    with house.database.reading() as db:
        known = account_by_email(db, FIRST_ACCOUNT) is not None
    if not known:
        create_login_link(house.database, house.settings.public_url, FIRST_ACCOUNT, FIRST_NAME, now)


def _prepare(db: Session, owner: int, now: datetime, zone: ZoneInfo) -> None:
    made: dict[str, int] = {}
    for one in SESSIONS:
        session = create_from_template(
            db,
            owner,
            one.template,
            now,
            reference=one.reference,
            title=one.title,
            question=one.question,
            place=one.place,
            starts_at=starts_at(one, now, zone),
            fictional=True,
            continues=made.get(one.follows),
        )
        made[one.reference] = session.id


def _closed_session(db: Session, owner: int, midnight: datetime) -> WorkshopSession:
    return create_from_template(
        db,
        owner,
        CLOSED_TEMPLATE,
        midnight - timedelta(days=14),
        reference=CLOSED_REFERENCE,
        title=CLOSED_TITLE,
        question=CLOSED_QUESTION,
        place=CENTRE,
        starts_at=midnight.replace(hour=19),
        fictional=True,
    )


def starts_at(one: Prepared, now: datetime, zone: ZoneInfo) -> datetime:
    """Return the hour of a prepared séance: the first of its weekdays that is far enough from today."""
    day = _midnight(now, zone) + timedelta(days=one.days)
    if one.weekday is not None:
        day += timedelta(days=(one.weekday - day.weekday()) % 7)
    hours, minutes = one.hour.split(":")
    return day.replace(hour=int(hours), minute=int(minutes))


def _midnight(now: datetime, zone: ZoneInfo) -> datetime:
    return now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)


def _ready_today(house: House, now: datetime, zone: ZoneInfo) -> str:
    """Date the séance « à ouvrir » of today when its day is over and nobody has touched it."""
    today = _midnight(now, zone)
    with house.database.writing() as db:
        session = db.scalar(
            select(WorkshopSession).where(_ours(), WorkshopSession.reference == READY.reference)
        )
        if session is None or session.starts_at is None or session.starts_at >= today:
            return KEPT
        if session.phase != "draft" or session.revision or session.deleted_at:
            return KEPT
        session.starts_at = starts_at(READY, now, zone)
    return READY_AGAIN
