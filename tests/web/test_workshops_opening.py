"""From a draft to the running séance: the legal check, the snapshot, the recap."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from atelier import codes
from atelier.house import House
from atelier.live.desk import Act
from atelier.live.engine import perform_pure
from atelier.live.rules.activities import CloseActivity, OpenActivity
from atelier.live.rules.agenda import GoTo
from atelier.live.rules.clusters import CreateCluster
from atelier.live.rules.contributions import SubmitContribution
from atelier.live.rules.moderation import KeepContribution
from atelier.live.rules.opening import OpenSession
from atelier.live.rules.people import Join
from atelier.live.state import Actor, LiveState
from atelier.workshops.snapshot import snapshot_of
from atelier.workshops.templates import TEMPLATES
from tests.web.workshops_ground import EVENING, Facilitator, Preparation, form_of


@pytest.fixture
def ground(app: Flask, house: House) -> Preparation:
    return Preparation(app, house)


@pytest.fixture
def nadia(ground: Preparation) -> Facilitator:
    return ground.sign_in()


def state_of(ground: Preparation, number: int) -> LiveState:
    found: LiveState = ground.house.parts["live"].desk.state(number)
    return found


# ---------------------------------------------------------------- snapshot


@pytest.mark.parametrize("template", TEMPLATES)
def test_the_running_seance_accepts_the_snapshot_of_every_template(
    ground: Preparation, nadia: Facilitator, template: str
) -> None:
    number = ground.prepare(nadia, template)
    snapshot = ground.read(number, snapshot_of)
    state, events = perform_pure(LiveState(), OpenSession(snapshot), Actor("facilitator", "u1"), EVENING)
    assert isinstance(events, tuple), events
    plan = TEMPLATES[template]
    assert [state.sequences[key].title for key in state.order] == [one.title for one in plan.sequences]
    assert [state.activities[f"a{n}"].kind for n in range(1, len(state.activities) + 1)] == [
        activity.kind for one in plan.sequences for activity in one.activities
    ]
    assert [one.label for one in state.meeting.colleges][:-1] == [one["label"] for one in plan.colleges]
    assert state.meeting.starts_at == EVENING


def test_the_snapshot_says_when_each_sequence_starts_and_which_are_locked(
    ground: Preparation, nadia: Facilitator
) -> None:
    number = ground.prepare(nadia, "exchange_day", starts_at=EVENING.replace(hour=7, minute=30))
    found = ground.read(number, snapshot_of)["sequences"]
    locked = [(one["title"], one["starts_at"]) for one in found if one["locked"]]
    assert locked == [("Codéveloppement, situation 2", "2015-10-13T11:45:00+00:00")]
    assert found[-1]["starts_at"] == "2015-10-13T14:20:00+00:00"


def test_a_seance_without_a_date_opens_without_planned_hours(ground: Preparation, nadia: Facilitator) -> None:
    number = ground.prepare(nadia, starts_at=None)
    ground.open(nadia, number)
    assert {one.starts_at for one in state_of(ground, number).sequences.values()} == {None}


# ---------------------------------------------------------------- the door


def test_no_seance_leaves_draft_while_the_installation_lacks_its_legal_facts(
    ground: Preparation, nadia: Facilitator
) -> None:
    number = ground.prepare(nadia)
    page = nadia.get(f"/seances/{number}/ouvrir").text
    assert "Aucune séance ne peut ouvrir" in page
    assert f'action="/seances/{number}/ouvrir"' not in page
    assert nadia.post(f"/seances/{number}/ouvrir").status_code == 422
    assert state_of(ground, number).phase == "draft"
    assert ground.read(number, lambda one: one.phase) == "draft"


def test_opening_writes_the_whole_agenda_in_the_journal_and_goes_to_the_desk(
    ground: Preparation, nadia: Facilitator
) -> None:
    number = ground.prepare(nadia, reference="DK2")
    ground.fill_legal_facts()
    assert "Ouvrir la séance" in nadia.get(f"/seances/{number}/ouvrir").text
    answer = nadia.post(f"/seances/{number}/ouvrir")
    code = ground.read(number, lambda one: one.code)
    assert (answer.status_code, answer.location) == (303, f"/pupitre/{code}")
    state = state_of(ground, number)
    assert (state.phase, state.meeting.reference, len(state.sequences), len(state.activities)) == (
        "lobby",
        "DK2",
        10,
        12,
    )
    assert state.sequences["s1"].notes.startswith("18\u00a0h\u00a030")
    assert ground.read(number, lambda one: one.phase) == "lobby"
    assert nadia.get(answer.location).status_code == 200


def test_opening_twice_opens_once(ground: Preparation, nadia: Facilitator) -> None:
    number = ground.prepare(nadia)
    ground.open(nadia, number)
    seq = state_of(ground, number).seq
    again = nadia.post(f"/seances/{number}/ouvrir")
    assert (again.status_code, state_of(ground, number).seq) == (303, seq)
    assert nadia.get(f"/seances/{number}/ouvrir").location == again.location


def test_opening_without_the_token_of_the_page_opens_nothing(ground: Preparation, nadia: Facilitator) -> None:
    number = ground.prepare(nadia)
    ground.fill_legal_facts()
    answer = nadia.post(f"/seances/{number}/ouvrir", {"csrf_token": "x"})
    assert answer.status_code == 422
    assert "Cette page est trop ancienne." in answer.text
    assert state_of(ground, number).phase == "draft"


def test_a_loopback_address_is_said_before_opening(ground: Preparation, nadia: Facilitator) -> None:
    page = nadia.get(f"/seances/{ground.prepare(nadia)}/ouvrir").text
    assert "Les téléphones ne peuvent pas encore rejoindre cette adresse" in page


# ---------------------------------------------------------------- a séance that continues another


def first_seance(ground: Preparation, nadia: Facilitator) -> int:
    """Run the board of a first séance: two cards kept in a cluster."""
    number = ground.prepare(nadia, reference="DK1", title="Première séance")
    ground.open(nadia, number)
    desk = ground.house.parts["live"].desk
    nadia_acts = Actor("facilitator", f"u{nadia.id}", "Nadia")

    def act(command: Any, actor: Actor = nadia_acts) -> dict[str, Any]:
        answer: dict[str, Any] = desk.perform(Act(number, actor, codes.token(), command))
        assert answer["ok"], answer
        return answer

    key = act(Join(name="Samira", college="A"), Actor("phone", "join:1"))["key"]
    phone = Actor("phone", key, "Samira", key)
    act(GoTo("s4", "a5"))
    act(OpenActivity("a5"))
    for text in ("Les mêmes parlent", "Toujours les mêmes voix"):
        card = act(SubmitContribution("a5", text, column="minus"), phone)
        act(KeepContribution(card["number"]))
    act(CreateCluster("a5", "Qui parle", "minus", (1, 2)))
    act(CloseActivity("a5"))
    return number


def test_the_next_seance_opens_on_what_the_first_left_and_its_board_goes_on(
    ground: Preparation, nadia: Facilitator
) -> None:
    first = first_seance(ground, nadia)
    second = ground.prepare(nadia, continues=first, reference="DK2")
    address = f"/seances/{second}/activites/a5"
    page = nadia.get(address).text
    assert "Reprendre les cartes de" in page
    assert nadia.script(address, {**form_of(page, address), "continues": "a5"}).status_code == 200
    assert "Première séance" in nadia.get(f"/seances/{second}/ouvrir").text
    ground.open(nadia, second)
    state = state_of(ground, second)
    assert state.meeting.previous["title"] == "Première séance"
    assert [(one["title"], one["count"]) for one in state.meeting.previous["clusters"]] == [("Qui parle", 2)]
    assert [(card.words, card.origin, card.author) for card in state.cards_of("a5")] == [
        ("Les mêmes parlent", "DK1-C-1", None),
        ("Toujours les mêmes voix", "DK1-C-2", None),
    ]
    assert [cluster.title for cluster in state.clusters_of("a5")] == ["Qui parle"]


def test_a_seance_never_opens_on_somebody_elses(ground: Preparation, nadia: Facilitator) -> None:
    first = first_seance(ground, nadia)
    bruno = ground.sign_in("bruno@exemple.fr", "Bruno")
    second = ground.prepare(bruno, continues=first)
    ground.open(bruno, second)
    assert dict(state_of(ground, second).meeting.previous) == {}
