"""Blocks that the app writes: marked, found again, replaced while intact, left alone once people touched them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atelier.dialect import pieces
from atelier.minutes.blocks import blocks_of, detach, mark_of, remove_block, replace_block, written

VOTE = "40 suffrages exprimés, 118 gommettes [V-2]."
LINES = st.lists(
    st.sampled_from(
        [
            "",
            ":::",
            "::: ",
            "::: auto V-2 0badc0de",
            "::: auto a3 1234abcd",
            "```",
            "- un",
            "[C-12] dit « six mois »",
            "> :::",
        ]
    ),
    max_size=12,
)


def test_a_block_written_by_the_app_is_intact() -> None:
    body = f"Avant.\n\n{written('V-2', VOTE)}\n\nAprès."
    (block,) = blocks_of(body)
    assert (block.source, block.text, block.intact) == ("V-2", VOTE, True)
    assert (
        body[block.start : block.end] == written("V-2", VOTE) == f"::: auto V-2 {mark_of(VOTE)}\n{VOTE}\n:::"
    )


def test_a_block_that_somebody_edits_is_theirs() -> None:
    body = written("V-2", VOTE).replace("118", "117")
    assert [block.intact for block in blocks_of(body)] == [False]
    assert replace_block(body, "V-2", "Autre chose.") == body
    assert remove_block(body, "V-2") == body


def test_an_intact_block_follows_its_source() -> None:
    body = f"Avant.\n\n{written('V-2', VOTE)}\n\nAprès."
    assert replace_block(body, "V-2", "Rien.") == f"Avant.\n\n{written('V-2', 'Rien.')}\n\nAprès."
    assert replace_block(body, "V-3", "Rien.") == body
    assert remove_block(body, "V-2") == "Avant.\n\nAprès."


def test_detaching_keeps_the_words_and_their_citations() -> None:
    body = f"Avant.\n\n{written('V-2', VOTE)}\n\n{written('a3', 'Une carte [C-12].')}"
    assert detach(body, "V-2") == f"Avant.\n\n{VOTE}\n\n{written('a3', 'Une carte [C-12].')}"


def test_a_block_may_be_empty() -> None:
    assert [(block.text, block.intact) for block in blocks_of(written("agenda", ""))] == [("", True)]


def test_words_that_look_like_a_fence_stay_inside_the_block() -> None:
    body = written("a3", "un\n:::\n::: auto V-9 00000000\ndeux")
    (block,) = blocks_of(body)
    assert (block.text, block.intact) == ("un\n\\:::\n\\::: auto V-9 00000000\ndeux", True)


def test_an_opening_that_was_never_closed_opens_nothing() -> None:
    body = f"::: auto a3 0badc0de\nperdu\n{written('V-2', VOTE)}"
    assert [block.source for block in blocks_of(body)] == ["V-2"]


def test_a_fence_of_code_left_open_swallows_no_block() -> None:
    assert [block.source for block in blocks_of(f"```\n{written('V-2', VOTE)}")] == ["V-2"]


@pytest.mark.parametrize("source", ["", "V 2", "é", "a" * 25, "V-2\n"])
def test_a_source_that_is_none_is_refused(source: str) -> None:
    with pytest.raises(ValueError):
        written(source, VOTE)


@given(LINES)
def test_pieces_joined_are_the_text(lines: list[str]) -> None:
    text = "\n".join(lines)
    cut = list(pieces(text))
    assert "".join(piece.text for piece in cut) == text
    assert [text[piece.start : piece.end] for piece in cut] == [piece.text for piece in cut]


@given(LINES, st.text())
def test_whatever_is_written_is_found_intact(lines: list[str], text: str) -> None:
    before = "\n".join(lines)
    known = {block.source for block in blocks_of(before)}
    found = blocks_of(f"{before}\n\n{written('K3', text)}\n")
    assert [block.intact for block in found if block.source == "K3"] == [True]
    assert {block.source for block in found} == known | {"K3"}
