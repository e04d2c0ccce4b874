"""The small séance with its compte rendu: written, submitted, published; read by the desk, by a phone, by anybody."""

from __future__ import annotations

from pathlib import Path

from flask.testing import FlaskClient

from atelier.minutes import facts, queries
from atelier.minutes.blocks import written
from atelier.minutes.citations import where_cited
from atelier.minutes.content import Content, Section
from atelier.minutes.models import Document
from atelier.minutes.operations import review
from atelier.minutes.operations.drawing import body_of
from atelier.minutes.operations.publication import Frozen, publish
from atelier.minutes.sources import Sources, sources_of, to_json
from tests.documents.ground import make_document
from tests.web.exported import desk_of, small_evening
from tests.web.live_ground import PUBLIC_URL, Evening, Phone

ADDRESS = "/comptes-rendus/CHA1"
SAID = "Deux cartes le disent : « On parle avant les élus » [C-1][C-2]. Personne n'a tout vu [C-99]."
CONTENT = Content(
    "L'assemblée du mercredi",
    (
        Section("header", 2, "La séance", "Une soirée à Amiens."),
        Section("case", 1, "Description du cas", "Le cas, en une phrase.", required=True),
        Section("strengths", 2, "Forces", SAID),
        Section("means", 2, "Moyens", "", hint="Qui fait quoi."),
        Section("review", 1, "Le vote", written("V-1", "Trois bulletins [V-1].\n\n![Le vote](figure:V-1)")),
        Section("questions", 1, "Questions", "", required=True, hint="Ce que les questions ont précisé."),
        Section("cards", 1, "Contributions", "La carte cachée [C-3].", annex=True),
    ),
)


class Minutes:
    """One séance closed and its compte rendu."""

    def __init__(self, folder: Path, content: Content = CONTENT) -> None:
        self.evening: Evening
        self.phones: list[Phone]
        self.evening, self.phones = small_evening(folder)
        self.desk = desk_of(self.evening)
        live = self.evening.house.parts["live"]
        with self.evening.house.database.reading() as db:
            known = queries.document_of_session(db, 1)
        if known is None:
            make_document(
                self.evening.house.database, (), content, 1, 1, live.desk.state, reference="CHA1", settings={}
            )
        else:
            self.room.write("draft", lambda text: text.replace(content))

    @property
    def room(self):  # type: ignore[no-untyped-def]
        return self.evening.house.parts["minutes"].rooms.open(self.document().id)

    def document(self) -> Document:
        with self.evening.house.database.reading() as db:
            found = queries.document_by_reference(db, "CHA1", "minutes")
            assert found is not None
            return found

    def visitor(self) -> FlaskClient:
        client = self.evening.app.test_client()
        client.environ_base.update(HTTP_ORIGIN=PUBLIC_URL, wsgi_url_scheme="https")
        return client

    def sources(self, public: bool) -> Sources:
        live = self.evening.house.parts["live"]
        return sources_of(live.desk.state(1), live.recorder.rows(1), "CHA1", public)

    def write(self, section: str, body: str) -> None:
        self.room.write("u1", lambda text: text.edit(section, body))

    def send(self) -> None:
        """Send the text for review."""
        now = self.evening.now
        with self.evening.house.database.writing() as db:
            document = queries.locked(db, self.document().id)
            review.ensure_calendar(document, now.date())
            refusal = review.send_for_review(db, document, self.room.content(), "tacit", now.date(), now)
            assert refusal is None or not hasattr(refusal, "code"), refusal

    def publish(self) -> None:
        """Freeze the text as it stands."""
        content, house = self.room.content(), self.evening.house
        cited = self.sources(public=True).only(where_cited(content))
        body = str(body_of(house.drawing, content, cited))
        said = facts.to_json(facts.Facts(sent=46, read=29, accepted=4, approved_on=self.evening.now.date()))
        with house.database.writing() as db:
            document = queries.locked(db, self.document().id)
            if document.phase in {"draft", "in_review"}:
                document.phase = "approved"
            publish(db, document, content, Frozen(body, "# texte", to_json(cited), said), self.evening.now)
