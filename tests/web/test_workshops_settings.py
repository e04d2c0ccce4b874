"""The settings of a whole séance: what, when, where, who, how; a reference for ever, colleges told apart without colour."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask

from atelier.house import House
from atelier.workshops.snapshot import snapshot_of
from tests.web.workshops_ground import Facilitator, Preparation, error_at, form_of


@pytest.fixture
def ground(app: Flask, house: House) -> Preparation:
    return Preparation(app, house)


@pytest.fixture
def nadia(ground: Preparation) -> Facilitator:
    return ground.sign_in()


@pytest.fixture
def number(ground: Preparation, nadia: Facilitator) -> int:
    return ground.prepare(nadia)


def typed(nadia: Facilitator, number: int, **changes: Any) -> dict[str, Any]:
    """Return what a browser would send, with some fields changed (`colleges_0_label` for `colleges-0-label`)."""
    address = f"/seances/{number}/reglages"
    named = {name.replace("__", "-"): value for name, value in changes.items()}
    return {**form_of(nadia.get(address).text, address), **named}


def test_settings_sent_back_untouched_keep_everything(
    ground: Preparation, nadia: Facilitator, number: int
) -> None:
    def plain(session: Any) -> dict[str, Any]:
        return snapshot_of(session)["meeting"]

    before = ground.read(number, plain)
    assert nadia.script(f"/seances/{number}/reglages", typed(nadia, number)).status_code == 200
    assert ground.read(number, plain) == before


def test_every_setting_reaches_the_snapshot(ground: Preparation, nadia: Facilitator, number: int) -> None:
    data = typed(
        nadia, number, title="Étouvie", question="Qui parle ?", day="2015-11-05", hour="20:15", place="Amiens",
        reference="am12", tables="4", capacity="30", moderation="held", open_code="y", confidential="y",
        vote_cards="y", rules="Une\n\nDeux",
    )  # fmt: skip
    assert nadia.script(f"/seances/{number}/reglages", data).status_code == 200
    found = ground.read(number, snapshot_of)["meeting"]
    expected = {
        "title": "Étouvie", "question": "Qui parle ?", "date": "2015-11-05", "place": "Amiens", "reference": "AM12",
        "tables": 4, "capacity": 30, "moderation": "held", "open_code": True, "confidential": True, "vote_cards": True,
        "rules": ["Une", "Deux"], "starts_at": datetime(2015, 11, 5, 19, 15, tzinfo=UTC).isoformat(),
    }  # fmt: skip
    assert {name: found[name] for name in expected} == expected


def test_colleges_have_letters_and_shapes_and_the_last_choice_is_always_there(
    ground: Preparation, nadia: Facilitator, number: int
) -> None:
    data = typed(
        nadia, number, colleges__3__letter="h", colleges__3__label="Habitants", colleges__3__shape="croissant"
    )
    assert nadia.script(f"/seances/{number}/reglages", data).status_code == 200
    found = ground.read(number, snapshot_of)["meeting"]["colleges"]
    assert [(one["key"], one["letter"], one["shape"]) for one in found] == [
        ("E", "E", "square"), ("A", "A", "circle"), ("U", "U", "triangle"), ("H", "H", "croissant"), ("X", "", "ring"),
    ]  # fmt: skip
    assert found[-1]["label"] == "Autre, ou je préfère ne pas dire"


def test_without_colleges_nothing_is_asked(ground: Preparation, nadia: Facilitator, number: int) -> None:
    empty = {f"colleges__{row}__{name}": "" for row in range(3) for name in ("letter", "label")}
    assert nadia.script(f"/seances/{number}/reglages", typed(nadia, number, **empty)).status_code == 200
    assert ground.read(number, snapshot_of)["meeting"]["colleges"] == []


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"title": " "}, "title", "Donnez un titre à la séance."),
        ({"day": "13/10/2015"}, "day", "Écrivez la date ainsi\u00a0: 2026-10-13"),
        ({"day": ""}, "hour", "Indiquez aussi la date."),
        ({"hour": ""}, "day", "Indiquez aussi l’heure de début."),
        ({"reference": "D K"}, "reference", "Une à six lettres puis un nombre, par exemple DK2."),
        ({"tables": "100"}, "tables", "Entre 0 et 99 tables."),
        ({"capacity": "beaucoup"}, "capacity", "Indiquez un nombre entier."),
        ({"moderation": "x"}, "moderation", "Choisissez une réponse."),
        ({"rules": "\n".join("abcdefgh")}, "rules", "Il y a trop de lignes."),
        ({"continues": "77"}, "continues", "Choisissez dans la liste."),
        ({"colleges__0__letter": "EL"}, "colleges-0-letter", "Une seule lettre."),
        ({"colleges__0__label": ""}, "colleges-0-label", "Donnez un nom à ce collège."),
        (
            {"colleges__1__letter": "E"},
            "colleges",
            "Chaque collège a sa lettre\u00a0; la lettre X est réservée.",
        ),
        (
            {"colleges__1__letter": "x"},
            "colleges",
            "Chaque collège a sa lettre\u00a0; la lettre X est réservée.",
        ),
        (
            {"colleges__1__shape": "square"},
            "colleges",
            "Chaque collège a sa forme\u00a0: on les distingue sans la couleur.",
        ),
        (
            {f"colleges__{row}__{name}": "" for row in (1, 2) for name in ("letter", "label")},
            "colleges",
            "Un collège seul ne distingue personne\u00a0: ajoutez-en un, ou retirez-le.",
        ),
    ],
)
def test_a_bad_setting_gets_a_sentence_at_its_field_and_nothing_typed_is_lost(
    ground: Preparation, nadia: Facilitator, number: int, changes: dict[str, str], field: str, sentence: str
) -> None:
    data = typed(nadia, number, **{"place": "Une salle à ne pas perdre", **changes})
    said = nadia.script(f"/seances/{number}/reglages", data)
    assert (said.status_code, said.get_json()["errors"]) == (422, {field: [sentence]})
    page = nadia.post(f"/seances/{number}/reglages", data)
    assert page.status_code == 422
    assert error_at(page.text, field) == sentence
    assert "Une salle à ne pas perdre" in page.text
    assert ground.read(number, lambda one: (one.place, one.revision)) == ("", 0)


def test_a_reference_already_taken_is_refused_at_its_field(
    ground: Preparation, nadia: Facilitator, number: int
) -> None:
    ground.prepare(nadia, "blank", reference="DK1")
    said = nadia.script(f"/seances/{number}/reglages", typed(nadia, number, reference="dk1"))
    assert said.status_code == 422
    assert said.get_json()["errors"] == {"reference": ["La référence DK1 est déjà prise."]}
    assert ground.read(number, lambda one: one.reference) == "CH1"


def test_two_tabs_on_the_settings_end_in_a_conflict_where_nothing_is_lost(
    ground: Preparation, nadia: Facilitator, number: int
) -> None:
    first, second = typed(nadia, number, title="Premier onglet"), typed(nadia, number, title="Second onglet")
    assert nadia.script(f"/seances/{number}/reglages", first).status_code == 200
    late = nadia.script(f"/seances/{number}/reglages", second)
    assert (late.status_code, late.get_json()["revision"]) == (409, 1)
    assert late.get_json()["theirs"] == [{"label": "Titre", "text": "Premier onglet"}]
    page = nadia.post(f"/seances/{number}/reglages", second)
    assert (page.status_code, 'value="Second onglet"' in page.text) == (409, True)
    assert ground.read(number, lambda one: one.title) == "Premier onglet"


def test_settings_do_not_change_here_once_the_seance_has_opened(
    ground: Preparation, nadia: Facilitator, number: int
) -> None:
    data = typed(nadia, number, reference="ZZ9")
    ground.open(nadia, number)
    assert "ne changent plus ici" in nadia.get(f"/seances/{number}/reglages").text
    said = nadia.script(f"/seances/{number}/reglages", data)
    assert (said.status_code, said.get_json()["code"]) == (409, "already_open")
    assert nadia.post(f"/seances/{number}/reglages", data).status_code == 409
    assert ground.read(number, lambda one: one.reference) == "CH1"


def test_a_seance_continues_one_of_mine_that_has_opened(
    ground: Preparation, nadia: Facilitator, number: int
) -> None:
    bruno = ground.sign_in("bruno@exemple.fr", "Bruno")
    foreign = ground.prepare(bruno, title="Celle de Bruno")
    ground.open(bruno, foreign)
    opened, draft = ground.prepare(nadia, title="La précédente"), ground.prepare(nadia, title="Un brouillon")
    ground.open(nadia, opened)
    page = nadia.get(f"/seances/{number}/reglages").text
    assert ("La précédente" in page, "Un brouillon" in page, "Celle de Bruno" in page) == (True, False, False)
    for refused in (foreign, draft, number):
        data = typed(nadia, number, continues=str(refused))
        assert nadia.script(f"/seances/{number}/reglages", data).status_code == 422
    assert (
        nadia.script(f"/seances/{number}/reglages", typed(nadia, number, continues=str(opened))).status_code
        == 200
    )
    assert ground.read(number, lambda one: one.continues) == opened
