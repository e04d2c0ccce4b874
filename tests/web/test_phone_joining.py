"""Two gestures from the code to the séance, without scripts: the code, then who one is here."""

from __future__ import annotations

from pathlib import Path

import pytest

from atelier.live.rules.activities import OpenActivity
from atelier.live.rules.agenda import GoTo
from atelier.live.rules.closing import CloseSession
from tests.factories import make_activity
from tests.web.live_ground import CODE, Evening, Phone, said


@pytest.fixture
def evening(tmp_path: Path) -> Evening:
    return Evening(tmp_path, [make_activity("a1", "contributions", "Que faut-il changer ?")])


def test_code_typed_with_a_space_leads_to_the_identity_page(evening: Evening) -> None:
    phone = Phone(evening)
    assert "Rejoindre la séance" in said(phone.page("/j/"))
    assert phone.get("/j/?code=482+137").headers["Location"] == f"/j/{CODE}"
    words = said(phone.page(f"/j/{CODE}"))
    assert "Facultatif. Publié seulement si vous l’acceptez." in words
    assert "Autre, ou je préfère ne pas dire" in words
    assert "Vos données, en cinq lignes" in words


def test_code_that_opens_nothing_says_where_to_look(evening: Evening) -> None:
    answer = Phone(evening).get("/j/999999")
    assert answer.status_code == 404
    assert "Ce code n’ouvre aucune séance aujourd’hui. Vérifiez-le sur l’écran de la salle." in said(
        answer.text
    )
    assert 'value="999999"' in answer.text


def test_code_of_the_wrong_length_says_so_and_keeps_it(evening: Evening) -> None:
    answer = Phone(evening).get("/j/?code=4821")
    assert answer.status_code == 422
    assert "Un code a six chiffres." in said(answer.text)
    assert 'value="4821"' in answer.text


def test_join_without_giving_anything_is_enough(evening: Evening) -> None:
    evening.phone()
    person = evening.state.people["p1"]
    assert (person.name, person.college) == ("", "X")


def test_join_keeps_name_college_and_table_and_the_page_shows_them(evening: Evening) -> None:
    phone = evening.phone(name="Samira", college="A", table="3")
    page = phone.page()
    assert "Table 3" in said(page)
    person = evening.state.people["p1"]
    assert (person.name, person.college, person.table) == ("Samira", "A", 3)


def test_join_with_a_table_that_does_not_exist_keeps_what_was_typed(evening: Evening) -> None:
    answer = Phone(evening).post(f"/j/{CODE}", {"name": "Samira", "college": "A", "table": "99"})
    assert answer.status_code == 422
    assert 'value="Samira"' in answer.text
    assert 'value="A" checked' in answer.text
    assert evening.state.people == {}


def test_same_phone_comes_back_as_the_same_person(evening: Evening) -> None:
    phone = evening.phone(name="Samira")
    assert phone.get(f"/j/{CODE}").headers["Location"] == f"/s/{CODE}"
    assert phone.post(f"/j/{CODE}", {"name": "Autre"}).headers["Location"] == f"/s/{CODE}"
    assert list(evening.state.people) == ["p1"]


def test_joining_twice_with_one_press_makes_one_person(evening: Evening) -> None:
    phone = Phone(evening)
    phone.page(f"/j/{CODE}")
    for _ in range(2):
        phone.client.post(f"/j/{CODE}", data={"name": "Samira", "id": "a" * 32})
    assert list(evening.state.people) == ["p1"]


def test_table_phone_says_so_and_counts_its_people(evening: Evening) -> None:
    phone = evening.phone(table="4", shared="true", people="7")
    assert "Téléphone de table" in said(phone.page())
    assert evening.state.people["p1"].people == 7
    phone.done("set_people", people="6")
    assert evening.state.people["p1"].people == 6


def test_late_arrival_lands_on_what_runs(evening: Evening) -> None:
    evening.act(GoTo("s1", "a1"))
    evening.act(OpenActivity("a1"))
    words = said(evening.phone(college="A").page())
    assert "Que faut-\u2060il changer ?" in words
    assert "Envoyer ma carte" in words


def test_page_before_the_opening_waits_by_itself(tmp_path: Path) -> None:
    early = Evening(tmp_path, [], opened=False)
    page = Phone(early).page(f"/j/{CODE}")
    assert "La séance ouvre à 20 h 04." in said(page)
    assert 'http-equiv="refresh"' in page
    assert "Entrer dans la séance" not in page


def test_page_after_the_close_does_not_let_in(evening: Evening) -> None:
    evening.act(CloseSession())
    assert "Cette séance est close." in said(Phone(evening).page(f"/j/{CODE}"))


def test_stranger_on_the_phone_page_is_sent_to_join(evening: Evening) -> None:
    assert Phone(evening).get(f"/s/{CODE}").headers["Location"] == f"/j/{CODE}"
    assert (
        Phone(evening).act("submit_contribution", activity="a1", text="x").headers["Location"] == f"/j/{CODE}"
    )


def test_language_asked_for_is_kept(evening: Evening) -> None:
    phone = evening.phone()
    phone.page(f"/s/{CODE}?lang=en")
    assert '<html lang="en"' in phone.page()
    phone.page(f"/s/{CODE}?lang=fr")
    assert '<html lang="fr"' in phone.page()
