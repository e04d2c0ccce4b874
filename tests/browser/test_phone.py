"""A phone in the hall: joins, writes, loses the network, double-taps, sleeps; nothing it wrote is lost or counted twice."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from atelier.live.rules.activities import CloseActivity, OpenActivity
from atelier.live.rules.agenda import GoTo
from tests.browser.hall import Hall, axe_violations, card_form, eventually
from tests.seed import state_on_disk

pytestmark = pytest.mark.browser
FORCE = "On parle avant les élus, pas après."


def texts(hall: Hall) -> list[str]:
    """Return the cards in the journal, as another process reads it."""
    assert hall.server.seeded is not None
    return sorted(card.text for card in state_on_disk(hall.server.seeded).contributions.values())


def open_board(hall: Hall) -> None:
    hall.act(GoTo("s3", "a3"), OpenActivity("a3"))


def write(page, text: str) -> None:  # type: ignore[no-untyped-def]
    form = card_form(page)
    form.get_by_text("Forces").first.click()
    form.get_by_role("textbox").first.fill(text)
    form.get_by_role("button", name="Envoyer ma carte").click()


def test_card_sent_from_a_phone_is_received_and_said_so(hall: Hall) -> None:
    phone = hall.phone("Samira")
    open_board(hall)
    write(phone, FORCE)
    expect(phone.get_by_text("Reçue à").first).to_be_visible()
    assert texts(hall) == [FORCE]


def test_card_written_offline_is_kept_shown_and_sent_later_once(hall: Hall) -> None:
    phone = hall.phone("Samira")
    open_board(hall)
    expect(card_form(phone)).to_be_visible()
    phone.context.set_offline(True)
    write(phone, FORCE)
    expect(phone.get_by_text("Sur ce téléphone").first).to_be_visible()
    assert texts(hall) == []
    phone.context.set_offline(False)
    expect(phone.get_by_text("Reçue à").first).to_be_visible()
    assert texts(hall) == [FORCE]


def test_page_reloaded_without_network_shows_the_last_screen_and_the_outbox(hall: Hall) -> None:
    phone = hall.phone("Samira")
    open_board(hall)
    expect(card_form(phone)).to_be_visible()
    phone.wait_for_timeout(3_000)  # the worker copies the page, the device keeps the screen
    phone.context.set_offline(True)
    write(phone, FORCE)
    expect(phone.get_by_text("Sur ce téléphone").first).to_be_visible()
    phone.reload()
    expect(phone.get_by_text(FORCE).first).to_be_visible()
    expect(card_form(phone)).to_be_visible()
    phone.context.set_offline(False)
    eventually(lambda: texts(hall) == [FORCE], phone)


def test_double_tap_sends_one_card(hall: Hall) -> None:
    phone = hall.phone("Samira")
    open_board(hall)
    form = card_form(phone)
    form.get_by_text("Forces").first.click()
    form.get_by_role("textbox").first.fill(FORCE)
    form.get_by_role("button", name="Envoyer ma carte").dblclick()
    expect(phone.get_by_text("Reçue à").first).to_be_visible()
    assert texts(hall) == [FORCE]


def test_server_killed_before_the_acknowledgement_loses_nothing(hall: Hall) -> None:
    phone = hall.phone("Samira")
    open_board(hall)
    expect(card_form(phone)).to_be_visible()
    hall.server.kill()
    write(phone, FORCE)
    expect(phone.get_by_text("Sur ce téléphone").first).to_be_visible()
    hall.server.start()
    expect(phone.get_by_text("Reçue à").first).to_be_visible(timeout=30_000)
    assert texts(hall) == [FORCE]


def test_two_tabs_of_one_phone_are_one_person_and_send_once(hall: Hall) -> None:
    phone = hall.phone("Samira")
    open_board(hall)
    expect(card_form(phone)).to_be_visible()
    phone.context.set_offline(True)
    write(phone, FORCE)
    expect(phone.get_by_text("Sur ce téléphone").first).to_be_visible()
    phone.context.set_offline(False)
    second = hall.page(phone.context)
    second.goto(phone.url)
    eventually(lambda: texts(hall) == [FORCE], phone)
    phone.wait_for_timeout(1_000)
    assert texts(hall) == [FORCE]
    assert hall.server.seeded is not None
    assert len(state_on_disk(hall.server.seeded).people) == 1


def test_late_phone_lands_on_what_is_running(hall: Hall) -> None:
    open_board(hall)
    phone = hall.phone("Odile", "Universitaires")
    expect(card_form(phone)).to_be_visible()


def test_card_arriving_after_the_close_is_refused_with_the_hour_and_kept(hall: Hall) -> None:
    phone = hall.phone("Samira")
    open_board(hall)
    expect(card_form(phone)).to_be_visible()
    phone.context.set_offline(True)
    write(phone, FORCE)
    hall.act(CloseActivity("a3"))
    phone.context.set_offline(False)
    expect(phone.get_by_text("depuis").first).to_be_visible()
    expect(phone.get_by_text(FORCE).first).to_be_visible()
    assert texts(hall) == []


def test_phone_clock_wrong_by_a_day_changes_nothing(hall: Hall) -> None:
    phone = hall.phone("Samira")
    phone.clock.install(time=0)
    phone.reload()
    phone.clock.resume()
    open_board(hall)
    write(phone, FORCE)
    eventually(lambda: texts(hall) == [FORCE], phone)


def test_phone_without_scripts_joins_and_writes(hall: Hall) -> None:
    phone = hall.phone("Samira", java_script_enabled=False)
    open_board(hall)
    phone.wait_for_timeout(1_500)  # another process performed it: this one hears within a second
    phone.reload()
    write(phone, FORCE)
    expect(phone.get_by_text(FORCE).first).to_be_visible()
    assert texts(hall) == [FORCE]


def test_phone_states_pass_axe(hall: Hall) -> None:
    phone = hall.phone("Samira")
    found = {"waiting": axe_violations(phone)}
    open_board(hall)
    expect(card_form(phone)).to_be_visible()
    found["board"] = axe_violations(phone)
    hall.act(GoTo("s5", "a4"), OpenActivity("a4"))
    expect(phone.get_by_role("button", name="Déposer mon bulletin")).to_be_visible()
    found["dots"] = axe_violations(phone)
    assert {state: rules for state, rules in found.items() if rules} == {}
