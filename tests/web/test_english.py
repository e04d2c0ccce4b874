"""A person whose browser speaks English reads English on every page; the screen of the room and paper keep its French."""

from __future__ import annotations

from pathlib import Path

import pytest

from atelier.codes import hashed
from atelier.live.rules.activities import CloseActivity
from atelier.live.rules.links import GrantLink
from tests.factories import make_activity
from tests.web.english import leftovers
from tests.web.live_ground import CODE, Evening, Phone, said


@pytest.fixture
def evening(tmp_path: Path) -> Evening:
    return Evening(
        tmp_path,
        [
            make_activity("a1", "contributions", "Que faut-il changer ?"),
            make_activity("a2", "dot_vote", "Par quoi commencer ?", options=["Le micro", "Les horaires"]),
        ],
    )


def english_phone(evening: Evening) -> Phone:
    phone = Phone(evening)
    phone.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en-GB,en;q=0.8"
    return phone


def test_french_leftovers_are_found_on_a_french_page(evening: Evening) -> None:
    assert "Rejoindre la séance" in leftovers(Phone(evening).page("/j/"))


def test_join_page_in_english_has_no_french_left(evening: Evening) -> None:
    phone = english_phone(evening)
    for path in ("/j/", f"/j/{CODE}", "/j/999999", "/donnees-personnelles", "/aide"):
        page = phone.get(path).text
        assert '<html lang="en"' in page, path
        assert leftovers(page) == [], path
    assert "Enter the session" in said(phone.page(f"/j/{CODE}"))


def test_cards_in_english_have_no_french_left(evening: Evening) -> None:
    phone = english_phone(evening)
    phone.post(f"/j/{CODE}", {"name": "Sam", "college": "A"})
    waiting = phone.page()
    evening.open("a1")
    writing = phone.page()
    received = phone.done("submit_contribution", activity="a1", text="Un mot")
    evening.act(CloseActivity("a1"))
    late = phone.act("submit_contribution", activity="a1", text="Un mot").text
    for page in (waiting, writing, received, late):
        assert '<html lang="en"' in page
        assert leftovers(page, evening.state) == []
    assert "Send my card" in said(writing)
    assert "Received at 8:04 PM" in said(received)
    assert "The activity closed at 8:04 PM. What you sent arrived later." in said(late)


def test_vote_in_english_has_no_french_left(evening: Evening) -> None:
    phone = english_phone(evening)
    phone.post(f"/j/{CODE}", {"name": "Sam"})
    evening.open("a2")
    page = phone.page()
    assert leftovers(page, evening.state) == []
    assert "Cast my ballot" in said(page)
    assert '"offline": "Offline. Your cards are kept here' in page


def test_desk_speaks_to_its_person_and_screen_to_the_room(evening: Evening) -> None:
    desk, screen = (through_a_link(evening, role) for role in ("cofacilitator", "screen"))
    assert '<html lang="en"' in desk
    assert leftovers(desk, evening.state) == []
    assert '"offline_desk": "Offline.' in desk
    assert '<html lang="fr"' in screen
    assert leftovers(screen, evening.state) != []


def through_a_link(evening: Evening, role: str) -> str:
    """What a browser that speaks English reads behind a revocable link."""
    evening.act(GrantLink(role, role, hashed(f"1.{role}")))
    guest = english_phone(evening)
    return guest.page(guest.get(f"/l/1.{role}").headers["Location"])


def test_link_that_opens_nothing_says_so_in_the_language_of_the_person(evening: Evening) -> None:
    answer = english_phone(evening).get("/l/1.never")
    assert answer.status_code == 410
    assert "This access is not open" in said(answer.text)
