"""Two processes that start at the same moment on a database where nothing is: one prepares it, both serve it."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from atelier.db import Database
from atelier.demonstration.facilitator import FIRST_ACCOUNT
from atelier.demonstration.prepared import CLOSED_REFERENCE, SESSIONS
from atelier.people.models import Account
from atelier.schema import current, differences, head
from atelier.settings import Settings
from atelier.workshops.models import WorkshopSession
from tests.server import ATELIER_RUN, ROOT, RunningServer, server_environment

WITH_DEMONSTRATION = (*ATELIER_RUN, "--demo")
AT_ONCE = 2

pytestmark = pytest.mark.timeout(300)  # two processes start on a machine that may be busy


@pytest.fixture
def nothing_yet(settings: Settings, tmp_path: Path) -> Settings:
    """An installation whose folder is empty: no database file, no secret."""
    var = tmp_path / "empty"
    var.mkdir()
    if not settings.database_url.startswith("sqlite"):
        return replace(settings, var=var)
    return replace(settings, var=var, database_url=f"sqlite:///{var / 'atelier.db'}")


@pytest.fixture
def servers(nothing_yet: Settings) -> Iterator[list[RunningServer]]:
    env = {"ATELIER_DATABASE_URL": nothing_yet.database_url}
    made = [RunningServer(nothing_yet.var, env, program=WITH_DEMONSTRATION) for _ in range(AT_ONCE)]
    for server in made:
        server.start(wait=False)
    yield made
    for server in made:
        server.stop()


def test_two_processes_that_start_at_once_prepare_the_installation_once(
    nothing_yet: Settings, servers: list[RunningServer]
) -> None:
    for server in servers:
        server.wait_until_it_answers("/readyz")
    database = Database(nothing_yet.database_url)
    with database.reading() as db:
        references = set(db.scalars(select(WorkshopSession.reference)))
        titles = Counter(db.scalars(select(WorkshopSession.title)))
        accounts = Counter(db.scalars(select(Account.email)))
    schema = (current(database), differences(database))
    database.dispose()
    assert {CLOSED_REFERENCE, *(one.reference for one in SESSIONS)} <= references
    assert set(titles.values()) == {1}
    assert accounts[FIRST_ACCOUNT] == 1
    assert schema == (head(), [])
    links = [line for server in servers for line in server.output().splitlines() if "/connexion/" in line]
    assert len(set(links)) == AT_ONCE
    assert [line for server in servers for line in server.errors()] == []


def test_processes_that_start_at_once_share_their_secrets(tmp_path: Path) -> None:
    env = server_environment(tmp_path)
    program = "import atelier.settings as s; found = s.from_environment(); print(found.secret_key, found.seal_secret)"
    started = [
        subprocess.Popen([sys.executable, "-c", program], env=env, cwd=ROOT, stdout=subprocess.PIPE)
        for _ in range(4)
    ]
    said = {process.communicate(timeout=60)[0] for process in started}
    kept = {path.name: path.read_bytes().strip() for path in tmp_path.iterdir()}
    assert said == {f"{kept['secret.key']!r} {kept['seal.key']!r}\n".encode()}
    assert set(kept) == {"secret.key", "seal.key"}
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}
