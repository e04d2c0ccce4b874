"""A document on a real database, without pages: a séance held in Amiens, its text in three parts, contacts left at the end."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from atelier.db import Database
from atelier.live.state import LiveState
from atelier.minutes import queries, store
from atelier.minutes.calendar import calendar_of
from atelier.minutes.content import Content, Section
from atelier.minutes.document import make
from atelier.minutes.models import Document
from atelier.minutes.operations import review
from atelier.minutes.room import Room
from atelier.minutes.rooms import Rooms
from atelier.people.models import Account, CardProof, Contact
from atelier.people.tokens import card_proof
from atelier.workshops.models import WorkshopSession
from tests.factories import make_play

PEPPER = b"a secret for sealing"
HELD = datetime(2015, 10, 13, 17, 0, tzinfo=UTC)
PHONE_CODE = "ABCD-EFGH-JKMN"
CONTENT = Content(
    "L'expression en assemblée populaire",
    (
        Section("case", 1, "Description analytique du cas", "L'assemblée est née en 2009.\n", required=True),
        Section("diagnosis", 1, "Diagnostic", "", required=True),
        Section(
            "minus", 2, "Faiblesses", "Une demande peut attendre six mois [C-1].\n\nLe micro fait peur.\n"
        ),
        Section("hypotheses", 1, "Hypothèses", "Répondre dans un délai annoncé.\n", required=True),
    ),
)


def make_contact(session_id: int, email: str = "", channel: str = "email") -> Contact:
    return Contact(
        session_id=session_id, channel=channel, email=email, wants_minutes=True, wants_cowrite=False,
        consent_at=HELD.date(), wording_version="contacts-1", proof=f"{email or channel}".ljust(64, "0"),
    )  # fmt: skip


@dataclass
class Archive:
    """One séance (number 1) and its document (number 1). Time moves by `wait` alone."""

    database: Database
    now: datetime = HELD + timedelta(hours=3)
    content: Content = CONTENT
    state: LiveState = field(default_factory=lambda: make_play(3).state)

    def __post_init__(self) -> None:
        self.rooms = Rooms(self.database, lambda: self.now, lambda _session: self.state)
        with self.database.writing() as db:
            db.add(Account(id=1, email="nadia@exemple.fr", name="Nadia", created_at=HELD))
            db.add(
                WorkshopSession(
                    id=1, owner_id=1, reference="CHA1", code="482137", title=self.content.title, starts_at=HELD,
                    created_at=HELD, opened_at=HELD, closed_at=self.now, phase="closed",
                )
            )  # fmt: skip
            db.flush()
            db.add_all(
                [
                    make_contact(1, "odile@exemple.fr"),
                    make_contact(1, "paul@exemple.fr"),
                    make_contact(1, channel="paper"),
                ]
            )
            db.add(CardProof(session_id=1, number=1, proof=card_proof(PEPPER, PHONE_CODE, 1)))
            document = Document(
                id=1, kind="minutes", template="t2", reference="CHA1", owner_id=1, session_id=1,
                title=self.content.title, created_at=self.now, settings={},
            )  # fmt: skip
            review.set_calendar(document, calendar_of(self.now.date()))
            db.add(document)
            db.flush()
            store.append(db.connection(), 1, [store.Kept(1, make(self.content), store.APP)], self.now)

    @property
    def room(self) -> Room:
        return self.rooms.open(1)

    @property
    def today(self) -> date:
        return self.now.date()

    def wait(self, **span: float) -> None:
        self.now += timedelta(**span)

    def read(self) -> Session:
        return Session(self.database.reader, expire_on_commit=False)

    def document(self) -> Document:
        with self.database.reading() as db:
            return db.get_one(Document, 1)

    def do(self, act: Any, *args: Any, **more: Any) -> Any:
        """Call an operation on the document in a transaction of its own."""
        with self.database.writing() as db:
            return act(db, queries.locked(db, 1), *args, **more)

    def write(self, section: str, body: str, person: str = "u1") -> None:
        """Let somebody write in the shared text."""
        self.room.write(person, lambda text: text.edit(section, body))

    def text(self) -> Content:
        return self.room.content()

    def send(self, approval: str = "tacit") -> Any:
        return self.do(review.send_for_review, self.text(), approval, self.today, self.now)
