"""The reading page in real Chromium: sources beside the text, by mouse, keyboard and hand; nothing that axe finds."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from atelier.live.rules.merging import MergeContributions
from atelier.minutes.blocks import written
from atelier.minutes.content import Content, Section
from tests.browser.documents import WORDS, Shelf
from tests.browser.hall import DESK, PHONE, Hall, axe_violations

pytestmark = pytest.mark.browser

TEXT = Content(
    "L’expression en assemblée populaire",
    (
        Section("header", 2, "La séance", written("header", "Soirée du 13 octobre 2015, à Amiens.")),
        Section(
            "weak",
            1,
            "Les demandes restent sans réponse",
            "Une première phrase des rédacteurs. Côté élus, quelqu’un n’a « pas toujours le pouvoir » [C-1]."
            " Puis [C-2].\n\n| Quoi | Quand |\n|---|---:|\n| Une date | 3 |\n\n"
            "- [ ] à faire\n- [x] fait\n\nTerme\n: Définition[^1].\n\n[^1]: Note.",
        ),
        Section(
            "hypotheses", 1, "Ce qui peut servir", written("V-1", "En tête [V-1].\n\n![Le vote](figure:V-1)")
        ),
        Section("empty", 1, "Hypothèses", "", required=True, hint="Chaque hypothèse en une phrase."),
        Section("themes", 1, "Thèmes suggérés", "Un thème."),
        Section("cards", 1, "Contributions", "Les cartes.", annex=True),
    ),
)


@pytest.fixture
def shelf(hall: Hall) -> Shelf:
    made = Shelf(hall)
    made.say()
    made.put(TEXT)
    return made


def opened(shelf: Shelf, viewport: object = DESK, **more: object) -> Page:
    page = shelf.hall.page(shelf.reader(viewport, **more))  # type: ignore[arg-type]
    page.goto(f"{shelf.hall.server.url}/comptes-rendus/CHA1")
    return page


def highlighted(page: Page) -> str:
    return str(page.evaluate("() => [...(CSS.highlights.get('cited') ?? [])].map(String).join('')"))


def test_a_citation_opens_its_card_beside_the_text_and_escape_gives_the_place_back(shelf: Shelf) -> None:
    page = opened(shelf)
    chip = page.get_by_role("link", name="Source C-1", exact=True)
    chip.focus()
    page.keyboard.press("Enter")
    card = page.locator(".source-card")
    expect(card).to_contain_text(f"«\u00a0{WORDS[0]}\u00a0»")
    expect(card).to_contain_text("Dite parélus et agents")
    expect(card).to_contain_text("Quelles suites (2 cartes)")
    expect(card).to_be_focused()
    expect(chip).to_have_attribute("aria-expanded", "true")
    assert highlighted(page) == "Côté élus, quelqu’un n’a «\u00a0pas toujours le pouvoir\u00a0»".replace(
        "\u00a0", " "
    )
    assert axe_violations(page) == []
    expect(card.get_by_role("link", name="1 Les demandes restent sans réponse")).to_be_visible()
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    expect(chip).to_be_focused()
    expect(chip).not_to_have_attribute("aria-expanded", "true")
    assert highlighted(page) == ""


def test_a_card_leads_to_those_it_was_made_of_without_leaving_the_text(shelf: Shelf) -> None:
    shelf.hall.act(MergeContributions(1, (2,), "Réunies en une"))
    page = opened(shelf)
    chip = page.get_by_role("link", name="Source C-1", exact=True)
    chip.click()
    card = page.locator(".source-card")
    expect(card).to_contain_text("Réunies en une")
    card.get_by_role("link", name="C-2", exact=True).click()
    expect(card).to_contain_text(WORDS[1])
    expect(card).to_be_focused()
    page.keyboard.press("Escape")
    expect(chip).to_be_focused()


def test_a_touched_sentence_says_where_it_comes_from(shelf: Shelf) -> None:
    page = opened(shelf)
    panel = page.locator("source-panel")
    touch(page, "Une première phrase")
    expect(panel).to_contain_text("Formulation des rédacteurs, sans contribution source.")
    assert highlighted(page) == "Une première phrase des rédacteurs"
    touch(page, "Côté élus")
    expect(page.locator(".source-card")).to_contain_text(WORDS[0])
    touch(page, "Soirée du 13 octobre")
    expect(panel).to_contain_text("Écrit par Atelier, à partir de ce qui a été fait et compté")


def touch(page: Page, words: str) -> None:
    box = page.evaluate(
        """(words) => {
          const walker = document.createTreeWalker(document.getElementById("texte"), NodeFilter.SHOW_TEXT);
          for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const at = node.data.indexOf(words);
            if (at < 0) continue;
            const range = new Range();
            range.setStart(node, at);
            range.setEnd(node, at + words.length);
            node.parentElement.scrollIntoView({block: "center"});
            return range.getBoundingClientRect().toJSON();
          }
        }""",
        words,
    )
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def test_in_a_hand_the_card_rises_from_below_and_leaves_the_sentence_in_sight(shelf: Shelf) -> None:
    page = opened(shelf, PHONE, has_touch=True)
    expect(page.locator("source-panel")).to_be_hidden()
    chip = page.get_by_role("link", name="Source V-1", exact=True).last
    chip.tap()
    card = page.locator(".source-card")
    expect(card).to_contain_text("6 bulletins")
    sheet, sight = page.locator("source-panel").bounding_box(), chip.bounding_box()
    assert sheet is not None
    assert sight is not None
    assert sight["y"] + sight["height"] <= sheet["y"]
    assert sheet["y"] + sheet["height"] == PHONE["height"]
    assert axe_violations(page) == []
    page.get_by_role("button", name="Fermer la source").tap()
    expect(page.locator("source-panel")).to_be_hidden()
    expect(chip).to_be_focused()


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_axe_finds_nothing_and_nothing_sticks_out(shelf: Shelf, viewport: dict[str, int]) -> None:
    page = opened(shelf, viewport)
    for state in ("", "?apercu=1"):
        page.goto(f"{shelf.hall.server.url}/comptes-rendus/CHA1{state}")
        page.get_by_text("Sommaire").click()
        assert axe_violations(page) == []
        assert page.evaluate("() => document.documentElement.scrollWidth") == viewport["width"]
    page.goto(f"{shelf.hall.server.url}/comptes-rendus/CHA1/sources/V-1")
    assert axe_violations(page) == []


def test_without_scripts_a_citation_leads_to_a_page(shelf: Shelf) -> None:
    page = opened(shelf, PHONE, java_script_enabled=False)
    expect(page.get_by_text("D’où vient cette phrase")).to_be_visible()
    page.get_by_role("link", name="Source C-2", exact=True).click()
    expect(page.locator(".source-card")).to_contain_text(WORDS[1])
    page.get_by_role("link", name="Revenir au texte").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TEXT.title)


def test_the_text_is_read_aloud_without_its_references(chromium: Browser, shelf: Shelf) -> None:
    page = shelf.hall.page(shelf.reader())
    page.add_init_script(
        """window.spoken = [];
        window.SpeechSynthesisUtterance = class { constructor(words) { this.words = words; } };
        const voice = {speak: (one) => window.spoken.push(one.words), cancel() {}};
        Object.defineProperty(window, "speechSynthesis", {value: voice});"""
    )
    page.goto(f"{shelf.hall.server.url}/comptes-rendus/CHA1")
    page.get_by_role("button", name="Écouter").click()
    expect(page.get_by_role("button", name="Arrêter")).to_be_visible()
    spoken = " / ".join(page.evaluate("() => window.spoken"))
    assert "Côté élus, quelqu’un n’a « pas toujours le pouvoir » . Puis ." in spoken
    assert "C-1" not in spoken
    page.get_by_role("button", name="Arrêter").click()
    expect(page.get_by_role("button", name="Écouter")).to_be_visible()
