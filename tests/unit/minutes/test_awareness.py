"""Where people are: y-protocols' bytes, a name that only the server gives, states that go away."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atelier.minutes.access import Guest
from atelier.minutes.awareness import LARGEST_STATE, Seen, gone, person_of, read_seen, signed, written
from atelier.minutes.company import EXPIRES_S, Company, Link, farewell
from atelier.minutes.updates import Unreadable

ODILE = {"person": "w3", "name": "Odile", "role": "writer"}
# Made by y-protocols 1.0: encodeAwarenessUpdate of client 300, clock 1, {"a": "é"}.
ENCODED = bytes([1, 172, 2, 1, 10, *'{"a":"é"}'.encode()])


def link(client: int, person: str = "w3", document: int = 1, sid: str = "") -> Link:
    return Link(sid or f"s{client}", document, Guest("writer", person, "Odile"), client, "fr")


def entered(*links: Link) -> Company:
    company = Company()
    company.links = {one.sid: one for one in links}
    return company


def test_the_bytes_are_those_of_y_protocols() -> None:
    assert read_seen(ENCODED) == [Seen(300, 1, '{"a":"é"}')]
    assert written([Seen(300, 1, '{"a":"é"}')]) == ENCODED


@given(
    st.lists(
        st.tuples(st.integers(0, 2**53 - 1), st.integers(0, 2**31 - 1), st.text(max_size=20)), max_size=5
    )
)
def test_what_is_written_is_read(states: list[tuple[int, int, str]]) -> None:
    seen = [Seen(client, clock, json.dumps(state)) for client, clock, state in states]
    assert read_seen(written(seen)) == seen


@given(st.binary(max_size=60))
def test_any_bytes_are_states_or_unreadable(noise: bytes) -> None:
    try:
        read_seen(noise)
    except Unreadable:
        return


def test_a_state_that_is_too_long_is_unreadable() -> None:
    with pytest.raises(Unreadable):
        read_seen(written([Seen(1, 1, json.dumps("x" * LARGEST_STATE))]))


def test_the_name_is_the_servers_whatever_the_page_says() -> None:
    said = signed(Seen(1, 4, '{"user": {"name": "Nadia"}, "cursor": "é😀"}'), ODILE)
    assert json.loads(said.state) == {"user": ODILE, "cursor": "é😀"}
    assert person_of(said) == "w3"
    assert signed(Seen(1, 4, "null"), ODILE) == Seen(1, 4, "null")
    assert person_of(Seen(1, 4, "null")) == ""


@pytest.mark.parametrize("state", ["", "[]", "3", '"x"', "{", '{"a": NaN}', '{"a": Infinity}', "[" * 3_000])
def test_a_state_that_browsers_cannot_read_is_refused(state: str) -> None:
    with pytest.raises(Unreadable):
        signed(Seen(1, 1, state), ODILE)


def test_newcomers_are_told_where_the_others_are_here_and_elsewhere() -> None:
    one, two = link(1), link(2, "w4")
    company = entered(one, two, link(9, "w9", document=2))
    assert company.states(1, but=1, now=0) == b""
    assert company.say(one, Seen(1, 1, "{}"), now=0)
    company.hear(1, [Seen(5, 1, json.dumps({"user": {"person": "u1"}})), Seen(6, 1, "null")], now=0)
    assert [seen.client for seen in read_seen(company.states(1, but=2, now=1))] == [1, 5]
    assert [seen.client for seen in read_seen(company.states(1, but=1, now=1))] == [5]
    assert company.people(1, now=1) == {"w3", "w4", "u1"}
    assert company.people(1, now=EXPIRES_S + 1) == {"w3", "w4"}
    assert company.states(1, but=1, now=EXPIRES_S + 1) == b""
    company.expire(EXPIRES_S + 1)
    assert company._elsewhere == {}


def test_an_older_state_and_one_that_comes_too_fast_are_not_told() -> None:
    one = link(1)
    company = entered(one)
    assert company.say(one, Seen(1, 3, "{}"), now=0)
    assert not company.say(one, Seen(1, 2, "{}"), now=1)
    assert not company.say(one, Seen(1, 4, "{}"), now=0.01)
    assert company.say(one, Seen(1, 4, "{}"), now=1)


def test_who_leaves_says_farewell_only_if_they_were_seen() -> None:
    one = link(1)
    assert farewell(one) is None
    one.seen = Seen(1, 7, "{}")
    assert farewell(one) == gone(one.seen) == Seen(1, 8, "null")
    one.seen = Seen(1, 8, "null")
    assert farewell(one) is None


def test_somebodys_second_page_is_not_somebody_else() -> None:
    mine, also_mine, theirs = link(1, "w3"), link(2, "w3"), link(3, "w4")
    assert entered(mine, also_mine, theirs).clients_of_others(mine) == {3}
