"""Citing what was said: from the séance's draft, by the panel beside the text, and when a card is hidden afterwards."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from atelier.live.rules.moderation import HideContribution
from atelier.live.rules.proxy_entry import EnterContribution
from tests.browser.hall import PHONE, Hall
from tests.browser.writing import drafted_board, says, text_of

pytestmark = pytest.mark.browser


def editor(hall: Hall) -> Page:
    return drafted_board(
        hall,
        EnterContribution("a3", "Le bailleur ne répond pas", column="minus", college="A", table=5),
        EnterContribution("a3", "On parle avant les élus", column="plus", college="E"),
    )


def test_card_is_cited_in_one_gesture_found_by_its_words_and_opened_from_the_text(hall: Hall) -> None:
    page = editor(hall)
    panel = page.get_by_role("complementary", name="Sources de la séance")
    card = panel.locator("[data-source=C-1]")
    expect(card).to_contain_text("Le bailleur ne répond pas")
    expect(card).not_to_contain_text("Table 5")  # alone of their college at that table (D-12)
    key = page.locator(".sheet-part.is-empty").first.get_attribute("data-key") or ""
    text_of(page, key).click()
    page.keyboard.insert_text("Une attente.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_label("Chercher une source")).to_be_focused()
    page.keyboard.insert_text("bailleur repond")
    expect(panel.locator("[data-source]:visible")).to_have_count(1)
    card.get_by_role("button", name="Citer C-1").click()
    expect(text_of(page, key)).to_be_focused()
    expect(page.locator(f"#partie-{key} .citation")).to_have_text("C-1")
    expect(card).to_contain_text("Citée dans")
    page.keyboard.press("Alt+Enter")
    expect(card).to_be_focused()
    page.keyboard.press("Escape")
    expect(text_of(page, key)).to_be_focused()
    page.keyboard.press("Backspace")
    expect(page.locator(f"#partie-{key} .citation")).to_have_count(0)


def test_card_is_cited_in_the_plain_view_too(hall: Hall) -> None:
    page = editor(hall)
    page.get_by_label("Autres actions").click()
    page.get_by_role("button", name="Écrire en texte simple").click()
    key = page.locator(".sheet-part.is-empty").first.get_attribute("data-key") or ""
    field = page.locator(f"#partie-{key} textarea")
    field.fill("Une attente.")
    field.evaluate("field => field.setSelectionRange(11, 11)")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_label("Chercher une source")).to_be_focused()
    page.locator("[data-source=C-1]").get_by_role("button", name="Citer C-1").click()
    expect(field).to_have_value("Une attente [C-1].")
    expect(field).to_be_focused()
    page.keyboard.press("Control+z")
    expect(field).to_have_value("Une attente.")


def test_card_hidden_since_flags_the_sentence_that_cites_it(hall: Hall) -> None:
    page = editor(hall)
    key = page.locator(".sheet-part.is-empty").first.get_attribute("data-key") or ""
    text_of(page, key).click()
    page.keyboard.insert_text("Le bailleur se tait [C-1].")
    says(page, "saved")
    expect(page.locator("[data-flags]")).to_be_hidden()
    hall.act(HideContribution(1, "off_topic"))
    page.reload()
    flag = page.locator(".flag", has_text="Le bailleur se tait")
    expect(flag).to_contain_text("C-1 n’est plus montrée.")
    expect(page.locator(f"#partie-{key} .citation.is-hidden")).to_contain_text("non montrée")
    flag.click()
    expect(page.locator(f"#partie-{key} .flagged")).to_be_visible()


def test_phone_shows_one_source_after_another_and_cites_here(hall: Hall) -> None:
    page = editor(hall)
    page.set_viewport_size(PHONE)
    key = page.locator(".sheet-part.is-empty").first.get_attribute("data-key") or ""
    page.get_by_label("Aller à la partie").select_option(key)
    page.keyboard.insert_text("Une attente.")
    page.get_by_role("button", name="Citer une source").click()
    caret = page.locator(f"#partie-{key} .their-caret.is-person-you")
    expect(caret).to_have_count(1)  # where the citation will go
    shown = page.locator("[data-source]:visible")
    expect(shown).to_have_count(1)
    tools, sheet = (page.locator(name).bounding_box() for name in ("[data-toolbar]", "[data-panel]"))
    assert tools is not None
    assert sheet is not None
    assert tools["y"] + tools["height"] <= sheet["y"] + 1  # the tools stand on the sheet (mockup 31)
    page.get_by_role("button", name="Annuler", exact=True).click(trial=True)
    first = shown.get_attribute("data-source")
    page.get_by_role("button", name="Suivante").click()
    expect(shown).not_to_have_attribute("data-source", first or "")
    second = shown.get_attribute("data-source") or ""
    page.get_by_role("button", name="Citer ici").click()
    expect(page.locator(f"#partie-{key} .citation")).to_have_text(second)
    expect(shown).to_have_count(0)
    expect(caret).to_have_count(0)
