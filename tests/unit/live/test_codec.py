"""Events to JSON and back: the same event, its words apart and erasable, its secrets gone."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atelier.live.catalogue import COMMANDS, EVENTS
from atelier.live.codec import MOMENT, WORDS, decode, encode, plain
from atelier.live.messages import secret, words
from atelier.live.rules.contributions import ContributionSubmitted
from atelier.live.rules.people import ParticipantJoined
from atelier.live.rules.voting import BallotReceived

NOON = datetime(2015, 10, 13, 12, 0, 3, 250_000, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Everything:
    """One field of each nature that the journal knows."""

    key: str
    title: str = words("T:{key}", default="")
    parts: Mapping[str, str] = words("T:{key}:{key}", default_factory=dict)
    options: Sequence[Mapping[str, Any]] = words("O:{key}", default_factory=tuple)
    at: datetime | None = None
    numbers: tuple[int, ...] = ()
    people: frozenset[str] = frozenset()
    nested: Mapping[str, Any] = field(default_factory=dict)
    ballot: Mapping[str, Any] | None = secret()


def through(event: Any, seq: int = 7, erased: tuple[str, ...] = ()) -> Any:
    payload, rows = encode(event, seq)
    payload = json.loads(json.dumps(payload))  # what a database gives back
    bodies = {row.id: "" if row.owner in erased else row.body for row in rows}
    return decode(type(event), payload, bodies)


texts = st.text(st.characters(blacklist_categories=("Cs",)), max_size=20)
plains = st.recursive(
    st.none() | st.booleans() | st.integers() | texts | st.datetimes(timezones=st.just(UTC)),
    lambda inner: (
        st.tuples(inner, inner)
        | st.dictionaries(texts.filter(lambda key: not key.startswith("$")), inner, max_size=3)
    ),
    max_leaves=6,
)
events = st.builds(
    Everything,
    key=st.sampled_from(["a1", "12"]),
    title=texts,
    parts=st.dictionaries(st.sampled_from(["who", "what", "when"]), texts, max_size=3),
    options=st.lists(
        st.fixed_dictionaries(
            {"key": st.sampled_from(["o1", "o2"]), "text": texts, "copied_from": st.tuples(st.integers())}
        ),
        max_size=3,
    ).map(tuple),
    at=st.none() | st.datetimes(timezones=st.just(UTC)),
    numbers=st.lists(st.integers()).map(tuple),
    people=st.frozensets(texts, max_size=3),
    nested=st.dictionaries(texts.filter(lambda key: not key.startswith("$")), plains, max_size=3),
)


@given(events)
def test_any_event_comes_back_equal(event: Everything) -> None:
    assert through(event) == event


@given(events)
def test_no_free_text_is_in_the_payload(event: Everything) -> None:
    payload, rows = encode(event, 3)
    set_aside = [event.title, *event.parts.values(), *(option["text"] for option in event.options)]
    assert [row.body for row in rows] == [text for text in set_aside if text]
    assert all(set(image) == {WORDS} for image in [payload["title"]] if event.title)


def test_secrets_are_in_neither_payload_nor_words() -> None:
    event = Everything("a1", "Titre", ballot={"dots": {"o1": 3}})
    payload, rows = encode(event, 1)
    assert "ballot" not in payload
    assert "dots" not in str(payload) + str(rows)
    assert through(event).ballot is None


def test_a_ballot_received_keeps_its_voter_and_not_its_choice() -> None:
    event = BallotReceived("a4", "p3", 0, 1, ballot={"dots": {"o1": 3}})
    payload, _ = encode(event, 1)
    assert payload["voter"] == "p3"
    assert "o1" not in json.dumps(payload)


def test_words_are_filed_under_who_may_erase_them() -> None:
    card = ContributionSubmitted(
        number=12, activity="a3", author="p1", text="Parler avant", fields={"who": "Nadia"}
    )
    assert {(row.id, row.owner) for row in encode(card, 41)[1]} == {("41.0", "C:12"), ("41.1", "C:12")}
    assert {row.owner for row in encode(ParticipantJoined("p3", "Samira"), 2)[1]} == {"P:p3"}


def test_erased_words_come_back_empty_and_the_rest_stays() -> None:
    card = ContributionSubmitted(
        number=12, activity="a3", author="p1", text="Parler avant", fields={"who": "Nadia"}
    )
    erased = through(card, erased=("C:12",))
    assert (erased.text, erased.fields, erased.number, erased.author) == ("", {"who": ""}, 12, "p1")
    payload, _ = encode(card, 1)
    assert decode(ContributionSubmitted, payload, {}).text == ""


def test_moments_keep_their_fraction_and_their_zone() -> None:
    assert through(Everything("a1", at=NOON)).at == NOON
    assert plain({"at": NOON}) == {"at": {MOMENT: "2015-10-13T12:00:03.250000+00:00"}}


def test_fields_that_this_release_no_longer_has_are_left_out() -> None:
    payload, _ = encode(Everything("a1"), 1)
    assert decode(Everything, {**payload, "forgotten": 3}, {}) == Everything("a1")


@pytest.mark.parametrize("kind", sorted(EVENTS))
def test_each_event_declares_words_that_encode_can_file(kind: str) -> None:
    """Every owner pattern names fields that exist: else writing the first such event would fail in the middle of a séance."""
    event = EVENTS[kind]
    names = {one.name for one in fields(event)}
    for one in fields(event):
        owner = one.metadata.get("words")
        if owner:
            assert owner.format(**dict.fromkeys(names | {"key"}, "x"))


def test_no_command_and_event_share_a_name_and_no_command_has_a_secret() -> None:
    assert set(EVENTS) & {command.__name__ for command in COMMANDS.values()} == set()
    assert not [c for c in COMMANDS.values() if any("secret" in one.metadata for one in fields(c))]
