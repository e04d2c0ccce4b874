"""An update is read before it is applied: what it brings, what it stands on, and nothing that is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atelier.minutes.content import Content, Section
from atelier.minutes.document import SharedText, loaded, make
from atelier.minutes.updates import (
    LARGEST_CLOCK,
    Unreadable,
    read_update,
    read_vector,
    utf16_length,
)

CONTENT = Content("Soirée", (Section("a", 1, "Un", "é😀"),))
# Made by Yjs 13.6: new Y.Doc() with clientID 7, getText("t").insert(0, "é😀"), then delete(0, 1).
TYPED = bytes([1, 1, 7, 0, 4, 1, 1, 116, 6, 195, 169, 240, 159, 152, 128, 0])
ERASED = bytes([0, 1, 7, 1, 0, 1])


def typed(text: SharedText, words: str) -> bytes:
    return text.editing(lambda one: one.splice("a", 0, 0, words))


def erased(text: SharedText, count: int) -> bytes:
    return text.editing(lambda one: one.splice("a", 0, count))


def test_what_yjs_writes_is_read_in_utf16_units() -> None:
    assert read_update(TYPED).spans == {7: (0, 3)}
    assert read_update(ERASED).needs == {7: 1}


def test_an_update_stands_on_what_came_before() -> None:
    text = loaded([make(CONTENT, client=5)], client=9)
    first, second = typed(text, "œ"), typed(text, "’")
    known = loaded([make(CONTENT, client=5)]).clocks()
    assert not read_update(first).missing_from(known)
    assert read_update(second).missing_from(known)
    assert not read_update(second).missing_from({**known, 9: 1})
    assert read_update(second).contained_in({**known, 9: 2})
    assert not read_update(second).contained_in({**known, 9: 1})


def test_a_deletion_of_what_is_not_known_is_missing_something() -> None:
    text = loaded([make(CONTENT, client=5)], client=9)
    known = dict(text.clocks())
    typed(text, "œ")
    reading = read_update(erased(text, 1))
    assert reading.spans == {}
    assert reading.missing_from(known)
    assert not reading.missing_from({**known, 9: 1})


def test_neighbours_by_another_writer_are_needed() -> None:
    base = make(CONTENT, client=5)
    odile, marcel = loaded([base], client=9), loaded([base], client=11)
    words = typed(odile, "mot ")
    marcel.apply(words)
    between = marcel.editing(lambda one: one.splice("a", 2, 2, "X"))
    known = loaded([base]).clocks()
    assert read_update(between).missing_from(known)
    assert not read_update(between).missing_from({**known, 9: 4})


def test_every_beginning_of_an_update_is_unreadable() -> None:
    text = loaded([make(CONTENT, client=5)], client=9)
    update = text.editing(lambda one: (one.splice("a", 1, 2, "œ’😀"), one.describe("a", required=True)))
    read_update(update)
    for end in range(len(update)):
        with pytest.raises(Unreadable):
            read_update(update[:end])
    with pytest.raises(Unreadable):
        read_update(update + b"\0")


@pytest.mark.parametrize(
    "update",
    [
        b"",
        b"\xff\xff\xff\xff\x0f",
        b"\x01\xff\xff\xff\xff\x0f\x01\x00",  # a count that no memory holds
        b"\x01\x01\x07\xff\xff\xff\xff\x0f\x04\x01\x01t\x01a\x00",  # a clock beyond 32 bits
        b"\x01\x01\x07\x00\x09\x01\x01t\x01a\x00",  # a sub-document
        b"\x01\x01\x07\x00\x07\x01\x01t\x03\x01p\x00",  # an XML element
        b"\x01\x01\x07\x00\x04\x01\x01t\x02\xc3\x28\x00",  # no UTF-8
        b"\x02\x01\x07\x00\x00\x01\x01\x07\x01\x00\x01\x00",  # one client twice
        b"\x01\x01\x07\x00\x08\x01\x01t\x01" + b"\x75\x01" * 60 + b"\x7e\x00",  # lists in lists in lists
    ],
)
def test_what_is_no_update_of_ours_is_unreadable(update: bytes) -> None:
    with pytest.raises(Unreadable):
        read_update(update)


def test_a_hole_that_an_update_confesses_is_a_gap() -> None:
    reading = read_update(b"\x01\x02\x07\x00\x0a\x02\x84\x07\x01\x01a\x00")
    assert reading.gap
    assert reading.missing_from({7: LARGEST_CLOCK})


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_unreadable(noise: bytes) -> None:
    for read in (read_update, read_vector):
        try:
            read(noise)
        except Unreadable:
            continue


@given(st.binary(max_size=60), st.integers(0, 200))
def test_a_spoiled_update_changes_nothing_or_is_taken_whole(noise: bytes, at: int) -> None:
    text = loaded([make(CONTENT, client=5)], client=9)
    update = text.editing(lambda one: one.splice("a", 1, 2, "œ’"))
    spoiled = update[: at % len(update)] + noise + update[at % len(update) :]
    server = loaded([make(CONTENT, client=5)])
    before = server.snapshot()
    try:
        applied = server.apply(spoiled)
    except ValueError:
        assert server.snapshot() == before
    else:
        assert read_update(spoiled).contained_in(server.clocks())
        assert loaded([before, applied.fresh] if applied.fresh else [before]).equals(server)


@given(st.text(alphabet="aé œ’😀\N{COMBINING ACUTE ACCENT}", max_size=20))
def test_utf16_length_is_what_javascript_counts(text: str) -> None:
    assert utf16_length(text) == sum(2 if ord(sign) > 0xFFFF else 1 for sign in text)
