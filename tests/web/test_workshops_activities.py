"""Settings of an activity, kind by kind: what a browser sends untouched is kept, what is wrong is said at its field."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from atelier.house import House
from atelier.workshops import operations
from atelier.workshops.kinds import KINDS
from atelier.workshops.models import Activity, WorkshopSession
from tests.web.workshops_ground import Facilitator, Preparation, error_at, form_of

VOTE = {"vary_order": False, "partial_to_desk": False, "quorum": None, "by_college": False}
OPTIONS = "Le bailleur ne vient pas\nLes mêmes parlent\n\n  Qui décide   après ?  "
TEXTS = ["Le bailleur ne vient pas", "Les mêmes parlent", "Qui décide après ?"]

Case = tuple[str, dict[str, Any], dict[str, Any]]
GOOD: tuple[Case, ...] = (
    (
        "presentation",
        {
            "texts-0-heading": "Contexte",
            "texts-0-text": "Depuis 2012.",
            "texts-1-heading": "",
            "texts-1-text": "",
        },
        {"texts": [{"heading": "Contexte", "text": "Depuis 2012."}]},
    ),
    ("recap", {}, {}),
    ("step", {"instruction": "Écoutez."}, {"instruction": "Écoutez.", "columns": []}),
    ("speaking", {"policy": "fifo", "seconds": "90"}, {"policy": "fifo", "seconds": 90}),
    (
        "contributions",
        {"max_chars": "280", "max_per_person": "5"},
        {"max_chars": 280, "max_per_person": 5, "continues": ""},
    ),
    (
        "board",
        {
            "columns-2-label": "Idées",
            "columns-2-sign": "none",
            "columns-2-prompt": "",
            "per": "table",
            "minimum": "3",
        },
        {
            "columns": [
                {"key": "plus", "label": "Forces", "sign": "plus", "prompt": "Ce qui marche, ce qui tient"},
                {
                    "key": "minus",
                    "label": "Faiblesses",
                    "sign": "minus",
                    "prompt": "Ce qui fragilise, ce qu'il faut comprendre",
                },
                {"key": "c1", "label": "Idées", "sign": "none", "prompt": ""},
            ],
            "per": "table",
            "minimum": 3,
            "max_chars": 140,
            "continues": "",
        },
    ),
    ("hypothesis", {}, {}),
    ("questions", {"upvotes": "y", "max_chars": "200"}, {"upvotes": True, "max_chars": 200}),
    ("commitments", {}, {}),
    (
        "dot_vote",
        {"options": OPTIONS, "dots": "", "per_option": "1"},
        {"dots": None, "per_option": 1, "options_from": "", **VOTE},
    ),
    (
        "choice",
        {"options": OPTIONS, "multiple": "1", "min": "1", "max": "2", "quorum": "50"},
        {"multiple": True, "min": 1, "max": 2, "options_from": "", **VOTE, "quorum": 50},
    ),
    (
        "scale",
        {"options": OPTIONS, "bounds": "1-5", "low_label": "Non", "high_label": "Oui", "vary_order": "y"},
        {
            "low": 1,
            "high": 5,
            "low_label": "Non",
            "high_label": "Oui",
            "options_from": "",
            **VOTE,
            "vary_order": True,
        },
    ),
    ("gradients", {"options": OPTIONS, "by_college": "y"}, {"options_from": "", **VOTE, "by_college": True}),
    (
        "majority_judgment",
        {"options": OPTIONS, "grades": "5", "partial_to_desk": "y"},
        {"grades": 5, "options_from": "", **VOTE, "partial_to_desk": True},
    ),
    ("consent", {"proposal": "Nous gardons l'horaire."}, {"proposal": "Nous gardons l'horaire.", **VOTE}),
    ("check_in", {"word": "y"}, {"word": True, **VOTE}),
    ("roti", {}, {"comment": True, **VOTE}),
)
BAD = (
    ("contributions", {"question": "x" * 301}, "question", "Ce texte est trop long."),
    ("contributions", {"minutes": "0"}, "minutes", "La durée va jusqu’à 480 minutes."),
    ("contributions", {"max_chars": "10"}, "max_chars", "Entre 20 et 2000 caractères."),
    ("contributions", {"max_per_person": "cent"}, "max_per_person", "Indiquez un nombre entier."),
    ("contributions", {"anonymity": "secret"}, "anonymity", "Choisissez une réponse."),
    ("contributions", {"to_minutes": ""}, "to_minutes", "Choisissez une réponse."),
    ("contributions", {"moderation": "none"}, "moderation", "Choisissez une réponse."),
    ("contributions", {"first_colleges": ["Z"]}, "first_colleges", "Choisissez dans la liste."),
    (
        "contributions",
        {"first_colleges": ["E", "A", "U", "X"]},
        "first_colleges",
        "Tous les collèges sont cochés\u00a0: n’en cochez aucun.",
    ),
    ("contributions", {"continues": "a9"}, "continues", "Choisissez dans la liste."),
    ("presentation", {"texts-0-heading": "x" * 121}, "texts-0-heading", "Ce texte est trop long."),
    ("step", {"instruction": "x" * 601}, "instruction", "Ce texte est trop long."),
    ("speaking", {"seconds": "5"}, "seconds", "Entre 15 et 900 secondes."),
    ("speaking", {"seconds": ""}, "seconds", "Indiquez un temps."),
    ("speaking", {"policy": "alphabet"}, "policy", "Choisissez une réponse."),
    ("board", {"columns-0-label": "", "columns-0-prompt": "", "columns-1-label": "", "columns-1-prompt": "",
      "columns-2-label": ""}, "columns",
     "Il faut au moins une colonne."),
    ("board", {"columns-1-label": "forces"}, "columns", "Deux colonnes ont le même titre."),
    ("board", {"columns-0-label": ""}, "columns-0-label", "Donnez un titre à cette colonne."),
    ("board", {"columns-0-sign": "star"}, "columns-0-sign", "Choisissez dans la liste."),
    ("board", {"minimum": "21"}, "minimum", "Entre 0 et 20 cartes."),
    ("board", {"per": "city"}, "per", "Choisissez une réponse."),
    ("questions", {"max_chars": "3000"}, "max_chars", "Entre 20 et 2000 caractères."),
    ("dot_vote", {"options": ""}, "options", "Écrivez au moins une proposition, ou dites d’où elles viendront."),
    ("dot_vote", {"options": "\n".join(f"Idée {n}" for n in range(13))}, "options", "Il y a trop de lignes."),
    ("dot_vote", {"options": "Une\nune"}, "options", "Deux lignes sont identiques."),
    ("dot_vote", {"options": "x" * 301}, "options", "Une ligne est trop longue."),
    ("dot_vote", {"options": OPTIONS, "dots": "21"}, "dots", "Entre 1 et 20 gommettes."),
    ("dot_vote", {"options": OPTIONS, "dots": "2", "per_option": "3"}, "per_option",
     "Pas plus que le nombre de gommettes par personne."),
    ("dot_vote", {"options": OPTIONS, "quorum": "101"}, "quorum", "Entre 1 et 100."),
    ("choice", {"options": OPTIONS, "min": "3", "max": "2"}, "max", "Le plus grand nombre est sous le plus petit."),
    ("choice", {"options": OPTIONS, "multiple": "1", "min": "4", "max": ""}, "min", "Il y a moins de propositions que cela."),
    ("scale", {"options": OPTIONS, "bounds": "1-7"}, "bounds", "Choisissez une réponse."),
    ("scale", {"options": OPTIONS, "low_label": "x" * 41}, "low_label", "Ce texte est trop long."),
    ("gradients", {"options": ""}, "options", "Écrivez au moins une proposition, ou dites d’où elles viendront."),
    ("majority_judgment", {"options": OPTIONS, "grades": "6"}, "grades", "Choisissez une réponse."),
    ("consent", {"proposal": " "}, "proposal", "Écrivez la proposition soumise au consentement."),
    ("roti", {"question": "x" * 301}, "question", "Ce texte est trop long."),
    ("check_in", {"minutes": "dix"}, "minutes", "Indiquez un nombre entier."),
    ("hypothesis", {"simple_question": "x" * 301}, "simple_question", "Ce texte est trop long."),
    ("commitments", {"anonymity": ""}, "anonymity", "Choisissez une réponse."),
    ("recap", {"minutes": "481"}, "minutes", "La durée va jusqu’à 480 minutes."),
)  # fmt: skip


@pytest.fixture
def ground(app: Flask, house: House) -> Preparation:
    return Preparation(app, house)


@pytest.fixture
def nadia(ground: Preparation) -> Facilitator:
    return ground.sign_in()


def added(
    ground: Preparation, nadia: Facilitator, kind: str, template: str = "chantier", **columns: Any
) -> str:
    """Add an activity of a kind by its door and return the address of its page."""
    number = ground.prepare(nadia, template, **columns)
    answer = nadia.post(f"/seances/{number}/sequences/s1/activites", {"kind": kind})
    assert answer.status_code == 303
    return str(answer.location.partition("?")[0])


def stored(ground: Preparation, address: str) -> Activity:
    _, _, number, _, key = address.split("/")

    def read(session: WorkshopSession) -> Activity:
        return operations.activity_of(session, key)

    found: Activity = ground.read(int(number), read)
    return found


@pytest.mark.parametrize(("kind", "typed", "settings"), GOOD, ids=[case[0] for case in GOOD])
def test_settings_of_each_kind_are_kept_as_the_running_seance_reads_them(
    ground: Preparation, nadia: Facilitator, kind: str, typed: dict[str, Any], settings: dict[str, Any]
) -> None:
    address = added(ground, nadia, kind)
    page = nadia.get(address)
    assert page.status_code == 200
    data = {**form_of(page.text, address), "question": "Que voyez-vous ?", "minutes": "7", **typed}
    answer = nadia.script(address, data)
    assert (answer.status_code, answer.get_json().get("errors")) == (200, None)
    found = stored(ground, address)
    assert {name: found.settings[name] for name in settings} == settings
    assert (found.question, found.minutes) == ("Que voyez-vous ?", 7)
    if KINDS[kind].options:
        assert [(option["key"], option["text"]) for option in found.options] == [
            (f"o{number}", text) for number, text in enumerate(TEXTS, 1)
        ]


def test_every_kind_has_a_good_and_a_bad_example() -> None:
    assert {case[0] for case in GOOD} == set(KINDS)
    assert {case[0] for case in BAD} == set(KINDS)


@pytest.mark.parametrize(("kind", "typed", "field", "sentence"), BAD)
def test_a_bad_setting_gets_a_sentence_at_its_field_and_nothing_typed_is_lost(
    ground: Preparation, nadia: Facilitator, kind: str, typed: dict[str, Any], field: str, sentence: str
) -> None:
    address = added(ground, nadia, kind)
    before = stored(ground, address)
    untouched = (before.question, before.minutes, before.settings, before.options, before.revision)
    good = next(case[1] for case in GOOD if case[0] == kind)
    data = {
        **form_of(nadia.get(address).text, address),
        **good,
        "question": "Une question longue à écrire",
        **typed,
    }
    said = nadia.script(address, data)
    assert (said.status_code, said.get_json()["code"]) == (422, "invalid")
    assert said.get_json()["errors"] == {field: [sentence]}
    page = nadia.post(address, data)
    assert page.status_code == 422
    assert error_at(page.text, field) == sentence
    again = form_of(page.text, address)
    assert again["question"] == [data["question"]]
    after = stored(ground, address)
    assert (after.question, after.minutes, after.settings, after.options, after.revision) == untouched


def test_a_page_sent_back_untouched_changes_nothing(ground: Preparation, nadia: Facilitator) -> None:
    number = ground.prepare(nadia)
    for key in (f"a{n}" for n in range(1, 13)):
        address = f"/seances/{number}/activites/{key}"
        answer = nadia.script(address, form_of(nadia.get(address).text, address))
        assert answer.status_code == 200, (key, answer.get_json())
        found = stored(ground, address)
        assert found.revision == 0 or found.settings, key
    kept = ground.read(
        number, lambda one: [(a.kind, a.question, a.options) for a in operations.activities_in(one)]
    )
    fresh = ground.prepare(nadia)
    assert kept == ground.read(
        fresh, lambda one: [(a.kind, a.question, a.options) for a in operations.activities_in(one)]
    )
