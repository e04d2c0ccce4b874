"""Who hears what: patches by audience, each person's own payload, nobody who is no longer let in."""

from __future__ import annotations

import logging
import random

import pytest

from atelier.house import House
from atelier.live.grants import still_granted
from atelier.live.rules.activities import CloseActivity
from atelier.live.rules.links import RevokeLink
from atelier.live.rules.scene import BlankScreen
from atelier.live.views_of_state import regions_of
from tests.faults.hall import Hall
from tests.faults.listening import Air, Listener, image_of
from tests.faults.payloads import random_act

SURFACES = {"facilitator": "desk", "screen": "screen", "helper": "desk"}


@pytest.fixture
def hall(house: House) -> Hall:
    made = Hall(house)
    made.go("s3", "a3")
    return made


@pytest.fixture
def air(hall: Hall) -> Air:
    return Air(hall)


def everybody(hall: Hall, air: Air) -> dict[str, Listener]:
    found = {role: air.listen(hall.guest(role), surface) for role, surface in SURFACES.items()}
    found |= {name: air.listen(hall.phone(name), "phone") for name in ("Samira", "Odile")}
    air.tick()
    for listener in found.values():
        listener.heard.clear()
    return found


def write(hall: Hall, listener: Listener, text: str) -> None:
    sent = {"activity": "a3", "text": text, "column": "plus"}
    assert hall.perform(listener.guest, "submit_contribution", sent)["ok"]


def test_nothing_is_said_when_nothing_changed(hall: Hall, air: Air) -> None:
    people = everybody(hall, air)
    air.tick()
    assert {name: listener.heard for name, listener in people.items() if listener.heard} == {}


def test_a_card_reaches_the_desk_and_changes_its_author_s_own_payload_alone(hall: Hall, air: Air) -> None:
    people = everybody(hall, air)
    write(hall, people["Samira"], "On parle avant les élus")
    air.tick()
    assert "patch" in people["facilitator"].heard
    assert "me" in people["Samira"].heard
    assert "me" not in people["Odile"].heard
    assert "On parle avant" in people["facilitator"].image.html
    assert "On parle avant" not in str(people["Odile"].me)
    assert "On parle avant" in str(people["Samira"].me)


def test_patches_follow_each_other_without_a_hole(hall: Hall, air: Air) -> None:
    people = everybody(hall, air)
    heads = []
    for number in range(5):
        write(hall, people["Samira"], f"idée {number}")
        air.tick()
        heads.append(people["facilitator"].image.head)
    assert heads == sorted(set(heads))
    assert people["facilitator"].fetches == 0


def test_two_clients_of_one_audience_see_the_same(hall: Hall, air: Air) -> None:
    people = everybody(hall, air)
    write(hall, people["Samira"], "On parle avant les élus")
    hall.do(BlankScreen(True))
    air.tick()
    assert people["Samira"].image.html == people["Odile"].image.html


def test_who_slept_sees_on_waking_what_the_others_see(hall: Hall, air: Air) -> None:
    people = everybody(hall, air)
    people["Odile"].sleep()
    for number in range(3):
        write(hall, people["Samira"], f"idée {number}")
        air.tick()
    hall.do(CloseActivity("a3"))
    air.tick()
    people["Odile"].wake()
    assert people["Odile"].image.html == people["Samira"].image.html
    assert people["Odile"].me != people["Samira"].me


def test_a_revoked_link_hears_nothing_more_and_is_named(hall: Hall, air: Air) -> None:
    people = everybody(hall, air)
    hall.do(RevokeLink(people["helper"].guest.actor.id))
    write(hall, people["Samira"], "Après la révocation")
    gone = air.tick()
    assert [link.actor for link in gone] == [people["helper"].guest.actor]
    assert people["helper"].heard == []
    assert "Après la révocation" in people["facilitator"].image.html


def test_a_surface_that_cannot_be_drawn_silences_no_other(
    hall: Hall, air: Air, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from atelier.live import broadcast

    people = everybody(hall, air)
    real = broadcast.regions_of

    def broken(state: object, audience: object, around: object) -> object:
        if audience.surface == "screen":  # type: ignore[attr-defined]
            raise RuntimeError("a fault of ours")
        return real(state, audience, around)  # type: ignore[arg-type]

    monkeypatch.setattr(broadcast, "regions_of", broken)
    write(hall, people["Samira"], "Malgré tout")
    air.tick()
    assert "Malgré tout" in people["facilitator"].image.html
    assert "me" in people["Samira"].heard
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR] == [
        "drawing_failed"
    ]
    monkeypatch.undo()
    write(hall, people["Samira"], "De nouveau")
    air.tick()
    assert people["screen"].image.html == image_of(air.fresh(people["screen"]).html)


def test_a_seance_forgotten_from_memory_comes_back_the_same(hall: Hall, air: Air) -> None:
    people = everybody(hall, air)
    write(hall, people["Samira"], "Avant son retour")
    air.tick()
    before = hall.state
    hall.live.desk.forget(hall.session_id)
    assert hall.state == before
    write(hall, people["Samira"], "Après son retour")
    air.tick()
    assert "Après son retour" in people["facilitator"].image.html


@pytest.mark.parametrize("seed", range(4))
def test_patches_of_random_acts_give_the_page_that_one_would_load(hall: Hall, air: Air, seed: int) -> None:
    """Sleeps, late joiners and beats at random: every client awake shows what a fresh page shows."""
    chance = random.Random(seed)
    people = everybody(hall, air)
    late = hall.phone("Fatoumata")
    for number in range(120):
        name, data = random_act(chance)
        hall.perform(chance.choice(list(people.values())).guest, name, data)
        somebody = people[chance.choice(["Samira", "Odile"])]
        if chance.random() < 0.05:
            somebody.wake() if somebody.asleep else somebody.sleep()
        if chance.random() < 0.3:
            air.tick()
        if number == 60:
            people["Fatoumata"] = air.listen(late, "phone")
    air.tick()
    for name, listener in people.items():
        if not listener.asleep and still_granted(hall.state, listener.guest.actor):
            assert listener.image.html == image_of(air.fresh(listener).html), name


@pytest.mark.parametrize("seed", range(4))
def test_a_desk_that_keeps_what_did_not_change_says_what_a_new_one_says(
    hall: Hall, air: Air, seed: int
) -> None:
    """People come, go, ask, leave: no line that the desk keeps from one drawing to the next is an old one."""
    chance = random.Random(seed)
    people = everybody(hall, air)
    lines: set[str] = set()
    for number in range(60):
        name, data = random_act(chance)
        hall.perform(chance.choice(list(people.values())).guest, name, data)
        if number % 10 == 0:
            somebody = people["Odile"]
            somebody.wake() if somebody.asleep else somebody.sleep()
            air.listen(hall.phone(f"Personne {number}"), "phone")
        air.tick()
        shown = air.fresh(people["facilitator"])
        audience = hall.live.broadcaster.audience_of(
            hall.state, "desk", "fr", people["facilitator"].guest.actor
        )
        anew = regions_of(hall.state, audience, hall.live.around(hall.session_id, audience))
        told = {drawn.region.key: drawn.region for drawn in shown.drawn if drawn.region.slot == "people"}
        assert told == {region.key: region for region in anew if region.slot == "people"}
        lines |= {repr(told[key].data) for key in told}
    assert len(lines) > len(told)


def test_the_room_hears_before_the_desk_whose_drawing_is_the_longest(hall: Hall, air: Air) -> None:
    people = everybody(hall, air)
    heard: list[str] = []
    for name, listener in people.items():
        listener.hear = lambda event, data, name=name: heard.append(f"{event} {name}")  # type: ignore[method-assign, misc]
    hall.do(BlankScreen(True))
    air.tick()
    assert heard.index("patch screen") < heard.index("patch facilitator")
