"""The difference between two drawings, applied in order, gives the second one, whatever is lost or repeated before it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from atelier.live.regions import Drawn, Op, Region, difference

drawings = st.lists(
    st.tuples(st.sampled_from("abcdefgh"), st.sampled_from(["main", "side"]), st.integers(0, 2)),
    unique_by=lambda item: item[0],
    max_size=8,
).map(lambda items: tuple(Drawn(Region(k, s, "t", {}), f"{k}{v}") for k, s, v in items))


def applied(page: dict[str, list[tuple[str, str]]], ops: list[Op]) -> dict[str, list[tuple[str, str]]]:
    """Apply operations as the browser does: put after a key of the same slot, or first."""
    for op in ops:
        for slot in page.values():
            slot[:] = [item for item in slot if item[0] != op[1]]
        if op[0] == "put":
            _, key, slot_name, after, html = op
            slot = page.setdefault(slot_name, [])
            place = next((i + 1 for i, item in enumerate(slot) if item[0] == after), 0)
            slot.insert(place, (key, html))
    return {name: slot for name, slot in page.items() if slot}


def page_of(drawing: tuple[Drawn, ...]) -> dict[str, list[tuple[str, str]]]:
    page: dict[str, list[tuple[str, str]]] = {}
    for drawn in drawing:
        page.setdefault(drawn.region.slot, []).append((drawn.region.key, drawn.html))
    return page


@given(drawings, drawings)
def test_difference_applied_to_the_first_drawing_gives_the_second(
    before: tuple[Drawn, ...], after: tuple[Drawn, ...]
) -> None:
    assert applied(page_of(before), difference(before, after)) == page_of(after)


@given(drawings, drawings)
def test_difference_applied_twice_changes_nothing_more(
    before: tuple[Drawn, ...], after: tuple[Drawn, ...]
) -> None:
    ops = difference(before, after)
    assert applied(applied(page_of(before), ops), ops) == page_of(after)


@given(drawings)
def test_difference_of_a_drawing_with_itself_is_empty(drawing: tuple[Drawn, ...]) -> None:
    assert difference(drawing, drawing) == []
