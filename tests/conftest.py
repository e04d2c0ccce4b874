"""What every kind of test starts from: an installation in a temporary folder, on SQLite and, where it answers, PostgreSQL."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine, text

from atelier import app as building
from atelier import schema, tables
from atelier.app import create_app
from atelier.db import Database
from atelier.house import House
from atelier.settings import Settings, from_environment
from tests import server

POSTGRES_URL = os.environ.get("ATELIER_TEST_POSTGRES_URL", "")
REDIS_URL = os.environ.get("ATELIER_TEST_REDIS_URL", "")
DATA = Path(os.environ.get("ATELIER_TEST_DATA", Path(__file__).parents[2] / "shared" / "data"))


class FakeClock:
    """A clock that tests move by hand."""

    def __init__(self, now: datetime = datetime(2015, 10, 13, 17, 0, tzinfo=UTC)) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def wait(self, **span: float) -> None:
        self.now += timedelta(**span)


@pytest.fixture(scope="session", autouse=True)
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Compile templates and static files once for all installations of a run: half of a web test's time, else."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "made"
    server.MADE = str(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(building, "made_in", lambda _settings: folder)
        yield


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def sqlite_settings(tmp_path: Path) -> Settings:
    """An installation of its own, under https so that cookies are Secure as in production tests that ask for it."""
    return replace(
        from_environment({"ATELIER_VAR": str(tmp_path)}), testing=True, public_url="http://localhost"
    )


@pytest.fixture
def postgres_settings(sqlite_settings: Settings) -> Iterator[Settings]:
    """The same installation on PostgreSQL, in a schema of its own that is dropped at the end."""
    if not POSTGRES_URL:
        pytest.skip("PostgreSQL does not answer here (ATELIER_TEST_POSTGRES_URL)")
    schema = f"t_{uuid.uuid4().hex[:12]}"
    engine = create_engine(POSTGRES_URL)
    with engine.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    separator = "&" if "?" in POSTGRES_URL else "?"
    yield replace(sqlite_settings, database_url=f"{POSTGRES_URL}{separator}options=-csearch_path%3D{schema}")
    with engine.begin() as connection:
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    engine.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def settings(request: pytest.FixtureRequest) -> Settings:
    """Both databases, one after the other."""
    found: Settings = request.getfixturevalue(f"{request.param}_settings")
    return found


@pytest.fixture
def database(settings: Settings) -> Iterator[Database]:
    """A database with its tables, on each engine."""
    made = Database(settings.database_url)
    tables.metadata.create_all(made.writer)
    yield made
    made.dispose()


@pytest.fixture
def sqlite_database(sqlite_settings: Settings) -> Iterator[Database]:
    made = Database(sqlite_settings.database_url)
    tables.metadata.create_all(made.writer)
    yield made
    made.dispose()


@pytest.fixture
def make_app(clock: FakeClock) -> Callable[[Settings], Flask]:
    """Build an application whose ticker is beaten by hand."""

    def make(settings: Settings) -> Flask:
        app = create_app(settings, clock=clock, background=False)
        house: House = app.extensions["atelier"]
        tables.metadata.create_all(house.database.writer)
        return app

    return make


@pytest.fixture
def app(sqlite_settings: Settings, make_app: Callable[[Settings], Flask]) -> Iterator[Flask]:
    made = make_app(sqlite_settings)
    yield made
    made.extensions["atelier"].database.dispose()


@pytest.fixture
def migrated_app(sqlite_settings: Settings, make_app: Callable[[Settings], Flask]) -> Iterator[Flask]:
    """An application whose database was made by the migrations, as `/readyz` asks."""
    database = Database(sqlite_settings.database_url)
    schema.upgrade(database)
    database.dispose()
    made = make_app(sqlite_settings)
    yield made
    made.extensions["atelier"].database.dispose()


@pytest.fixture
def house(app: Flask) -> House:
    found: House = app.extensions["atelier"]
    return found
