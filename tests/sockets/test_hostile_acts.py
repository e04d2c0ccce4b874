"""Ten thousand payloads that no page of ours would send: each is answered, none is an error of ours, none breaks the séance."""

from __future__ import annotations

import logging
import random
from collections.abc import Iterator

import pytest
from sqlalchemy import event

from atelier.house import House
from atelier.live.broadcast import Connection
from atelier.live.catalogue import COMMANDS
from atelier.live.credentials import Guest
from atelier.live.rules.clusters import CreateCluster
from atelier.people.policy import allows
from tests.factories import chantier_sequences, make_activity, make_sequence, make_snapshot
from tests.faults.hall import Hall
from tests.faults.payloads import LONE_SURROGATE, LONG_TEXT, NUL, deep, deep_mapping, random_act

RANDOM_ACTS = 10_000
ACTS_PER_EVENING = 250
DRAWN_EVERY = 25


@pytest.fixture
def hurried_house(house: House) -> House:
    """A house that does not wait for the disk: what is tested here is what it answers."""
    event.listen(house.database.writer, "connect", lambda raw, _: raw.execute("PRAGMA synchronous=OFF"))
    house.database.writer.dispose()
    return house


def make_hall(house: House, code: str = "482137", reference: str = "CHA1") -> tuple[Hall, list[Guest]]:
    """An evening with something of everything: cards, clusters, an anonymous question, votes open and not."""
    more = (
        make_activity("a9", "contributions", "Ce que nous taisons", anonymity="anonymous"),
        make_activity("a10", "consent", "Une assemblée par mois", settings={"proposal": "Le samedi"}),
    )
    sequences = [*chantier_sequences(), make_sequence("s8", "Encore", 20, *more)]
    hall = Hall(house, make_snapshot(sequences), code, reference)
    phones = [hall.phone(name, college) for name, college in (("Samira", "A"), ("Odile", "U"))]
    phones.append(hall.phone("Table 2", "A", shared=True, people=5))
    for sequence, activity in (
        ("s2", "a2"),
        ("s3", "a3"),
        ("s6", "a5"),
        ("s5", "a4"),
        ("s8", "a9"),
        ("s8", "a10"),
    ):
        hall.go(sequence, activity)
    for phone in phones:
        for column in ("plus", "minus"):
            data = {"activity": "a3", "text": "On parle avant les élus", "column": column}
            assert hall.perform(phone, "submit_contribution", data)["ok"]
        assert hall.perform(phone, "submit_contribution", {"activity": "a9", "text": "La peur"})["ok"]
    hall.do(CreateCluster("a3", "La parole", cards=(1, 2)))
    desk = [hall.guest(role) for role in ("facilitator", "cofacilitator", "helper", "observer", "screen")]
    return hall, [*phones, *desk]


def faults_in(log: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in log.records if record.levelno >= logging.ERROR]


def draw_everything(hall: Hall, guests: list[Guest]) -> None:
    """Draw what each surface shows now, and what each person is told: nothing that was accepted may break a screen."""
    broadcaster, state = hall.live.broadcaster, hall.state
    for guest in guests:
        surface = {"screen": "screen", "phone": "phone", "table": "phone"}.get(guest.actor.role, "desk")
        link = Connection("here", hall.session_id, surface, "fr", guest.actor, guest.anonymous)
        audience = broadcaster.audience_of(state, surface, "fr", guest.actor)
        assert broadcaster.surface(hall.session_id, audience).html
        personal = broadcaster.personal(state, link)
        assert (personal is not None) is (surface == "phone")


def somebody(chance: random.Random, guests: list[Guest], name: object) -> Guest:
    """Return mostly somebody whose role may do it: what is looked for is behind the first door."""
    allowed = [guest for guest in guests if allows(guest.actor.role, str(name))]
    return chance.choice(allowed if allowed and chance.random() < 0.85 else guests)


def check_answer(answer: object, sent: object) -> None:
    assert isinstance(answer, dict), sent
    if answer["ok"]:
        assert isinstance(answer["seq"], int)
        return
    assert isinstance(answer["code"], str), sent
    assert answer["code"] != "fault", sent
    assert answer["message"], sent
    assert "%(" not in answer["message"], sent


@pytest.mark.timeout(300)  # some twenty seconds of a machine that has nothing else to do
def test_ten_thousand_random_acts_are_answered_and_none_is_an_error_of_ours(
    hurried_house: House, caplog: pytest.LogCaptureFixture
) -> None:
    refusals: set[str] = set()
    accepted: set[str] = set()
    for evening in range(RANDOM_ACTS // ACTS_PER_EVENING):
        chance = random.Random(evening)
        hall, guests = make_hall(hurried_house, f"4821{evening:02}", f"CHA{evening}")
        for number in range(ACTS_PER_EVENING):
            name, data = random_act(chance)
            answer = hall.perform(somebody(chance, guests, name), name, data)
            check_answer(answer, (name, data))
            if answer["ok"]:
                accepted.add(name)
            else:
                refusals.add(answer["code"])
            if number % DRAWN_EVERY == 0:
                draw_everything(hall, guests)
            assert faults_in(caplog) == [], (name, data)
        assert hall.reloaded() == hall.state
    assert len(accepted) > 40, sorted(accepted)
    assert len(refusals) > 70, sorted(refusals)


def wrong_values() -> Iterator[object]:
    yield from (LONG_TEXT, NUL, LONE_SURROGATE, 10**30, -1, 1.5, float("nan"), True, [], {}, [[]], {"a": []})
    yield from (
        deep(40),
        deep_mapping(40),
        {LONE_SURROGATE: 1},
        {NUL: 1},
        [LONE_SURROGATE],
        [NUL],
        ["x" * 3_000],
    )


def test_every_field_of_every_act_given_each_wrong_value_is_answered(
    hurried_house: House, caplog: pytest.LogCaptureFixture
) -> None:
    import dataclasses

    hall, guests = make_hall(hurried_house)
    by_role = {guest.actor.role: guest for guest in guests}
    skipped = {"close_session", "open_session"}
    for name in sorted(set(COMMANDS) - skipped):
        role = (
            "phone" if name in {"submit_contribution", "edit_contribution", "cast_ballot"} else "facilitator"
        )
        for field in dataclasses.fields(COMMANDS[name]):
            for value in wrong_values():
                answer = hall.perform(by_role[role], name, {"activity": "a3", "number": 1, field.name: value})
                check_answer(answer, (name, field.name, value))
    assert faults_in(caplog) == []
    assert hall.reloaded() == hall.state


@pytest.mark.parametrize("text", [LONG_TEXT, "x" * 2_001])
def test_a_text_too_long_is_refused_at_its_field_and_kept_by_nobody(house: House, text: str) -> None:
    hall, guests = make_hall(house)
    before = hall.state
    answer = hall.perform(
        guests[0], "submit_contribution", {"activity": "a3", "text": text, "column": "plus"}
    )
    assert (answer["ok"], answer["code"], answer["params"]["fields"]) == (
        False,
        "malformed",
        {"text": "too_long"},
    )
    assert answer["field"] == "text"
    assert hall.state is before


@pytest.mark.parametrize("text", [NUL, 12, True, ["x"], {"x": "y"}])
def test_a_text_that_is_none_is_refused_at_its_field(house: House, text: object) -> None:
    hall, guests = make_hall(house)
    answer = hall.perform(
        guests[0], "submit_contribution", {"activity": "a3", "text": text, "column": "plus"}
    )
    assert answer["code"] == "malformed"
    assert set(answer["params"]["fields"]) == {"text"}


def test_half_an_emoji_cut_by_a_length_limit_is_kept_as_browsers_keep_it(house: House) -> None:
    hall, guests = make_hall(house)
    sent = {"activity": "a3", "text": LONE_SURROGATE, "column": "plus"}
    number = hall.perform(guests[0], "submit_contribution", sent)["number"]
    fields = {"statement": LONE_SURROGATE, "evidence": "Ce soir", "useful_to": "", "elsewhere": ""}
    hall.perform(guests[0], "submit_contribution", {"activity": "a5", "text": "", "fields": fields})
    assert hall.state.contributions[number].text == "moitié \ufffd de signe"
    assert hall.reloaded() == hall.state


def test_malformed_acts_are_not_remembered(house: House) -> None:
    hall, guests = make_hall(house)
    wrong = {"activity": "a3", "text": LONG_TEXT, "column": "plus"}
    right = {"activity": "a3", "text": "On parle avant les élus", "column": "plus"}
    assert hall.perform(guests[0], "submit_contribution", wrong, id="corrected-since")["code"] == "malformed"
    assert hall.perform(guests[0], "submit_contribution", right, id="corrected-since")["ok"]


def test_an_id_used_again_with_other_words_gets_the_first_answer(house: House) -> None:
    hall, guests = make_hall(house)
    cards = len(hall.state.contributions)
    first = {"activity": "a3", "text": "On parle avant les élus", "column": "plus"}
    other = {"activity": "a3", "text": "Tout autre chose", "column": "minus"}
    one = hall.perform(guests[0], "submit_contribution", first, id="used-twice")
    two = hall.perform(guests[0], "submit_contribution", other, id="used-twice")
    also = hall.perform(guests[0], "ask_help", {"on": True}, id="used-twice")
    assert one["number"] == two["number"] == also["number"]
    assert len(hall.state.contributions) == cards + 1
    assert "Tout autre chose" not in {card.text for card in hall.state.contributions.values()}


@pytest.mark.parametrize(
    "id", [None, 12, "", "court", "x" * 81, "avec espace", "é" * 20, LONE_SURROGATE * 8, NUL, ["x"]]
)
def test_an_id_that_is_none_is_refused(house: House, id: object) -> None:
    hall, guests = make_hall(house)
    sent = {"id": id, "name": "ask_help", "data": {"on": True}}
    answer = hall.live.sockets.perform(hall.session_id, guests[0], sent, "fr")
    assert (answer["ok"], answer["code"]) == (False, "malformed")


@pytest.mark.parametrize(
    "sent", [None, 1, "x", [], {}, {"name": []}, {"name": {}}, {"name": "ask_help", "data": 3}]
)
def test_what_is_no_act_at_all_is_answered(house: House, sent: object) -> None:
    hall, guests = make_hall(house)
    answer = hall.live.sockets.perform(hall.session_id, guests[0], sent, "fr")
    assert answer["code"] in {"unknown_act", "malformed"}
    assert answer["message"]
