"""Any history of cards: each one that leaves the séance stands once in the draft, and nothing else of people's words does."""

from __future__ import annotations

import re
import sys
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atelier.dialect import CITATION, escaped
from atelier.live.record import record, rows_of
from atelier.live.rules.closing import CloseSession
from atelier.live.state import Cluster, Contribution, LiveState
from atelier.minutes.blocks import blocks_of
from atelier.minutes.document_templates import TEMPLATES
from atelier.minutes.drafting import draft
from tests.factories import NADIA, make_activity, make_play, make_sequence, make_snapshot
from tests.unit.minutes.drafted import SPEECH, drafted, whole
from tests.unit.rules.test_card_histories import Evening, quick, steps, unique

templates = st.sampled_from(sorted(TEMPLATES))
# The desk words cards with others' words, then hides or groups them: where a copy could stay behind.
rewordings = st.lists(
    st.tuples(
        st.sampled_from(("reword", "hide", "merge", "create", "rename", "unhide", "withdraw")),
        st.just(NADIA),
        st.lists(st.integers(0, 9), min_size=4, max_size=4),
    ),
    max_size=16,
)
histories = st.one_of(steps, rewordings)


def played(history: list[tuple[str, Any, list[int]]]) -> Evening:
    evening = Evening()
    for act, by, drawn in history:
        evening.perform(act, by, drawn)
    evening.play.act(CloseSession())
    return evening


def out(state: LiveState) -> dict[str, Any]:
    return {ref: card for ref, card in rows_of(record(state), "contribution").items() if card["out"]}


@given(histories, templates)
@quick
def test_every_card_that_leaves_the_séance_stands_exactly_once(history: Any, template: str) -> None:
    state = played(history).play.state
    text = whole(drafted(state, template))
    cited = Counter(ref for ref in CITATION.findall(text) if ref.startswith("C-"))
    cards = out(state)
    assert cited == Counter(dict.fromkeys(cards, 1))
    for ref, card in cards.items():
        words = card["text"] or card["raw"]
        if words:
            assert text.count(f"«\u00a0{escaped(words)}\u00a0» [{ref}]") == 1


@given(histories, templates)
@quick
def test_no_word_of_a_card_that_stays_in_the_room_stands_in_a_draft(history: Any, template: str) -> None:
    evening = played(history)
    state = evening.play.state
    kept_back = [number for number in evening.said if f"C-{number}" not in out(state)]
    for content in (drafted(state, template), drafted(state, template, running=True)):
        text = whole(content)
        for number in kept_back:
            assert unique(number) not in text


@given(histories, templates)
@quick
def test_a_draft_is_made_of_intact_blocks_and_is_the_same_each_time(history: Any, template: str) -> None:
    state = played(history).play.state
    content = drafted(state, template)
    assert content == drafted(state, template)
    for section in content.sections:
        assert re.sub(r"(?ms)^::: auto .*?^:::$", "", section.body).strip() == ""
        assert all(block.intact for block in blocks_of(section.body))


# ---------------------------------------------------------------- how much work


def work_for(cards: int) -> int:
    """Count every call that a draft of so many cards makes, in Python and in C: a measure that no machine changes."""
    board = make_activity("a1", "contributions", "Qu'avez-vous vu ?", settings={"max_chars": 140})
    play = make_play(20, snapshot=make_snapshot([make_sequence("s1", "Idées", 20, board)]))
    play.open("a1")
    state = with_cards(play.state, cards)
    rows = record(state)
    calls = 0

    def count(frame: Any, event: str, argument: Any) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        draft(state, rows, TEMPLATES["t2"], SPEECH)
    finally:
        sys.setprofile(None)
    return calls


def with_cards(state: LiveState, count: int) -> LiveState:
    contributions = {
        n: Contribution(
            n,
            "a1",
            "p1",
            f"Idée {n}",
            f"Idée {n}",
            college="EAUX"[n % 4],
            status="kept",
            cluster=f"K{1 + n % (count // 10)}",
        )
        for n in range(1, count + 1)
    }
    clusters = {
        f"K{k}": Cluster(
            f"K{k}", "a1", f"Groupe {k}", cards=tuple(n for n in contributions if 1 + n % (count // 10) == k)
        )
        for k in range(1, count // 10 + 1)
    }
    return replace(
        state,
        contributions=contributions,
        clusters=clusters,
        cluster_order=tuple(clusters),
        phase="closed",
        closed_at=state.opened_at,
    )


@pytest.mark.parametrize("cards", [200, 1000])
def test_twice_the_cards_are_twice_the_work(cards: int) -> None:
    once, twice = work_for(cards), work_for(2 * cards)
    assert once > 10 * cards
    assert twice < 2.1 * once
