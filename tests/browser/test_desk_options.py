"""Options that come from the board by themselves: read at the desk, changed there, offered to the room."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from atelier.live.rules.activities import OpenActivity
from atelier.live.rules.agenda import GoTo
from atelier.live.rules.clusters import CreateCluster
from atelier.live.rules.proxy_entry import EnterContribution
from tests.browser.hall import Hall, axe_violations
from tests.factories import chantier_sequences, make_activity, make_sequence, make_snapshot
from tests.server import running_server

pytestmark = pytest.mark.browser


@pytest.fixture
def board_hall(chromium: Browser, tmp_path: Path) -> Iterator[Hall]:
    vote = make_activity(
        "a20", "dot_vote", "Que faut-il comprendre d'abord ?", settings={"options_from": "a3:minus"}
    )
    sequences = [*chantier_sequences(), make_sequence("s20", "Priorités", 5, vote)]
    with running_server(tmp_path, snapshot=make_snapshot(sequences, moderation="shown")) as server:
        made = Hall(chromium, server)
        yield made
        made.close()
        assert made.faults == []
        assert server.errors() == []


def test_groups_of_the_board_are_read_at_the_desk_then_changed_then_offered(board_hall: Hall) -> None:
    hall = board_hall
    hall.act(GoTo("s3", "a3"), OpenActivity("a3"))
    hall.act(
        *(
            EnterContribution("a3", text=f"Ce qui manque, {n}", column="minus", sheet=str(n))
            for n in (1, 2, 3)
        )
    )
    hall.act(
        CreateCluster("a3", "Les mêmes voix", "minus", (1,)),
        CreateCluster("a3", "Le bailleur", "minus", (2, 3)),
    )
    hall.act(GoTo("s20", "a20"))
    desk, phone = hall.desk(), hall.phone("Samira")
    panel = desk.locator(".vote-panel")
    expect(panel.locator("summary").first).to_contain_text("2 options reprises de")
    expect(panel.locator("ol li")).to_have_text(["Les mêmes voix", "Le bailleur"])
    assert axe_violations(desk) == []
    panel.get_by_role("button", name="Modifier les options").click()
    written = desk.locator("#dialog-edit textarea[name=options]")
    expect(written).to_have_value("Les mêmes voix\nLe bailleur")
    written.fill("Le bailleur\nLes mêmes voix\nAutre chose")
    desk.locator("#dialog-edit").get_by_role("button", name="Enregistrer").click()
    expect(panel).to_contain_text("3 options écrites ici.")
    panel.get_by_role("button", name="Reprendre de").click()
    expect(panel.locator("summary").first).to_contain_text("2 options reprises de")
    desk.keyboard.press("Space")
    expect(phone.locator(".dot-row")).to_have_count(2)
    expect(phone.locator("main")).to_contain_text("Les mêmes voix")


def test_a_vote_with_nothing_to_offer_says_so_where_it_would_open(board_hall: Hall) -> None:
    hall = board_hall
    hall.act(GoTo("s20", "a20"))
    desk = hall.desk()
    expect(desk.locator(".vote-panel .notice").first).to_contain_text("Gardez ou rangez des cartes")
    desk.get_by_role("button", name="Ouvrir").first.click()
    expect(desk.locator(".keys")).to_contain_text("Rien à reprendre de")
