"""Votes that need the desk again after the reveal: consent in rounds, a tie decided by lots, a vote annulled and held again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from atelier.live.rules.activities import CloseActivity, OpenActivity
from atelier.live.rules.agenda import GoTo
from atelier.live.rules.reveal import RevealResult
from atelier.live.rules.voting import CastBallot
from atelier.live.state import LiveState
from tests.browser.hall import Hall, eventually
from tests.browser.looking import Looks
from tests.factories import make_activity, make_sequence, make_snapshot
from tests.seed import state_on_disk
from tests.server import running_server

pytestmark = pytest.mark.browser
FIRST = "Une assemblée par mois, le samedi matin."
SECOND = "Une assemblée par mois, le jour choisi par les présents."
WHY = "Le samedi, les commerçants ne peuvent pas venir."
WEAK = ("La langue", "L'heure", "Le lieu")


def evening() -> dict[str, Any]:
    settings = {"proposal": FIRST}
    return make_snapshot(
        [
            make_sequence(
                "s1", "Décider", 10, make_activity("a1", "consent", "Êtes-vous d'accord ?", settings=settings)
            ),
            make_sequence(
                "s2", "Choisir", 10, make_activity("a2", "dot_vote", "Que comprendre ?", options=WEAK)
            ),
        ]
    )


@pytest.fixture
def voting(chromium: Browser, tmp_path: Path) -> Iterator[Hall]:
    with running_server(tmp_path, snapshot=evening()) as server:
        made = Hall(chromium, server)
        yield made
        made.close()
        assert made.faults == []
        assert server.errors() == []


def state(hall: Hall) -> LiveState:
    assert hall.server.seeded is not None
    return state_on_disk(hall.server.seeded)


def phase(hall: Hall, key: str) -> str:
    return state(hall).activities[key].phase


def expect_phase(hall: Hall, desk: Page, key: str, reached: str) -> None:
    eventually(lambda: phase(hall, key) == reached, desk)


def close_and_reveal(hall: Hall, desk: Page, key: str) -> None:
    """Close, then reveal, each with its key and its question."""
    for pressed, verb, reached in ((" ", "Clore le vote", "closed"), ("Enter", "Révéler", "revealed")):
        expect(desk.locator(f"[data-key={'Space' if pressed == ' ' else 'Enter'}]").first).to_be_enabled()
        desk.locator("body").press(pressed)
        desk.locator("#dialog-confirm").get_by_role("button", name=verb, exact=True).click()
        expect_phase(hall, desk, key, reached)


def answer(phone: Page, words: str, why: str = "") -> None:
    phone.get_by_label(words).first.check()
    if why:
        phone.get_by_label("Votre réserve ou votre objection").fill(why)
    phone.get_by_role("button", name="Envoyer ma réponse").click()
    expect(phone.get_by_text("Votre bulletin est reçu.").first).to_be_visible()


def test_an_objection_leads_to_a_second_round_and_the_first_is_kept(voting: Hall) -> None:
    hall = voting
    desk, screen = hall.desk(), hall.screen()
    samira, odile = hall.phone("Samira"), hall.phone("Odile", "Universitaires")
    Looks(hall).do(GoTo("s1", "a1"), OpenActivity("a1"))
    answer(samira, "J’ai une objection", WHY)
    answer(odile, "Je consens")
    close_and_reveal(hall, desk, "a1")
    expect(screen.get_by_text("Proposition non adoptée : 1 objection.").first).to_be_visible()
    expect(desk.locator("[data-region=vote-a1]").get_by_text(WHY)).to_be_visible()
    desk.get_by_role("button", name="Tour suivant").click()
    proposal = desk.locator("#dialog-next-round").get_by_label("Nouvelle proposition")
    expect(proposal).to_have_value(FIRST)
    proposal.fill(SECOND)
    desk.get_by_role("button", name="Préparer le tour suivant").click()
    eventually(lambda: state(hall).activities["a1"].round == 2, desk)
    expect(desk.locator("[data-key=Space]").first).to_contain_text("Ouvrir")
    desk.locator("body").press(" ")
    for phone in (samira, odile):
        expect(phone.get_by_text(SECOND).first).to_be_visible()
        answer(phone, "Je consens")
    close_and_reveal(hall, desk, "a1")
    expect(screen.get_by_text("Proposition adoptée : aucune objection.").first).to_be_visible()
    expect(desk.get_by_role("button", name="Tour suivant")).to_have_count(0)
    decided = state(hall).activities["a1"]
    assert decided.result
    assert [kept["answers"]["objection"] for kept in decided.result["rounds"]] == [1, 0]
    assert [card.raw for card in state(hall).contributions.values()] == [WHY]


def test_a_tie_is_decided_by_numbers_called_out_in_the_room_and_stays_a_tie(voting: Hall) -> None:
    hall = voting
    desk, screen, phone = hall.desk(), hall.screen(), hall.phone("Samira")
    looks = Looks(hall)
    looks.do(GoTo("s2", "a2"), OpenActivity("a2"))
    looks.do_as(phone.context, "s", CastBallot("a2", 1, {"dots": {"o1": 1, "o2": 1}}))
    looks.do(CloseActivity("a2"), RevealResult("a2"))
    panel = desk.locator("[data-region=vote-a2]")
    expect(panel.get_by_text("Égalité entre « La langue », « L'heure ».")).to_be_visible()
    panel.get_by_role("button", name="Tirer au sort").click()
    dialog = desk.locator("#dialog-lots")
    expect(dialog.locator(".read-back")).to_contain_text("« La langue », « L'heure »")
    dialog.get_by_role("button", name="Tirer au sort").click()
    assert "draws" not in (state(hall).activities["a2"].result or {})  # no draw without numbers
    dialog.get_by_label("Nombres tirés dans la salle").fill("4 12 31")
    dialog.get_by_role("button", name="Tirer au sort").click()
    eventually(lambda: bool((state(hall).activities["a2"].result or {}).get("draws")), desk)
    result = state(hall).activities["a2"].result or {}
    assert (result["draws"][0]["seed"], sorted(result["draws"][0]["order"])) == ("4 12 31", ["o1", "o2"])
    assert [row["tied"] for row in result["options"][:2]] == [True, True]
    expect(panel.get_by_role("button", name="Tirer au sort")).to_have_count(0)
    for page in (desk, screen, phone):
        expect(page.get_by_text("tirage « 4 12 31 »").first).to_be_attached()


def test_a_vote_annulled_tells_its_motive_and_is_held_again(voting: Hall) -> None:
    hall = voting
    desk, screen, phone = hall.desk(), hall.screen(), hall.phone("Samira")
    Looks(hall).do(GoTo("s2", "a2"), OpenActivity("a2"))
    expect(phone.get_by_role("button", name="Déposer mon bulletin")).to_be_visible()
    desk.get_by_role("button", name="Annuler ce vote").click()
    dialog = desk.locator("#dialog-annul")
    dialog.get_by_label("Motif, lu par la salle").fill("Deux options disent la même chose")
    dialog.get_by_role("button", name="Annuler ce vote").click()
    for page in (screen, phone):
        expect(page.get_by_text("Deux options disent la même chose").first).to_be_visible()
    desk.get_by_role("button", name="Voter à nouveau").click()
    eventually(lambda: (phase(hall, "a2"), state(hall).activities["a2"].round) == ("planned", 2), desk)
    expect(desk.locator("[data-key=Space]").first).to_contain_text("Ouvrir")
    desk.locator("body").press(" ")
    expect(phone.get_by_role("button", name="Déposer mon bulletin")).to_be_visible()
    expect(desk.get_by_text("Tour 1 annulé : Deux options disent la même chose")).to_be_visible()
