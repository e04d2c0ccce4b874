"""The demonstration: loaded once, whole, invented, and marked so (D-26)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from atelier import tables
from atelier.demonstration import evening
from atelier.demonstration.facilitator import FIRST_ACCOUNT
from atelier.demonstration.fiche import FICHE
from atelier.demonstration.loading import load
from atelier.demonstration.prepared import PLACE_TOLD_LATER
from atelier.demonstration.replay import DemonstrationFault, Replay
from atelier.house import House
from atelier.live.desk import Desk
from atelier.live.rules.agenda import GoTo
from atelier.live.state import Actor
from atelier.people.operations import save_installation
from atelier.people.queries import account_by_email, installation, missing_for_opening
from atelier.starting import welcome
from atelier.workshops.models import WorkshopSession
from atelier.workshops.operations import create_from_template
from tests.conftest import FakeClock

PARIS = ZoneInfo("Europe/Paris")
NBSP = "\u00a0"
WORKSHOP = f"Inventer la démocratie participative, atelier 5{NBSP}: Dunkerque"
EXCHANGE = f"Dispositif d'échanges de pratiques de démocratie participative{NBSP}: première journée"


@pytest.fixture
def loaded(house: House) -> House:
    load(house)
    return house


def session_of(house: House, reference: str) -> WorkshopSession:
    with house.database.reading() as db:
        session = db.scalar(select(WorkshopSession).where(WorkshopSession.reference == reference))
        assert session is not None, reference
        _ = [row.activities for row in session.sequences]
        return session


def every_row(house: House) -> dict[str, list[tuple[Any, ...]]]:
    with house.database.reading() as db:
        return {
            table.name: sorted((tuple(row) for row in db.execute(select(table))), key=repr)
            for table in tables.metadata.sorted_tables
        }


# ---------------------------------------------------------------- loading


def test_loading_twice_leaves_the_same_rows(house: House) -> None:
    assert "chargée" in load(house)
    before = every_row(house)
    assert sum(map(len, before.values())) > 500
    assert "déjà là" in load(house)
    assert every_row(house) == before


def test_loading_keeps_what_the_installation_has(house: House) -> None:
    with house.database.writing() as db:
        save_installation(
            db, {**FICHE, "controller": "La vraie association", "fictional": False}, house.clock()
        )
        own = create_from_template(db, 7, "blank", house.clock(), title="Notre séance", reference="NOUS1")
        own_id = own.id
    load(house)
    with house.database.reading() as db:
        row = installation(db)
        assert row is not None
        kept = db.get(WorkshopSession, own_id)
        assert kept is not None
        assert (row.controller, row.fictional, kept.title, kept.owner_id) == (
            "La vraie association",
            False,
            "Notre séance",
            7,
        )


def test_loading_again_brings_nothing_back_that_was_thrown_away(loaded: House) -> None:
    with loaded.database.writing() as db:
        for session in db.scalars(select(WorkshopSession).where(WorkshopSession.reference != "GE1")):
            session.deleted_at = loaded.clock()
    before = every_row(loaded)
    load(loaded)
    assert every_row(loaded) == before


def test_a_session_may_open_at_once_with_a_fiche_marked_fictional(loaded: House) -> None:
    with loaded.database.reading() as db:
        row = installation(db)
        assert row is not None
        assert row.fictional
        assert missing_for_opening(db) == ()
        assert all(
            "fictif" in text.lower() or "fictive" in text for text in (row.controller, row.dpo_contact)
        )


def test_everything_belongs_to_the_account_that_the_start_signs_in(loaded: House) -> None:
    with loaded.database.reading() as db:
        account = account_by_email(db, FIRST_ACCOUNT)
        assert account is not None
        assert set(db.scalars(select(WorkshopSession.owner_id))) == {account.id}


def test_the_start_prints_the_session_to_open_first(loaded: House) -> None:
    titles = [line for line in welcome(loaded) if line.startswith("«")]
    assert session_of(loaded, "QV2").title in titles[0]
    assert len(titles) == 3
    assert not any("l'assemblée du mercredi" in title for title in titles)


def test_the_session_to_open_is_dated_of_today_again_the_next_day(loaded: House, clock: FakeClock) -> None:
    clock.wait(days=3)
    assert "datée d'aujourd'hui" in load(loaded)
    starts = session_of(loaded, "QV2").starts_at
    assert starts is not None
    assert starts.astimezone(PARIS).replace(tzinfo=None) == datetime(2015, 10, 16, 19, 0)


def test_a_session_to_open_that_somebody_has_set_keeps_its_date(loaded: House, clock: FakeClock) -> None:
    with loaded.database.writing() as db:
        for session in db.scalars(select(WorkshopSession)):
            session.revision = 1
    before = every_row(loaded)
    clock.wait(days=3)
    load(loaded)
    assert every_row(loaded) == before


# ---------------------------------------------------------------- prepared séances


@pytest.mark.parametrize(
    ("reference", "hours", "title", "place"),
    [
        ("CC1", ("19:00", 150), "L'expression en assemblée populaire", PLACE_TOLD_LATER),
        ("DK1", ("18:00", 150), f"{WORKSHOP}, séance 1", "Kursaal, Dunkerque"),
        ("DK2", ("18:00", 150), f"{WORKSHOP}, séance 2", "Kursaal, Dunkerque"),
        ("DK3", ("18:00", 150), f"{WORKSHOP}, séance 3", "Kursaal, Dunkerque"),
        ("GE1", ("09:30", 420), EXCHANGE, "Siège du Conseil régional, Lille"),
    ],
)  # fmt: skip
def test_a_prepared_session_bears_its_published_title_and_fills_its_hours(
    loaded: House, reference: str, hours: tuple[str, int], title: str, place: str
) -> None:
    session = session_of(loaded, reference)
    assert session.starts_at is not None
    start = session.starts_at.astimezone(PARIS)
    assert (session.title, session.place, session.phase) == (title, place, "draft")
    assert start > loaded.clock()
    assert (start.strftime("%H:%M"), sum(row.minutes for row in session.sequences)) == hours
    assert all(row.title and row.minutes for row in session.sequences)


def test_the_workshop_goes_on_from_one_session_to_the_next(loaded: House) -> None:
    first, second, third = (session_of(loaded, f"DK{number}") for number in (1, 2, 3))
    assert (first.continues, second.continues, third.continues) == (None, first.id, second.id)
    assert first.starts_at is not None
    assert third.starts_at is not None
    assert third.starts_at.astimezone(PARIS).date() - first.starts_at.astimezone(PARIS).date() == timedelta(
        28
    )


def test_the_session_to_open_is_today_in_the_invented_centre(loaded: House) -> None:
    session = session_of(loaded, "QV2")
    assert session.starts_at is not None
    assert session.starts_at.astimezone(PARIS).date() == loaded.clock().astimezone(PARIS).date()
    assert session.phase == "draft"
    assert "Quatre-Vents (exemple fictif)" in session.place


# ---------------------------------------------------------------- replayed, never assembled


def test_the_evening_folds_again_to_the_state_it_was_played_to(house: House) -> None:
    midnight = datetime(2015, 10, 6, tzinfo=PARIS)
    with house.database.writing() as db:
        session = create_from_template(db, 1, "chantier", midnight, reference="QV9", fictional=True)
        snapshot = evening.prepare(db, session, 1, midnight)
        session_id = session.id
    secret = house.settings.seal_secret
    replay = Replay(house.database, secret, session_id, midnight, Actor("facilitator", "u1", "Animation"))
    evening.play(replay, snapshot)
    assert replay.state.phase == "closed"
    assert Desk(house.database, secret, house.clock).state(session_id) == replay.state


def test_a_refused_act_stops_the_replay(house: House) -> None:
    midnight = datetime(2015, 10, 6, tzinfo=PARIS)
    with house.database.writing() as db:
        session_id = create_from_template(db, 1, "blank", midnight, reference="QV8").id
    actor = Actor("facilitator", "u1", "Animation")
    replay = Replay(house.database, house.settings.seal_secret, session_id, midnight, actor)
    replay.do(GoTo("s1"))
    with pytest.raises(DemonstrationFault, match="session_not_open"):
        replay.commit()


def test_the_demonstration_loads_under_another_address_and_zone(house: House) -> None:
    house.settings = replace(house.settings, timezone="Pacific/Noumea")
    load(house)
    starts = session_of(house, "QV2").starts_at
    assert starts is not None
    assert starts.astimezone(ZoneInfo("Pacific/Noumea")).strftime("%d %H:%M") == "14 19:00"
