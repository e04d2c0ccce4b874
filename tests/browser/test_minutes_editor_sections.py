"""Sections that several people move, add and take away; and who is there meanwhile."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.writing import Writing, says, text_of, write

pytestmark = pytest.mark.browser


def menu(page: Page, key: str, act: str) -> None:
    part = page.locator(f"#partie-{key}")
    part.get_by_label("Actions sur cette partie").click()
    part.get_by_role("button", name=act, exact=True).click()


def test_section_moved_while_somebody_writes_in_it_loses_no_word(writing: Writing) -> None:
    page, other = writing.desk("Karim"), writing.desk("Élise")
    other.context.set_offline(True)
    write(other, "debate", "Écrit sans réseau.")
    menu(page, "debate", "Monter")
    expect(page.locator(".sheet-part").nth(1)).to_have_attribute("data-key", "debate")
    other.context.set_offline(False)
    says(other, "saved")
    expect(other.locator(".sheet-part").nth(1)).to_have_attribute("data-key", "debate")
    assert list(writing.stored()) == ["case", "debate", "context"]
    assert writing.stored()["debate"] == "Écrit sans réseau."


def test_sections_of_ones_own_are_added_named_and_removed_and_required_ones_are_not(
    writing: Writing,
) -> None:
    page = writing.desk("Karim")
    menu(page, "context", "Ajouter une partie après")
    page.get_by_label("Titre", exact=True).fill("Suites")
    page.keyboard.press("Enter")
    part = page.locator(".sheet-part").nth(2)
    expect(part.get_by_role("heading")).to_have_text("1.2 Suites")
    key = part.get_attribute("data-key") or ""
    menu(page, key, "Renommer")
    page.get_by_label("Titre", exact=True).fill("Et après")
    page.keyboard.press("Enter")
    expect(part.get_by_role("heading")).to_have_text("1.2 Et après")
    write(page, key, "Des mots.")
    menu(page, key, "Retirer cette partie")
    expect(page.locator("[data-notice=alert]")).to_contain_text("Cette partie contient du texte.")
    text_of(page, key).click()
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    menu(page, key, "Retirer cette partie")
    expect(page.locator(f"#partie-{key}")).to_have_count(0)
    page.get_by_role("toolbar").get_by_role("button", name="Annuler").click()
    expect(page.locator(f"#partie-{key}")).to_have_count(1)
    page.locator("#partie-case").get_by_label("Actions sur cette partie").click()
    expect(page.locator("#partie-case").get_by_role("button", name="Retirer cette partie")).to_be_hidden()


def test_words_in_a_section_that_another_removed_are_given_back(writing: Writing) -> None:
    page, other = writing.desk("Karim"), writing.desk("Élise")
    other.context.set_offline(True)
    write(other, "debate", "Mes mots.")
    menu(page, "debate", "Retirer cette partie")
    says(page, "saved")
    other.context.set_offline(False)
    notice = other.locator(".notice", has_text="a été retirée par une autre personne")
    notice.get_by_role("button", name="Remettre cette partie").click()
    says(other, "saved")
    assert "Mes mots." in writing.stored().values()


def test_others_are_named_in_the_margin_and_told_only_on_demand(writing: Writing) -> None:
    page, other = writing.desk("Karim"), writing.desk("Élise")
    write(other, "context", " Ici.")
    expect(page.locator("#partie-context .cm-line.is-here")).to_have_attribute("data-here", "Élise")
    expect(page.locator("#partie-context .their-caret")).to_have_attribute("aria-hidden", "true")
    assert page.locator("#announcements").inner_text() == ""
    page.get_by_label("Autres actions").click()
    page.get_by_role("button", name="Qui est ici").click()
    expect(page.locator("[data-notice=people]")).to_have_text(
        "Ici en ce moment\u00a0: Élise (partie 1.1).Fermer"
    )
    write(other, "debate", "Un passage à elle.")
    other.close()
    expect(page.locator(".their-caret")).to_have_count(0)
    expect(page.locator("#partie-debate .cm-line")).to_have_attribute("data-writer", "Élise")


def test_section_is_dragged_in_the_plan_and_no_word_moves(writing: Writing) -> None:
    page = writing.desk("Karim")
    says(page, "saved")
    row = page.locator("[data-plan] [data-key=debate]").first
    row.hover()
    page.wait_for_timeout(500)  # what drags is fetched when a hand comes near
    row.drag_to(page.locator("[data-plan] [data-key=context]").first)
    expect(page.locator(".sheet-part").nth(1)).to_have_attribute("data-key", "debate")
    says(page, "saved")
    assert list(writing.stored()) == ["case", "debate", "context"]
    assert writing.stored()["context"] == "Un café-couture."
