"""There is always room between two places, and their order is that of plain texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atelier.minutes.orders import between, spread


@given(st.lists(st.floats(0, 1), max_size=200))
def test_any_number_of_places_fit_anywhere(wishes: list[float]) -> None:
    row = spread(3)
    for wish in wishes:
        at = round(wish * len(row))
        row.insert(at, between(row[at - 1] if at else "", row[at] if at < len(row) else None))
    assert row == sorted(set(row))


@pytest.mark.parametrize("count", [0, 1, 2, 20, 61, 62, 500])
def test_spread_places_are_in_order_with_room_between(count: int) -> None:
    places = spread(count)
    assert len(places) == count
    assert places == sorted(set(places))
    for low, high in zip(["", *places], [*places, None], strict=True):
        assert low < between(low, high)


@pytest.mark.parametrize(("low", "high"), [("a", "a"), ("b", "a"), ("a", "a0"), ("", "0")])
def test_where_nothing_stands_between_is_said(low: str, high: str) -> None:
    with pytest.raises(ValueError):
        between(low, high)
