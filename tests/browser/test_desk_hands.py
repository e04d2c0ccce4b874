"""The desk under real hands: keys, cards, the board without a mouse, entries for others, a server that does not answer."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from atelier.live.rules.activities import OpenActivity
from atelier.live.rules.agenda import GoTo
from atelier.live.rules.clusters import CreateCluster
from atelier.live.rules.proxy_entry import EnterContribution
from atelier.live.state import LiveState
from tests.browser.hall import Hall, axe_violations, eventually
from tests.seed import state_on_disk

pytestmark = pytest.mark.browser
WORDS = ("On parle avant les élus.", "Les mêmes parlent toujours.", "Le repas fait venir les familles.")


def state(hall: Hall) -> LiveState:
    assert hall.server.seeded is not None
    return state_on_disk(hall.server.seeded)


def board_with_cards(hall: Hall) -> None:
    """The forces and weaknesses are open; three cards came on paper."""
    hall.act(GoTo("s3", "a3"), OpenActivity("a3"))
    hall.act(
        *(EnterContribution("a3", text=words, column="plus", sheet=str(n)) for n, words in enumerate(WORDS))
    )


def focus_first(page: Page, selector: str) -> None:
    expect(page.locator(selector).first).to_be_visible()
    page.locator(selector).first.focus()


def test_cards_are_grouped_with_the_keyboard_alone(hall: Hall) -> None:
    board_with_cards(hall)
    desk = hall.desk()
    desk.keyboard.press("b")
    focus_first(desk, "[data-slot=loose] [data-card]")
    desk.keyboard.press("r")
    title = desk.locator("#dialog-file").get_by_label("Nouveau regroupement")
    expect(title).to_be_focused()
    desk.keyboard.type("Toujours les mêmes")
    desk.keyboard.press("Enter")
    expect(desk.locator("[data-cluster]")).to_have_count(1)
    expect(desk.locator("#dialog-file")).to_be_hidden()
    focus_first(desk, "[data-slot=loose] [data-card]")
    desk.keyboard.press("ArrowDown")
    second = desk.evaluate("document.activeElement.dataset.card")
    desk.keyboard.press("r")
    expect(desk.locator("#dialog-file button[name=cluster]")).to_have_count(1)
    desk.keyboard.press("1")
    eventually(lambda: len(state(hall).clusters["K1"].cards) == 2, desk)
    assert int(second) in state(hall).clusters["K1"].cards
    assert state(hall).clusters["K1"].title == "Toujours les mêmes"


def test_a_card_dragged_onto_a_cluster_is_placed_there(hall: Hall) -> None:
    board_with_cards(hall)
    hall.act(CreateCluster("a3", title="À table", cards=(3,)))
    desk = hall.desk()
    desk.get_by_role("tab", name="Regrouper").click()
    card, list_ = (
        desk.locator("[data-slot=loose] [data-card='1'] .slip-text"),
        desk.locator("[data-sort-list=K1]"),
    )
    expect(list_).to_be_visible()
    start, end = card.bounding_box(), list_.bounding_box()
    assert start
    assert end
    desk.mouse.move(start["x"] + 20, start["y"] + 5)
    desk.mouse.down()
    desk.mouse.move(end["x"] + 60, end["y"] + 10, steps=12)
    desk.mouse.move(end["x"] + 60, end["y"] + 30, steps=6)
    desk.mouse.up()
    eventually(lambda: 1 in state(hall).clusters["K1"].cards, desk)
    expect(desk.locator("[data-sort-list=K1] [data-card='1']")).to_be_visible()
    expect(desk.locator("[data-slot=loose] [data-card='1']")).to_have_count(0)


def test_one_key_each_and_none_while_typing(hall: Hall) -> None:
    desk = hall.desk()
    desk.locator("body").press("ArrowRight")
    eventually(lambda: state(hall).current == ("s1", None), desk)
    desk.keyboard.press("n")
    eventually(lambda: state(hall).blanked, desk)
    desk.keyboard.press("i")
    question = desk.locator("#dialog-insert textarea[name=question]")
    question.fill("")
    question.press_sequentially("non et non")
    expect(question).to_have_value("non et non")
    assert state(hall).blanked
    desk.keyboard.press("Escape")
    desk.locator("body").press("n")
    eventually(lambda: not state(hall).blanked, desk)


def test_closing_by_space_asks_first_and_enter_confirms(hall: Hall) -> None:
    hall.act(GoTo("s3", "a3"))
    desk = hall.desk()
    desk.keyboard.press(" ")
    eventually(lambda: state(hall).activities["a3"].phase == "open", desk)
    expect(desk.get_by_role("button", name="Clore Espace")).to_be_visible()
    desk.locator("body").press(" ")
    expect(desk.locator("#dialog-confirm")).to_be_visible()
    assert state(hall).activities["a3"].phase == "open"
    desk.keyboard.press("Enter")
    eventually(lambda: state(hall).activities["a3"].phase == "closed", desk)


def test_shortcuts_switched_off_on_this_device_stay_off_after_a_reload(hall: Hall) -> None:
    desk = hall.desk()
    desk.get_by_role("button", name="Raccourcis").click()
    desk.get_by_label("Raccourcis actifs sur cet appareil").uncheck()
    desk.keyboard.press("Escape")
    desk.reload()
    hall.joined(desk)
    desk.locator("body").press("n")
    desk.wait_for_timeout(400)
    assert not state(hall).blanked
    assert "no-shortcuts" in (desk.locator("body").get_attribute("class") or "")


def test_m_hides_the_card_in_focus_with_a_motive(hall: Hall) -> None:
    board_with_cards(hall)
    desk = hall.desk()
    desk.get_by_role("tab", name="Gardées").click()
    focus_first(desk, "#list-kept [data-card]")
    desk.keyboard.press("ArrowDown")
    assert desk.evaluate("document.activeElement.dataset.card") == "2"
    desk.keyboard.press("m")
    expect(desk.locator("#dialog-hide")).to_be_visible()
    desk.get_by_label("en double").check()
    desk.get_by_role("button", name="Masquer la carte").click()
    eventually(lambda: state(hall).contributions[2].status == "hidden", desk)
    expect(desk.locator("#list-kept [data-card='2']")).to_have_count(0)


def test_an_entry_for_somebody_is_read_back_sent_and_refused_twice(hall: Hall) -> None:
    board_with_cards(hall)
    desk = hall.desk()
    desk.keyboard.press("s")
    dialog = desk.locator("#dialog-entry")
    dialog.get_by_label("Numéro de la fiche papier").fill("0173")
    dialog.get_by_text("Faiblesses").click()
    dialog.get_by_label("Ses mots, sans les changer").fill("Le micro fait peur.")
    expect(dialog.get_by_text("Relisez à voix haute")).to_be_visible()
    expect(dialog.locator("[data-said]:visible")).to_have_text("Le micro fait peur.")
    desk.keyboard.press("Escape")
    desk.keyboard.press("s")
    expect(dialog.get_by_label("Ses mots, sans les changer")).to_have_value("Le micro fait peur.")
    dialog.get_by_label("Ses mots, sans les changer").press("Control+Enter")
    eventually(lambda: any(card.sheet == "0173" for card in state(hall).contributions.values()), desk)
    expect(dialog).to_be_hidden()
    desk.keyboard.press("s")
    dialog.get_by_label("Numéro de la fiche papier").fill("173")
    dialog.get_by_label("Ses mots, sans les changer").fill("Encore.")
    dialog.get_by_role("button", name="Oui, et une autre").click()
    expect(dialog.get_by_text("La fiche 0173 a déjà été saisie")).to_be_visible()
    dialog.get_by_role("button", name="Voir la carte").click()
    expect(dialog).to_be_hidden()
    expect(desk.locator("#list-kept [data-card='4']")).to_be_focused()


def test_a_key_pressed_without_network_says_that_nothing_left(hall: Hall) -> None:
    desk = hall.desk()
    desk.context.set_offline(True)
    desk.get_by_role("button", name="Figer tout").click()
    expect(desk.locator(".keys .error").filter(has_text="Le serveur ne répond pas").first).to_be_visible()
    desk.context.set_offline(False)
    desk.wait_for_timeout(3_000)
    assert state(hall).frozen_at is None


def test_the_preview_is_the_projector_and_is_not_counted_as_one(hall: Hall) -> None:
    desk = hall.desk()
    expect(desk.frame_locator(".preview iframe").locator("body")).to_contain_text("482")
    expect(desk.locator("[data-region=head]")).to_contain_text("Ouvrir l’écran")
    hall.screen()
    expect(desk.locator("[data-region=head]")).to_contain_text("Écran relié")


@pytest.mark.parametrize("width", [1440, 390])
def test_the_desk_has_no_axe_violation_in_its_main_states(hall: Hall, width: int) -> None:
    board_with_cards(hall)
    hall.act(CreateCluster("a3", title="À table", cards=(3,)))
    desk = hall.desk()
    desk.set_viewport_size({"width": width, "height": 900 if width > 1000 else 844})
    assert axe_violations(desk) == []
    desk.get_by_role("tab", name="Regrouper").click()
    assert axe_violations(desk) == []
    desk.get_by_role("button", name="Saisir pour quelqu’un").click()
    assert axe_violations(desk) == []
    desk.keyboard.press("Escape")
    hall.act(GoTo("s5", "a4"), OpenActivity("a4"))
    desk.get_by_role("tab", name="Conduire").click()
    expect(desk.get_by_role("button", name="Saisir les bulletins papier")).to_be_visible()
    assert axe_violations(desk) == []
    desk.get_by_role("button", name="Saisir les bulletins papier").click()
    assert axe_violations(desk) == []
