"""The smallest edits between two texts, and offsets in the units of Python, of browsers and of the library."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atelier.minutes.differences import Edit, edits, utf8_offset, utf16_to_utf8

TEXTS = st.text(alphabet="ab é’😀\n.", max_size=60)


def applied(before: str, changes: list[Edit]) -> str:
    for edit in reversed(changes):
        before = before[: edit.start] + edit.text + before[edit.end :]
    return before


@given(TEXTS, TEXTS)
def test_edits_turn_one_text_into_the_other(before: str, after: str) -> None:
    changes = edits(before, after)
    assert applied(before, changes) == after
    assert all(one.end <= two.start for one, two in pairwise(changes))
    assert bool(changes) is (before != after)


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        ("le café ferme", "le café ouvre", [Edit(8, 12, "ouvr")]),
        ("un\ndeux\ntrois\n", "un\ndeux bis\ntrois\n", [Edit(7, 7, " bis")]),
        ("é😀 a", "é😀 b", [Edit(3, 4, "b")]),
        ("un deux trois", "un 2 trois et", [Edit(3, 7, "2"), Edit(13, 13, " et")]),
    ],
)
def test_words_that_stay_are_not_touched(before: str, after: str, wanted: list[Edit]) -> None:
    assert edits(before, after) == wanted


@given(TEXTS, st.integers(0, 60))
def test_offsets_name_the_same_place_in_every_unit(text: str, at: int) -> None:
    at = min(at, len(text))
    utf16 = len(text[:at].encode("utf-16-le")) // 2
    assert utf8_offset(text, at) == utf16_to_utf8(text, utf16) == len(text[:at].encode())


def test_an_offset_inside_a_character_is_its_beginning() -> None:
    assert utf16_to_utf8("é😀b", 2) == utf16_to_utf8("é😀b", 1) == 2
    assert utf16_to_utf8("é😀b", 3) == 6
