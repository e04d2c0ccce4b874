"""Kinds of activity, presets of columns, options: what a form starts from."""

from __future__ import annotations

from atelier.live.rules.snapshot import KINDS as LIVE_KINDS
from atelier.live.rules.snapshot import WITH_OPTIONS
from atelier.live.state import VOTES
from atelier.workshops.colleges import CHANTIER, LAST, WORKSHOPS, college, completed
from atelier.workshops.forms import FORMS
from atelier.workshops.kinds import (
    BOARDS,
    FAMILIES,
    KINDS,
    board_columns,
    default_settings,
    keyed_columns,
    keyed_options,
)


def test_every_kind_that_runs_can_be_prepared_and_has_its_form() -> None:
    assert set(KINDS) == set(LIVE_KINDS) == set(FORMS)
    assert {key for key, kind in KINDS.items() if kind.vote} == set(VOTES)
    assert {key for key, kind in KINDS.items() if kind.options} == set(WITH_OPTIONS)
    assert {kind.family for kind in KINDS.values()} == set(FAMILIES)


def test_default_settings_are_never_shared() -> None:
    default_settings("board")["columns"].clear()
    assert [column["key"] for column in default_settings("board")["columns"]] == ["plus", "minus"]


def test_presets_give_each_column_a_key_a_sign_and_a_prompt() -> None:
    assert {preset: [column["label"] for column in board_columns(preset)] for preset in BOARDS} == {
        "plus_minus": ["Forces", "Faiblesses"],
        "swot": ["Atouts", "Faiblesses", "Opportunités", "Menaces"],
        "four": ["Ce qui marche", "Ce qui bute", "Conditions", "Question ouverte"],
        "six_hats": ["Bleu", "Blanc", "Rouge", "Jaune", "Noir", "Vert"],
    }
    for preset in BOARDS:
        columns = board_columns(preset)
        assert len({column["key"] for column in columns}) == len(columns)
        assert all(set(column) == {"key", "label", "sign", "prompt"} for column in columns)


def test_a_column_keeps_its_key_and_a_new_one_takes_a_free_key() -> None:
    rows = [{"label": "Neuf"}, {"key": "c1", "label": "Ancien"}, {"key": "c1", "label": "Doublé"}]
    assert [row["key"] for row in keyed_columns(rows)] == ["c2", "c1", "c3"]


def test_an_option_whose_words_stay_keeps_what_it_came_from() -> None:
    before = [{"key": "o1", "text": "La langue", "cluster": "K3", "copied_from": ["C-12"]}]
    assert keyed_options(["L'heure", "La langue"], before) == [
        {"key": "o1", "text": "L'heure", "cluster": None, "copied_from": []},
        {"key": "o2", "text": "La langue", "cluster": "K3", "copied_from": ["C-12"]},
    ]


def test_the_last_college_is_always_there_once_and_only_if_there_are_others() -> None:
    assert [one["key"] for one in completed(CHANTIER)] == ["E", "A", "U", "X"]
    assert completed([*CHANTIER, LAST])[-1] == LAST
    assert len(completed([*CHANTIER, LAST])) == 4
    assert completed([]) == []


def test_the_colleges_of_2011_are_those_of_the_decisions() -> None:
    assert [(one["letter"], one["shape"]) for one in WORKSHOPS] == [
        ("É", "square"),
        ("T", "losange"),
        ("A", "circle"),
        ("L", "pentagon"),
        ("N", "hexagon"),
        ("H", "croissant"),
    ]
    assert college("É", "Élus", "square")["key"] == "E"
