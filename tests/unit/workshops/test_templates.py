"""The playbooks of domain §3 as data: minute by minute, complete, and in the product's French."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest

from atelier.workshops.colleges import COLOURS, LAST
from atelier.workshops.kinds import KINDS
from atelier.workshops.templates import TEMPLATES
from atelier.workshops.templates_shape import ActivityPlan, Template
from tests.architecture.test_wording import faults_of

PLAYBOOKS = [template for template in TEMPLATES.values() if template.sequences]


def named(template: Template) -> str:
    return template.key


def activities(template: Template) -> Iterator[ActivityPlan]:
    for sequence in template.sequences:
        yield from sequence.activities


def texts(template: Template) -> Iterator[str]:
    yield from (template.label, template.about, template.title, template.question, *template.rules)
    for college in template.colleges:
        yield college["label"]
    for sequence in template.sequences:
        yield from (sequence.title, sequence.instructions, sequence.notes)
        for activity in sequence.activities:
            yield from (activity.question, activity.simple_question, *activity.options)
            yield from words_in(activity.settings)


def words_in(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from words_in(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from words_in(item)


def test_there_is_a_template_for_each_playbook_and_a_blank_one() -> None:
    assert list(TEMPLATES) == ["chantier", "workshop_1", "workshop_2", "workshop_3", "exchange_day", "blank"]
    assert TEMPLATES["blank"].sequences == ()


@pytest.mark.parametrize("template", PLAYBOOKS, ids=named)
def test_durations_add_up_to_the_stated_hours(template: Template) -> None:
    starts, ends = (datetime.strptime(hour, "%H:%M") for hour in (template.starts, template.ends))
    assert sum(sequence.minutes for sequence in template.sequences) == (ends - starts).total_seconds() / 60


def test_the_hours_are_those_of_the_playbooks() -> None:
    stated = {template.key: (template.starts, template.ends) for template in PLAYBOOKS}
    evening = ("18:00", "20:30")
    assert stated == {
        "chantier": ("19:00", "21:30"),
        "workshop_1": evening,
        "workshop_2": evening,
        "workshop_3": evening,
        "exchange_day": ("09:30", "16:30"),
    }


def test_the_chantier_follows_its_playbook_minute_by_minute() -> None:
    found = [(one.title, one.minutes) for one in TEMPLATES["chantier"].sequences]
    assert found == [
        ("Ouverture, règles du jeu", 10),
        ("Présentation du cas", 25),
        ("Questions de compréhension", 15),
        ("Forces et faiblesses, aux tables", 30),
        ("Ce que disent les regards", 20),
        ("Vote aux gommettes", 5),
        ("Hypothèses, aux tables", 25),
        ("Mise en commun, degré d'accord", 12),
        ("Réaction du porteur, suites", 6),
        ("Retour sur la soirée", 2),
    ]


def test_both_situations_of_the_exchange_day_have_the_six_steps_of_codevelopment() -> None:
    lasting = [one for one in TEMPLATES["exchange_day"].sequences if one.title.startswith("Codéveloppement")]
    assert len(lasting) == 2
    for sequence in lasting:
        assert [(step.kind, step.minutes) for step in sequence.activities] == [
            ("step", minutes) for minutes in (8, 15, 5, 30, 7, 10)
        ]
        assert [step.to_minutes for step in sequence.activities] == ["none"] * 5 + ["validated"]


@pytest.mark.parametrize("template", PLAYBOOKS, ids=named)
def test_every_sequence_has_a_public_instruction_and_no_activity_outlasts_it(template: Template) -> None:
    assert [one.title for one in template.sequences if not one.instructions] == []
    assert [
        (sequence.title, activity.question)
        for sequence in template.sequences
        for activity in sequence.activities
        if (activity.values()["minutes"] or 0) > sequence.minutes
    ] == []


@pytest.mark.parametrize("template", PLAYBOOKS, ids=named)
def test_every_vote_has_its_options_or_says_whence_they_come(template: Template) -> None:
    found = [activity.values() for activity in activities(template)]
    keys = {f"a{number}": values["kind"] for number, values in enumerate(found, 1)}
    for values in found:
        if not KINDS[values["kind"]].options:
            continue
        source = values["settings"].get("options_from")
        assert bool(values["options"]) != bool(source), values["question"]
        assert source is None or KINDS[keys[source.partition(":")[0]]].family == "write"


@pytest.mark.parametrize("template", PLAYBOOKS, ids=named)
def test_colleges_have_each_their_letter_and_their_shape(template: Template) -> None:
    keys = [college["key"] for college in template.colleges]
    shapes = [college["shape"] for college in template.colleges]
    assert len(set(keys)) == len(keys)
    assert LAST["key"] not in keys
    assert len(set(shapes)) == len(shapes)
    assert set(shapes) <= set(COLOURS)


@pytest.mark.parametrize("template", TEMPLATES.values(), ids=named)
def test_templates_keep_the_voice_and_the_typography(template: Template) -> None:
    assert {text: faults_of(text) for text in texts(template) if faults_of(text)} == {}


def test_a_weather_check_and_the_steps_of_a_situation_never_go_to_the_compte_rendu() -> None:
    weather = [one.values() for t in PLAYBOOKS for one in activities(t) if one.kind == "check_in"]
    assert weather
    assert {values["to_minutes"] for values in weather} == {"none"}
