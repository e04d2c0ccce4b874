"""A rehearsal against a server that really runs: through its front door, on a copy, gone in one act (D-24)."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from sqlalchemy import select

from atelier import tables
from atelier.db import Database
from atelier.demonstration.fiche import FICHE
from atelier.live.models import LiveEvent
from atelier.people.operations import create_login_link, save_installation
from atelier.people.queries import account_by_email
from atelier.schema import upgrade
from atelier.settings import Settings, from_environment
from atelier.workshops.models import WorkshopSession
from atelier.workshops.operations import create_from_template
from atelier.workshops.queries import own_sessions
from tests.seed import EMAIL, NAME, Seeded
from tests.server import ROOT, RunningServer, running_server, server_environment

PHONES = 10
FOLLOWS = re.compile(r"Le serveur (suit|ne suit pas) pour 10 téléphones")
PATIENCE_S = 110.0


def prepared(settings: Settings, *, fiche: bool = True) -> Seeded:
    """Put one séance in a fresh database, still a draft: chantier evening, whose votes wait for the room's words."""
    from atelier.clock import utc_now

    database = Database(settings.database_url)
    upgrade(database)
    address = create_login_link(database, "", EMAIL, NAME, utc_now())
    with database.writing() as db:
        if fiche:
            save_installation(db, FICHE, utc_now())
        account = account_by_email(db, EMAIL)
        assert account is not None
        session = create_from_template(db, account.id, "chantier", utc_now())
        seeded = Seeded(settings, session.id, session.code, account.id, address)
    database.dispose()
    return seeded


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RunningServer]:
    settings = from_environment(server_environment(tmp_path))
    with running_server(tmp_path, seeded=prepared(settings)) as running:
        yield running


@pytest.fixture
def database(server: RunningServer) -> Iterator[Database]:
    assert server.seeded is not None
    found = Database(server.seeded.settings.database_url)
    yield found
    found.dispose()


@pytest.fixture
def desk(server: RunningServer) -> requests.Session:
    """The facilitator's browser, signed in."""
    assert server.seeded is not None
    browser = requests.Session()
    browser.headers["Origin"] = server.url
    reply = browser.post(server.url + server.seeded.sign_in_path, timeout=20)
    assert reply.ok
    return browser


QUICKLY = "import sys; from atelier.rehearsal.phones import rehearse; print(rehearse(sys.argv[1], 10, sys.argv[2], 0.2))"


def rehearse(server: RunningServer, code: str, var: Path | None = None) -> str:
    """Rehearse in a process of its own, as the command does, with phones that hardly wait; return what it prints."""
    done = subprocess.run(
        [sys.executable, "-c", QUICKLY, code, server.url],
        cwd=ROOT,
        env=server_environment(var or server.var),
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def rows(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table; the sign-in, which happens meanwhile, apart."""
    with database.reading() as db:
        return {
            table.name: sorted((tuple(row) for row in db.execute(select(table))), key=repr)
            for table in tables.metadata.sorted_tables
            if table.name not in {"magic_link", "readiness"}
        }


def copies(database: Database) -> list[WorkshopSession]:
    with database.reading() as db:
        return list(db.scalars(select(WorkshopSession).where(WorkshopSession.rehearsal_of.is_not(None))))


def page(server: RunningServer, desk: requests.Session) -> str:
    return desk.get(f"{server.url}/pupitre/{server.code}/repetition", timeout=20).text


def wait_for_the_verdict(server: RunningServer, desk: requests.Session) -> str:
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        shown = page(server, desk)
        if "Verdict" in shown or "interrompue" in shown:
            return shown
        time.sleep(0.5)
    raise AssertionError(shown)


def test_the_button_rehearses_on_a_copy_which_leaves_no_row_once_deleted(
    server: RunningServer, desk: requests.Session, database: Database
) -> None:
    before = rows(database)
    address = f"{server.url}/pupitre/{server.code}/repetition"
    assert "Répéter" in page(server, desk)
    reply = desk.post(address, data={"phones": str(PHONES)}, timeout=20)
    assert reply.ok
    assert "La copie se prépare" in reply.text or "téléphones" in reply.text
    shown = wait_for_the_verdict(server, desk)
    assert FOLLOWS.search(shown), shown
    english = desk.get(address, headers={"Accept-Language": "en"}, timeout=20).text
    assert "The server keeps up with" in english or "The server does not" in english, english

    [copy] = copies(database)
    with database.reading() as db:
        source = db.scalars(select(WorkshopSession).where(WorkshopSession.code == server.code)).one()
        events = list(db.scalars(select(LiveEvent.kind).where(LiveEvent.session_id == copy.id)))
        assert (source.phase, copy.rehearsal_of) == ("draft", source.id)
        assert [found.id for found in own_sessions(db, source.owner_id)] == [source.id]
        assert not db.scalars(select(LiveEvent).where(LiveEvent.session_id == source.id)).all()
    assert events.count("ParticipantJoined") == PHONES
    assert (
        events.count("ContributionSubmitted") == 5 * PHONES
    )  # questions, board, hypotheses, promises, the last try
    assert events.count("BallotReceived") == 5 * PHONES  # choice, two dot votes, gradients, ROTI
    assert events.count("VoteRevealed") == 5
    assert events.count("LinkRevoked") == 1

    assert "RÉPÉTITION" in requests.get(f"{server.url}/j/{copy.code}", timeout=20).text
    assert "Rien n" in desk.post(f"{address}/supprimer", timeout=20).text
    assert copies(database) == []
    assert rows(database) == before
    assert list((server.var / "rehearsals").glob("*")) == []
    assert requests.get(f"{server.url}/j/{copy.code}", timeout=20).status_code == 404
    assert server.errors() == []


def test_deleting_stops_a_rehearsal_that_goes_on(
    server: RunningServer, desk: requests.Session, database: Database
) -> None:
    before = rows(database)
    address = f"{server.url}/pupitre/{server.code}/repetition"
    desk.post(address, data={"phones": str(PHONES)}, timeout=20)
    deadline = time.monotonic() + PATIENCE_S
    while "activité" not in page(server, desk) and time.monotonic() < deadline:
        time.sleep(0.2)
    desk.post(f"{address}/supprimer", timeout=20)
    time.sleep(1.0)
    assert "Supprimer la répétition" not in page(server, desk)
    assert rows(database) == before


def test_the_command_leaves_the_copy_to_real_phones_and_keeps_no_key(
    server: RunningServer, database: Database
) -> None:
    said = rehearse(server, server.code)
    assert FOLLOWS.match(said), said
    [copy] = copies(database)
    with database.reading() as db:
        granted, revoked = (
            db.scalars(
                select(LiveEvent.payload).where(LiveEvent.session_id == copy.id, LiveEvent.kind == kind)
            ).one()
            for kind in ("LinkGranted", "LinkRevoked")
        )
    assert granted["link"] == revoked["link"]
    reply = requests.post(
        f"{server.url}/j/{copy.code}",
        json={"college": "A"},
        headers={"Authorization": "Bearer somebody", "Accept": "application/json"},
        timeout=20,
    )
    assert reply.json()["ok"]


def test_from_elsewhere_phones_enter_rehearsals_only(
    server: RunningServer, database: Database, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    assert "n’ouvre pas une répétition" in rehearse(server, server.code, elsewhere)
    assert copies(database) == []
    rehearse(server, server.code)
    [copy] = copies(database)
    said = rehearse(server, copy.code, elsewhere)
    assert FOLLOWS.match(said), said
    assert "Cartes et votes n’ont pas été essayés" in said
    assert [found.id for found in copies(database)] == [copy.id]


def test_the_command_says_that_no_server_answers(server: RunningServer, database: Database) -> None:
    server.stop()
    assert rehearse(server, server.code).startswith("Aucun serveur ne répond")
    assert copies(database) == []


def test_somebody_else_finds_no_rehearsal_page(server: RunningServer, database: Database) -> None:
    stranger = requests.Session()
    stranger.headers["Origin"] = server.url
    address = f"{server.url}/pupitre/{server.code}/repetition"
    assert stranger.get(address, timeout=20).status_code == 404
    assert stranger.post(address, data={"phones": "3"}, timeout=20).status_code == 404
    assert stranger.post(f"{address}/supprimer", timeout=20).status_code == 404
    assert copies(database) == []


@pytest.mark.parametrize("phones", ["0", "451", "beaucoup", ""])
def test_a_senseless_number_of_phones_is_answered_at_the_field(
    server: RunningServer, desk: requests.Session, database: Database, phones: str
) -> None:
    reply = desk.post(f"{server.url}/pupitre/{server.code}/repetition", data={"phones": phones}, timeout=20)
    assert reply.status_code == 422
    assert "phones-error-1" in reply.text
    assert copies(database) == []


def test_nothing_is_rehearsed_while_the_installation_has_not_said_who_it_is(tmp_path: Path) -> None:
    settings = from_environment(server_environment(tmp_path))
    with running_server(tmp_path, seeded=prepared(settings, fiche=False)) as server:
        assert "réglages obligatoires" in rehearse(server, server.code)
        found = Database(settings.database_url)
        assert copies(found) == []
        found.dispose()
