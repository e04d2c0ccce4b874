"""A chantier evening to its end: questions, hypotheses, degrees of agreement, the floor, the close, the page that tells it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from atelier.live.state import LiveState
from tests.browser.hall import Hall, eventually
from tests.browser.test_evening import COLLEGES, confirm, go_to, press, write
from tests.seed import state_on_disk

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
BOARD = {
    "Samira": "On parle avant les élus.",
    "Jean-Luc": "J'entends mieux qu'en réunion.",
    "Odile": "La règle protège.",
}
STATEMENT = "Une règle de parole simple ouvre la prise de parole à tous."
EVIDENCE = "Trois minutes chacun, même le maire."
LEVELS = {"Samira": "pour", "Jean-Luc": "plutôt pour", "Odile": "contre"}


def state(hall: Hall) -> LiveState:
    assert hall.server.seeded is not None
    return state_on_disk(hall.server.seeded)


def phase(hall: Hall, key: str) -> str:
    return state(hall).activities[key].phase


def opened(hall: Hall, desk: Page, title: str, key: str) -> None:
    """Go to a moment of the déroulé and open its question, by keys alone."""
    go_to(desk, title)
    while state(hall).current != (state(hall).activities[key].sequence, key):
        press(desk, "ArrowRight")
        desk.wait_for_timeout(150)
    expect(desk.locator("[data-key=Space]").first).to_contain_text("Ouvrir")
    press(desk, "Space")
    eventually(lambda: phase(hall, key) == "open", desk)


def closed(hall: Hall, desk: Page, key: str, verb: str = "Clore") -> None:
    expect(desk.locator("[data-key=Space]").first).to_contain_text("Clore")
    press(desk, "Space")
    confirm(desk, verb)
    eventually(lambda: phase(hall, key) == "closed", desk)


def revealed(hall: Hall, desk: Page, key: str) -> None:
    closed(hall, desk, key, "Clore le vote")
    expect(desk.get_by_role("button", name="Révéler Entrée")).to_be_enabled()
    press(desk, "Enter")
    confirm(desk, "Révéler")
    eventually(lambda: phase(hall, key) == "revealed", desk)


def ask(hall: Hall, desk: Page, phones: dict[str, Page]) -> None:
    """One question, supported by somebody else, answered at the desk."""
    opened(hall, desk, "Présentation du cas", "a2")
    phones["Odile"].get_by_label("Votre question").fill("Qui décide après ?")
    phones["Odile"].get_by_role("button", name="Envoyer ma question").click()
    phones["Samira"].get_by_role("button", name="Moi aussi").click()
    eventually(lambda: len(state(hall).contributions[1].upvotes) == 1, desk)
    desk.get_by_role("tab", name="Gardées").click()
    card = desk.locator("#list-kept [data-card='1']")
    card.get_by_label("Autres gestes sur").click()
    card.get_by_role("button", name="Répondue").click()
    expect(phones["Jean-Luc"].get_by_text("répondu", exact=True)).to_be_visible()
    closed(hall, desk, "a2")


def suppose(hall: Hall, desk: Page, phone: Page) -> None:
    """A hypothesis in its four fields (R-148)."""
    opened(hall, desk, "Hypothèses et degré d'accord", "a5")
    phone.get_by_label("L’hypothèse, en une phrase").fill(STATEMENT)
    phone.get_by_label("Ce que l’expérience révèle").fill(EVIDENCE)
    phone.get_by_label("Utile à qui ?").fill("Aux conseils citoyens.")
    phone.get_by_role("button", name="Envoyer l’hypothèse").click()
    expect(phone.get_by_text("Reçue à").first).to_be_visible()
    expect(desk.locator("#list-kept").get_by_text(EVIDENCE)).to_be_visible()
    closed(hall, desk, "a5")


def agree(hall: Hall, desk: Page, phones: dict[str, Page]) -> None:
    opened(hall, desk, "Hypothèses et degré d'accord", "a6")
    for name, phone in phones.items():
        phone.get_by_label(LEVELS[name], exact=True).check()
        phone.get_by_role("button", name="Déposer mon bulletin").click()
        expect(phone.get_by_text("Votre bulletin est reçu").first).to_be_visible()
    revealed(hall, desk, "a6")
    result = state(hall).activities["a6"].result or {}
    assert sorted(result["options"][0]["counts"]) == [0, 0, 1, 1, 1]


def speak(hall: Hall, desk: Page, screen: Page, phone: Page) -> None:
    opened(hall, desk, "Hypothèses et degré d'accord", "a7")
    phone.get_by_role("button", name="Demander la parole").click()
    desk.get_by_role("button", name="Parole suivante").click()
    expect(phone.get_by_text("Vous avez la parole.")).to_be_visible()
    expect(screen.locator("[data-region=floor]")).to_be_visible()
    desk.get_by_role("button", name="Fin", exact=True).click()
    closed(hall, desk, "a7")


def tell(hall: Hall, page: Page) -> None:
    """The page that tells what happened."""
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    for words in (*BOARD.values(), "Qui décide après ?", STATEMENT, EVIDENCE):
        expect(page.get_by_text(words).first).to_be_visible()
    expect(page.get_by_text("3 personnes").first).to_be_visible()
    expect(page.get_by_text("3 bulletins").first).to_be_visible()


def test_an_evening_to_its_close_and_the_page_that_tells_it(hall: Hall) -> None:
    desk, screen = hall.desk(), hall.screen()
    phones = {name: hall.phone(name, college) for name, college in COLLEGES.items()}
    ask(hall, desk, phones)
    opened(hall, desk, "Forces et faiblesses", "a3")
    for name, phone in phones.items():
        write(phone, BOARD[name])
    closed(hall, desk, "a3")
    suppose(hall, desk, phones["Samira"])
    agree(hall, desk, phones)
    speak(hall, desk, screen, phones["Jean-Luc"])
    desk.get_by_role("button", name="Clore la séance").first.click()
    dialog = desk.locator("#dialog-close-session")
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="Clore la séance").click()
    eventually(lambda: state(hall).phase == "closed", desk)
    for phone in phones.values():
        expect(phone.get_by_role("heading", name="Merci. La séance est close.")).to_be_visible()
    expect(screen.locator("[data-region=end]")).to_be_visible()
    with desk.context.expect_page() as told:
        desk.get_by_role("link", name="Ce qui s’est passé").first.click()
    tell(hall, told.value)
    phones["Odile"].get_by_role("link", name="Ce qui s’est passé").click()
    tell(hall, phones["Odile"])


def test_a_seance_closed_too_early_is_opened_again_with_its_motive(hall: Hall) -> None:
    desk, phone = hall.desk(), hall.phone("Samira")
    opened(hall, desk, "Forces et faiblesses", "a3")
    desk.get_by_role("button", name="Clore la séance").first.click()
    dialog = desk.locator("#dialog-close-session")
    expect(dialog).to_contain_text("une activité ouverte")
    dialog.get_by_role("button", name="Clore la séance").click()
    expect(phone.get_by_role("heading", name="Merci. La séance est close.")).to_be_visible()
    desk.get_by_role("button", name="Rouvrir la séance").first.click()
    again = desk.locator("#dialog-reopen-session")
    again.get_by_role("button", name="Rouvrir la séance").click()
    assert state(hall).phase == "closed"  # not without a motive
    again.get_by_label("Pourquoi").fill("Il restait le tour de table")
    again.get_by_role("button", name="Rouvrir la séance").click()
    eventually(lambda: state(hall).phase == "live", desk)
    expect(phone.get_by_role("heading", name="Merci. La séance est close.")).to_have_count(0)
    assert [(entry.act, entry.params.get("motive")) for entry in state(hall).log][-1] == (
        "reopen_session",
        "Il restait le tour de table",
    )
