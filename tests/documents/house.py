"""A whole house with a séance, its links and its document, and one browser for each kind of person who may knock."""

from __future__ import annotations

from dataclasses import dataclass, field

from flask import Flask
from flask.testing import FlaskClient

from atelier import codes
from atelier.house import House
from atelier.minutes.models import Document, ReviewLink
from atelier.people import access
from atelier.people.models import Account
from atelier.people.operations import create_login_link
from tests.documents.ground import MadeDocument, make_document
from tests.faults.hall import Hall

OURS = {"HTTP_ORIGIN": "http://localhost"}
ADDRESS = "/comptes-rendus/CHA1"
LINK_ROLE = {"cofacilitator": "editor", "helper": "writer", "observer": "reader"}


@dataclass
class DocumentHouse:
    """`made.writers`: Odile and Marcel, invited. The account that owns it is Nadia's."""

    app: Flask
    hall: Hall = field(init=False)
    made: MadeDocument = field(init=False)
    review: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.house: House = self.app.extensions["atelier"]
        with self.house.database.writing() as db:
            db.add(Account(id=1, email="nadia@exemple.fr", name="Nadia", created_at=self.house.clock()))
            db.add(Account(id=2, email="paul@exemple.fr", name="Paul", created_at=self.house.clock()))
        self.hall = Hall(self.house)
        self.made = make_document(
            self.house.database, ["Odile", "Marcel"], session_id=self.hall.session_id, owner_id=1
        )
        token = codes.token()
        with self.house.database.writing() as db:
            db.add(
                ReviewLink(
                    document_id=self.made.id, channel="email", present=True, token_hash=codes.hashed(token),
                    created_at=self.house.clock(),
                )
            )  # fmt: skip
        self.review["present"] = token

    def stranger(self) -> FlaskClient:
        """A browser that nobody knows, on our own pages."""
        client = self.app.test_client()
        client.environ_base.update(OURS)
        return client

    def signed_in(self, email: str = "nadia@exemple.fr") -> FlaskClient:
        client = self.stranger()
        address = create_login_link(self.house.database, "", email, "", self.house.clock())
        assert client.post(address).status_code == 303
        return client

    def by_link(self, role: str) -> FlaskClient:
        """A browser that came by a link of the séance."""
        client = self.stranger()
        cookie = access.link_cookie(self.hall.session_id)
        client.set_cookie(cookie, self.hall.tokens[role], domain="localhost")
        return client

    def by_invitation(self, name: str = "Odile") -> FlaskClient:
        client = self.stranger()
        client.set_cookie(access.document_cookie(self.made.id), self.made.tokens[name], domain="localhost")
        return client

    def by_review(self) -> FlaskClient:
        client = self.stranger()
        cookie = access.document_cookie(self.made.id, access.REVIEW_COOKIE)
        client.set_cookie(cookie, self.review["present"], domain="localhost")
        return client

    def browsers(self) -> dict[str, list[FlaskClient]]:
        """Return, for each role of the table, a browser for each way to it."""
        return {
            "editor": [self.signed_in(), self.by_link("cofacilitator")],
            "writer": [self.by_invitation(), self.by_link("helper")],
            "reader": [self.by_link("observer")],
            "reviewer": [self.by_review()],
            "public": [self.stranger(), self.signed_in("paul@exemple.fr")],
        }

    def document(self) -> Document:
        with self.house.database.reading() as db:
            found = db.get(Document, self.made.id)
            assert found is not None
            return found
