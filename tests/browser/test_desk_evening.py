"""An evening driven from the desk: cards kept with one key, a vote revealed, an activity put in, the hand taken over."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from atelier.live.rules.activities import CloseActivity, OpenActivity
from atelier.live.rules.agenda import GoTo
from atelier.live.rules.attendance import SetWithoutPhone
from atelier.live.rules.proxy_entry import EnterContribution
from atelier.live.state import LiveState
from tests.browser.hall import DESK, Hall, eventually
from tests.factories import make_snapshot
from tests.seed import state_on_disk
from tests.server import running_server

pytestmark = pytest.mark.browser
INSERTED_WITHIN_S = 20


@pytest.fixture
def careful_hall(chromium: Browser, tmp_path: Path) -> Iterator[Hall]:
    """The same evening where cards wait for the desk."""
    with running_server(tmp_path, snapshot=make_snapshot(moderation="held")) as server:
        made = Hall(chromium, server)
        yield made
        made.close()
        assert made.faults == []
        assert server.errors() == []


def state(hall: Hall) -> LiveState:
    assert hall.server.seeded is not None
    return state_on_disk(hall.server.seeded)


def desk_of_a_colleague(hall: Hall) -> Page:
    assert hall.server.seeded is not None
    page = hall.page(hall.context(DESK))
    page.goto(f"{hall.server.url}/l/{hall.server.seeded.tokens['cofacilitator']}")
    hall.joined(page)
    return page


def test_g_keeps_the_card_in_focus_and_the_next_one_takes_the_focus(careful_hall: Hall) -> None:
    hall = careful_hall
    hall.act(GoTo("s3", "a3"), OpenActivity("a3"))
    hall.act(*(EnterContribution("a3", text=f"Idée {n}", column="plus", sheet=str(n)) for n in (1, 2, 3)))
    desk = hall.desk()
    first = desk.locator("#list-held [data-card='1']")
    expect(first).to_be_visible()
    first.focus()
    desk.keyboard.press("g")
    eventually(lambda: state(hall).contributions[1].status == "kept", desk)
    expect(first).to_have_count(0)
    expect(desk.locator("#list-held [data-card='2']")).to_be_focused()
    expect(desk.get_by_role("tab", name="À trier")).to_contain_text("2")
    desk.get_by_role("button", name="Garder les 2 cartes affichées").click()
    desk.locator("#dialog-confirm").get_by_role("button", name="Garder", exact=True).click()
    eventually(lambda: {card.status for card in state(hall).contributions.values()} == {"kept"}, desk)


def test_a_vote_is_closed_and_revealed_with_two_keys_each_asked_once(hall: Hall) -> None:
    hall.act(GoTo("s5", "a4"), OpenActivity("a4"))
    desk = hall.desk()
    expect(desk.get_by_text("0 bulletin", exact=False).first).to_be_visible()
    desk.keyboard.press(" ")
    desk.get_by_role("button", name="Clore le vote").click()
    eventually(lambda: state(hall).activities["a4"].phase == "closed", desk)
    expect(desk.locator("[data-key=Enter]")).to_be_visible()
    desk.locator("body").press("Enter")
    expect(desk.locator("#dialog-confirm")).to_contain_text("c’est définitif")
    assert state(hall).activities["a4"].phase == "closed"
    desk.locator("[data-confirm-yes]").click()
    eventually(lambda: state(hall).activities["a4"].phase == "revealed", desk)


def test_an_unplanned_activity_is_on_the_projector_within_twenty_seconds(hall: Hall) -> None:
    hall.act(GoTo("s1"))
    desk, screen = hall.desk(), hall.screen()
    began = time.monotonic()
    desk.keyboard.press("i")
    dialog = desk.locator("#dialog-insert")
    dialog.get_by_label("Sorte d’activité").select_option("choice")
    dialog.get_by_label("Question posée à la salle").fill("Prend-on une pause ?")
    dialog.get_by_label("Options, une par ligne").fill("Oui\nNon\n")
    dialog.get_by_role("button", name="Insérer et y aller").click()
    expect(screen.locator("body")).to_contain_text("Prend-on une pause ?")
    assert time.monotonic() - began < INSERTED_WITHIN_S
    current = state(hall).current
    assert current
    assert [option.text for option in state(hall).activities[str(current[1])].options] == ["Oui", "Non"]
    expect(dialog).to_be_hidden()


def test_paper_ballots_are_entered_as_totals_or_one_by_one_and_counted_at_the_reveal(hall: Hall) -> None:
    hall.act(GoTo("s5", "a4"), OpenActivity("a4"), GoTo("s6", "a6"), OpenActivity("a6"), SetWithoutPhone(6))
    desk = hall.desk()
    desk.get_by_role("button", name="Saisir les bulletins papier").click()
    dialog = desk.locator("#dialog-paper")
    dialog.get_by_label("Bulletins en tout").locator("visible=true").fill("6")
    for label, count in (("Pour", "4"), ("Contre", "1")):
        dialog.get_by_label(f"{label}, proposition 1", exact=True).fill(count)
    dialog.get_by_role("button", name="Enregistrer les totaux").click()
    expect(dialog.get_by_text("la ligne fait 5, pour 6 bulletins exprimés")).to_be_visible()
    dialog.get_by_label("Neutre, proposition 1", exact=True).fill("1")
    dialog.get_by_role("button", name="Enregistrer les totaux").click()
    expect(dialog).to_be_hidden()
    assert state(hall).activities["a6"].paper == 6
    hall.act(CloseActivity("a6"), CloseActivity("a4"), GoTo("s5", "a4"))
    desk.locator("[data-region=vote-a4]").get_by_role("button", name="Saisir les bulletins papier").click()
    paper = dialog.locator("#paper-a4")
    paper.get_by_text("Saisir un par un").click()
    paper.get_by_role("spinbutton", name="Le bailleur ne vient pas", exact=True).fill("2")
    paper.get_by_role("button", name="Ajouter ce bulletin").click()
    paper.get_by_role("button", name="Blanc", exact=True).click()
    expect(paper.get_by_text("2 bulletins dans la pile")).to_be_visible()
    paper.get_by_role("button", name="Enregistrer la pile").click()
    expect(dialog).to_be_hidden()
    desk.locator("[data-key=Enter]").click()
    desk.locator("[data-confirm-yes]").click()
    eventually(lambda: state(hall).activities["a4"].phase == "revealed", desk)
    result = state(hall).activities["a4"].result
    assert result
    assert (result["counts"]["voters"], result["counts"]["blank"]) == (2, 1)
    assert (result["options"][0]["key"], result["options"][0]["dots"]) == ("o1", 2)


def test_taking_the_hand_is_asked_and_seen_by_both(hall: Hall) -> None:
    hall.act(GoTo("s1"))
    mine, theirs = hall.desk(), desk_of_a_colleague(hall)
    notice = theirs.get_by_text("Nadia tient le déroulé.", exact=True)
    expect(notice).to_be_visible()
    expect(mine.get_by_text("Nadia tient le déroulé.")).to_be_hidden()
    theirs.get_by_role("button", name="Suivant", exact=False).first.click()
    expect(theirs.locator(".keys .error").filter(has_text="Prendre la main").first).to_be_visible()
    theirs.get_by_role("button", name="Prendre la main").first.click()
    theirs.locator("[data-confirm-yes]").click()
    expect(notice).to_be_hidden()
    expect(mine.get_by_text("tient le déroulé.")).to_be_visible()


def test_a_reload_of_the_desk_finds_the_evening_where_it_was(hall: Hall) -> None:
    hall.act(GoTo("s3", "a3"), OpenActivity("a3"))
    desk = hall.desk()
    desk.reload()
    hall.joined(desk)
    expect(desk.locator("[aria-current=step]")).to_contain_text("Forces et faiblesses")
    expect(desk.get_by_role("button", name="Clore Espace")).to_be_enabled()
