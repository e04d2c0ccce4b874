"""Who may not is told so, in words: every act × every role through the one path of sockets and HTTP."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from flask import Flask

from atelier.house import House
from atelier.live.catalogue import COMMANDS
from atelier.live.credentials import Guest, guest_for
from atelier.live.rules.links import RevokeLink
from atelier.live.rules.people import MarkLeft
from atelier.live.state import Actor
from atelier.people.operations import give_seat
from atelier.people.policy import allows
from atelier.people.tokens import Proofs
from atelier.workshops.queries import session_by_code
from tests.faults.hall import Hall

ROLES = ("facilitator", "cofacilitator", "helper", "observer", "screen", "phone", "table")


@pytest.fixture
def hall(house: House) -> Hall:
    made = Hall(house)
    made.go("s3", "a3")
    return made


def guest_of(hall: Hall, role: str) -> Guest:
    if role == "phone":
        return hall.phone("Samira")
    if role == "table":
        return hall.phone("Table 2", shared=True, people=4)
    return hall.guest(role)


def right_enough(command: type) -> dict[str, Any]:
    """Return data that the form of a command accepts: what refuses must be the grant, not the form."""
    samples = {"int": 1, "bool": True, "Mapping": {}, "tuple": [], "Sequence": []}
    data: dict[str, Any] = {}
    for field in dataclasses.fields(command):
        if "filled" in field.metadata:
            continue
        kind = str(field.type)
        first = next((sample for name, sample in samples.items() if kind.startswith(name)), "x")
        data[field.name] = first
    return data


@pytest.mark.parametrize("role", ROLES)
def test_every_act_that_a_role_may_not_is_refused_with_a_sentence(hall: Hall, role: str) -> None:
    guest = guest_of(hall, role)
    before = hall.state
    refused = 0
    for name, command in COMMANDS.items():
        if allows(role, name):
            continue
        answer = hall.perform(guest, name, right_enough(command))
        assert (answer["ok"], answer["code"]) == (False, "not_allowed"), name
        assert answer["message"].endswith(".")
        refused += 1
    assert refused > 10
    assert hall.state is before


@pytest.mark.parametrize("role", ROLES)
def test_what_a_role_may_is_never_refused_for_its_role(hall: Hall, role: str) -> None:
    guest = guest_of(hall, role)
    codes = {
        name: hall.perform(guest, name, right_enough(command)).get("code", "")
        for name, command in COMMANDS.items()
        if allows(role, name) and name not in {"close_session", "join"}
    }
    assert {name for name, code in codes.items() if code in {"not_allowed", "revoked", "fault"}} == set()
    assert bool(codes) is (role not in {"observer", "screen"})


@pytest.mark.parametrize(
    ("role", "name", "data"),
    [
        ("phone", "open_activity", {"activity": "a4"}),
        ("phone", "reveal_result", {"activity": "a4"}),
        ("phone", "hide_contribution", {"number": 1, "motive": "off_topic"}),
        ("table", "go_to", {"sequence": "s5", "activity": "a4"}),
        ("screen", "blank_screen", {"on": True}),
        ("screen", "submit_contribution", {"activity": "a3", "text": "Depuis l'écran", "column": "plus"}),
        ("helper", "project_contribution", {"number": 1, "on": True}),
        ("helper", "project_scene", {"kind": "lobby", "target": ""}),
        ("helper", "grant_link", {"role": "cofacilitator", "label": "moi-même"}),
        ("observer", "keep_contribution", {"number": 1}),
        ("facilitator", "cast_ballot", {"activity": "a4", "ballot": {"dots": {"o1": 3}}}),
        ("cofacilitator", "ring_timer", {"timer": "t1", "revision": 1}),
    ],
)
def test_acts_of_another_role_are_refused(hall: Hall, role: str, name: str, data: dict[str, Any]) -> None:
    before = hall.state
    answer = hall.perform(
        guest_of(hall, role) if role in {"phone", "table"} else hall.guest(role), name, data
    )
    assert (answer["ok"], answer["code"]) == (False, "not_allowed")
    assert hall.state.contributions == before.contributions
    assert hall.state.scene == before.scene


def test_a_link_revoked_in_the_middle_refuses_its_next_act(hall: Hall) -> None:
    guest = hall.guest("helper")
    entering = {"activity": "a3", "text": "Dit à voix haute", "column": "plus", "channel": "oral"}
    assert hall.perform(guest, "enter_contribution", entering)["ok"]
    hall.do(RevokeLink(guest.actor.id))
    answer = hall.perform(guest, "enter_contribution", entering)
    assert (answer["ok"], answer["code"]) == (False, "revoked")
    assert answer["message"]
    assert len(hall.state.contributions) == 1


def test_an_answer_remembered_before_the_revocation_is_given_again_and_does_nothing(hall: Hall) -> None:
    guest = hall.guest("helper")
    entering = {"activity": "a3", "text": "Dit à voix haute", "column": "plus", "channel": "oral"}
    first = hall.perform(guest, "enter_contribution", entering, id="sent-before")
    hall.do(RevokeLink(guest.actor.id))
    again = hall.perform(guest, "enter_contribution", entering, id="sent-before")
    assert again["number"] == first["number"]
    assert len(hall.state.contributions) == 1


def test_somebody_marked_left_still_speaks_but_a_stranger_does_not(hall: Hall) -> None:
    phone = hall.phone("Samira")
    hall.do(MarkLeft(phone.actor.id))
    assert hall.perform(phone, "ask_help", {"on": True}).get("code") != "revoked"
    stranger = Guest(Actor("phone", "p99", "Personne", participant="p99"), "a device of nowhere")
    answer = hall.perform(stranger, "ask_help", {"on": True})
    assert (answer["ok"], answer["code"]) == (False, "revoked")


def test_a_phone_that_is_in_cannot_join_again_as_somebody_else(hall: Hall) -> None:
    phone = hall.phone("Samira")
    answer = hall.perform(phone, "join", {"name": "Un électeur de plus", "college": "A"})
    assert (answer["ok"], answer["code"]) == (False, "not_allowed")
    assert len(hall.state.people) == 1


def test_the_link_of_one_seance_opens_nothing_in_another(app: Flask, house: House) -> None:
    ours, theirs = Hall(house), Hall(house, code="771204", reference="CHA2", owner=2)
    client = app.test_client(use_cookies=False)
    headers = {"Authorization": f"Bearer {ours.tokens['cofacilitator']}"}
    sent = {"id": "over-the-wall", "name": "blank_screen", "data": {"on": True}}
    kept = client.post(f"/pupitre/{ours.code}/act", json=sent, headers=headers).get_json()
    refused = client.post(f"/pupitre/{theirs.code}/act", json=sent, headers=headers).get_json()
    assert kept["ok"] is True
    assert (refused["ok"], refused["code"]) == (False, "join_first")
    assert (ours.state.blanked, theirs.state.blanked) == (True, False)


def test_the_phone_of_one_seance_is_nobody_in_another(app: Flask, house: House) -> None:
    ours, theirs = Hall(house), Hall(house, code="771204", reference="CHA2", owner=2)
    for hall in (ours, theirs):
        hall.go("s3", "a3")
    ours.phone("Samira")
    theirs.phone("Odile")  # the same key p1, another person
    client = app.test_client(use_cookies=False)
    headers = {"Authorization": f"Bearer {ours.devices['Samira']}"}
    card = {"activity": "a3", "text": "On parle avant les élus", "column": "plus"}
    sent = {"id": "over-the-wall", "name": "submit_contribution", "data": card}
    assert client.post(f"/s/{ours.code}/act", json=sent, headers=headers).get_json()["ok"] is True
    answer = client.post(f"/s/{theirs.code}/act", json=sent, headers=headers).get_json()
    assert (answer["ok"], answer["code"]) == (False, "join_first")
    assert answer["message"]
    assert theirs.state.contributions == {}


def test_the_link_of_a_screen_does_not_open_the_desk(app: Flask, house: House) -> None:
    hall = Hall(house)
    client = app.test_client(use_cookies=False)
    headers = {"Authorization": f"Bearer {hall.tokens['screen']}"}
    sent = {"id": "from-the-screen", "name": "blank_screen", "data": {"on": True}}
    answer = client.post(f"/pupitre/{hall.code}/act", json=sent, headers=headers).get_json()
    assert (answer["ok"], answer["code"]) == (False, "join_first")


def test_the_owner_of_another_seance_is_nobody_here(house: House) -> None:
    ours, theirs = Hall(house), Hall(house, code="771204", reference="CHA2", owner=2)
    with house.database.reading() as db:
        rows = {hall: session_by_code(db, hall.code) for hall in (ours, theirs)}
        owner = Proofs(account_id=1, account_name="Nadia")
        assert guest_for(db, rows[ours], ours.state, "desk", owner) is not None
        assert guest_for(db, rows[theirs], theirs.state, "desk", owner) is None
        assert guest_for(db, rows[theirs], theirs.state, "screen", owner) is None


def test_a_seat_given_to_another_device_leaves_the_first_one_outside(app: Flask, house: House) -> None:
    hall = Hall(house)
    hall.go("s3", "a3")
    samira = hall.phone("Samira")
    with house.database.writing() as db:
        give_seat(db, "a new device", hall.session_id, samira.actor.id, house.clock())
    client = app.test_client(use_cookies=False)
    new, old = ({"Authorization": f"Bearer {token}"} for token in ("a new device", hall.devices["Samira"]))
    sent = {"id": "who-holds-it", "name": "ask_help", "data": {"on": True}}
    assert client.post(f"/s/{hall.code}/act", json=sent, headers=new).get_json()["ok"] is True
    assert client.post(f"/s/{hall.code}/act", json=sent, headers=old).get_json()["code"] == "join_first"
