"""« Garder mon lien » finds one's cards on any device, withdraws them, and opens nothing to others."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from atelier.people.access import device_cookie
from atelier.people.tokens import keep_code
from tests.factories import make_activity
from tests.web.live_ground import CODE, Evening, Phone

WORDS = "On parle avant les élus, pas après"


@pytest.fixture
def evening(tmp_path: Path) -> Evening:
    made = Evening(
        tmp_path,
        [
            make_activity("a1", "contributions", "Qu'est-ce qui aide ?"),
            make_activity("a2", "contributions", "Et qu'on ne dit pas ?", anonymity="anonymous"),
        ],
    )
    made.open("a1")
    made.open("a2")
    return made


def code_of(phone: Phone) -> str:
    cookie = phone.client.get_cookie(device_cookie(1))
    assert cookie is not None
    return keep_code(cookie.value)


def send(phone: Phone, activity: str, text: str) -> None:
    answer = phone.post(f"/s/{CODE}/act", {"act": "submit_contribution", "activity": activity, "text": text})
    assert answer.status_code == 303


def page(phone: Phone, code: str) -> TestResponse:
    return phone.client.get(f"/m/{CODE}/{code}", base_url="https://ateliers.exemple.fr")


def test_keep_code_opens_ones_own_cards_on_another_device_named_and_anonymous(evening: Evening) -> None:
    mine, other, elsewhere = evening.phone(name="Samira"), evening.phone(name="Odile"), Phone(evening)
    send(mine, "a1", WORDS)
    send(mine, "a2", "Je n'ose pas parler")
    send(other, "a1", "Autre chose")
    text = page(elsewhere, code_of(mine)).get_data(as_text=True)
    assert WORDS in text
    assert "ose pas parler" in text
    assert "Autre chose" not in text
    assert "Samira" not in text


def test_withdraw_from_the_kept_link_erases_the_words(evening: Evening) -> None:
    mine, elsewhere = evening.phone(name="Samira"), Phone(evening)
    send(mine, "a1", WORDS)
    code = code_of(mine)
    number = next(iter(evening.state.contributions))
    answer = elsewhere.post(f"/m/{CODE}/{code}/retirer", {"number": str(number)})
    assert answer.status_code == 303
    assert evening.state.contributions[number].status == "withdrawn"
    assert WORDS not in page(elsewhere, code).get_data(as_text=True)


def test_withdraw_somebody_elses_card_is_not_found(evening: Evening) -> None:
    mine, other = evening.phone(name="Samira"), evening.phone(name="Odile")
    send(mine, "a1", WORDS)
    send(other, "a1", "Autre chose")
    number = next(card.number for card in evening.state.contributions.values() if card.text == "Autre chose")
    assert mine.post(f"/m/{CODE}/{code_of(mine)}/retirer", {"number": str(number)}).status_code == 404
    assert evening.state.contributions[number].status != "withdrawn"


def test_wrong_code_opens_nothing_and_ten_of_them_are_enough(evening: Evening) -> None:
    mine = evening.phone(name="Samira")
    send(mine, "a1", WORDS)
    code = code_of(mine)
    wrong = re.sub(r"^.", "Z" if code[0] != "Z" else "Y", code)
    assert page(mine, code).status_code == 200
    assert {page(mine, wrong).status_code for _ in range(12)} == {404}
    assert page(mine, code).status_code == 404


def test_the_page_of_both_codes_is_found_from_the_door_the_name_page_and_the_help(evening: Evening) -> None:
    stranger = Phone(evening)
    for path, address in (("/j/", "/m/"), (f"/j/{CODE}", f"/m/?seance={CODE}"), ("/aide", "/m/")):
        html = stranger.client.get(path, base_url="https://ateliers.exemple.fr").get_data(as_text=True)
        assert f'<a href="{address}">Retrouver mes cartes</a>' in html, path
    said = stranger.client.get("/retrouver", base_url="https://ateliers.exemple.fr")
    assert (said.status_code, said.headers["Location"]) == (302, "/m/")


def test_the_code_of_the_seance_is_filled_in_for_who_comes_from_it_and_nothing_is_reproached(
    evening: Evening,
) -> None:
    html = (
        Phone(evening)
        .client.get(f"/m/?seance={CODE}", base_url="https://ateliers.exemple.fr")
        .get_data(as_text=True)
    )
    assert f'value="{CODE}"' in html
    assert "code-error" not in html
