"""R-207: from the close of the demonstration's evening to « Envoyer en relecture », by somebody who never saw the app."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from atelier.db import Database
from atelier.minutes.models import Document
from tests.browser.newcomer import Evening, Newcomer, demonstration

pytestmark = pytest.mark.browser

MOST_MINUTES = 30
PAGE = Path(__file__).parents[2] / "docs" / "redaction.md"

MEANS = (
    "L'assemblée est portée par le centre social, avec deux bénévoles du quartier. La ville prête la salle et paie la garde"
    " d'enfants. Une soirée demande six heures de préparation. Première assemblée en 2023, une par mois depuis."
)
ANSWERS = (
    "Personne ne décide seul : le centre social transmet les sujets, l'élue de quartier choisit ceux qu'elle porte.",
    "Le centre social relance deux fois, puis l'assemblée écrit une lettre affichée dans les halls.",
    "Oui, un récit d'une page, relu par deux personnes qui étaient là.",
    "La salle est libre le mercredi. Un essai aura lieu un samedi matin.",
)
DEBATE = (
    "Pour des associatifs, l'assemblée pèse peu : les sujets reviennent sans réponse ",
    ". Pour des élus, elle pèse déjà, parce que les services l'entendent. Les deux regards sont maintenus.",
)
THEMES = "La réponse due aux habitants. La place des personnes qui ne viennent jamais."
REACTION = "Le centre social retient deux choses : dire ce qui a été transmis, et aller chercher les jeunes devant la porte."
WRITERS = (
    "Texte préparé par l'animation le lendemain de la soirée, envoyé en relecture aux personnes présentes."
)


@pytest.fixture
def evening(tmp_path: Path) -> Iterator[Evening]:
    with demonstration(tmp_path) as served:
        yield served
        assert served.server.errors() == []


def write_minutes(page: Page) -> Newcomer:
    """The whole way, gesture by gesture."""
    somebody = Newcomer(page)
    somebody.link("Compte rendu")
    somebody.read()
    somebody.link("Écrire")
    expect(page.locator(".sheet-part").first).to_be_visible()
    somebody.write("Acteurs, moyens, chronologie", MEANS)
    somebody.go_to("Ce que les questions ont précisé")
    for number, answer in enumerate(ANSWERS, 1):
        somebody.write_under("Ce que les questions ont précisé", number, answer)
    somebody.go_to("Ce qui fait débat entre les regards")
    somebody.write_under("Ce qui fait débat entre les regards", 0, DEBATE[0])
    somebody.cite("V-3")
    somebody.type(DEBATE[1])
    somebody.write("Thèmes transversaux suggérés", THEMES)
    somebody.write("Réaction du porteur", REACTION)
    somebody.write("Rédaction et statut", WRITERS)
    somebody.see_it_kept()
    somebody.link("Envoyer en relecture")
    somebody.press(page.get_by_role("button", name="Envoyer en relecture"))
    return somebody


def test_an_evening_is_sent_for_review_within_half_an_hour(chromium: Browser, evening: Evening) -> None:
    page = evening.arrive(chromium)
    somebody = write_minutes(page)
    expect(page.get_by_text("en relecture").first).to_be_visible()
    database = Database(f"sqlite:///{evening.server.var / 'atelier.db'}")
    with database.reading() as db:
        document = db.scalars(select(Document).where(Document.reference == "QV1")).one()
    database.dispose()
    assert document.phase == "in_review"
    effort = somebody.effort
    print(f"\n{effort}, {effort.minutes:.1f} minutes")
    assert effort.minutes <= MOST_MINUTES
    assert written_down() == {
        "typed": effort.typed,
        "gestures": effort.gestures,
        "read": effort.read // 100 * 100,
    }


def written_down() -> dict[str, int]:
    """What docs/redaction.md says of the same way."""
    text = PAGE.read_text().replace("\u00a0", " ")
    found = {}
    for name, words in (("typed", "mots tapés"), ("gestures", "gestes"), ("read", "mots à lire, environ")):
        match = re.search(rf"\| {words} \| ([\d ]+) \|", text)
        assert match is not None, words
        found[name] = int(match[1].replace(" ", ""))
    return found
