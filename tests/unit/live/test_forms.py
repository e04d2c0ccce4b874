"""What may come from a client: forms made from commands, plain HTML forms read as the wire's JSON."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from atelier.errors import Refusal
from atelier.live.catalogue import COMMANDS
from atelier.live.forms import ACT_ID, form_for, nested, parse
from atelier.live.rules.agenda_changes import InsertActivity
from atelier.live.rules.clusters import CreateCluster
from atelier.live.rules.contributions import SubmitContribution
from atelier.live.rules.people import Join
from atelier.live.rules.reveal import RevealResult
from atelier.live.rules.timing import StartTimer
from atelier.live.rules.voting import CastBallot


def wrong_fields(name: str, data: dict[str, Any]) -> dict[str, str]:
    found = parse(name, data)
    assert isinstance(found, Refusal)
    assert found.code == "malformed"
    return dict(found.params["fields"])


def test_right_data_makes_the_command() -> None:
    assert parse(
        "submit_contribution", {"activity": "a3", "text": " Parler \r\n avant ", "column": "plus"}
    ) == (SubmitContribution("a3", "Parler \n avant", column="plus"))
    assert parse("cast_ballot", {"activity": "a4", "ballot": {"dots": {"o1": 2}}}) == CastBallot(
        "a4", ballot={"dots": {"o1": 2}}
    )


def test_fields_that_the_desk_fills_are_not_heard_from_clients() -> None:
    assert parse(
        "reveal_result", {"activity": "a4", "ballots": [["p1", 0, {}]], "papers": {}}
    ) == RevealResult("a4")
    joined = parse("join", {"name": "Samira", "key": "p1"})
    assert isinstance(joined, Join)
    assert joined.key == ""


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_no_form_has_a_field_for_what_the_desk_fills(command: str) -> None:
    filled = {one.name for one in dataclasses.fields(COMMANDS[command]) if "filled" in one.metadata}
    assert not filled & set(form_for(COMMANDS[command])()._fields)


@pytest.mark.parametrize("name", [None, "", "fly", "SubmitContribution", "__class__", 3, ["join"], {"a": 1}])
def test_unknown_acts_are_refused(name: object) -> None:
    assert parse(name, {}) == Refusal("unknown_act")


@pytest.mark.parametrize("data", [None, 3, "x", ["activity"], {1: "a3"}])
def test_data_that_is_no_mapping_is_refused(data: object) -> None:
    assert parse("open_activity", data) == Refusal("malformed", {"fields": {}})


@pytest.mark.parametrize(
    ("data", "fields"),
    [
        ({}, {"activity": "missing"}),
        ({"activity": None}, {"activity": "missing"}),
        ({"activity": 3}, {"activity": "wrong_type"}),
        ({"activity": "x" * 81}, {"activity": "too_long"}),
        ({"activity": "a\x003"}, {"activity": "wrong_type"}),
        ({"activity": ["a3"]}, {"activity": "wrong_type"}),
    ],
)
def test_each_wrong_field_is_named_with_why(data: dict[str, Any], fields: dict[str, str]) -> None:
    assert wrong_fields("open_activity", data) == fields


@pytest.mark.parametrize(
    ("seconds", "why"),
    [
        (10**10, "out_of_range"),
        (1.5, "wrong_type"),
        (True, "wrong_type"),
        ("dix", "wrong_type"),
        (None, "missing"),
    ],
)
def test_numbers_are_whole_and_within_reason(seconds: object, why: str) -> None:
    assert wrong_fields("start_timer", {"seconds": seconds}) == {"seconds": why}


def test_numbers_and_flags_of_plain_forms_are_read() -> None:
    assert parse("start_timer", {"seconds": "90"}) == StartTimer(90)
    flag = parse("blank_screen", {"on": "1"})
    assert flag.on is True  # type: ignore[union-attr]
    assert parse("blank_screen", {"on": "0"}).on is False  # type: ignore[union-attr]


@pytest.mark.parametrize("cards", [["1"], [True], [1.0], [[1]], {"1": 1}, "1", [None], list(range(1_001))])
def test_lists_hold_what_their_act_says(cards: object) -> None:
    assert wrong_fields("create_cluster", {"activity": "a3", "title": "x", "cards": cards}) == {
        "cards": "wrong_type"
    }


def test_a_list_of_numbers_is_taken_as_it_is() -> None:
    found = parse("create_cluster", {"activity": "a3", "title": "La parole", "cards": [1, 2]})
    assert isinstance(found, CreateCluster)
    assert list(found.cards) == [1, 2]


@pytest.mark.parametrize(
    "settings",
    [
        {"$t": "jamais"},
        {"deep": {"$w": "1.0"}},
        {"x" * 81: 1},
        {"a\x00": 1},
        {"x": "y" * 2_001},
        {"x": 1.5},
        {"x": 10**12},
        {"a": {"b": {"c": {"d": {"e": {"f": {}}}}}}},
    ],
)
def test_nested_values_are_bounded_and_hold_no_mark_of_the_journal(settings: dict[str, Any]) -> None:
    """A `$t` or `$w` that came from outside would be read back as a moment or as somebody's words."""
    data = {"kind": "dot_vote", "question": "Que faire ?", "settings": settings}
    assert wrong_fields("insert_activity", data) == {"settings": "wrong_type"}


def test_nested_values_too_big_in_all_are_refused() -> None:
    data = {"kind": "dot_vote", "question": "Que faire ?", "options": [{"text": "x" * 1_900}] * 60}
    assert wrong_fields("insert_activity", data) == {"options": "too_long"}


def test_nested_values_within_bounds_are_taken() -> None:
    data = {
        "kind": "choice",
        "question": "Que faire ?",
        "settings": {"multiple": True},
        "options": [{"text": "Un"}],
    }
    found = parse("insert_activity", data)
    assert isinstance(found, InsertActivity)
    assert (found.settings, list(found.options)) == ({"multiple": True}, [{"text": "Un"}])


@given(st.text(max_size=60))
def test_any_short_text_is_refused_or_can_be_written_in_utf8(text: str) -> None:
    found = parse("submit_contribution", {"activity": "a3", "text": text})
    if isinstance(found, SubmitContribution):
        found.text.encode()
        assert "\x00" not in found.text


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    ),
    st.sampled_from(sorted(COMMANDS)),
)
def test_any_json_gives_a_command_or_a_refusal(data: object, name: str) -> None:
    found = parse(name, data)
    assert isinstance(found, Refusal | COMMANDS[name])


@pytest.mark.parametrize(
    ("id", "good"),
    [("12345678", True), ("a:b_c.d-e", True), ("1234567", False), ("x" * 81, False), ("a b c d e f", False)],
)
def test_ids_of_acts_are_plain_signs(id: str, good: bool) -> None:
    assert bool(ACT_ID.match(id)) is good


def test_ids_end_where_they_seem_to() -> None:
    assert ACT_ID.match("12345678\n") is None


def test_plain_forms_become_the_json_of_the_wire() -> None:
    form = MultiDict(
        [
            ("activity", "a4"),
            ("ballot[dots][o1]", "2"),
            ("ballot[dots][o3]", "1"),
            ("fields[who]", "3"),
            ("ballot[blank]", "true"),
        ]
    )
    assert nested(form) == {
        "activity": "a4",
        "ballot": {"dots": {"o1": 2, "o3": 1}, "blank": True},
        "fields": {"who": "3"},
    }
    assert nested(MultiDict([("ballot[options][]", "o1"), ("ballot[options][]", "o2")])) == {
        "ballot": {"options": ["o1", "o2"]}
    }


@given(st.lists(st.tuples(st.text("ab[]$.0", max_size=12), st.text("x0", max_size=3)), max_size=6))
def test_any_plain_form_is_read_without_an_error(items: list[tuple[str, str]]) -> None:
    assert isinstance(nested(MultiDict(items)), dict)
