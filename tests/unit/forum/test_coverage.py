"""Every contribution has one fate, the numbers sum, and no channel vanishes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from atelier.forum.coverage import FATES, LEFT, MERGED, SET_ASIDE, TAKEN, Card, coverage

REFS = [f"DK2-C-{n}" for n in range(1, 9)]


def cards(*refs: str, channel: str = "phone") -> list[Card]:
    return [Card(ref, channel) for ref in refs]


def test_each_card_has_the_fate_that_was_given_to_it() -> None:
    found = coverage(
        [*cards("DK2-C-1", "DK2-C-2", "DK2-C-3", "DK2-C-4"), Card("DK2-C-5", "paper", merged_into="DK2-C-1")],
        cited={"DK2-C-1"},
        merged={"DK2-C-2": "DK2-C-1"},
        set_aside={"DK2-C-3"},
    )
    assert found.fates == {
        "DK2-C-1": TAKEN, "DK2-C-2": MERGED, "DK2-C-3": SET_ASIDE, "DK2-C-4": LEFT, "DK2-C-5": MERGED,
    }  # fmt: skip
    assert [found.count(fate) for fate in FATES] == [1, 2, 1, 1]
    assert found.refs(LEFT) == ("DK2-C-4",)
    assert not found.complete


def test_a_card_merged_into_one_that_waits_waits_with_it() -> None:
    made = cards("DK2-C-1", "DK2-C-2", "DK2-C-3")
    chain = {"DK2-C-1": "DK2-C-2", "DK2-C-2": "DK2-C-3"}
    assert coverage(made, (), chain, ()).count(LEFT) == 3
    assert coverage(made, {"DK2-C-3"}, chain, ()).fates == {
        "DK2-C-1": MERGED,
        "DK2-C-2": MERGED,
        "DK2-C-3": TAKEN,
    }


def test_a_merge_in_a_circle_treats_nothing() -> None:
    found = coverage(cards("DK2-C-1", "DK2-C-2"), (), {"DK2-C-1": "DK2-C-2", "DK2-C-2": "DK2-C-1"}, ())
    assert found.count(LEFT) == 2


def test_paper_is_counted_apart_and_never_vanishes() -> None:
    found = coverage([Card("DK2-C-1", "phone"), Card("DK2-C-2", "paper")], {"DK2-C-1"}, {}, ())
    assert found.by_channel["paper"] == {TAKEN: 0, MERGED: 0, SET_ASIDE: 0, LEFT: 1}


@given(
    cited=st.sets(st.sampled_from(REFS)),
    aside=st.sets(st.sampled_from(REFS)),
    merged=st.dictionaries(st.sampled_from(REFS), st.sampled_from(REFS)),
    channels=st.lists(st.sampled_from(["phone", "paper", "table"]), min_size=len(REFS), max_size=len(REFS)),
)
def test_the_numbers_sum_and_citing_one_more_card_never_loses_another(
    cited: set[str], aside: set[str], merged: dict[str, str], channels: list[str]
) -> None:
    made = [Card(ref, channel) for ref, channel in zip(REFS, channels, strict=True)]
    found = coverage(made, cited, merged, aside)
    assert sum(found.count(fate) for fate in FATES) == found.total == len(REFS)
    assert sum(sum(counts.values()) for counts in found.by_channel.values()) == len(REFS)
    more = coverage(made, cited | {REFS[0]}, merged, aside)
    assert set(more.refs(LEFT)) <= set(found.refs(LEFT))
