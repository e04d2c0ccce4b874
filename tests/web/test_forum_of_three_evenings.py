"""A whole workshop: three séances played by their doors, three comptes rendus published, one contribution au forum of them all.

From each of its sentences to the card, whatever the séance, and back from the card to both texts, in one touch.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from atelier import tables
from atelier.app import create_app
from atelier.demonstration.fiche import FICHE
from atelier.demonstration.publishing import Press
from atelier.house import House
from atelier.minutes import queries
from atelier.minutes.models import Document
from atelier.people.access import ACCOUNT
from atelier.people.operations import create_login_link, save_installation
from atelier.people.queries import account_by_email
from atelier.settings import from_environment
from atelier.workshops.models import WorkshopSession
from tests.journals.record import Clock
from tests.kinds.record import BEGUN, played
from tests.web.live_ground import said

SEANCES = {"DK1": date(2026, 3, 16), "DK2": date(2026, 3, 30), "DK3": date(2026, 4, 13)}
SHELF = "/contributions-au-forum"
FORM = {"Origin": "http://localhost"}
FIELDS = """### Constat d'origine

Les réunions excluent qui garde un enfant [{meeting}] [{finding}].

### Contenu

Une garde d'enfants à chaque réunion [{proposed}].

### À qui elle s'adresse

À la Région, aux collectivités.

### Bénéficiaires

### Points de vue divergents ou minoritaires

Des entreprises disent ne pas avoir été entendues [{against}].
"""


class Workshop:
    def __init__(self, folder: Path) -> None:
        self.clock = Clock()
        settings = replace(
            from_environment({"ATELIER_VAR": str(folder)}), testing=True, public_url="http://localhost"
        )
        self.app = create_app(settings, clock=self.clock, background=False)
        self.house: House = self.app.extensions["atelier"]
        tables.metadata.create_all(self.house.database.writer)
        create_login_link(self.house.database, "", "nadia@centre.example", "Nadia", BEGUN)
        with self.house.database.writing() as db:
            save_installation(db, FICHE, BEGUN)
            account = account_by_email(db, "nadia@centre.example")
            assert account is not None
            self.owner = account.id
        self.halls = played(self.house, self.clock, SEANCES, self.owner)
        self.house.parts["live"].followers.drain()
        self.nadia = self.app.test_client()
        with self.nadia.session_transaction() as browser:
            browser[ACCOUNT] = self.owner
        self.public = self.app.test_client()

    def publish_minutes(self) -> None:
        before = None
        for reference, held_on in SEANCES.items():
            with self.house.database.writing() as db:
                session = db.scalars(
                    select(WorkshopSession).where(WorkshopSession.reference == reference)
                ).one()
                session.starts_at = BEGUN + (held_on - BEGUN.date())
                session.continues, before = before, session.id
                document = queries.document_of_session(db, session.id)
            assert document is not None
            Press(self.house, document, self.halls[reference].state).publish(held_on)

    def number(self, reference: str, words: str) -> int:
        """Return the number of a card by its words: those of anonymous cards are drawn."""
        cards = self.halls[reference].state.contributions.values()
        return next(card.number for card in cards if words in card.words)

    def post(self, path: str, **data: Any) -> Any:
        answer = self.nadia.post(path, data=data, headers=FORM)
        assert answer.status_code in {200, 303}, said(answer.text)[:600]
        return answer

    def page(self, path: str, by: FlaskClient | None = None) -> str:
        answer = (by or self.nadia).get(path, follow_redirects=True)
        assert answer.status_code == 200, (path, answer.status_code)
        return str(answer.text)


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    made = Workshop(tmp_path_factory.mktemp("workshop"))
    made.publish_minutes()
    return made


def documents(workshop: Workshop) -> list[str]:
    """Return what the form offers for the group, oldest séance first."""
    page = workshop.page(f"{SHELF}/")
    assert re.findall(r'class="reference">(DK\d)<', page) == list(SEANCES)
    assert page.count(" checked") == 3  # one group only: all that it made
    found = re.findall(r'name="document" value="(\d+)"', page)
    # from any of them, the link offers its whole group, and the question that it was asked
    assert workshop.page(f"{SHELF}/?document={found[1]}").count(" checked") == 3
    return found


def complete(workshop: Workshop, at: str, refs: dict[str, str]) -> None:
    with workshop.house.database.reading() as db:
        reference = at.rpartition("/")[2]
        document = db.scalars(select(Document).where(Document.reference == reference)).one()
    room = workshop.house.parts["minutes"].rooms.open(document.id)
    for key in ("finding", "lessons", "divergent", "debate"):
        room.write("u1", lambda text, key=key: text.edit(key, "Le groupe le dit ainsi.\n"))
    room.write("u1", lambda text: text.describe("proposition-1", heading="Garder les enfants"))
    room.write("u1", lambda text: text.edit("proposition-1", FIELDS.format(**refs)))
    workshop.post(f"{at}/preparer/appui", proposition="proposition-1", choice="DK2-V-2 answer")
    waiting = re.findall(r'<article class="slip" id="([^"]+)"', workshop.page(f"{at}/preparer?tout=1"))
    promise = f"DK3-C-{workshop.number('DK3', 'Rapporter au forum')}"
    assert promise not in waiting  # who does what has not to be taken up
    for ref in waiting:
        workshop.post(f"{at}/preparer/ecarter", ref=ref, motive="off_topic")
    workshop.post(f"{at}/preparer/ecran", message1="La garde", message2="La réponse", message3="Le budget")


def test_a_sentence_leads_to_its_card_in_any_of_three_séances_and_back_to_both_texts(
    workshop: Workshop,
) -> None:
    refs = {
        "meeting": f"DK1-C-{workshop.number('DK1', 'l’heure des enfants'.replace('’', chr(39)))}",
        "proposed": f"DK2-C-{workshop.number('DK2', 'Garder les enfants')}",
        "against": f"DK2-C-{workshop.number('DK2', 'pas été entendues')}",
        "finding": f"DK3-C-{workshop.number('DK3', 'Les réunions excluent')}",
    }
    made = workshop.post(
        f"{SHELF}/",
        document=documents(workshop),
        title="Quels moyens pour la participation de tous ?",
        group="Atelier 5",
    )
    at = made.headers["Location"].removesuffix("/preparer")
    assert at == f"{SHELF}/DK3-F1"
    complete(workshop, at, refs)
    bar = re.search(r'class="coverage-bar" role="img" aria-label="([^"]+)"', workshop.page(f"{at}/preparer"))
    assert bar is not None
    whole, *fates = map(int, re.findall(r"\d+", bar[1]))
    assert sum(fates) == whole
    assert fates[0] == 4
    workshop.post(f"{at}/suivi/envoyer", approval="tacit")
    workshop.clock.now = BEGUN + timedelta(days=90)
    workshop.post(f"{at}/suivi/approuver")
    workshop.post(f"{at}/suivi/publier")

    text = workshop.page(f"{at}/v1", workshop.public)
    for ref in refs.values():
        reference, _, card = ref.partition("-")
        assert f'href="/r/{reference}/{card}"' in text
        there = workshop.page(f"{at}/sources/{ref}", workshop.public)
        assert f'href="/comptes-rendus/{reference}"' in there  # and to the compte rendu of its own séance
        back = workshop.page(f"/r/{reference}/{card}", workshop.public)
        assert f'href="{at}"' in back
    assert "large accord" in said(text).lower()
    assert "Bénéficiaires" not in text  # nobody wrote under it
    assert re.findall(r"<li>([^<]+)</li>", workshop.page(f"{at}/ecran", workshop.public)) == [
        "La garde",
        "La réponse",
        "Le budget",
    ]
    again = workshop.post(f"{SHELF}/", document=documents(workshop), title="Une seconde contribution")
    assert again.headers["Location"] == f"{SHELF}/DK3-F2/preparer"
