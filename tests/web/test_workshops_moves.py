"""The déroulé rearranged: put in, moved, taken out, undone."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from flask import Flask

from atelier.house import House
from atelier.workshops.models import WorkshopSession
from tests.conftest import FakeClock
from tests.web.workshops_ground import Facilitator, Preparation

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


# ---------------------------------------------------------------- put in, moved, taken out


def test_add_sequence_after_another(ground: Preparation, nadia: Facilitator, number: int) -> None:
    answer = nadia.post(f"/seances/{number}/sequences", {"title": "Pause", "minutes": "10", "after": "s2"})
    assert answer.status_code == 303
    assert ground.titles(number)[1:4] == ["Présentation du cas", "Pause", "Questions de compréhension"]
    assert ground.read(number, keys)[2] == "s11"


def test_add_sequence_without_a_title_adds_nothing(
    ground: Preparation, nadia: Facilitator, number: int
) -> None:
    said = nadia.script(f"/seances/{number}/sequences", {"title": "", "minutes": "10"})
    assert (said.status_code, said.get_json()["errors"]) == (
        422,
        {"title": ["Donnez un titre à la séquence."]},
    )
    assert nadia.post(f"/seances/{number}/sequences", {"title": ""}).status_code == 422
    assert ground.titles(number) == TITLES


@pytest.mark.parametrize(
    ("key", "to", "order"),
    [
        ("s2", "up", ["s2", "s1", "s3"]),
        ("s2", "down", ["s1", "s3", "s2"]),
        ("s1", "up", ["s1", "s2", "s3"]),
        ("s3", "0", ["s3", "s1", "s2"]),
        ("s1", "2", ["s2", "s3", "s1"]),
        ("s1", "99", ["s2", "s3", "s4"]),
    ],
)
def test_move_sequence_by_button_by_menu_and_by_drag(
    ground: Preparation, nadia: Facilitator, number: int, key: str, to: str, order: list[str]
) -> None:
    assert nadia.post(f"/seances/{number}/sequences/{key}/deplacer", {"to": to}).status_code == 303
    assert ground.read(number, keys)[:3] == order
    assert ground.read(number, lambda one: [row.position for row in one.sequences]) == list(range(10))


def test_a_script_gets_the_new_table_and_the_sentence_to_say(nadia: Facilitator, number: int) -> None:
    answer = nadia.script(f"/seances/{number}/sequences/s2/deplacer", {"to": "up"})
    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert 'data-said="«\u00a0Présentation du cas\u00a0» est déplacée."' in answer.text
    assert list(starts(answer.text)) == ["s2", "s1", *(f"s{n}" for n in range(3, 11))]
    assert starts(answer.text)["s1"] == "19:25"


@pytest.mark.parametrize("to", ["nowhere", "-1", "1e3", "9" * 40])
def test_move_sequence_to_no_place_is_not_found(nadia: Facilitator, number: int, to: str) -> None:
    assert nadia.post(f"/seances/{number}/sequences/s1/deplacer", {"to": to}).status_code == 404


@pytest.mark.parametrize(
    ("key", "to", "expected"),
    [
        ("a3", "up", {"s2": ["a3", "a2"]}),
        ("a2", "up", {"s1": ["a1", "a2"], "s2": ["a3"]}),
        ("a3", "down", {"s2": ["a2"], "s3": ["a3", "a4"]}),
        ("a2", "s4", {"s2": ["a3"], "s4": ["a5", "a2"]}),
        ("a2", "s4:0", {"s2": ["a3"], "s4": ["a2", "a5"]}),
        ("a1", "up", {"s1": ["a1"]}),
    ],
)
def test_move_activity_inside_its_sequence_and_to_another(
    ground: Preparation, nadia: Facilitator, number: int, key: str, to: str, expected: dict[str, list[str]]
) -> None:
    assert nadia.post(f"/seances/{number}/activites/{key}/deplacer", {"to": to}).status_code == 303
    found = ground.read(number, tree)
    assert {row: found[row] for row in expected} == expected
    assert sorted(activity for row in found.values() for activity in row) == sorted(
        f"a{n}" for n in range(1, 13)
    )


def test_move_activity_to_a_sequence_that_does_not_exist_is_not_found(
    nadia: Facilitator, number: int
) -> None:
    assert nadia.post(f"/seances/{number}/activites/a1/deplacer", {"to": "s99"}).status_code == 404


def test_remove_sequence_takes_its_activities_along(
    ground: Preparation, nadia: Facilitator, number: int
) -> None:
    nadia.post(f"/seances/{number}/sequences/s2/supprimer")
    assert ground.titles(number) == [TITLES[0], *TITLES[2:]]
    assert "a2" not in {key for row in ground.read(number, tree).values() for key in row}


def test_remove_activity_leaves_the_sequence(ground: Preparation, nadia: Facilitator, number: int) -> None:
    nadia.post(f"/seances/{number}/activites/a2/supprimer")
    assert ground.read(number, tree)["s2"] == ["a3"]


@pytest.mark.parametrize("path", ["sequences/s99", "sequences/a1", "activites/a99", "activites/x"])
def test_what_is_not_in_the_agenda_is_not_found(nadia: Facilitator, number: int, path: str) -> None:
    assert nadia.post(f"/seances/{number}/{path}/supprimer").status_code == 404


# ---------------------------------------------------------------- undone


def test_undo_brings_back_each_act_last_one_first(
    ground: Preparation, nadia: Facilitator, number: int
) -> None:
    def whole(session: WorkshopSession) -> list[object]:
        return [
            (
                row.key,
                row.title,
                row.minutes,
                [(a.key, a.question, a.settings, a.options) for a in row.activities],
            )
            for row in session.sequences
        ]

    lived = [ground.read(number, whole)]
    for path, data in (
        ("sequences", {"title": "Pause", "minutes": "10"}),
        ("sequences/s1", ROW),
        ("sequences/s2/deplacer", {"to": "0"}),
        ("activites/a5/deplacer", {"to": "s1"}),
        ("sequences/s4/supprimer", {}),
        ("activites/a2/supprimer", {}),
        ("sequences/s3/activites", {"kind": "roti"}),
    ):
        assert nadia.post(f"/seances/{number}/{path}", data).status_code == 303
        lived.append(ground.read(number, whole))
    assert all(before != after for before, after in pairwise(lived))
    for expected in reversed(lived[:-1]):
        assert nadia.post(f"/seances/{number}/annuler").status_code == 303
        assert ground.read(number, whole) == expected
    assert nadia.post(f"/seances/{number}/annuler").status_code == 409


def test_one_correction_typed_in_several_breaths_is_undone_at_once(
    ground: Preparation, nadia: Facilitator, number: int, clock: FakeClock
) -> None:
    for revision, title in enumerate(("Ou", "Ouver", "Ouverture")):
        nadia.script(f"/seances/{number}/sequences/s1", {**ROW, "title": title, "revision": str(revision)})
        clock.wait(seconds=30)
    clock.wait(minutes=10)
    nadia.script(f"/seances/{number}/sequences/s1", {**ROW, "title": "Autre", "revision": "3"})
    nadia.post(f"/seances/{number}/annuler")
    assert ground.titles(number)[0] == "Ouverture"
    nadia.post(f"/seances/{number}/annuler")
    assert ground.titles(number)[0] == TITLES[0]


def test_a_tab_left_open_during_an_undo_sees_a_conflict(
    ground: Preparation, nadia: Facilitator, number: int
) -> None:
    nadia.script(f"/seances/{number}/sequences/s1", ROW)
    nadia.post(f"/seances/{number}/annuler")
    late = nadia.script(f"/seances/{number}/sequences/s1", {**ROW, "title": "Tard", "revision": "1"})
    assert late.status_code == 409
    assert ground.titles(number) == TITLES


def test_a_key_that_an_undo_could_bring_back_is_never_given_again(
    ground: Preparation, nadia: Facilitator, number: int
) -> None:
    nadia.post(f"/seances/{number}/sequences/s10/supprimer")
    nadia.post(f"/seances/{number}/sequences", {"title": "Pause", "minutes": "10"})
    assert ground.read(number, keys)[-1] == "s11"
