"""The true preview of an activity, and the links of people who help."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask import Flask

from atelier import codes
from atelier.house import House
from atelier.live.state import LiveState
from atelier.workshops.snapshot import snapshot_of
from tests.web.workshops_ground import Facilitator, Preparation, form_of


@pytest.fixture
def ground(app: Flask, house: House) -> Preparation:
    return Preparation(app, house)


@pytest.fixture
def nadia(ground: Preparation) -> Facilitator:
    return ground.sign_in()


def state_of(ground: Preparation, number: int) -> LiveState:
    found: LiveState = ground.house.parts["live"].desk.state(number)
    return found


# ---------------------------------------------------------------- preview


def words_of(page: str) -> str:
    """Return what is read on a page, whatever the spaces and the joiners that keep words on one line."""
    return " ".join(unescape(re.sub(r"<[^>]+>", "", page)).replace("\u2060", "").split())


@pytest.mark.parametrize("key", [f"a{n}" for n in range(1, 13)])
def test_every_activity_has_a_true_preview_of_both_surfaces_that_runs_no_script(
    ground: Preparation, nadia: Facilitator, key: str
) -> None:
    number = ground.prepare(nadia)
    question = ground.read(number, snapshot_of)
    asked = next(a for s in question["sequences"] for a in s["activities"] if a["key"] == key)["question"]
    for surface in ("screen", "phone"):
        page = nadia.get(f"/seances/{number}/apercu/{key}/{surface}")
        assert page.status_code == 200
        assert f'class="{surface}"' in page.text
        assert asked.replace("\u00a0", " ") in words_of(page.text)
        assert "<script" not in page.text
        assert "<noscript" not in page.text
        assert page.headers["Cache-Control"] == "no-store"
    assert state_of(ground, number).phase == "draft"


def test_the_preview_follows_what_was_just_saved(ground: Preparation, nadia: Facilitator) -> None:
    number = ground.prepare(nadia)
    address = f"/seances/{number}/activites/a7"
    data = form_of(nadia.get(address).text, address)
    nadia.script(address, {**data, "options": "Le bailleur\nLa langue", "options_from": ""})
    page = nadia.get(f"/seances/{number}/apercu/a7/screen").text
    assert ("Le bailleur" in page, "Première proposition" in page) == (True, False)


def test_a_preview_of_nothing_is_not_found(ground: Preparation, nadia: Facilitator) -> None:
    number = ground.prepare(nadia)
    paths = ("a99", "a1/desk", "s1/screen", "a99/phone")
    assert {nadia.get(f"/seances/{number}/apercu/{path}").status_code for path in paths} == {404}


# ---------------------------------------------------------------- people who help


def given_link(page: str) -> str:
    found = re.search(r"<code>http://localhost(/l/[^<]+)</code>", page)
    assert found
    return found.group(1)


@pytest.mark.parametrize(
    ("role", "surface"),
    [
        ("cofacilitator", "/pupitre/"),
        ("helper", "/pupitre/"),
        ("observer", "/pupitre/"),
        ("screen", "/ecran/"),
    ],
)
def test_a_link_is_shown_once_with_its_qr_and_opens_its_surface(
    app: Flask, ground: Preparation, nadia: Facilitator, role: str, surface: str
) -> None:
    number = ground.prepare(nadia)
    ground.open(nadia, number)
    page = nadia.post(f"/seances/{number}/liens", {"role": role, "label": "table du fond"})
    assert page.status_code == 200
    assert "<svg" in page.text
    assert 'class="qr"' in page.text
    link = given_link(page.text)
    token = link.removeprefix("/l/")
    assert token.startswith(f"{number}.")
    assert token not in nadia.get(f"/seances/{number}/liens").text
    [kept] = state_of(ground, number).links.values()
    assert (kept.role, kept.label, kept.token_hash) == (role, "table du fond", codes.hashed(token))
    visitor = app.test_client()
    code = ground.read(number, lambda one: one.code)
    assert visitor.get(link).location == f"{surface}{code}"
    assert visitor.get(f"{surface}{code}").status_code == 200


def test_a_link_may_be_given_before_the_opening_and_still_stands_after(
    app: Flask, ground: Preparation, nadia: Facilitator
) -> None:
    number = ground.prepare(nadia)
    link = given_link(nadia.post(f"/seances/{number}/liens", {"role": "helper", "label": ""}).text)
    ground.open(nadia, number)
    assert app.test_client().get(link).status_code == 302
    assert len(state_of(ground, number).links) == 1


def test_a_revoked_link_opens_nothing(app: Flask, ground: Preparation, nadia: Facilitator) -> None:
    number = ground.prepare(nadia)
    ground.open(nadia, number)
    link = given_link(nadia.post(f"/seances/{number}/liens", {"role": "helper", "label": "porte"}).text)
    assert nadia.post(f"/seances/{number}/liens/l1/retirer").status_code == 200
    assert app.test_client().get(link).status_code == 410
    page = nadia.get(f"/seances/{number}/liens").text
    assert "Aucun lien en service" in page
    assert "1 lien retiré" in page


@pytest.mark.parametrize(
    "data", [{"role": "facilitator"}, {"role": "table"}, {}, {"role": "helper", "label": "x" * 61}]
)
def test_a_bad_link_is_not_made(ground: Preparation, nadia: Facilitator, data: dict[str, str]) -> None:
    number = ground.prepare(nadia)
    assert nadia.post(f"/seances/{number}/liens", data).status_code == 422
    assert dict(state_of(ground, number).links) == {}


def test_a_link_that_does_not_exist_cannot_be_revoked(ground: Preparation, nadia: Facilitator) -> None:
    assert nadia.post(f"/seances/{ground.prepare(nadia)}/liens/l9/retirer").status_code == 404


@pytest.mark.parametrize("path", ["activites", "apercu"])
def test_the_preview_says_that_gestures_are_not_in_it_and_where_to_try_them(
    ground: Preparation, nadia: Facilitator, path: str
) -> None:
    page = words_of(nadia.get(f"/seances/{ground.prepare(nadia)}/{path}/a7").text)
    assert "Dessiné sans les gestes." in page
    assert "« Répéter », au pupitre." in page
