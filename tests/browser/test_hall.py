"""The hall: a laptop, a router, no HTTPS (D-23). Same words, same outbox, same person on return."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from atelier.listening import local_address
from atelier.live.rules.activities import OpenActivity
from atelier.live.rules.agenda import GoTo
from atelier.settings import LOOPBACK
from tests.browser.hall import Hall, card_form, eventually
from tests.seed import state_on_disk
from tests.server import running_server

pytestmark = pytest.mark.browser
FORCE = "On parle avant les élus, pas après."


def test_phone_on_the_local_network_writes_offline_and_is_the_same_person_on_return(
    chromium: Browser, tmp_path: Path
) -> None:
    address = local_address()
    assert address not in LOOPBACK, "this machine has no network: the hall cannot be tried"
    with running_server(tmp_path, {"ATELIER_HALL": "1"}, open_at=("s3", "a3")) as server:
        server.url = f"http://{address}:{server.port}"
        hall = Hall(chromium, server)
        phone = hall.phone("Samira")
        assert phone.evaluate("isSecureContext") is False
        phone.context.set_offline(True)
        form = card_form(phone)
        form.get_by_text("Forces").first.click()
        form.get_by_role("textbox").first.fill(FORCE)
        form.get_by_role("button", name="Envoyer ma carte").click()
        expect(phone.get_by_text("Sur ce téléphone").first).to_be_visible()
        phone.context.set_offline(False)
        assert server.seeded is not None
        seeded = server.seeded
        eventually(lambda: [c.text for c in state_on_disk(seeded).contributions.values()] == [FORCE], phone)
        phone.goto(f"{server.url}/j/{server.code}")
        phone.wait_for_url(f"**/s/{server.code}")
        expect(phone.get_by_text(FORCE).first).to_be_visible()
        assert len(state_on_disk(seeded).people) == 1
        assert hall.faults == []
        hall.close()


def test_phone_whose_network_blocks_websocket_follows_and_sends_by_polling(hall: Hall) -> None:
    context = hall.context({"width": 390, "height": 844})
    page = hall.page(context)
    page.route_web_socket("**", lambda socket: socket.close())
    page.goto(f"{hall.server.url}/j/{hall.code}")
    page.get_by_text("Universitaires", exact=True).click()
    page.get_by_role("button", name="Entrer dans la séance").click()
    hall.joined(page)
    hall.act(GoTo("s3", "a3"), OpenActivity("a3"))
    form = card_form(page)
    form.get_by_text("Forces").first.click()
    form.get_by_role("textbox").first.fill(FORCE)
    form.get_by_role("button", name="Envoyer ma carte").click()
    expect(page.get_by_text("Reçue à").first).to_be_visible()
    assert hall.server.seeded is not None
    assert [c.text for c in state_on_disk(hall.server.seeded).contributions.values()] == [FORCE]
