"""Long bytes in parts: put end to end again in order, or not at all."""

from __future__ import annotations

import pytest

from atelier.minutes.parts import PART_BYTES, Gathering, cut


@pytest.mark.parametrize("size", [0, 1, PART_BYTES, PART_BYTES + 1, 3 * PART_BYTES - 1])
def test_what_is_cut_is_whole_again(size: int) -> None:
    whole = bytes(number % 251 for number in range(size))
    pieces = cut(whole)
    assert all(len(piece) <= PART_BYTES for piece in pieces)
    gathering = Gathering("a", len(pieces))
    for number, piece in enumerate(pieces, 1):
        assert gathering.whole is None
        assert gathering.take("a", number, len(pieces), piece)
    assert gathering.whole == whole


@pytest.mark.parametrize(("name", "part", "parts"), [("b", 1, 2), ("a", 2, 2), ("a", 1, 3), ("a", 0, 2)])
def test_a_part_of_something_else_is_not_taken(name: str, part: int, parts: int) -> None:
    gathering = Gathering("a", 2)
    assert not gathering.take(name, part, parts, b"x")
    assert gathering.pieces == []
