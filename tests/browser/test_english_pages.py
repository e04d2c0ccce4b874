"""Pages of facilitators and readers in English, in real Chromium: what axe finds, what does not fit a hand, what scripts say."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from atelier.live.rules.closing import CloseSession
from atelier.minutes.content import Content, Section
from tests.browser.documents import Shelf
from tests.browser.hall import DESK, PHONE, Hall
from tests.browser.looking import LAYOUT, violations

pytestmark = pytest.mark.browser

TEXT = Content(
    "L’expression", (Section("minus", 1, "Faiblesses", "Six mois sans réponse [C-2]. Vote [V-1]."),)
)
AT = "/comptes-rendus/CHA1"
BEFORE = (
    "/",
    "/seances",
    "/seances/nouvelle",
    "/seances/1",
    "/seances/1/reglages",
    "/seances/1/liens",
    "/aide",
)
AFTER = (
    AT, f"{AT}/suivi", f"{AT}/noms", f"{AT}/versions", f"{AT}/equipe", f"{AT}/brouillon/fichiers", f"{AT}/importer",
    "/contributions-au-forum/",
)  # fmt: skip


def english(hall: Hall) -> BrowserContext:
    """The facilitator's browser, once English was chosen at the foot of a page: it is kept."""
    page = hall.page(hall.facilitator())
    page.goto(f"{hall.server.url}/seances")
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.close()
    return hall.facilitator()


def faults_on(page: Page, path: str) -> list[str]:
    """Return what is wrong with a page in English, at a desk and in a hand."""
    found = []
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        expect(page.locator("html")).to_have_attribute("lang", "en")
        found += violations(page)
        if size is PHONE:
            found += page.evaluate(LAYOUT)
    return [f"{path}: {fault}" for fault in found]


def test_pages_in_english_are_sound_and_fit(hall: Hall) -> None:
    context = english(hall)
    page = hall.page(context)
    faults = []
    for path in BEFORE:
        page.goto(f"{hall.server.url}{path}")
        faults += faults_on(page, path)
    desk = hall.desk()
    expect(desk.get_by_role("button", name="Freeze everything")).to_be_visible()
    expect(desk.frame_locator("screen-preview iframe").locator("html")).to_have_attribute("lang", "fr")
    faults += faults_on(desk, "desk")
    shelf = Shelf(hall)
    shelf.say()
    hall.act(CloseSession())
    shelf.put(TEXT)
    for path in AFTER:
        page.goto(f"{hall.server.url}{path}")
        faults += faults_on(page, path)
    assert faults == []


def test_the_editor_says_in_english_that_a_word_is_kept(hall: Hall) -> None:
    context = english(hall)
    shelf = Shelf(hall)
    shelf.say()
    hall.act(CloseSession())
    shelf.put(TEXT)
    page = hall.page(context)
    page.goto(f"{hall.server.url}{AT}/ecrire")
    expect(page.get_by_text("Saved", exact=False).first).to_be_visible()
    text = page.get_by_role("textbox", name="Faiblesses")
    text.press("Control+End")
    text.press_sequentially(" Un mot.")
    expect(page.get_by_text("Saved at", exact=False).first).to_be_visible()
    assert faults_on(page, "editor") == []
