"""The déroulé: drawn as a table and saved as one types; two tabs never lose a word."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask import Flask

from atelier.house import House
from atelier.workshops.models import WorkshopSession
from tests.web.workshops_ground import Facilitator, Preparation, error_at

TITLES = [
    "Ouverture, règles du jeu", "Présentation du cas", "Questions de compréhension", "Forces et faiblesses, aux tables",
    "Ce que disent les regards", "Vote aux gommettes", "Hypothèses, aux tables", "Mise en commun, degré d'accord",
    "Réaction du porteur, suites", "Retour sur la soirée",
]  # fmt: skip
ROW = {
    "title": "Ouverture",
    "minutes": "10",
    "locked_start": "",
    "instructions": "",
    "notes": "",
    "revision": "0",
}


@pytest.fixture
def ground(app: Flask, house: House) -> Preparation:
    return Preparation(app, house)


@pytest.fixture
def nadia(ground: Preparation) -> Facilitator:
    return ground.sign_in()


@pytest.fixture
def number(ground: Preparation, nadia: Facilitator) -> int:
    return ground.prepare(nadia)


def keys(session: WorkshopSession) -> list[str]:
    return [row.key for row in session.sequences]


def tree(session: WorkshopSession) -> dict[str, list[str]]:
    return {row.key: [activity.key for activity in row.activities] for row in session.sequences}


def starts(page: str) -> dict[str, str]:
    return dict(re.findall(r'<time id="start-(s\d+)">([^<]*)</time>', page))


# ---------------------------------------------------------------- the table


def test_the_table_tells_the_hour_of_each_sequence_and_the_end(nadia: Facilitator, number: int) -> None:
    page = nadia.get(f"/seances/{number}").text
    assert starts(page) == {
        "s1": "19:00", "s2": "19:10", "s3": "19:35", "s4": "19:50", "s5": "20:20", "s6": "20:40", "s7": "20:45",
        "s8": "21:10", "s9": "21:22", "s10": "21:28",
    }  # fmt: skip
    assert '<strong id="agenda-end" class="figure">21:30</strong>' in page
    assert '<span id="agenda-total">150</span>' in page


def test_an_empty_agenda_says_what_to_do(ground: Preparation, nadia: Facilitator) -> None:
    page = nadia.get(f"/seances/{ground.prepare(nadia, 'blank')}").text
    assert "Le déroulé est vide" in page


def test_private_notes_and_public_instructions_stand_in_their_own_fields(
    ground: Preparation, nadia: Facilitator, number: int
) -> None:
    data = {**ROW, "instructions": "Bienvenue", "notes": "Distribuer les badges"}
    nadia.post(f"/seances/{number}/sequences/s1", data)
    found = ground.read(number, lambda one: (one.sequences[0].instructions, one.sequences[0].notes))
    assert found == ("Bienvenue", "Distribuer les badges")


# ---------------------------------------------------------------- saved as one types


def test_save_sequence_answers_a_script_once_written_with_every_hour(
    ground: Preparation, nadia: Facilitator, number: int
) -> None:
    answer = nadia.script(f"/seances/{number}/sequences/s1", {**ROW, "minutes": "15"})
    found = answer.get_json()
    assert (answer.status_code, found["ok"], found["revision"]) == (200, True, 1)
    assert found["saved"] == "Enregistré à 19\u00a0h\u00a000"
    assert (found["texts"]["start-s2"], found["texts"]["agenda-end"]) == ("19:15", "21:35")
    assert ground.titles(number)[0] == "Ouverture"


def test_save_sequence_as_a_plain_form_comes_back_to_the_page(
    ground: Preparation, nadia: Facilitator, number: int
) -> None:
    answer = nadia.post(f"/seances/{number}/sequences/s1", {**ROW, "minutes": "15"})
    assert (answer.status_code, answer.location) == (303, f"/seances/{number}?fait=edit")
    assert starts(nadia.get(f"/seances/{number}").text)["s2"] == "19:15"


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"title": "  "}, "title", "Donnez un titre à la séquence."),
        ({"title": "x" * 201}, "title", "Ce texte est trop long."),
        ({"minutes": ""}, "minutes", "Indiquez une durée."),
        ({"minutes": "dix"}, "minutes", "Indiquez un nombre entier."),
        ({"minutes": "481"}, "minutes", "La durée va jusqu’à 480 minutes."),
        ({"minutes": "-1"}, "minutes", "La durée va jusqu’à 480 minutes."),
        ({"locked_start": "24:00"}, "locked_start", "Écrivez l’heure ainsi\u00a0: 19:10"),
        ({"notes": "x" * 4001}, "notes", "Ce texte est trop long."),
    ],
)
def test_save_sequence_with_a_bad_setting_says_so_at_the_field_and_keeps_what_was_typed(
    ground: Preparation, nadia: Facilitator, number: int, change: dict[str, str], field: str, sentence: str
) -> None:
    typed = {**ROW, "instructions": "Ne pas perdre ceci", **change}
    said = nadia.script(f"/seances/{number}/sequences/s1", typed)
    assert (said.status_code, said.get_json()["errors"]) == (422, {field: [sentence]})
    page = nadia.post(f"/seances/{number}/sequences/s1", typed)
    assert page.status_code == 422
    assert error_at(page.text, f"s1-{field}") == sentence
    assert "Ne pas perdre ceci" in page.text
    assert change[field].strip() in unescape(page.text)
    assert ground.titles(number) == TITLES


def test_a_locked_hour_warns_of_the_overlap_before_it(nadia: Facilitator, number: int) -> None:
    row = {**ROW, "title": "Présentation du cas", "minutes": "25", "locked_start": "19h05"}
    found = nadia.script(f"/seances/{number}/sequences/s2", row).get_json()
    assert found["texts"]["start-s2"] == "19:05"
    assert found["texts"]["warning-s2"] == "La séquence d’avant déborde de 5 min"
    assert 'id="warning-s2">La séquence d’avant déborde de 5 min' in nadia.get(f"/seances/{number}").text


def test_two_tabs_on_the_same_row_end_in_a_conflict_where_nothing_is_lost(
    ground: Preparation, nadia: Facilitator, number: int
) -> None:
    assert (
        nadia.script(f"/seances/{number}/sequences/s1", {**ROW, "title": "Premier onglet"}).status_code == 200
    )
    second = nadia.script(f"/seances/{number}/sequences/s1", {**ROW, "title": "Second onglet"})
    found = second.get_json()
    assert (second.status_code, found["code"], found["revision"]) == (409, "conflict", 1)
    assert found["theirs"] == [{"label": "Titre de la séquence", "text": "Premier onglet"}]
    assert ground.titles(number)[0] == "Premier onglet"
    kept = nadia.script(f"/seances/{number}/sequences/s1", {**ROW, "title": "Second onglet", "revision": "1"})
    assert kept.status_code == 200
    assert ground.titles(number)[0] == "Second onglet"


def test_a_conflict_of_plain_forms_shows_both_versions(nadia: Facilitator, number: int) -> None:
    nadia.post(f"/seances/{number}/sequences/s1", {**ROW, "title": "Premier onglet"})
    page = nadia.post(f"/seances/{number}/sequences/s1", {**ROW, "title": "Second onglet"})
    assert page.status_code == 409
    assert "Un autre onglet a enregistré entre-temps" in page.text
    assert "<dd>Premier onglet</dd>" in page.text
    assert 'value="Second onglet"' in page.text
    assert 'id="revision-s1" name="revision" type="hidden" value="1"' in page.text


def test_two_tabs_on_two_rows_do_not_disturb_each_other(
    ground: Preparation, nadia: Facilitator, number: int
) -> None:
    for key in ("s1", "s2"):
        answer = nadia.script(f"/seances/{number}/sequences/{key}", {**ROW, "title": f"Titre {key}"})
        assert answer.status_code == 200
    assert ground.titles(number)[:2] == ["Titre s1", "Titre s2"]


@pytest.mark.parametrize("revision", ["", "x", "-1", "99", "9" * 40])
def test_a_senseless_revision_is_a_conflict(nadia: Facilitator, number: int, revision: str) -> None:
    answer = nadia.script(f"/seances/{number}/sequences/s1", {**ROW, "revision": revision})
    assert (answer.status_code, answer.get_json()["code"]) == (409, "conflict")


def test_saving_what_is_already_there_changes_nothing(
    ground: Preparation, nadia: Facilitator, number: int
) -> None:
    first = ground.read(number, lambda one: one.sequences[0])
    same = {
        "title": first.title, "minutes": str(first.minutes), "locked_start": "", "revision": "0",
        "instructions": first.instructions, "notes": first.notes,
    }  # fmt: skip
    assert nadia.script(f"/seances/{number}/sequences/s1", same).get_json()["revision"] == 0
    assert ground.read(number, lambda one: len(one.changes)) == 0


# ---------------------------------------------------------------- once open


def test_an_opened_session_is_read_here_and_changed_at_the_desk(
    ground: Preparation, nadia: Facilitator, number: int
) -> None:
    ground.open(nadia, number)
    page = nadia.get(f"/seances/{number}")
    assert (page.status_code, "<input" in page.text.replace('type="hidden"', "")) == (200, True)
    assert "Il change maintenant depuis le pupitre" in page.text
    for path, data in (
        ("sequences/s1", ROW), ("sequences", {"title": "Pause", "minutes": "10"}), ("sequences/s1/deplacer", {"to": "1"}),
        ("sequences/s1/supprimer", {}), ("activites/a1/deplacer", {"to": "s2"}), ("activites/a1/supprimer", {}),
        ("annuler", {}),
    ):  # fmt: skip
        said = nadia.script(f"/seances/{number}/{path}", data)
        assert (said.status_code, said.get_json()["code"]) == (409, "already_open"), path
        assert nadia.post(f"/seances/{number}/{path}", data).status_code == 409
    assert ground.titles(number) == TITLES


def test_an_agenda_has_a_limit_and_says_it(ground: Preparation, nadia: Facilitator, number: int) -> None:
    for place in range(50):
        nadia.script(f"/seances/{number}/sequences", {"title": f"Pause {place}", "minutes": "1"})
    said = nadia.script(f"/seances/{number}/sequences", {"title": "De trop", "minutes": "1"})
    assert (said.status_code, said.get_json()["message"]) == (409, "La limite est de 60.")
    assert len(ground.titles(number)) == 60
