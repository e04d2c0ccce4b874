"""A whole chantier evening: desk, projector, three phones at 390 px, by the keys and buttons that people use."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.hall import Hall, card_form
from tests.seed import state_on_disk

pytestmark = pytest.mark.browser

COLLEGES = {"Samira": "Associatifs et citoyens", "Jean-Luc": "Élus et agents", "Odile": "Universitaires"}
WORDS = {
    "Samira": "On parle avant les élus, pas après.",
    "Jean-Luc": "J'entends ce que les réunions ne disent pas.",
    "Odile": "La règle protège ceux qui n'osent pas.",
}


def press(desk: Page, key: str) -> None:
    """Press one of the desk's keys, nothing being typed and no button in focus."""
    desk.evaluate("document.activeElement?.blur()")
    desk.locator("body").press(key)


def confirm(desk: Page, verb: str) -> None:
    """Answer the desk's question."""
    desk.get_by_role("dialog").get_by_role("button", name=verb, exact=True).click()


def go_to(desk: Page, title: str) -> None:
    """Press « Suivant » until the desk is at that moment of the déroulé."""
    for _ in range(20):
        if desk.locator("[aria-current=step]").filter(has_text=title).count():
            return
        before = desk.locator("[aria-current=step]").all_inner_texts()
        press(desk, "ArrowRight")
        for _ in range(100):
            if desk.locator("[aria-current=step]").all_inner_texts() != before:
                break
            desk.wait_for_timeout(50)
    raise AssertionError(f"{title} was never reached")


def write(phone: Page, text: str) -> None:
    form = card_form(phone)
    form.get_by_text("Forces").first.click()
    form.get_by_role("textbox").first.fill(text)
    form.get_by_role("button", name="Envoyer ma carte").click()
    expect(phone.get_by_text("Reçue à").first).to_be_visible()


def vote(phone: Page, option: str) -> None:
    for _ in range(2):
        phone.get_by_role("button", name=f"Poser une gommette sur : {option}").click()
    phone.get_by_role("button", name="Déposer mon bulletin").click()
    expect(phone.get_by_text("Votre bulletin est reçu").first).to_be_visible()


def test_evening_from_the_lobby_to_the_close(hall: Hall) -> None:
    desk, screen = hall.desk(), hall.screen()
    expect(screen.get_by_text("482 137")).to_be_visible()
    phones = {name: hall.phone(name, college) for name, college in COLLEGES.items()}
    expect(screen.get_by_text("3 personnes sont là")).to_be_visible()

    go_to(desk, "Forces et faiblesses")
    expect(screen.get_by_role("heading", name="Ce qui fait la force de l'assemblée")).to_be_visible()
    for phone in phones.values():
        expect(phone.get_by_role("heading", name="Forces et faiblesses, aux tables")).to_be_visible()
    press(desk, "Space")
    for name, phone in phones.items():
        write(phone, WORDS[name])
        assert not any(screen.get_by_text(words).count() for words in WORDS.values())
    desk.get_by_role("tab", name="Gardées").click()
    expect(desk.get_by_role("tabpanel", name="Gardées").get_by_text(WORDS["Odile"])).to_be_visible()
    press(desk, "Space")
    confirm(desk, "Clore")
    for phone in phones.values():
        expect(card_form(phone)).to_have_count(0)

    go_to(desk, "Vote aux gommettes")
    press(desk, "Space")
    vote(phones["Samira"], "Qui décide après ?")
    vote(phones["Jean-Luc"], "Qui décide après ?")
    vote(phones["Odile"], "La langue")
    expect(screen.get_by_text("sur 3 personnes").first).to_be_visible()
    assert screen.get_by_text("points").count() == 0
    press(desk, "Space")
    confirm(desk, "Clore le vote")
    expect(screen.get_by_text("Résultat caché à tous pour le moment.")).to_be_visible()
    expect(desk.get_by_role("button", name="Révéler Entrée")).to_be_enabled()
    press(desk, "Enter")
    confirm(desk, "Révéler")
    expect(screen.get_by_role("row", name="Qui décide après ?").first).to_be_attached()
    expect(screen.get_by_text("Résultat caché")).to_have_count(0)
    for phone in phones.values():
        expect(phone.get_by_text("Qui décide après ?").first).to_be_visible()

    assert hall.server.seeded is not None
    state = state_on_disk(hall.server.seeded)
    assert sorted(card.text for card in state.contributions.values()) == sorted(WORDS.values())
    result = state.activities["a4"].result
    assert result is not None
    assert [(row["key"], row["dots"]) for row in result["options"][:2]] == [("o3", 4), ("o4", 2)]


def test_server_killed_in_the_middle_of_a_vote_counts_every_ballot_once(hall: Hall) -> None:
    desk, screen = hall.desk(), hall.screen()
    phones = {name: hall.phone(name, college) for name, college in COLLEGES.items()}
    go_to(desk, "Vote aux gommettes")
    press(desk, "Space")
    vote(phones["Samira"], "La langue")
    hall.server.kill()
    odile = phones["Odile"]
    for _ in range(2):
        odile.get_by_role("button", name="Poser une gommette sur : L'heure").click()
    odile.get_by_role("button", name="Déposer mon bulletin").click()
    assert screen.get_by_text("La langue").first.is_visible()  # the last image stays, no banner
    hall.server.start()
    expect(odile.get_by_text("Votre bulletin est reçu").first).to_be_visible(timeout=40_000)
    vote(phones["Jean-Luc"], "La langue")
    hall.joined(desk)
    press(desk, "Space")
    confirm(desk, "Clore le vote")
    expect(desk.get_by_role("button", name="Révéler Entrée")).to_be_enabled()
    press(desk, "Enter")
    confirm(desk, "Révéler")
    expect(screen.get_by_role("row", name="La langue").first).to_be_attached()
    assert hall.server.seeded is not None
    result = state_on_disk(hall.server.seeded).activities["a4"].result
    assert result is not None
    assert (
        result["counts"]["voters"],
        {row["key"]: row["dots"] for row in result["options"] if row["dots"]},
    ) == (
        3,
        {"o4": 4, "o5": 2},
    )


def test_two_facilitators_see_who_holds_the_agenda_and_may_take_it(hall: Hall) -> None:
    desk = hall.desk()
    press(desk, "ArrowRight")
    expect(desk.locator("[aria-current=step]")).to_be_visible()
    assert hall.server.seeded is not None
    other = hall.page(hall.context({"width": 1440, "height": 900}))
    other.goto(f"{hall.server.url}/l/{hall.server.seeded.tokens['cofacilitator']}")
    hall.joined(other)
    expect(other.get_by_role("button", name="Prendre la main").first).to_be_visible()
    before = state_on_disk(hall.server.seeded).current
    press(other, "ArrowRight")
    other.wait_for_timeout(1_000)
    assert state_on_disk(hall.server.seeded).current == before
    other.get_by_role("button", name="Prendre la main").first.click()
    dialog = other.get_by_role("dialog")
    if dialog.count():
        dialog.get_by_role("button", name="Prendre la main").click()
    expect(desk.get_by_role("button", name="Prendre la main").first).to_be_visible()
    press(other, "ArrowRight")
    expect(other.locator("[aria-current=step]")).not_to_have_text(str(before))


def test_typing_in_three_fields_survives_a_hundred_patches(hall: Hall) -> None:
    desk = hall.desk()
    phones = [hall.phone(name, college) for name, college in COLLEGES.items()]
    go_to(desk, "Forces et faiblesses")
    press(desk, "Space")
    fields = [card_form(phone).get_by_role("textbox").first for phone in phones]
    for number, field in enumerate(fields):
        field.click()
        field.press_sequentially(f"Phrase {number} ")
    for turn in range(50):
        press(desk, "t" if turn % 2 else "n")
        fields[turn % 3].press_sequentially("a")
    for number, (phone, field) in enumerate(zip(phones, fields, strict=True)):
        expect(field).to_be_focused()
        letters = "a" * len(range(number, 50, 3))
        expect(field).to_have_value(f"Phrase {number} {letters}")
        assert phone.locator("textarea, input[type=text]").count() >= 1
