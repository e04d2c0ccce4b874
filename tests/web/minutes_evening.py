"""A closed evening with its compte rendu, reached by doors: the facilitator's browser, phones that were there, readers' links."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import delete
from werkzeug.test import TestResponse

from atelier.minutes import queries, store
from atelier.minutes.content import Content, Section
from atelier.minutes.document import make
from atelier.minutes.models import Document, DocumentUpdate
from atelier.people.models import Contact
from tests.web.exported import NAMES, desk_of, small_evening
from tests.web.live_ground import PUBLIC_URL, Evening, Phone, said

CONTENT = Content(
    "L'expression en assemblée populaire",
    (
        Section("case", 1, "Description analytique du cas", "L'assemblée est née en 2009.\n", required=True),
        Section("diagnosis", 1, "Diagnostic", "", required=True),
        Section(
            "plus",
            2,
            "Forces",
            "Une carte le dit : « On parle avant les élus » [C-1]. Le vote le confirme [V-1].\n",
        ),
        Section("hypotheses", 1, "Hypothèses", "", required=True, hint="Ce que l'expérience révèle."),
    ),
)


@dataclass
class MinutesEvening:
    """The compte rendu CHA1 of a small evening. `desk` is the facilitator; time moves by `wait`."""

    folder: Path
    content: Content = CONTENT
    confidential: bool = False
    database_url: str = ""
    evening: Evening = field(init=False)
    phones: list[Phone] = field(init=False)
    desk: FlaskClient = field(init=False)
    at: str = "/comptes-rendus/CHA1"

    def __post_init__(self) -> None:
        self.evening, self.phones = small_evening(self.folder, database_url=self.database_url)
        self.desk = desk_of(self.evening)
        with self.evening.house.database.writing() as db:
            db.add(_contact("odile@exemple.fr"))
            row = queries.document_of_session(db, 1)
            if row is None:
                row = Document(
                    kind="minutes", template="t2", reference="CHA1", owner_id=1, session_id=1,
                    title=self.content.title, created_at=self.evening.now, settings={},
                )  # fmt: skip
                db.add(row)
                db.flush()
            row.confidential = self.confidential
            self.id = row.id
            db.execute(delete(DocumentUpdate).where(DocumentUpdate.document_id == row.id))
            store.append(
                db.connection(), row.id, [store.Kept(1, make(self.content), store.APP)], self.evening.now
            )
        self.minutes.rooms.forget(self.id)

    @property
    def minutes(self) -> Any:
        return self.evening.house.parts["minutes"]

    @property
    def room(self) -> Any:
        return self.minutes.rooms.open(self.id)

    def wait(self, **span: float) -> None:
        self.evening.now += timedelta(**span)

    def document(self) -> Document:
        with self.evening.house.database.reading() as db:
            return db.get_one(Document, self.id)

    def write(self, section: str, body: str) -> None:
        self.room.write("u1", lambda text: text.edit(section, body))

    def fill(self) -> None:
        """Write what the template asks for."""
        self.write("hypotheses", "Répondre dans un délai annoncé fait revenir les gens.\n")

    def get(self, path: str, by: FlaskClient | None = None, status: int = 200) -> str:
        response = (by or self.desk).get(f"{self.at}{path}")
        assert response.status_code == status, f"{response.status_code}: {said(response.text)[:800]}"
        return response.text

    def post(self, path: str, by: FlaskClient | None = None, **data: Any) -> TestResponse:
        return (by or self.desk).post(f"{self.at}{path}", data=data)

    def done(self, path: str, by: FlaskClient | None = None, **data: Any) -> str:
        """Send a form that must be accepted; return the page it leads to, as it is read."""
        response = self.post(path, by, **data)
        if response.status_code == 303:
            response = (by or self.desk).get(response.headers["Location"])
        assert response.status_code == 200, f"{response.status_code}: {said(response.text)[:800]}"
        return said(response.text)

    def refused(self, path: str, by: FlaskClient | None = None, **data: Any) -> str:
        """Send a form that must be refused; return the page, as it is read."""
        response = self.post(path, by, **data)
        assert response.status_code == 422, response.status_code
        return said(response.text)

    def browser(self) -> FlaskClient:
        client = self.evening.app.test_client()
        client.environ_base.update(HTTP_ORIGIN=PUBLIC_URL, wsgi_url_scheme="https")
        return client

    def send(self, approval: str = "tacit") -> list[str]:
        """Send for review; return the personal links of the letters to copy."""
        response = self.post("/suivi/envoyer", approval=approval)
        assert response.status_code == 200, said(response.text)[:800]
        return re.findall(rf"{PUBLIC_URL}(/relire/[\w-]+)", response.text)[:1]

    def reader(self, link: str) -> FlaskClient:
        """A browser that followed a reader's own link."""
        client = self.browser()
        response = client.get(link)
        assert response.status_code == 303, response.status_code
        return client

    def to_approved(self) -> None:
        self.fill()
        self.send()
        self.wait(days=22)
        self.done("/suivi/approuver")

    def to_published(self) -> None:
        self.to_approved()
        self.done("/suivi/publier")


def _contact(email: str) -> Contact:
    return Contact(
        session_id=1, channel="email", email=email, wants_minutes=True, wants_cowrite=False,
        consent_at=Evening.now.date(), wording_version="contacts-1", proof=email.ljust(64, "0"),
    )  # fmt: skip


__all__ = ["CONTENT", "NAMES", "MinutesEvening", "said"]
