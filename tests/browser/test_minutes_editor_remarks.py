"""Remarks beside the text, by two people at once: one on a desk, one on a phone; offline, by keyboard, in the plain view."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.hall import axe_violations, eventually
from tests.browser.writing import Writing, says, text_of, write

pytestmark = pytest.mark.browser

SENTENCE = "Une demande peut attendre six mois."


def composer(page: Page) -> Locator:
    return page.locator("[data-remark-form] textarea")


def remark(page: Page, words: str) -> None:
    """Remark on the words where one writes."""
    page.locator("[data-act=remark]").click()
    composer(page).fill(words)
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator("[data-remark-form]")).to_be_hidden()


def threads(page: Page) -> list[str]:
    """Return the words of the open threads, first remark and answers, in the order of the list."""
    found = page.locator("[data-remark-list] > .remark")
    return [" / ".join(one.locator(".remark-words").all_inner_texts()) for one in found.all()]


def marked(page: Page, key: str = "context") -> str:
    return " ".join("".join(page.locator(f"#partie-{key} mark.remarked").all_inner_texts()).split())


def test_two_people_remark_answer_and_deal_with_it_while_the_text_moves(writing: Writing) -> None:
    desk, phone = writing.desk("Karim"), writing.phone("Élise")
    write(desk, "context", f" {SENTENCE}")
    says(desk, "saved")
    for _ in range(10):
        desk.keyboard.press("ArrowLeft")
    desk.keyboard.press("Control+Alt+m")
    expect(composer(desk)).to_be_focused()
    desk.keyboard.type("Depuis quand ?")
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    expect(desk.locator("#announcements")).to_contain_text("Remarque enregistrée.")
    eventually(lambda: marked(desk) == marked(phone) == SENTENCE, phone)  # without reloading
    expect(phone.locator("[data-show-remarks]:visible")).to_contain_text("1")
    assert axe_violations(desk) == []

    text_of(phone, "context").click()
    phone.keyboard.press("Control+Home")
    phone.keyboard.insert_text("Écrit avant. ")
    expect(text_of(desk, "context")).to_contain_text("Écrit avant.")
    assert marked(desk) == marked(phone) == SENTENCE

    phone.locator("mark.remarked").first.tap()  # in two pieces, where the other person’s caret stands in it
    expect(phone.locator(".remark.is-selected")).to_be_visible()
    expect(phone.locator(".remark.is-selected .remark-who")).to_contain_text("Karim")
    assert axe_violations(phone) == []
    assert phone.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    small = """() => [...document.querySelectorAll('.is-remarks :is(button, a, textarea, summary)')]
        .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 44).map((one) => one.outerHTML)"""
    assert phone.evaluate(small) == []
    phone.get_by_role("button", name="Répondre").tap()
    composer(phone).fill("Depuis 2014, je crois.")
    phone.get_by_role("button", name="Enregistrer").tap()
    eventually(lambda: threads(desk) == ["Depuis quand ? / Depuis 2014, je crois."], desk)

    desk.get_by_role("button", name="Traitée").click()
    expect(desk.locator("[data-remark-done] summary")).to_be_focused()
    eventually(lambda: (marked(phone), marked(desk), threads(phone)) == ("", "", []), phone)
    phone.locator("[data-remark-done] summary").tap()
    phone.get_by_role("button", name="Rouvrir").tap()
    eventually(lambda: marked(desk) == marked(phone) == SENTENCE, desk)
    assert axe_violations(phone) == []


def test_a_remark_typed_without_network_stays_in_its_field_and_leaves_with_the_network(
    writing: Writing,
) -> None:
    page, other = writing.desk("Karim"), writing.desk("Élise")
    text_of(page, "context").click()
    page.locator("[data-act=remark]").click()
    page.context.set_offline(True)
    says_kept = page.locator("[data-remark-status]")
    composer(page).fill("Qui le dit ?")
    page.get_by_role("button", name="Enregistrer").click()
    expect(says_kept).to_contain_text("Pas encore enregistrée", timeout=15_000)
    expect(composer(page)).to_have_value("Qui le dit ?")
    assert threads(other) == []
    assert axe_violations(page) == []
    page.context.set_offline(False)
    expect(page.locator("[data-remark-form]")).to_be_hidden(timeout=30_000)
    eventually(lambda: threads(other) == ["Qui le dit ?"], other)
    assert threads(page) == ["Qui le dit ?"]


def test_a_field_in_which_one_types_is_moved_by_nobody(writing: Writing) -> None:
    page, other = writing.desk("Karim"), writing.desk("Élise")
    text_of(page, "context").click()
    remark(page, "Où donc ?")
    eventually(lambda: threads(other) == ["Où donc ?"], other)
    page.get_by_role("button", name="Répondre").click()
    page.keyboard.type("Au café")
    text_of(other, "case").click()
    remark(other, "En 2009 ou en 2010 ?")  # above, in the order of the text
    eventually(lambda: len(threads(page)) == 2, page)
    other.locator(".remark", has_text="Où donc ?").get_by_role("button", name="Traitée").click()
    expect(page.get_by_role("button", name="Rouvrir")).to_be_visible()
    expect(composer(page)).to_be_focused()
    page.keyboard.type(" du port")
    expect(composer(page)).to_have_value("Au café du port")
    page.get_by_role("button", name="Enregistrer").click()
    eventually(lambda: threads(other) == ["En 2009 ou en 2010 ?", "Où donc ? / Au café du port"], other)


def test_what_was_typed_is_there_after_a_reload_and_is_not_said_to_be_kept(writing: Writing) -> None:
    page = writing.desk("Karim")
    text_of(page, "context").click()
    page.locator("[data-act=remark]").click()
    composer(page).fill("À moitié tap")
    page.reload()
    expect(composer(page)).to_have_value("À moitié tap")
    expect(page.locator("[data-remark-status]")).to_contain_text("Pas encore enregistrée")
    composer(page).press("Control+Enter")
    eventually(lambda: threads(page) == ["À moitié tap"], page)
    assert marked(page) == "Un café-couture."


def test_words_that_are_taken_away_leave_their_remark_in_the_list_and_bring_it_back(writing: Writing) -> None:
    page, other = writing.desk("Karim"), writing.desk("Élise")
    text_of(page, "context").click()
    remark(page, "Où donc ?")
    eventually(lambda: marked(other) == "Un café-couture.", other)
    text_of(other, "context").click()
    other.keyboard.press("Control+a")
    other.keyboard.press("Delete")
    expect(page.get_by_text("Le passage a été retiré")).to_be_visible()
    expect(page.locator("[data-remark-list] q")).to_have_text("Un café-couture.")
    assert (marked(page), threads(page)) == ("", ["Où donc ?"])
    other.keyboard.press("Control+z")
    eventually(lambda: marked(page) == marked(other) == "Un café-couture.", page)
    expect(page.get_by_text("Le passage a été retiré")).to_be_hidden()


def test_the_plain_view_has_the_same_list_and_the_same_act(writing: Writing) -> None:
    page, other = writing.desk("Karim"), writing.desk("Élise")
    page.get_by_label("Autres actions").click()
    page.get_by_role("button", name="Écrire en texte simple").click()
    field = text_of(page, "context")
    field.evaluate("(one) => (one.focus(), one.setSelectionRange(3, 7))")
    remark(page, "Un café, ou deux ?")
    eventually(lambda: marked(other) == "café", other)
    page.get_by_role("button", name="Aller au passage").click()
    expect(field).to_be_focused()
    assert field.evaluate("(one) => one.selectionStart") == 7
    assert axe_violations(page) == []


def test_one_erases_one_s_own_at_the_second_press_and_not_another_s(writing: Writing) -> None:
    page, other = writing.desk("Karim"), writing.desk("Élise")
    text_of(page, "context").click()
    remark(page, "Une bêtise")
    eventually(lambda: threads(other) == ["Une bêtise"], other)
    other.get_by_role("button", name="Remarques").first.click()
    assert other.get_by_role("button", name="Effacer").count() == 0
    page.get_by_role("button", name="Effacer").click()
    assert threads(page) == ["Une bêtise"]
    page.get_by_role("button", name="Effacer pour de bon").click()
    eventually(lambda: threads(page) == threads(other) == [], page)
    assert marked(other) == ""


def test_whose_access_is_taken_back_is_told_and_keeps_what_was_typed(writing: Writing) -> None:
    page, other = writing.desk("Karim"), writing.desk("Élise")
    text_of(page, "context").click()
    page.locator("[data-act=remark]").click()
    composer(page).fill("Jamais partie")
    writing.revoke("Karim")
    expect(page.locator("[data-notice=reading]")).to_contain_text("Votre accès a été retiré.")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator("[data-remark-status]")).to_contain_text("Votre accès a été retiré.")
    expect(composer(page)).to_have_value("Jamais partie")
    assert threads(other) == []
