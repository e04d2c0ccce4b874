"""A whole house with two facilitators who prepare séances: what the doors of preparation are tried on."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import unescape
from html.parser import HTMLParser
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from atelier.house import House
from atelier.people import operations as people
from atelier.workshops import operations, queries
from atelier.workshops.models import WorkshopSession

EVENING = datetime(2015, 10, 13, 17, 0, tzinfo=UTC)  # 19 h in Paris
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
SCRIPT = {"X-Atelier": "script", "Accept": "application/json"}
LEGAL = {
    "controller": "Association des Quatre-Vents (fictive)",
    "purpose": "Recueillir les paroles de la soirée",
    "dpo_contact": "dpo@exemple.fr",
    "device_hours": 24,
    "contact_months": 3,
    "name_months": 3,
}


@dataclass
class Facilitator:
    """A signed-in browser. Its forms carry the token of the page they come from."""

    client: FlaskClient
    id: int
    token: str = field(init=False)

    def __post_init__(self) -> None:
        self.token = TOKEN.findall(self.get("/seances/nouvelle").text)[0]

    def get(self, path: str) -> TestResponse:
        return self.client.get(path)

    def post(self, path: str, data: Mapping[str, Any] | None = None, **more: Any) -> TestResponse:
        return self.client.post(path, data={"csrf_token": self.token, **(data or {})}, **more)

    def script(self, path: str, data: Mapping[str, Any] | None = None) -> TestResponse:
        """The same form, sent by the page's script."""
        return self.post(path, data, headers=SCRIPT)


@dataclass
class Preparation:
    """The house, its séances, and people to prepare them."""

    app: Flask
    house: House
    last_link: str = ""

    def sign_in(self, email: str = "nadia@exemple.fr", name: str = "Nadia") -> Facilitator:
        at = self.house
        link = people.create_login_link(at.database, at.settings.public_url, email, name, at.clock())
        client = self.app.test_client()
        client.environ_base.update(HTTP_ORIGIN=at.settings.public_url)
        assert client.post(link.removeprefix(at.settings.public_url)).status_code == 303
        with at.database.reading() as db:
            account = people.queries.account_by_email(db, email)
        assert account is not None
        return Facilitator(client, account.id)

    def prepare(self, owner: Facilitator, template: str = "chantier", **columns: Any) -> int:
        """Create a séance; it starts at 19 h unless said otherwise."""
        with self.house.database.writing() as db:
            values = {"starts_at": EVENING, **columns}
            return operations.create_from_template(db, owner.id, template, self.house.clock(), **values).id

    def read(self, session_id: int, what: Callable[[WorkshopSession], Any]) -> Any:
        """Read something of a séance's row while its rows can be loaded."""
        with self.house.database.reading() as db:
            session = db.get(WorkshopSession, session_id)
            assert session is not None
            return what(session)

    def exists(self, session_id: int) -> bool:
        with self.house.database.reading() as db:
            return db.get(WorkshopSession, session_id) is not None

    def titles(self, session_id: int) -> list[str]:
        return list(self.read(session_id, lambda session: [row.title for row in session.sequences]))

    def fill_legal_facts(self) -> None:
        with self.house.database.writing() as db:
            people.save_installation(db, LEGAL, self.house.clock())

    def open(self, owner: Facilitator, session_id: int) -> None:
        """Open a séance by its door."""
        self.fill_legal_facts()
        assert owner.post(f"/seances/{session_id}/ouvrir").status_code == 303

    def in_database(self, act: Callable[[Session], Any]) -> Any:
        with self.house.database.writing() as db:
            return act(db)


def own(db: Session, owner: Facilitator, session_id: int) -> WorkshopSession:
    return queries.own_session(db, owner.id, session_id)


class FormReader(HTMLParser):
    """Reads what a browser would send of one form, untouched."""

    def __init__(self, action: str) -> None:
        super().__init__()
        self.action = action
        self.data: dict[str, list[str]] = {}
        self.found = False
        self._inside = False
        self._area = ""
        self._select = ""
        self._chosen: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = given.get("action") == self.action
            self.found = self.found or self._inside
        elif not self._inside:
            return
        elif tag == "input":
            self._input(given)
        elif tag == "textarea":
            self._area = given.get("name", "")
            self.data.setdefault(self._area, []).append("")
        elif tag == "select":
            self._select, self._chosen = given.get("name", ""), None
        elif tag == "option" and (self._chosen is None or "selected" in given):
            self._chosen = given.get("value", "")

    def _input(self, given: dict[str, str]) -> None:
        kind, name = given.get("type", "text"), given.get("name")
        if name and kind != "submit" and (kind not in {"radio", "checkbox"} or "checked" in given):
            self.data.setdefault(name, []).append(given.get("value", ""))

    def handle_data(self, text: str) -> None:
        if self._area:
            self.data[self._area][-1] += text

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._area:
            self.data[self._area][-1] = self.data[self._area][-1].removeprefix("\r\n").removeprefix("\n")
            self._area = ""
        elif tag == "select" and self._select:
            self.data.setdefault(self._select, []).append(self._chosen or "")
            self._select = ""
        elif tag == "form":
            self._inside = False


def form_of(page: str, action: str) -> dict[str, list[str]]:
    """Return what a browser would send of the form whose address is `action`, untouched."""
    reader = FormReader(action)
    reader.feed(page)
    assert reader.found, action
    return reader.data


def error_at(page: str, field_id: str) -> str:
    """Return the sentence at a field."""
    found = re.search(rf'<p class="error" id="{re.escape(field_id)}-error">(.*?)</p>', page, re.S)
    assert found, field_id
    return unescape(found.group(1)).strip()
