"""The doors of the desk: its page by role, the links that it gives, the code that brings a lost phone back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from atelier import codes
from atelier.live.rules.links import GrantLink
from atelier.people import operations
from atelier.people.policy import allows
from tests.factories import make_activity
from tests.web.live_ground import CODE, PUBLIC_URL, Evening, Phone

BOARD = make_activity("a1", "contributions", "Que faire ?")
VOTE = make_activity("a2", "choice", "Oui ?", options=["oui", "non"])
ACT = re.compile(r'name="act" value="(\w+)"')
DESK = f"/pupitre/{CODE}"


@pytest.fixture
def evening(tmp_path: Path) -> Evening:
    made = Evening(tmp_path, [BOARD, VOTE])
    made.open("a1")
    made.open("a2")
    return made


def browser(evening: Evening) -> FlaskClient:
    client = evening.app.test_client()
    client.environ_base.update(HTTP_ORIGIN=PUBLIC_URL, wsgi_url_scheme="https")
    return client


def owner(evening: Evening) -> FlaskClient:
    """The browser of account 1, who owns the séance."""
    address = operations.create_login_link(
        evening.house.database, PUBLIC_URL, "nadia@exemple.fr", "Nadia", evening.now
    )
    client = browser(evening)
    assert client.post(address.removeprefix(PUBLIC_URL)).status_code == 303
    return client


def with_link(evening: Evening, role: str) -> FlaskClient:
    token = f"1.{codes.token()}"
    evening.act(GrantLink(role, "Bruno", codes.hashed(token)))
    client = browser(evening)
    assert client.get(f"/l/{token}").status_code == 302
    return client


def link_in(response: TestResponse) -> str:
    found = re.search(r'leaf-address">([^<]+)<', response.text)
    assert found, response.text
    return found.group(1)


@pytest.mark.parametrize("role", ["facilitator", "cofacilitator", "helper", "observer"])
def test_the_whole_page_offers_to_a_role_only_what_it_may_do(evening: Evening, role: str) -> None:
    client = owner(evening) if role == "facilitator" else with_link(evening, role)
    page = client.get(DESK)
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store"
    offered = set(ACT.findall(page.text))
    assert {act for act in offered if not allows(role, act)} == set()
    assert ("next_step" in offered) is (role in {"facilitator", "cofacilitator"})
    assert ('id="dialog-links"' in page.text) is (role in {"facilitator", "cofacilitator"})


def test_a_stranger_and_a_phone_do_not_see_the_desk(evening: Evening) -> None:
    assert browser(evening).get(DESK).status_code == 302
    phone = Phone(evening)
    assert phone.post(f"/j/{CODE}", {"name": "Samira", "college": "A"}).status_code == 303
    assert phone.get(DESK).status_code == 302


def test_a_link_given_by_the_desk_opens_it_until_it_is_taken_back(evening: Evening) -> None:
    client = owner(evening)
    given = client.post(f"{DESK}/liens", data={"role": "helper", "label": "table du fond"})
    assert given.status_code == 200
    assert given.headers["Cache-Control"] == "no-store"
    url = link_in(given)
    guest = browser(evening)
    assert guest.get(url.removeprefix(PUBLIC_URL)).status_code == 302
    assert guest.get(DESK).status_code == 200
    assert url not in client.get(DESK).text
    key = next(iter(evening.state.links))
    assert client.post(f"{DESK}/act", data={"act": "revoke_link", "link": key}).status_code == 303
    assert guest.get(DESK).status_code == 302
    assert guest.get(url.removeprefix(PUBLIC_URL)).status_code == 410


def test_a_link_to_an_unknown_role_is_refused_in_words(evening: Evening) -> None:
    refused = owner(evening).post(f"{DESK}/liens", data={"role": "facilitator", "label": ""})
    assert refused.status_code == 422
    assert "Choisissez ce que le lien permet." in refused.text


def test_a_restore_code_given_at_the_desk_brings_a_lost_phone_back_once(evening: Evening) -> None:
    lost = evening.phone(name="Samira", college="A")
    client = owner(evening)
    given = client.post(f"{DESK}/retrouver", data={"person": "p1"})
    assert given.status_code == 200
    code = re.search(r'leaf-code">([^<]+)<', given.text)
    assert code
    fresh = browser(evening)
    path = link_in(given).removeprefix(PUBLIC_URL)
    assert fresh.post(path, data={"code": code.group(1), "vers": f"/s/{CODE}"}).status_code == 303
    assert fresh.get(f"/s/{CODE}").status_code == 200
    assert lost.get().status_code == 302
    again = browser(evening)
    assert again.post(path, data={"code": code.group(1)}).status_code == 422


@pytest.mark.parametrize("path", ["liens", "retrouver"])
@pytest.mark.parametrize("role", ["helper", "observer", ""])
def test_those_who_do_not_drive_give_neither_links_nor_codes(evening: Evening, path: str, role: str) -> None:
    evening.phone(name="Samira", college="A")
    client = with_link(evening, role) if role else browser(evening)
    refused = client.post(f"{DESK}/{path}", data={"role": "cofacilitator", "person": "p1"})
    assert refused.status_code == 403
    assert len(evening.state.links) == (1 if role else 0)


def test_nobody_behind_that_name_gets_no_code(evening: Evening) -> None:
    assert owner(evening).post(f"{DESK}/retrouver", data={"person": "p99"}).status_code == 404


def test_a_plain_form_of_the_desk_is_an_act_and_its_refusal_is_said_in_the_page(evening: Evening) -> None:
    client = owner(evening)
    assert client.post(f"{DESK}/act", data={"act": "blank_screen", "on": "true"}).status_code == 303
    assert evening.state.blanked
    refused = client.post(f"{DESK}/act", data={"act": "reveal_result", "activity": "a2"})
    assert refused.status_code == 422
    assert "Fermez d’abord le vote." in refused.text


def test_the_sheet_entered_twice_is_told_with_its_hour(evening: Evening) -> None:
    client = owner(evening)
    entry = {"act": "enter_contribution", "activity": "a1", "text": "Le micro fait peur.", "sheet": "0173"}
    assert client.post(f"{DESK}/act", data=entry).status_code == 303
    refused = client.post(f"{DESK}/act", data={**entry, "text": "Encore."})
    assert "La fiche 0173 a déjà été saisie à 20\u00a0h\u00a004." in refused.text
