"""Whole drafts of the kinds of séance other than the chantier, on journals that the doors wrote (T0, T1, T3; domain §5).

A draft that changes is read line by line before it is kept: `.venv/bin/python -m tests.kinds.record --drafts`.
"""

from __future__ import annotations

import json
import re

import pytest

from atelier.live.record import record, rows_of
from atelier.minutes.blocks import blocks_of
from atelier.minutes.citations import citations_of
from atelier.minutes.content import Content
from tests.kinds.golden import FOLDER, draft_of, markdown, path_of, state_of

HELD_BACK = ("GE1", "DK1", "PL1")  # where cards were hidden, withdrawn, or stay in the room
KINDS = {"GE1": "t1", "DK1": "t3", "DK2": "t3", "DK3": "t3", "PL1": "t0"}
PLURAL = re.compile(
    r"\b[01] (?:cartes|personnes|bulletins|exprimés|blancs|objections|retraits|gommettes|réponses|regroupements)\b"
)
OUR_WORDS = re.compile(r"«.*?»", re.DOTALL)


def ours(content: Content) -> str:
    """Return what the app says, without what people said."""
    return OUR_WORDS.sub("«»", "\n".join(section.body for section in content.sections))


@pytest.mark.parametrize("reference", KINDS)
def test_the_whole_draft_is_the_one_that_was_read_and_kept(reference: str) -> None:
    kept = (FOLDER / f"{reference}.txt").read_text(encoding="utf-8")
    assert markdown(draft_of(reference)) == kept


@pytest.mark.parametrize("reference", HELD_BACK)
def test_every_card_that_goes_out_is_cited_and_nothing_else_is(reference: str) -> None:
    state = state_of(reference)
    cards = rows_of(record(state), "contribution")
    out = {ref for ref, card in cards.items() if card["out"]}
    assert set(cards) - out, "nothing stays in the room: the test proves nothing"
    cited = {
        one.ref.replace("H-", "C-") for s in draft_of(reference).sections for one in citations_of(s.body)
    }
    assert {ref for ref in cited if ref.startswith("C-")} == out


@pytest.mark.parametrize("reference", HELD_BACK)
def test_no_word_that_stays_in_the_room_stands_in_a_draft(reference: str) -> None:
    bodies = json.loads(path_of(reference).read_text(encoding="utf-8"))["words"].values()
    state = state_of(reference)
    cards = rows_of(record(state), "contribution")
    kept_back = [state.contributions[card["number"]].words for card in cards.values() if not card["out"]]
    kept_back = [words for words in kept_back if words]
    assert any(words in body for words in kept_back for _, body in bodies)
    text = markdown(draft_of(reference))
    assert [words for words in kept_back if words in text] == []


@pytest.mark.parametrize("reference", KINDS)
def test_no_name_stands_in_a_draft_where_nobody_lends_it(reference: str) -> None:
    names = {person.name for person in state_of(reference).people.values()}
    assert len(names) > 9
    said = OUR_WORDS.sub("", markdown(draft_of(reference)))
    assert [name for name in names if re.search(rf"\b{name}\b", said)] == []


@pytest.mark.parametrize("reference", KINDS)
def test_what_the_app_says_agrees_in_number(reference: str) -> None:
    said = ours(draft_of(reference))
    assert PLURAL.findall(said) == []
    assert "  " not in said.replace("\n  ", "\n")


def test_the_columns_of_a_board_are_said_with_each_card() -> None:
    text = markdown(draft_of("DK2")).replace("\u00a0", " ")
    assert "- Pour qui : « Aux parents seuls, aux assistantes maternelles. » [C-3] (habitants)" in text


def test_a_séance_opened_again_the_next_day_is_not_longer_for_it() -> None:
    content = draft_of("DK3")
    said = markdown(content).replace("\u00a0", " ")
    assert "De 18 h 07 à 19 h 05, 15 personnes présentes." in said
    assert (
        "Séance rouverte le mardi 17 mars 2026 à 10 h 05. Motif : « Une fiche papier avait été oubliée »."
        in said
    )
    assert "| Suites et retour | 15 | 8 |" in said


def test_priorities_are_told_apart_and_who_is_in_the_room_is_not_one() -> None:
    first = {
        section.key: [block.source for block in blocks_of(section.body)]
        for section in draft_of("DK1").sections
    }
    assert first["priorities"] == ["V-2"]
    assert first["annex_votes"] == ["V-1", "V-3"]
    second = {
        section.key: [block.source for block in blocks_of(section.body)]
        for section in draft_of("DK2").sections
    }
    assert second["said"] == ["V-1", "a3-question", "a3"]


def test_the_themes_of_the_séance_before_are_recalled() -> None:
    before = draft_of("DK2").section("previous")
    assert before is not None
    assert "« Savoir ce qui est décidé » (4 cartes)" in before.body.replace("\u00a0", " ")
