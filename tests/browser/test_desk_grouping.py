"""The board under real hands: groups named, merged, split, undone; cards merged and taken apart; one hidden, then shown again."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from atelier.live.rules.activities import OpenActivity
from atelier.live.rules.agenda import GoTo
from atelier.live.rules.clusters import CreateCluster
from atelier.live.rules.contributions import SubmitContribution
from atelier.live.rules.proxy_entry import EnterContribution
from atelier.live.rules.scene import ProjectScene
from atelier.live.state import LiveState
from tests.browser.hall import Hall, eventually
from tests.browser.looking import Looks
from tests.seed import state_on_disk

pytestmark = pytest.mark.browser
WORDS = ("On parle avant les élus.", "Les mêmes parlent.", "Le repas réunit.", "La garde d'enfants aide.")


def state(hall: Hall) -> LiveState:
    assert hall.server.seeded is not None
    return state_on_disk(hall.server.seeded)


def groups(hall: Hall) -> dict[str, tuple[int, ...]]:
    now = state(hall)
    return {cluster.title: cluster.cards for cluster in now.clusters_of("a3")}


def board(hall: Hall) -> Page:
    """Four cards in two groups, the desk on its board."""
    hall.act(GoTo("s3", "a3"), OpenActivity("a3"))
    hall.act(
        *(EnterContribution("a3", text=text, column="plus", sheet=str(n)) for n, text in enumerate(WORDS))
    )
    hall.act(CreateCluster("a3", "La parole", "plus", (1, 2)), CreateCluster("a3", "Venir", "plus", (3, 4)))
    desk = hall.desk()
    desk.get_by_role("tab", name="Regrouper").click()
    return desk


def menu(desk: Page, title: str, act: str) -> None:
    """Do something to a group, by its menu."""
    desk.get_by_label(f"Agir sur « {title} »").filter(visible=True).click()
    desk.locator(".board-cluster .menu[open]").get_by_role("button", name=act).click()


def test_a_group_poured_into_another_comes_back_with_undo(hall: Hall) -> None:
    desk = board(hall)
    menu(desk, "Venir", "Verser dans « La parole »")
    eventually(lambda: groups(hall) == {"La parole": (1, 2, 3, 4)}, desk)
    expect(desk.locator("[data-cluster]")).to_have_count(1)
    desk.get_by_role("button", name="Défaire mon dernier geste").click()
    eventually(lambda: groups(hall) == {"La parole": (1, 2), "Venir": (3, 4)}, desk)
    expect(desk.locator("[data-sort-list=K2] [data-card]")).to_have_count(2)


def test_a_group_is_split_in_two_and_each_card_is_in_one_of_them(hall: Hall) -> None:
    desk = board(hall)
    menu(desk, "Venir", "Séparer en deux")
    dialog = desk.locator("#dialog-split-cluster")
    dialog.get_by_text(WORDS[3]).click()
    dialog.get_by_label("Titre du nouveau regroupement").fill("Avec les enfants")
    dialog.get_by_role("button", name="Séparer").click()
    eventually(lambda: groups(hall) == {"La parole": (1, 2), "Venir": (3,), "Avec les enfants": (4,)}, desk)
    desk.get_by_role("button", name="Défaire mon dernier geste").click()
    eventually(lambda: groups(hall) == {"La parole": (1, 2), "Venir": (3, 4)}, desk)


def test_a_group_is_renamed_moved_and_undone_without_losing_a_card(hall: Hall) -> None:
    desk = board(hall)
    menu(desk, "Venir", "Renommer")
    title = desk.locator("#dialog-rename-cluster").get_by_label("Titre")
    expect(title).to_have_value("Venir")
    title.fill("Ce qui fait venir")
    title.press("Enter")
    eventually(lambda: "Ce qui fait venir" in groups(hall), desk)
    menu(desk, "Ce qui fait venir", "Avant")
    eventually(lambda: list(groups(hall)) == ["Ce qui fait venir", "La parole"], desk)
    menu(desk, "La parole", "Défaire ce regroupement")
    desk.locator("[data-confirm-yes]").click()
    eventually(lambda: groups(hall) == {"Ce qui fait venir": (3, 4)}, desk)
    expect(desk.locator("[data-slot=loose] [data-card]")).to_have_count(2)
    desk.get_by_role("button", name="Défaire mon dernier geste").click()
    eventually(lambda: groups(hall) == {"Ce qui fait venir": (3, 4), "La parole": (1, 2)}, desk)


def test_two_cards_merged_keep_their_words_and_are_taken_apart_again(hall: Hall) -> None:
    desk, phone = hall.desk(), hall.phone("Samira")
    hall.act(GoTo("s3", "a3"), OpenActivity("a3"))
    looks = Looks(hall)
    for text in WORDS[:2]:
        looks.do_as(phone.context, "s", SubmitContribution("a3", text, column="plus"))
    desk.get_by_role("tab", name="Gardées").click()
    first = desk.locator("#list-kept [data-card='1']")
    first.get_by_label("Autres gestes sur").click()
    first.get_by_role("button", name="Réunir à une autre").click()
    dialog = desk.locator("#dialog-merge")
    dialog.get_by_text(WORDS[1]).click()
    dialog.get_by_label("Mots communs").fill("Une parole partagée.")
    dialog.get_by_role("button", name="Réunir").click()
    eventually(lambda: state(hall).contributions[2].merged_into == 1, desk)
    expect(first.locator(".slip-text")).to_have_text("Une parole partagée.")
    for text in WORDS[:2]:
        expect(first.locator(".slip-sources").filter(has_text=text)).to_have_count(1)
    expect(phone.get_by_text("Votre carte a été réunie à une autre.").first).to_be_visible()
    first.get_by_label("Autres gestes sur").click()
    first.get_by_role("button", name="Séparer").click()
    eventually(lambda: state(hall).contributions[2].merged_into is None, desk)
    expect(desk.locator("#list-kept [data-card='2'] .slip-text")).to_have_text(WORDS[1])
    expect(phone.get_by_text("Votre carte a été réunie à une autre.").filter(visible=True)).to_have_count(0)


def test_a_hidden_card_leaves_the_projector_says_why_and_comes_back_as_it_was(hall: Hall) -> None:
    screen, phone = hall.screen(), hall.phone("Samira")
    hall.act(GoTo("s3", "a3"), OpenActivity("a3"))
    Looks(hall).do_as(phone.context, "s", SubmitContribution("a3", WORDS[0], column="plus"))
    desk = hall.desk()
    desk.get_by_role("tab", name="Gardées").click()
    card = desk.locator("#list-kept [data-card='1']")
    card.get_by_role("button", name="Projeter").click()
    hall.act(ProjectScene("cards", "a3"))
    expect(screen.get_by_text(WORDS[0])).to_be_visible()
    card.get_by_role("button", name="Masquer").click()
    dialog = desk.locator("#dialog-hide")
    expect(dialog.locator(".read-back")).to_contain_text(WORDS[0])
    dialog.get_by_role("button", name="Masquer la carte").click()
    assert state(hall).contributions[1].status == "kept"  # not without a motive
    dialog.get_by_label("vise une personne").check()
    dialog.get_by_role("button", name="Masquer la carte").click()
    expect(screen.get_by_text(WORDS[0])).to_have_count(0)
    expect(phone.get_by_text("Non affichée :").first).to_be_visible()
    expect(phone.get_by_text("vise une personne").first).to_be_visible()
    desk.get_by_role("tab", name="Masquées").click()
    desk.locator("#list-hidden [data-card='1']").get_by_role("button", name="Remontrer").click()
    eventually(lambda: state(hall).contributions[1].status == "kept", desk)
    expect(phone.get_by_text("vise une personne").first).to_be_hidden()
    assert [entry.act for entry in state(hall).log][-2:] == ["hide_contribution", "unhide_contribution"]
