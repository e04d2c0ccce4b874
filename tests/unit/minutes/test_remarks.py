"""Remarks beside the text: what a page may ask, how threads are listed, what a withdrawn card takes away with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from atelier.dialect import mark_of
from atelier.errors import Refusal
from atelier.minutes.remark_words import without, words_leaving
from atelier.minutes.remarks import (
    LONGEST_QUOTE,
    LONGEST_WORDS,
    Asked,
    Remark,
    open_ones,
    read_asked,
    refusal_of_words,
    shown_quote,
    threads_of,
)
from atelier.minutes.updates import Unreadable

EVENING = datetime(2015, 10, 13, 20, 0, tzinfo=UTC)
BODY = "Une élue répond\u00a0: «\u00a0Les mêmes parlent toujours en premier\u00a0» [C-4].\n\n- Autre chose."


def make_remark(remark_id: str = "remark-1", minutes: int = 0, **more: Any) -> Remark:
    made = Remark(remark_id, "", "case", "[]", "Une demande", "Depuis quand ?", "w1", EVENING)
    return replace(made, at=EVENING + timedelta(minutes=minutes), **more)


# ---------------------------------------------------------------- what is asked


def test_an_act_is_read_with_its_words_trimmed() -> None:
    sent = {
        "id": "remark-1",
        "act": "keep",
        "section": "case",
        "anchor": "[1]",
        "quote": "a",
        "words": " Oui\r\n",
    }
    assert read_asked(sent) == Asked("remark-1", "keep", "", "case", "[1]", "a", "Oui")
    assert read_asked({"id": "remark-1", "act": "erase"}) == Asked("remark-1", "erase")


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": "short"},
        {"id": "remark 1 "},
        {"id": 12345678},
        {"act": "publish"},
        {"thread": "remark-1"},
        {"thread": "a b c d e f"},
        {"words": ["Oui"]},
        {"section": "s" * 41},
        {"anchor": "a" * 601},
    ],
)
def test_what_no_page_of_ours_sends_is_unreadable(wrong: dict[str, Any]) -> None:
    right = {"id": "remark-1", "act": "keep", "words": "Oui"}
    assert read_asked(right)
    with pytest.raises(Unreadable):
        read_asked({**right, **wrong})


def test_what_no_database_can_hold_is_replaced_and_a_long_quotation_is_cut() -> None:
    asked = read_asked({"id": "remark-1", "act": "keep", "words": "a\x00b\ud800", "quote": "x" * 5_000})
    assert (asked.words, len(asked.quote)) == ("a\ufffdb\ufffd", LONGEST_QUOTE)


def test_a_remark_says_something_and_not_too_much() -> None:
    assert refusal_of_words("Oui") is None
    assert refusal_of_words("") == Refusal("remark_empty")
    assert refusal_of_words("x" * (LONGEST_WORDS + 1)) == Refusal("remark_too_long", {"limit": LONGEST_WORDS})


# ---------------------------------------------------------------- threads


def test_threads_stand_by_age_with_their_answers_by_age() -> None:
    kept = [
        make_remark("remark-2", 5),
        make_remark("answer-2", 9, thread="remark-1"),
        make_remark("answer-1", 7, thread="remark-1"),
        make_remark("remark-1", 0, resolved=True),
    ]
    threads = threads_of(kept)
    assert [(one.first.id, [answer.id for answer in one.answers]) for one in threads] == [
        ("remark-1", ["answer-1", "answer-2"]),
        ("remark-2", []),
    ]
    assert open_ones(threads) == 1


def test_what_is_erased_stays_only_above_somebody_s_answer() -> None:
    erased = make_remark(erased=True, words="", quote="")
    answer = make_remark("answer-1", 1, thread="remark-1")
    assert threads_of([erased]) == ()
    assert [one.first for one in threads_of([erased, answer])] == [erased]
    assert threads_of([erased, replace(answer, erased=True)]) == ()
    assert threads_of([answer]) == ()


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        ("**Une** demande _attend_", "Une demande attend"),
        ("## Le micro\n\n- fait peur\n1. souvent", "Le micro fait peur souvent"),
        ("Une règle [C-12], un [lien](https://exemple.fr).", "Une règle C-12, un lien."),
        (f"Avant\n::: auto V-2 {mark_of('40 voix.')}\n40 voix.\n:::\nAprès", "Avant 40 voix. Après"),
        ("moitié\n::: auto V-2 0123abcd", "moitié"),
        ("- [x] fait\n> dit", "fait dit"),
    ],
)
def test_a_quotation_is_shown_without_its_marks(markdown: str, shown: str) -> None:
    assert shown_quote(markdown) == shown


# ---------------------------------------------------------------- a card withdrawn


def after(remark: Remark, *refs: str) -> tuple[str, str]:
    return without(remark, words_leaving([BODY], [remark], refs), "(…)")


@pytest.mark.parametrize(
    "quote",
    [
        "«\u00a0Les mêmes parlent toujours en premier\u00a0» [C-4].",
        "parlent toujours en",
        "Une élue répond : « Les mêmes parlent",
        "toujours en premier » [C-4].\n\n- Autre chose.",
        "**LES MÊMES parlent**",
    ],
)
def test_a_quotation_that_holds_the_words_of_a_withdrawn_card_goes_whole(quote: str) -> None:
    assert after(make_remark(quote=quote), "C-4") == ("(…)", "Depuis quand ?")
    assert after(make_remark(quote=quote), "C-5") == (quote, "Depuis quand ?")


def test_a_quotation_of_the_writers_own_words_stays() -> None:
    own = make_remark(quote="Une élue répond")
    assert after(own, "C-4") == ("Une élue répond", "Depuis quand ?")


def test_a_remark_loses_the_words_of_the_card_and_keeps_its_writer_s() -> None:
    said = (
        "Gardons « Les mêmes parlent toujours en premier » ici. Les mêmes  parlent toujours en premier, oui."
    )
    assert after(make_remark(words=said), "C-4")[1] == "Gardons (…) ici. (…), oui."
    assert after(make_remark(words=said), "C-40")[1] == said


def test_a_card_that_only_the_remark_quotes_is_known_by_its_citation() -> None:
    said = "Et la carte « Un élu doit tirer au sort » [C-9] ?"
    assert after(make_remark(words=said), "C-9")[1] == "Et la carte (…) [C-9] ?"


def test_a_card_of_one_word_takes_no_other_word_with_it() -> None:
    words = words_leaving(["« Oui » [C-2]"], [], ["C-2"])
    assert without(make_remark(quote="Oui", words="Oui, « oui » et « Oui »."), words, "(…)") == (
        "(…)",
        "Oui, « oui » et (…).",
    )
