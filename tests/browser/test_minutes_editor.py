"""The disasters that people reported of such editors: text that is not saved, not there, or not theirs any more."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.hall import eventually
from tests.browser.writing import Writing, says, shown, text_of, write

pytestmark = pytest.mark.browser


def line(page: Page) -> str:
    return page.locator("[data-save-line]").inner_text().strip()


def test_editor_whose_server_cannot_store_says_so_keeps_the_text_and_saves_it_later(writing: Writing) -> None:
    page = writing.desk("Karim")
    write(page, "context", " Avant.")
    says(page, "saved")
    assert writing.stored()["context"] == "Un café-couture. Avant."
    with writing.broken_storage():
        write(page, "context", " é 😀")
        says(page, "kept")
        assert line(page).startswith("Pas encore enregistré, votre texte est gardé sur cet appareil")
        assert writing.stored()["context"] == "Un café-couture. Avant."
    says(page, "saved")
    assert writing.stored()["context"] == "Un café-couture. Avant. é 😀"


def test_phone_that_slept_brings_its_words_back_and_takes_nothing_from_the_other_person(
    writing: Writing,
) -> None:
    phone, desk = writing.phone("Karim"), writing.desk("Élise")
    write(phone, "context", " Avant.")
    expect(text_of(desk, "context")).to_contain_text("Avant.")
    session = phone.context.new_cdp_session(phone)
    phone.context.set_offline(True)
    write(phone, "context", " Écrit au téléphone.")
    says(phone, "kept")
    session.send("Page.setWebLifecycleState", {"state": "frozen"})
    write(desk, "context", " Écrit pendant ce temps.")
    write(desk, "case", " Aussi.")
    says(desk, "saved")
    session.send("Page.setWebLifecycleState", {"state": "active"})
    phone.context.set_offline(False)
    says(phone, "saved")
    stored = writing.stored()["context"]
    assert sorted(stored.split()) == sorted(
        ["Un", "café-couture.", "Avant.", "Écrit", "au", "téléphone.", "Écrit", "pendant", "ce", "temps."]
    )
    eventually(lambda: shown(desk, "context") == shown(phone, "context") == stored, desk)
    assert writing.stored()["case"] == "Né en 2009. Aussi."


def test_saved_is_never_said_while_the_server_is_dead_and_a_restart_loses_nothing(writing: Writing) -> None:
    page = writing.desk("Karim")
    says(page, "saved")
    assert line(page).startswith("Enregistré à ")
    writing.server.kill()
    write(page, "context", " Sans serveur.")
    said = set()
    for _ in range(40):
        said.add(page.locator("[data-save-line]").get_attribute("data-state"))
        page.wait_for_timeout(100)
    assert said <= {"saving", "kept"}
    assert line(page) == "Pas encore enregistré, votre texte est gardé sur cet appareil"
    writing.server.start()
    says(page, "saved")
    assert writing.stored()["context"] == "Un café-couture. Sans serveur."


def test_reconnection_and_reload_never_show_an_empty_document(writing: Writing) -> None:
    page = writing.desk("Karim")
    write(page, "debate", "Pour des élus, non.")
    says(page, "saved")
    page.evaluate(
        """() => {
            window.empty = 0;
            const words = () => document.querySelector('#partie-context')?.innerText ?? '';
            const look = () => { if (!words().includes('couture')) window.empty += 1; };
            new MutationObserver(look).observe(document.body, {childList: true, subtree: true, characterData: true});
        }"""
    )
    writing.server.restart()
    write(page, "debate", " Pour d’autres, oui.")
    says(page, "saved")
    assert page.evaluate("() => window.empty") == 0
    assert shown(page, "context") == "Un café-couture."
    page.reload()
    expect(text_of(page, "debate")).to_contain_text("Pour des élus, non. Pour d’autres, oui.")


def test_person_who_only_reads_cannot_type_and_is_told_why(writing: Writing) -> None:
    page = writing.desk("Karim")
    write(page, "context", " Avant.")
    says(page, "saved")
    writing.set_row(phase="approved")
    write(page, "context", " Perdu ?")
    eventually(
        lambda: page.locator("[data-save-line]").get_attribute("data-state") in {"reading", "stopped"}, page
    )
    assert text_of(page, "context").get_attribute("contenteditable") == "false"
    expect(page.locator("[data-notice=reading]")).to_be_visible()
    late = writing.desk("Élise")
    says(late, "reading")
    assert line(late).startswith("Vous lisez seulement")
    text_of(late, "context").click()
    late.keyboard.type("rien")
    assert "rien" not in shown(late, "context")
    assert "rien" not in writing.stored()["context"]


def test_writer_whose_access_is_taken_back_is_told_and_can_copy_what_was_not_saved(writing: Writing) -> None:
    page = writing.desk("Karim")
    says(page, "saved")
    page.context.set_offline(True)
    write(page, "context", " Jamais envoyé.")
    says(page, "kept")
    writing.revoke("Karim")
    page.context.set_offline(False)
    says(page, "stopped")
    assert "Jamais envoyé." in shown(page, "context")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copier mon texte").click()
    eventually(
        lambda: "Un café-couture. Jamais envoyé." in page.evaluate("() => navigator.clipboard.readText()"),
        page,
    )
    assert "Jamais" not in writing.stored()["context"]


def test_two_tabs_of_one_person_without_network_share_their_words_and_send_them_once(
    writing: Writing,
) -> None:
    context = writing.context("Karim")
    one, two = writing.page(context), writing.page(context)
    says(one, "saved")
    says(two, "saved")
    context.set_offline(True)
    write(one, "context", " Premier onglet.")
    expect(text_of(two, "context")).to_contain_text("Premier onglet.")
    write(two, "debate", "Second onglet.")
    expect(text_of(one, "debate")).to_contain_text("Second onglet.")
    says(two, "kept")
    context.set_offline(False)
    says(one, "saved")
    says(two, "saved")
    stored = writing.stored()
    assert (stored["context"], stored["debate"]) == ("Un café-couture. Premier onglet.", "Second onglet.")


def test_words_written_without_network_survive_a_reload_without_network(writing: Writing) -> None:
    page = writing.desk("Karim")
    says(page, "saved")
    page.evaluate("() => navigator.serviceWorker.ready.then(() => null)")
    page.wait_for_timeout(2_500)  # the worker copies the page and its files
    page.context.set_offline(True)
    write(page, "context", " Hors ligne.")
    says(page, "kept")
    page.reload()
    expect(text_of(page, "context")).to_contain_text("Un café-couture. Hors ligne.")
    says(page, "kept")
    page.context.set_offline(False)
    says(page, "saved")
    assert writing.stored()["context"] == "Un café-couture. Hors ligne."


def test_network_that_blocks_websocket_saves_and_shows_the_others_words(writing: Writing) -> None:
    context = writing.context("Karim")
    context.route_web_socket("**/socket.io/**", lambda socket: socket.close())
    page, other = writing.page(context), writing.desk("Élise")
    write(page, "context", " Par sondage.")
    says(page, "saved")
    expect(text_of(other, "context")).to_contain_text("Par sondage.")
    write(other, "debate", "Par WebSocket.")
    expect(text_of(page, "debate")).to_contain_text("Par WebSocket.")


def test_browser_that_refuses_to_keep_anything_says_so(writing: Writing) -> None:
    context = writing.context("Karim")
    context.add_init_script("IDBFactory.prototype.open = () => { throw new Error('refused'); };")
    page = writing.page(context)
    says(page, "saved")
    context.set_offline(True)
    write(page, "context", " En mémoire.")
    says(page, "loose")
    assert "laissez cette page ouverte" in line(page)
    context.set_offline(False)
    says(page, "saved")
    assert writing.stored()["context"] == "Un café-couture. En mémoire."


def test_tab_whose_access_expired_overnight_keeps_its_words_and_saves_them_once_let_in_again(
    writing: Writing,
) -> None:
    page = writing.desk("Karim")
    says(page, "saved")
    page.context.set_offline(True)
    write(page, "context", " Écrit hier.")
    says(page, "kept")
    cookies = page.context.cookies()
    page.context.clear_cookies()
    page.context.set_offline(False)
    says(page, "stopped")
    assert "Écrit hier." in shown(page, "context")
    page.context.add_cookies(cookies)
    page.reload()
    says(page, "saved")
    assert writing.stored()["context"] == "Un café-couture. Écrit hier."
