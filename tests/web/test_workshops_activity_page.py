"""The page of one activity: what it says, columns and options, two tabs, what is missing."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask

from atelier.house import House
from atelier.workshops import operations
from atelier.workshops.models import Activity, WorkshopSession
from tests.web.workshops_ground import Facilitator, Preparation, form_of


@pytest.fixture
def ground(app: Flask, house: House) -> Preparation:
    return Preparation(app, house)


@pytest.fixture
def nadia(ground: Preparation) -> Facilitator:
    return ground.sign_in()


def added(
    ground: Preparation,
    nadia: Facilitator,
    kind: str,
    template: str = "chantier",
    sequence: str = "s1",
    **columns: Any,
) -> str:
    """Add an activity of a kind by its door and return the address of its page."""
    number = ground.prepare(nadia, template, **columns)
    answer = nadia.post(f"/seances/{number}/sequences/{sequence}/activites", {"kind": kind})
    assert answer.status_code == 303
    return str(answer.location.partition("?")[0])


def stored(ground: Preparation, address: str) -> Activity:
    _, _, number, _, key = address.split("/")

    def read(session: WorkshopSession) -> Activity:
        return operations.activity_of(session, key)

    found: Activity = ground.read(int(number), read)
    return found


def test_the_page_says_what_people_read_before_they_type(ground: Preparation, nadia: Facilitator) -> None:
    page = nadia.get(added(ground, nadia, "contributions")).text
    for sentence in (
        "Votre nom choisi sera affiché avec votre carte.",
        "Un surnom tiré au sort sera affiché. Le même toute la soirée.",
        "Les autres verront\u00a0: «\u00a0élus et agents\u00a0». Ni nom, ni table.",
        "Ni nom, ni collège, ni table ne sont gardés avec votre carte.",
    ):
        assert sentence in page


def test_who_sees_it_first_is_chosen_among_the_colleges_of_the_seance(
    ground: Preparation, nadia: Facilitator
) -> None:
    address = added(ground, nadia, "contributions")
    data = {**form_of(nadia.get(address).text, address), "first_colleges": ["A", "X"], "silent": "y"}
    assert nadia.script(address, data).status_code == 200
    found = stored(ground, address)
    assert (found.first_colleges, found.silent) == (["A", "X"], True)


def test_a_vote_without_words_says_that_it_is_secret(ground: Preparation, nadia: Facilitator) -> None:
    page = nadia.get(added(ground, nadia, "dot_vote")).text
    assert "Le bulletin est secret" in page
    assert 'name="anonymity"' not in page


@pytest.mark.parametrize(
    ("preset", "labels"),
    [
        ("swot", ["Atouts", "Faiblesses", "Opportunités", "Menaces"]),
        ("six_hats", ["Bleu", "Blanc", "Rouge", "Jaune", "Noir", "Vert"]),
    ],
)
def test_ready_made_columns_replace_those_of_a_board_and_can_be_undone(
    ground: Preparation, nadia: Facilitator, preset: str, labels: list[str]
) -> None:
    address = added(ground, nadia, "board")
    data = {**form_of(nadia.get(address).text, address), "question": "Que voyez-vous ?"}
    bad = nadia.post(address, {**data, "preset": preset, "apply_preset": "1", "max_chars": "1"})
    assert (bad.status_code, "Que voyez-vous" in bad.text) == (422, True)
    assert nadia.post(address, {**data, "preset": preset, "apply_preset": "1"}).status_code == 303
    assert stored(ground, address).question == "Que voyez-vous ?"
    assert [column["label"] for column in stored(ground, address).settings["columns"]] == labels
    nadia.post(f"{address.partition('/activites')[0]}/annuler")
    assert [column["label"] for column in stored(ground, address).settings["columns"]] == [
        "Forces",
        "Faiblesses",
    ]


def test_a_column_taken_out_leaves_the_keys_of_the_others(ground: Preparation, nadia: Facilitator) -> None:
    address = added(ground, nadia, "board")
    data = form_of(nadia.get(address).text, address)
    gone = {**data, "columns-0-label": "", "columns-0-prompt": ""}
    assert nadia.script(address, gone).status_code == 200
    assert [column["key"] for column in stored(ground, address).settings["columns"]] == ["minus"]


def test_options_may_come_from_another_activity(ground: Preparation, nadia: Facilitator) -> None:
    address = added(ground, nadia, "dot_vote")
    data = {**form_of(nadia.get(address).text, address), "options": "", "options_from": "a5"}
    assert nadia.script(address, data).status_code == 200
    found = stored(ground, address)
    assert (found.options, found.settings["options_from"]) == ([], "a5")


def test_options_are_written_here_or_taken_from_elsewhere_never_both(
    ground: Preparation, nadia: Facilitator
) -> None:
    address = added(ground, nadia, "dot_vote")
    data = {**form_of(nadia.get(address).text, address), "options": "Une\nDeux", "options_from": "a5:minus"}
    said = nadia.script(address, data)
    assert said.status_code == 422
    assert list(said.get_json()["errors"]) == ["options"]
    assert "Elles sont écrites ici" in said.get_json()["errors"]["options"][0]
    assert nadia.script(address, {**data, "options": ""}).status_code == 200
    assert stored(ground, address).settings["options_from"] == "a5:minus"


def test_a_vote_offers_each_activity_that_takes_cards_and_each_column_of_a_board(
    ground: Preparation, nadia: Facilitator
) -> None:
    page = nadia.get(added(ground, nadia, "gradients", sequence="s8")).text
    offered = dict(re.findall(r'<option (?:selected )?value="([^"]*)">([^<]*)</option>', page))
    assert {"a3", "a5", "a5:plus", "a5:minus", "a9"} <= set(offered)
    assert offered["a5:minus"].endswith("colonne «\u00a0Faiblesses\u00a0»")
    assert not {"a6", "a7"} & set(offered)


def test_a_source_that_was_removed_is_said_and_can_be_changed(
    ground: Preparation, nadia: Facilitator
) -> None:
    number = ground.prepare(nadia)
    address = f"/seances/{number}/activites/a7"
    assert "doit passer avant ce vote" not in nadia.get(f"/seances/{number}").text
    nadia.post(f"/seances/{number}/activites/a5/supprimer")
    assert nadia.get(f"/seances/{number}").text.count("doit passer avant ce vote") == 2
    page = nadia.get(address).text
    assert re.search(r'selected value="a5:minus">[^<]*plus dans le déroulé<', page)
    assert nadia.script(address, {**form_of(page, address), "options_from": "a9"}).status_code == 200


def test_two_tabs_on_one_activity_end_in_a_conflict_where_nothing_is_lost(
    ground: Preparation, nadia: Facilitator
) -> None:
    address = added(ground, nadia, "dot_vote")
    data = {**form_of(nadia.get(address).text, address), "options": "Une\nDeux"}
    assert nadia.script(address, {**data, "question": "Premier onglet"}).status_code == 200
    late = nadia.script(address, {**data, "question": "Second onglet", "options": "Trois"})
    assert late.status_code == 409
    assert late.get_json()["theirs"] == [
        {"label": "Question ou titre", "text": "Premier onglet"},
        {"label": "Propositions, une par ligne", "text": "Une\nDeux"},
    ]
    page = nadia.post(address, {**data, "question": "Second onglet", "options": "Trois"})
    assert page.status_code == 409
    assert "Premier onglet" in page.text
    again = form_of(page.text, address)
    assert (again["question"], again["options"], again["revision"]) == (["Second onglet"], ["Trois"], ["1"])
    assert nadia.post(address, again).status_code == 303
    assert stored(ground, address).question == "Second onglet"


def test_an_activity_of_an_opened_seance_is_only_read(ground: Preparation, nadia: Facilitator) -> None:
    number = ground.prepare(nadia)
    address = f"/seances/{number}/activites/a5"
    data = form_of(nadia.get(address).text, address)
    ground.open(nadia, number)
    assert "changent maintenant depuis le pupitre" in nadia.get(address).text
    said = nadia.script(address, {**data, "question": "Trop tard"})
    assert (said.status_code, said.get_json()["code"]) == (409, "already_open")
    assert nadia.post(address, {**data, "question": "Trop tard"}).status_code == 409
    assert stored(ground, address).question != "Trop tard"


def test_an_unknown_kind_adds_nothing(ground: Preparation, nadia: Facilitator) -> None:
    number = ground.prepare(nadia, "blank")
    nadia.post(f"/seances/{number}/sequences", {"title": "Une séquence", "minutes": "5"})
    assert nadia.post(f"/seances/{number}/sequences/s1/activites", {"kind": "quiz"}).status_code == 422
    assert nadia.post(f"/seances/{number}/sequences/s9/activites", {"kind": "roti"}).status_code == 404
    assert ground.read(number, lambda one: len(one.sequences[0].activities)) == 0


def test_what_is_missing_is_said_in_the_table_and_at_the_opening(
    ground: Preparation, nadia: Facilitator
) -> None:
    address = added(ground, nadia, "dot_vote", sequence="s6")
    session = address.partition("/activites")[0]
    assert "Question à écrire" in nadia.get(session).text
    data = {**form_of(nadia.get(address).text, address), "question": "Laquelle ?", "options_from": "a5"}
    assert nadia.script(address, data).status_code == 200
    assert "Question à écrire" not in nadia.get(session).text
    assert "À compléter" not in nadia.get(f"{session}/ouvrir").text
