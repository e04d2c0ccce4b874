"""A person whose browser speaks English reads English on the phone; the desk and the screen keep the room's French."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from atelier.assets import asset_dir
from atelier.codes import hashed
from atelier.live.rules.activities import CloseActivity
from atelier.live.rules.links import GrantLink
from tests.factories import make_activity
from tests.web.live_ground import CODE, Evening, Phone, said

# Shorter fragments (« Vote », « Table ») are words of both languages.
WORTH_SEEKING = 8


def french_fragments() -> set[str]:
    """What the French sentences that have an English say between their blanks."""
    with (asset_dir("locale") / "en/LC_MESSAGES/messages.po").open("rb") as file:
        entries = [entry for entry in read_po(file, locale="en") if entry.id]
    found = set()
    for entry in entries:
        french, english = (text if isinstance(text, tuple) else (text,) for text in (entry.id, entry.string))
        if all(english):
            found |= {part.strip() for text in french for part in re.split(r"%\(\w+\)s|\{\w+\}", text)} - set(
                english
            )
    return {" ".join(part.split()) for part in found if len(part) >= WORTH_SEEKING}


FRENCH = french_fragments()


def leftovers(page: str) -> list[str]:
    words = said(page)
    return sorted(fragment for fragment in FRENCH if fragment in words)


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
        assert leftovers(page) == []
    assert "Send my card" in said(writing)
    assert "Received at 8:04 PM" in said(received)
    assert "The activity closed at 8:04 PM. What you sent arrived later." in said(late)


def test_vote_in_english_has_no_french_left(evening: Evening) -> None:
    phone = english_phone(evening)
    phone.post(f"/j/{CODE}", {"name": "Sam"})
    evening.open("a2")
    page = phone.page()
    assert leftovers(page) == []
    assert "Cast my ballot" in said(page)
    assert '"offline": "Offline. Your cards are kept here' in page


def test_desk_and_screen_keep_the_french_of_the_room(evening: Evening) -> None:
    for role, path in (("cofacilitator", "pupitre"), ("screen", "ecran")):
        evening.act(GrantLink(role, role, hashed(f"1.{role}")))
        guest = english_phone(evening)
        assert guest.get(f"/l/1.{role}").headers["Location"] == f"/{path}/{CODE}"
        page = guest.get(f"/{path}/{CODE}")
        assert page.status_code == 200
        assert '<html lang="fr"' in page.text


def test_link_that_opens_nothing_says_so_in_the_language_of_the_person(evening: Evening) -> None:
    answer = english_phone(evening).get("/l/1.never")
    assert answer.status_code == 410
    assert "This access is not open" in said(answer.text)
