"""The legal pages, the installation, and what it takes before a séance may open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from atelier.people import operations, queries
from tests.web.people_ground import Ground, ground_in

COMPLETE = {
    "controller": "Ville d'Exemple\n1 place de la Mairie",
    "purpose": "Préparer la maison des associations.",
    "dpo_contact": "dpo@exemple.fr",
    "recourse": "accueil@exemple.fr",
    "publisher": "La maire d'Exemple",
    "host": "Hébergeur coopératif",
    "device_hours": "12",
    "contact_months": "2",
    "name_months": "6",
}
PAGES = {
    "/mentions-legales": "Mentions légales",
    "/donnees-personnelles": "Données personnelles",
    "/accessibilite": "Accessibilité\u00a0: non évaluée",
    "/aide": "Aide",
}


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[Ground]:
    with ground_in(tmp_path) as ground:
        yield ground


def complete(ground: Ground, **changes: object) -> None:
    values = {**COMPLETE, "device_hours": 12, "contact_months": 2, "name_months": 6, **changes}
    with ground.database.writing() as db:
        operations.save_installation(db, values, ground.now)


def form_token(page: str) -> str:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert found is not None
    return found[1]


@pytest.mark.parametrize(("path", "title"), PAGES.items())
def test_each_legal_page_opens_for_anybody_and_names_the_three_others(
    ground: Ground, path: str, title: str
) -> None:
    page = ground.client().get(path)
    assert page.status_code == 200
    assert f"<h1>{title}</h1>" in page.text
    assert [other for other in PAGES if f'href="{other}"' not in page.text] == []


@pytest.mark.parametrize("path", PAGES)
def test_legal_pages_of_an_empty_installation_invent_nothing(ground: Ground, path: str) -> None:
    page = ground.client().get(path).text
    assert "None" not in page
    if path in {"/mentions-legales", "/donnees-personnelles"}:
        assert "Non renseigné par l’installation." in page


def test_legal_pages_say_what_the_installation_says(ground: Ground) -> None:
    complete(ground)
    notice = ground.client().get("/mentions-legales").text
    privacy = ground.client().get("/donnees-personnelles").text
    assert "Ville d&#39;Exemple<br>1 place de la Mairie" in notice
    assert "La maire d&#39;Exemple" in notice
    assert "dpo@exemple.fr" in privacy
    assert "12\u00a0h après la clôture" in privacy
    assert "2\u00a0mois après la publication" in privacy
    assert "6\u00a0mois" in privacy
    assert "Exemple fictif" not in notice + privacy


def test_a_demonstration_is_marked_wherever_its_notices_stand(ground: Ground) -> None:
    complete(ground, fictional=True)
    for path in ("/mentions-legales", "/donnees-personnelles"):
        assert "Exemple fictif" in ground.client().get(path).text


def test_the_page_on_data_says_when_the_hall_is_not_encrypted(tmp_path: Path) -> None:
    with ground_in(tmp_path, public_url="http://192.168.1.20:8000") as ground:
        assert "sans chiffrement" in ground.client().get("/donnees-personnelles").text
        assert "ne pourrait pas se rouvrir" in ground.client().get("/aide").text


def test_over_https_nothing_is_said_of_a_hall(ground: Ground) -> None:
    assert "sans chiffrement" not in ground.client().get("/donnees-personnelles").text


def test_the_information_notice_is_five_lines_and_a_link(ground: Ground) -> None:
    complete(ground)
    with ground.database.reading() as db:
        facts = queries.installation_facts(db)
    drawn = ground.app.extensions["atelier"].drawing.draw("people/_notice.html", facts=facts)
    assert drawn.count("<li>") == 5
    assert 'href="/donnees-personnelles"' in drawn
    for said in ("Ville d&#39;Exemple", "Préparer la maison", "12\u00a0h", "dpo@exemple.fr", "CNIL"):
        assert said in drawn


def test_the_installation_is_open_to_who_administers_only(ground: Ground) -> None:
    administrator, facilitator = ground.signed_in(), ground.signed_in("ali@exemple.fr")
    assert administrator.get("/installation").status_code == 200
    assert facilitator.get("/installation").status_code == 404
    assert facilitator.post("/installation", data=COMPLETE).status_code == 404
    assert ground.client().get("/installation").status_code == 404


def test_filling_the_installation_lets_a_seance_open(ground: Ground) -> None:
    client = ground.signed_in()
    page = client.get("/installation").text
    assert "Aucune séance ne peut ouvrir" in page
    with ground.database.reading() as db:
        assert not queries.installation_complete(db)
    answer = client.post("/installation", data={**COMPLETE, "csrf_token": form_token(page)})
    assert (answer.status_code, answer.location) == (303, "/installation?fait=1")
    assert "Aucune séance ne peut ouvrir" not in client.get("/installation").text
    with ground.database.reading() as db:
        assert queries.installation_complete(db)
        facts = queries.installation_facts(db)
    assert (facts["device_hours"], facts["contact_months"], facts["name_months"]) == (12, 2, 6)


@pytest.mark.parametrize("name", queries.REQUIRED)
def test_one_thing_missing_and_no_seance_opens(ground: Ground, name: str) -> None:
    complete(ground)
    with ground.database.reading() as db:
        assert queries.missing_for_opening(db) == ()
    complete(ground, **{name: None if name.endswith(("hours", "months")) else ""})
    with ground.database.reading() as db:
        assert queries.missing_for_opening(db) == (name,)
        assert not queries.installation_complete(db)


def test_an_empty_installation_lacks_everything(ground: Ground) -> None:
    with ground.database.reading() as db:
        assert queries.missing_for_opening(db) == queries.REQUIRED


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("device_hours", "25", "Entre 1 et 24 heures."),
        ("contact_months", "4", "Entre 1 et 3 mois."),
        ("name_months", "0", "Entre 1 et 120 mois."),
        ("name_months", "trois", "Indiquez un nombre entier."),
        ("controller", "x" * 1001, "Ce texte est trop long."),
    ],
)
def test_a_bad_setting_gets_its_sentence_and_changes_nothing(
    ground: Ground, name: str, value: str, sentence: str
) -> None:
    client = ground.signed_in()
    token = form_token(client.get("/installation").text)
    answer = client.post("/installation", data={**COMPLETE, name: value, "csrf_token": token})
    assert answer.status_code == 422
    assert sentence in answer.text
    with ground.database.reading() as db:
        assert queries.installation(db) is None


def test_the_installation_form_without_its_own_token_changes_nothing(ground: Ground) -> None:
    assert ground.signed_in().post("/installation", data=COMPLETE).status_code == 422
    with ground.database.reading() as db:
        assert queries.installation(db) is None
