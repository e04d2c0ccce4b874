"""The pages of review, follow-up, names and versions in real Chromium: nothing that axe finds, all of it fit for a hand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from atelier.db import Database
from atelier.live.rules.closing import CloseSession
from atelier.minutes.content import Content, Section
from atelier.minutes.models import Document
from tests.browser.documents import Shelf
from tests.browser.hall import DESK, PHONE, Hall
from tests.browser.looking import LAYOUT, violations
from tests.documents.ground import room_on

pytestmark = pytest.mark.browser

TEXT = Content(
    "L’expression en assemblée populaire",
    (
        Section("case", 1, "Description analytique du cas", "L’assemblée est née en 2009. Nadia l’a notée.", required=True),
        Section("diagnosis", 1, "Diagnostic", ""),
        Section("minus", 2, "Faiblesses", "Côté élus, quelqu’un n’a « pas toujours le pouvoir » [C-1]. Puis [C-2]."),
        Section("hypotheses", 1, "Hypothèses", "", required=True, hint="Chaque hypothèse en une phrase."),
    ),
)  # fmt: skip


@pytest.fixture
def shelf(hall: Hall) -> Shelf:
    made = Shelf(hall)
    made.say()
    hall.act(CloseSession())
    made.put(TEXT)
    return made


class Walk:
    """Pages looked at one after the other, at the desk's size and in a hand."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.at = f"{shelf.hall.server.url}/comptes-rendus/CHA1"
        self.faults: dict[str, list[str]] = {}

    def look(self, page: Page, name: str) -> None:
        for size in (DESK, PHONE):
            page.set_viewport_size(size)
            found = [*violations(page), *(page.evaluate(LAYOUT) if size is PHONE else ())]
            if found:
                self.faults[f"{name}, {size['width']} px"] = found
        page.set_viewport_size(DESK)

    def page(self, context: BrowserContext, path: str, name: str, look: bool = True) -> Page:
        page = self.shelf.hall.page(context)
        page.goto(f"{self.at}{path}")
        if look:
            self.look(page, name)
        return page


def write(shelf: Shelf, section: str, body: str) -> None:
    """Write from another process, on the same database."""
    with database_of(shelf) as database:
        room_on(database, shelf.made["CHA1"].id).write("u1", lambda text: text.edit(section, body))


def day_is_over(shelf: Shelf) -> None:
    """Bring the announced days into the past: silence then approves at the next look."""
    past = date.today() - timedelta(days=2)
    with database_of(shelf) as database, database.writing() as db:
        db.get_one(Document, shelf.made["CHA1"].id).approval_due = past


@contextmanager
def database_of(shelf: Shelf) -> Iterator[Database]:
    seeded = shelf.hall.server.seeded
    assert seeded is not None
    database = Database(seeded.settings.database_url)
    yield database
    database.dispose()


def open_all(page: Page) -> None:
    shut = page.locator("main details:not([open]) > summary")
    while shut.count():
        shut.first.click()


def test_axe_finds_nothing_on_the_way_to_publication(shelf: Shelf) -> None:
    walk = Walk(shelf)
    desk = shelf.hall.facilitator()
    page = walk.page(desk, "/suivi", "follow-up, draft")
    page.get_by_role("button", name="Envoyer en relecture").click()
    expect(page.get_by_role("heading", name="Le texte est envoyé en relecture")).to_be_visible()
    open_all(page)
    walk.look(page, "follow-up, letters")
    page.goto(f"{walk.at}/suivi")
    page.get_by_text("Donner un lien de lecture à quelqu’un").click()
    page.get_by_label("Pour qui, tel que vous le reconnaîtrez").fill("Élu de permanence")
    page.get_by_role("button", name="Créer le lien").click()
    letter = page.get_by_label("Message pour Élu de permanence").input_value()
    link = next(line for line in letter.splitlines() if "/relire/" in line)

    reader = shelf.hall.context(PHONE, has_touch=True)
    text = shelf.hall.page(reader)
    text.goto(link)
    walk.look(text, "review")
    text.get_by_role("button", name="Fidèle à la séance").click()
    text.get_by_text("Approuver avec une réserve").click()
    walk.look(text, "review, faithful")
    text.goto(f"{walk.at}/relecture/demande?partie=minus")
    text.get_by_role("button", name="Envoyer ma demande").click()
    expect(text.get_by_role("alert").filter(has_text="Dites pourquoi")).to_be_visible()
    walk.look(text, "request, refused")
    text.get_by_label("Puis C-2.").check()
    text.get_by_label("Pourquoi ?").fill("Trop court.")
    text.get_by_role("button", name="Envoyer ma demande").click()
    expect(text.get_by_text("Votre demande est reçue.")).to_be_visible()
    walk.look(text, "review, asked")
    walk.page(shelf.hall.context(PHONE), "/relecture", "review, at the door")

    page.goto(f"{walk.at}/suivi")
    open_all(page)
    walk.look(page, "follow-up, asked")
    page.goto(f"{walk.at}/suivi/fiche")
    walk.look(page, "sheet to enter")
    page.goto(f"{walk.at}/suivi/fiche-papier")
    assert violations(page) == []
    page.goto(f"{walk.at}/noms")
    walk.look(page, "names")
    page.goto(f"{walk.at}/versions")
    page.get_by_label("Nom de la version actuelle").fill("Avant relecture du porteur")
    page.get_by_role("button", name="Garder cette version").click()
    expect(page.get_by_text("La version est gardée sous ce nom.")).to_be_visible()
    walk.look(page, "versions")
    page.get_by_role("link", name="Avant relecture du porteur").click()
    walk.look(page, "one version")
    page.goto(f"{walk.at}/versions/comparer?de=1&a=2")
    walk.look(page, "comparison, same")
    assert walk.faults == {}


def test_axe_finds_nothing_once_published_corrected_and_withdrawn(shelf: Shelf) -> None:
    walk = Walk(shelf)
    page = walk.page(shelf.hall.facilitator(), "/suivi", "follow-up", look=False)
    page.get_by_role("button", name="Envoyer en relecture").click()
    write(shelf, "hypotheses", "Un délai annoncé fait revenir les gens.")
    day_is_over(shelf)
    page.goto(f"{walk.at}/suivi")
    page.get_by_text("Corriger avant de publier, ou revenir à la relecture").click()
    walk.look(page, "follow-up, approved")
    page.get_by_role("button", name="Publier le texte").press("Enter")  # it says why it cannot
    expect(page.get_by_text("Rien n’a été fait : voici ce qui reste à régler.")).to_be_visible()
    walk.look(page, "follow-up, refused")
    page.get_by_role("link", name="Voir les noms").first.click()
    page.get_by_role("button", name="Accord donné : Nadia").click()
    page.goto(f"{walk.at}/suivi")
    page.get_by_role("button", name="Publier le texte").click()
    expect(page.get_by_text("Son adresse ne changera plus.")).to_be_visible()
    walk.look(page, "follow-up, published")
    public = shelf.hall.context(PHONE)
    walk.page(public, "/v1", "published")
    walk.page(public, "/v1/empreinte", "fingerprint")
    page.get_by_label("Raison de la correction, en une phrase").fill("Une date fausse.")
    page.get_by_role("button", name="Ouvrir une rectification").click()
    write(shelf, "case", "L’assemblée est née en 2010.")
    page.goto(f"{walk.at}/versions/comparer?de=3&a=texte")
    walk.look(page, "comparison")
    page.goto(f"{walk.at}/suivi")
    walk.look(page, "follow-up, correcting")
    page.get_by_role("button", name="Publier la correction").click()
    walk.page(public, "/v1", "published, a newer exists")
    page.goto(f"{walk.at}/v1/retrait")
    page.get_by_role("button", name="Retirer de la consultation").click()
    walk.look(page, "withdrawal, refused")
    page.get_by_label("Motif, public").fill("Une personne y est reconnaissable.")
    page.get_by_role("button", name="Retirer de la consultation").click()
    walk.page(public, "/v1", "withdrawn")
    assert walk.faults == {}


def test_a_request_typed_without_network_is_there_when_it_comes_back_and_gone_once_received(
    shelf: Shelf,
) -> None:
    page = shelf.hall.page(shelf.hall.facilitator())
    address = f"{shelf.hall.server.url}/comptes-rendus/CHA1"
    page.goto(f"{address}/suivi")
    page.get_by_role("button", name="Envoyer en relecture").click()
    page.goto(f"{address}/relecture/demande?partie=minus")
    page.get_by_label("Texte que vous proposez").fill("Six mois, parfois plus.")
    page.get_by_label("Pourquoi ?").fill("On l’a dit à la table 3.")
    page.context.set_offline(True)
    page.get_by_role("button", name="Envoyer ma demande").click()
    page.wait_for_timeout(500)
    page.context.set_offline(False)
    page.goto(f"{address}/relecture/demande?partie=minus")
    expect(page.get_by_label("Texte que vous proposez")).to_have_value("Six mois, parfois plus.")
    expect(page.get_by_label("Pourquoi ?")).to_have_value("On l’a dit à la table 3.")
    page.get_by_role("button", name="Envoyer ma demande").click()
    expect(page.get_by_text("Votre demande est reçue.")).to_be_visible()
    page.goto(f"{address}/relecture/demande?partie=minus")
    expect(page.get_by_label("Pourquoi ?")).to_have_value("")
