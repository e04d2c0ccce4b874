"""A house with one capability, people, on a real database: what these doors need and nothing more."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

import atelier.tables  # noqa: F401 - every table
from atelier import codes, security
from atelier.db import Base, Database
from atelier.drawing import Drawing
from atelier.house import House
from atelier.people import access, operations
from atelier.people.views import blueprint
from atelier.settings import Settings

START = datetime(2026, 10, 13, 17, 0, tzinfo=UTC)
PUBLIC_URL = "https://ateliers.exemple.fr"
OURS = {"Origin": PUBLIC_URL}


@dataclass
class Ground:
    settings: Settings
    now: datetime = START
    database: Database = field(init=False)
    app: Flask = field(init=False)

    def __post_init__(self) -> None:
        self.database = Database(self.settings.database_url)
        Base.metadata.create_all(self.database.writer)
        self.app = Flask("atelier", static_folder=None)
        self.app.testing = True
        security.configure(self.app, self.settings)
        drawing = Drawing(self.settings.timezone, self.settings.public_url)
        self.app.extensions["atelier"] = House(self.settings, self.database, drawing, lambda: self.now, {})
        self.app.register_blueprint(blueprint)

    def wait(self, **duration: float) -> None:
        self.now += timedelta(**duration)

    def client(self) -> FlaskClient:
        """A browser on our own pages: it says where its requests come from."""
        client = self.app.test_client()
        client.environ_base.update(HTTP_ORIGIN=self.settings.public_url, wsgi_url_scheme="https")
        return client

    def link(self, email: str = "nadia@exemple.fr", name: str = "Nadia") -> str:
        """The path of a fresh sign-in link."""
        address = operations.create_login_link(self.database, self.settings.public_url, email, name, self.now)
        return address.removeprefix(self.settings.public_url)

    def signed_in(self, email: str = "nadia@exemple.fr") -> FlaskClient:
        client = self.client()
        assert client.post(self.link(email)).status_code == 303
        return client

    def phone(self, session_id: int = 1, participant: str = "p1") -> tuple[FlaskClient, str]:
        """A browser that has joined a séance, and its token."""
        client, token = self.client(), codes.token()
        with self.database.writing() as db:
            operations.give_seat(db, token, session_id, participant, self.now)
        client.set_cookie(access.device_cookie(session_id), token, domain="localhost")
        return client, token


@contextmanager
def ground_on(settings: Settings, **changes: object) -> Iterator[Ground]:
    """The house of an installation given by tests/conftest.py, on either database."""
    changes = {"public_url": PUBLIC_URL, "secret_key": b"a secret for signing", "testing": True, **changes}
    ground = Ground(replace(settings, **changes))  # type: ignore[arg-type]
    try:
        yield ground
    finally:
        ground.database.dispose()


@contextmanager
def ground_in(folder: Path, **changes: object) -> Iterator[Ground]:
    """The same on SQLite, in a folder."""
    settings = Settings(
        var=folder,
        database_url=f"sqlite:///{folder / 'atelier.db'}",
        secret_key=b"",
        seal_secret=b"a secret for sealing",
    )
    with ground_on(settings, **changes) as ground:
        yield ground
