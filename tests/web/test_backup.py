"""A backup is what restores: taken while people write, opened elsewhere, folded to the same séance."""

from __future__ import annotations

import shutil
import sqlite3
import stat
import subprocess
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from cryptography.exceptions import InvalidTag
from flask import Flask
from sqlalchemy import select, text

from atelier import schema
from atelier.backup import BackupFailed, backup
from atelier.cli import main
from atelier.db import Database
from atelier.live.ballot_box import BallotBox
from atelier.live.desk import Desk
from atelier.live.models import SealedBallot
from atelier.live.rules.activities import CloseActivity, OpenActivity
from atelier.live.rules.agenda import GoTo
from atelier.live.rules.contributions import SubmitContribution
from atelier.live.rules.reveal import RevealResult
from atelier.live.rules.voting import CastBallot
from atelier.live.state import LiveState
from atelier.settings import Settings, from_environment
from tests.sockets.ground import SESSION, RealEvening

BALLOT = {"dots": {"o1": 2, "o3": 1}}
CARDS = 60


@pytest.fixture
def evening(sqlite_settings: Settings, clock: Callable[[], datetime]) -> RealEvening:
    """The board open, a vote open with one sealed ballot."""
    database = Database(sqlite_settings.database_url)
    schema.upgrade(database)
    made = RealEvening(database, clock, secret=sqlite_settings.seal_secret)
    for name in ("Samira", "Odile"):
        made.join(name)
    for sequence, activity in (("s3", "a3"), ("s5", "a4")):
        made.act(GoTo(sequence, activity))
        made.act(OpenActivity(activity))
    made.act(CastBallot("a4", ballot=BALLOT), "Samira")
    return made


def restored(copy: Path, tmp_path: Path, seal_key: Path | None) -> Settings:
    """Put a copy in a new folder as the guide says: the database, and beside it the secret kept elsewhere."""
    var = tmp_path / "elsewhere"
    var.mkdir(exist_ok=True)
    shutil.copy(copy, var / "atelier.db")
    if seal_key is not None:
        shutil.copy(seal_key, var / "seal.key")
    return from_environment({"ATELIER_VAR": str(var)})


def copy_of(settings: Settings) -> Path:
    return max((settings.var / "backups").glob("*"))


def state_in(settings: Settings, clock: Callable[[], datetime]) -> LiveState:
    database = Database(settings.database_url)
    try:
        return Desk(database, settings.seal_secret, clock).state(SESSION)
    finally:
        database.dispose()


def test_a_backup_restored_elsewhere_folds_to_the_same_seance(
    evening: RealEvening, sqlite_settings: Settings, tmp_path: Path, clock: Callable[[], datetime]
) -> None:
    evening.act(SubmitContribution("a3", "On parle avant les élus", column="plus"), "Samira")
    said = backup(sqlite_settings)
    there = restored(copy_of(sqlite_settings), tmp_path, sqlite_settings.var / "seal.key")
    assert state_in(there, clock) == evening.state
    assert f"({evening.state.seq} événements)" in said


def test_a_backup_taken_while_people_write_is_a_moment_of_the_seance(
    evening: RealEvening, sqlite_settings: Settings, tmp_path: Path, clock: Callable[[], datetime]
) -> None:
    writers = [
        threading.Thread(
            target=lambda name=name: [
                evening.act(
                    SubmitContribution("a3", f"{name}, idée {number}", column="plus"),
                    name,
                    f"{name}-{number:06d}",
                )
                for number in range(CARDS)
            ]
        )
        for name in ("Samira", "Odile")
    ]
    for writer in writers:
        writer.start()
    copies = []
    for number in range(5):
        path = tmp_path / f"copy-{number}.db"
        backup(sqlite_settings, path)
        copies.append(path)
    for writer in writers:
        writer.join()
    whole = [card.text for card in evening.state.contributions.values()]
    assert len(whole) == 2 * CARDS
    for path in copies:
        state = state_in(restored(path, tmp_path, None), clock)
        texts = [card.text for card in state.contributions.values()]
        assert texts == whole[: len(texts)]
        assert state.people == evening.state.people


def test_sealed_ballots_of_a_backup_open_with_the_secret_and_not_without(
    evening: RealEvening, sqlite_settings: Settings, tmp_path: Path
) -> None:
    backup(sqlite_settings)
    with_secret = restored(copy_of(sqlite_settings), tmp_path, sqlite_settings.var / "seal.key")
    database = Database(with_secret.database_url)
    with database.transaction() as connection:
        assert len(connection.execute(select(SealedBallot.voter)).all()) == 1
        opened, paper = BallotBox(connection, SESSION, with_secret.seal_secret).open("a4")
        assert (opened[0][2], paper) == (BALLOT, None)
        with pytest.raises(InvalidTag):
            BallotBox(connection, SESSION, b"the secret of a new installation").open("a4")
    database.dispose()


def test_the_vote_goes_on_after_a_restore_and_counts_what_was_cast_before(
    evening: RealEvening, sqlite_settings: Settings, tmp_path: Path, clock: Callable[[], datetime]
) -> None:
    backup(sqlite_settings)
    there = restored(copy_of(sqlite_settings), tmp_path, sqlite_settings.var / "seal.key")
    database = Database(there.database_url)
    again = RealEvening.__new__(RealEvening)
    again.__dict__.update(evening.__dict__)
    again.desk = Desk(database, there.seal_secret, clock)
    again.act(CastBallot("a4", ballot={"dots": {"o2": 2}}), "Odile")
    again.act(CloseActivity("a4"))
    again.act(RevealResult("a4"))
    result = again.state.activities["a4"].result or {}
    assert result["counts"]["valid"] == 2
    assert {row["key"]: row["dots"] for row in result["options"] if row["dots"]} == {
        "o1": 2,
        "o2": 3,
        "o3": 1,
    } or result
    database.dispose()


def test_a_server_starts_on_a_restored_backup(
    evening: RealEvening,
    sqlite_settings: Settings,
    tmp_path: Path,
    clock: Callable[[], datetime],
    make_app: Callable[[Settings], Flask],
) -> None:
    backup(sqlite_settings)
    there = restored(copy_of(sqlite_settings), tmp_path, sqlite_settings.var / "seal.key")
    app = make_app(replace(there, testing=True, public_url="http://localhost"))
    assert app.test_client().get("/readyz").status_code == 200
    assert app.test_client().get("/j/482137").status_code == 200
    app.extensions["atelier"].database.dispose()


def test_a_backup_is_for_its_owner_alone_and_holds_no_secret(
    evening: RealEvening, sqlite_settings: Settings
) -> None:
    backup(sqlite_settings)
    copy = copy_of(sqlite_settings)
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert stat.S_IMODE(copy.parent.stat().st_mode) == 0o700
    content = copy.read_bytes()
    assert sqlite_settings.seal_secret not in content
    assert sqlite_settings.secret_key not in content


def test_a_database_that_is_damaged_is_not_called_saved(
    evening: RealEvening, sqlite_settings: Settings
) -> None:
    evening.database.checkpoint()
    evening.database.dispose()
    path = sqlite_settings.var / "atelier.db"
    with path.open("r+b") as file:
        size = path.stat().st_size
        for place in range(8_192, size, 16_384):
            file.seek(place)
            file.write(b"\xff" * 512)
    with pytest.raises((BackupFailed, sqlite3.DatabaseError)):
        backup(sqlite_settings)


def test_the_command_says_where_the_copy_is(
    evening: RealEvening, sqlite_settings: Settings, tmp_path: Path
) -> None:
    target = tmp_path / "chosen.db"
    done = CliRunner().invoke(main, ["backup", str(target)], env={"ATELIER_VAR": str(sqlite_settings.var)})
    assert done.exit_code == 0, done.output
    assert str(target) in done.output
    assert target.exists()


@pytest.mark.postgres
def test_a_backup_of_postgresql_restores_to_the_same_seance(
    postgres_settings: Settings, clock: Callable[[], datetime], tmp_path: Path
) -> None:
    if shutil.which("pg_dump") is None or shutil.which("pg_restore") is None:
        pytest.skip("pg_dump is not installed")
    database = Database(postgres_settings.database_url)
    schema.upgrade(database)
    evening = RealEvening(database, clock, secret=postgres_settings.seal_secret)
    evening.join("Samira")
    evening.act(GoTo("s3", "a3"))
    evening.act(OpenActivity("a3"))
    evening.act(SubmitContribution("a3", "On parle avant les élus", column="plus"), "Samira")
    lived = evening.state
    path = tmp_path / "atelier.dump"
    backup(postgres_settings, path)
    evening.act(SubmitContribution("a3", "Après la copie", column="plus"), "Samira")
    name = postgres_settings.database_url.rpartition("%3D")[2]
    with database.transaction() as connection:
        connection.execute(text(f"DROP SCHEMA {name} CASCADE"))
        connection.execute(text(f"CREATE SCHEMA {name}"))
    plain = postgres_settings.database_url.replace("+psycopg", "").partition("?")[0]
    done = subprocess.run(
        ["pg_restore", f"--schema={name}", "--no-owner", f"--dbname={plain}", str(path)],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert Desk(database, postgres_settings.seal_secret, clock).state(SESSION) == lived
    database.dispose()
