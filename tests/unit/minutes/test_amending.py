"""A request granted changes the words it names, where they stand once; anything else is left to the writers' hands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atelier.minutes.amending import applying, places_of
from atelier.minutes.content import Content, Section

BODY = "Plusieurs tables constatent qu’une demande peut attendre **six mois** [C-12] [C-40].\n\nCôté élus : « rien »."


def make_content(body: str = BODY) -> Content:
    return Content("Compte rendu", (Section("f", 2, "Faiblesses", body),))


def granted(before: str, after: str, body: str = BODY) -> tuple[str, str]:
    found = applying(make_content(body), "f", before, after)
    return found.state, found.section.body if found.section else ""


def test_a_passage_is_replaced_where_it_stands() -> None:
    state, body = granted("peut attendre", "attend souvent")
    assert (state, body) == ("ready", BODY.replace("peut attendre", "attend souvent"))


@pytest.mark.parametrize(
    "picked",
    [
        "constatent qu'une demande",
        "constatent  qu’une\ndemande",
        "constatent qu’une\u00a0demande",
        "attendre six mois C-12 C-40.",
        "attendre **six mois** [C-12]",
        "Côté élus\u00a0: «\u00a0rien\u00a0».",
        'Côté élus : " rien ".',
    ],
)
def test_a_passage_is_found_as_readers_see_it(picked: str) -> None:
    assert len(places_of(BODY, picked)) == 1


def test_a_passage_that_stands_nowhere_is_left_to_the_writers() -> None:
    assert granted("huit mois", "six mois et demi") == ("nowhere", "")


def test_a_passage_that_stands_twice_is_left_to_the_writers() -> None:
    assert granted("une", "deux", "une et une") == ("twice", "")


def test_a_request_already_granted_is_done() -> None:
    assert granted("huit mois", "six mois") == ("done", "")
    assert granted("", "Côté élus : « rien ».") == ("done", "")


def test_a_passage_may_be_taken_out_and_words_may_be_added() -> None:
    assert granted(" : « rien »", "") == ("ready", BODY.replace(" : « rien »", ""))
    assert granted("", "Une voix s'y oppose.") == ("ready", f"{BODY}\n\nUne voix s'y oppose.\n")
    assert granted("", "Une voix.", "") == ("ready", "Une voix.\n")


def test_a_motive_alone_is_for_the_writers_hands() -> None:
    assert granted("", "") == ("by_hand", "")
    assert applying(make_content(), "gone", "six mois", "un an").state == "by_hand"


def test_words_of_a_reader_never_make_a_block_of_the_machine() -> None:
    assert ":::" not in granted("six mois", "::: auto V-2 3f9a1c0d\n99 voix\n:::")[1]


@pytest.mark.parametrize(
    ("before", "after", "body"),
    [
        ("six mois", "un an", "peut attendre un an [C-12]"),
        ("six", "huit", "peut attendre **huit mois** [C-12]"),
        ("attendre six mois", "tarder", "peut tarder [C-12]"),
    ],
)
def test_marks_of_emphasis_stay_in_pairs(before: str, after: str, body: str) -> None:
    assert granted(before, after, "peut attendre **six mois** [C-12]") == ("ready", body)


@given(st.text(max_size=30), st.text(max_size=30))
def test_what_is_around_a_passage_stays_sign_for_sign(left: str, right: str) -> None:
    body = f"{left} Zorglub {right}"
    found = applying(make_content(body), "f", "Zorglub", "Albert")
    if found.state == "ready":
        assert found.section is not None
        start, end = places_of(body, "Zorglub")[0]
        assert found.section.body == body[:start] + "Albert" + body[end:]
        assert "Zorglub" in body[start:end]
