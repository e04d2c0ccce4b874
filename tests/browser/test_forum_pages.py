"""The contribution au forum in real Chromium: prepared by keyboard, nothing that axe finds, all of it fit for a hand."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from atelier.db import Database
from atelier.live.rules.closing import CloseSession
from atelier.minutes.content import Content, Section
from atelier.minutes.models import Document
from tests.browser.documents import Shelf
from tests.browser.hall import DESK, PHONE, Hall
from tests.browser.looking import LAYOUT, violations

pytestmark = pytest.mark.browser

TEXT = Content(
    "L’expression en assemblée", (Section("case", 1, "Description", "Née en 2009 [C-1].", required=True),)
)
TITLE = "Qui parle d’abord ?"
LONG = (
    "Une question assez longue pour que l'on se demande si elle tient encore sur l'écran de la salle, lue du dernier rang. "
    * 2
)


@pytest.fixture
def group(hall: Hall) -> Shelf:
    """A group whose compte rendu is approved."""
    made = Shelf(hall)
    made.say()
    hall.act(CloseSession())
    made.put(TEXT)
    seeded = hall.server.seeded
    assert seeded is not None
    database = Database(seeded.settings.database_url)
    with database.writing() as db:
        db.get_one(Document, made.made["CHA1"].id).phase = "approved"
    database.dispose()
    return made


def faults(page: Page) -> dict[int, list[str]]:
    """What axe and the ruler find at the desk's size and in a hand."""
    found: dict[int, list[str]] = {}
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        found[size["width"]] = [*violations(page), *(page.evaluate(LAYOUT) if size is PHONE else ())]
    page.set_viewport_size(DESK)
    return {width: lines for width, lines in found.items() if lines}


def press(page: Page, name: str) -> None:
    """Reach a button by its name and press it as the keyboard does."""
    page.get_by_role("button", name=name).first.focus()
    page.keyboard.press("Enter")


def test_a_contribution_is_prepared_by_keyboard_and_axe_finds_nothing(group: Shelf) -> None:
    page = group.hall.page(group.hall.facilitator())
    page.goto(f"{group.hall.server.url}/contributions-au-forum/")
    assert faults(page) == {}
    page.get_by_label("Titre de la contribution").fill(TITLE)
    press(page, "Préparer la contribution")
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()
    expect(page.get_by_text("2 à traiter", exact=True)).to_be_visible()
    assert faults(page) == {}

    press(page, "Reprendre ici CHA1-C-1")
    expect(page.get_by_text("1 à traiter", exact=True)).to_be_visible()
    summary = page.locator("summary", has_text="Fusionner, écarter").first
    summary.focus()
    page.keyboard.press("Enter")
    page.get_by_label("Motif, publié en annexe").select_option("other")
    page.get_by_role("button", name="Écarter").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert").filter(has_text="Écrivez le motif en quelques mots")).to_be_visible()
    expect(page.get_by_label("Motif, publié en annexe")).to_have_value("other")
    assert faults(page) == {}
    page.get_by_label("Précision").fill("Dite dans le compte rendu.")
    press(page, "Écarter")
    expect(page.get_by_text("0 à traiter", exact=True)).to_be_visible()
    page.locator("summary", has_text="Fusionnées ou écartées").click()
    assert faults(page) == {}

    for number in (1, 2, 3):
        page.get_by_label(f"Message {number}").fill(f"Message {number} de la salle")
    press(page, "Garder ces messages")
    expect(page.get_by_text("Écrire les trois messages")).to_have_count(0)
    page.get_by_role("link", name="Vue d’un écran").click()
    expect(page.get_by_text("Message 3 de la salle")).to_be_visible()
    assert violations(page) == []
    page.go_back()
    page.get_by_role("link", name="Écrire le texte").click()
    expect(page.get_by_role("heading", name="Constat partagé")).to_be_visible()


@pytest.mark.parametrize("size", [{"width": 1920, "height": 1080}, {"width": 1280, "height": 720}])
def test_the_longest_words_hold_on_one_screen_and_are_read_from_the_back(
    group: Shelf, size: ViewportSize
) -> None:
    page = group.hall.page(group.hall.facilitator())
    page.goto(f"{group.hall.server.url}/contributions-au-forum/")
    page.get_by_label("Titre de la contribution").fill(LONG[:200])
    press(page, "Préparer la contribution")
    for number in (1, 2, 3):
        page.get_by_label(f"Message {number}").fill(LONG[:140])
    press(page, "Garder ces messages")
    page.get_by_role("link", name="Vue d’un écran").click()
    expect(page.get_by_role("listitem")).to_have_count(3)
    page.set_viewport_size(size)
    least, tallest = page.evaluate(
        "() => [Math.min(...[...document.querySelectorAll('h1, li')].map((one) => parseFloat(getComputedStyle(one).fontSize))),"
        " document.documentElement.scrollHeight]"
    )
    assert tallest == size["height"]
    assert least >= 28 * size["width"] / 1280  # D-25
