"""What `atelier …` says and does when it is typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import delete, select, update

from atelier import schema
from atelier.cli import main
from atelier.db import Database
from atelier.live.models import RecordRow
from atelier.live.record import record
from atelier.live.rules.activities import CloseActivity, OpenActivity
from atelier.live.rules.agenda import GoTo
from atelier.live.rules.contributions import SubmitContribution
from atelier.settings import Settings
from tests.sockets.ground import RealEvening


@pytest.fixture
def evening(sqlite_settings: Settings, clock: Callable[[], datetime]) -> RealEvening:
    """A closed board of two cards, in a database made by the migrations."""
    database = Database(sqlite_settings.database_url)
    schema.upgrade(database)
    made = RealEvening(database, clock, secret=sqlite_settings.seal_secret)
    made.join("Samira")
    made.act(GoTo("s3", "a3"))
    made.act(OpenActivity("a3"))
    for text in ("On parle avant les élus", "Les mêmes parlent"):
        made.act(SubmitContribution("a3", text, column="plus"), "Samira")
    made.act(CloseActivity("a3"))
    return made


def typed(settings: Settings, *words: str, **environ: str) -> Result:
    """Run a command of the installation, as from its folder."""
    return CliRunner().invoke(main, list(words), env={"ATELIER_VAR": str(settings.var), **environ})


def rows(evening: RealEvening) -> dict[tuple[str, str], Any]:
    with evening.database.reading() as db:
        found = db.execute(select(RecordRow.kind, RecordRow.ref, RecordRow.data))
        return {(row.kind, row.ref): row.data for row in found}


def test_rebuild_makes_every_record_again_from_its_journal(
    evening: RealEvening, sqlite_settings: Settings
) -> None:
    assert typed(sqlite_settings, "db", "rebuild").output == "1 séance relue depuis son journal.\n"
    first = rows(evening)
    assert {key: first[key] for key in first} == {
        (row.kind, row.ref): row.data for row in record(evening.state)
    }
    with evening.database.transaction() as connection:
        connection.execute(delete(RecordRow).where(RecordRow.kind == "activity"))
        connection.execute(
            update(RecordRow).where(RecordRow.ref == "C-1").values(data={"text": "autre chose"})
        )
    assert rows(evening) != first
    assert typed(sqlite_settings, "db", "rebuild").exit_code == 0
    assert rows(evening) == first


def test_rebuild_of_an_installation_without_a_seance_says_so(sqlite_settings: Settings) -> None:
    schema.upgrade(Database(sqlite_settings.database_url))
    done = typed(sqlite_settings, "db", "rebuild")
    assert (done.exit_code, done.output) == (0, "0 séance relue depuis son journal.\n")


def test_check_asks_how_many_proxies_serve_https_until_it_is_said(sqlite_settings: Settings) -> None:
    schema.upgrade(Database(sqlite_settings.database_url))
    public = {"ATELIER_PUBLIC_URL": "https://ateliers.exemple.fr"}
    assert "ATELIER_PROXIES=1" in typed(sqlite_settings, "check", **public).output
    assert "ATELIER_PROXIES" not in typed(sqlite_settings, "check", **public, ATELIER_PROXIES="1").output
    assert (
        "ATELIER_PROXIES"
        not in typed(sqlite_settings, "check", ATELIER_PUBLIC_URL="http://192.168.1.20:8000").output
    )


def test_a_sign_in_link_is_printed_for_the_public_address(
    evening: RealEvening, sqlite_settings: Settings
) -> None:
    schema.upgrade(Database(sqlite_settings.database_url))
    done = typed(
        sqlite_settings, "login-link", "nadia@exemple.fr", ATELIER_PUBLIC_URL="https://ateliers.exemple.fr"
    )
    assert done.exit_code == 0
    assert done.output.strip().startswith("https://ateliers.exemple.fr/")
