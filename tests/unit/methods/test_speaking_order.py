from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atelier.live.methods.speaking_order import POLICIES, SpeakingRequest, speaking_order

ANNE, BACHIR, CHLOE, DENIS = (
    SpeakingRequest(person, place) for place, person in enumerate(["anne", "bachir", "chloe", "denis"])
)
QUEUE = [CHLOE, ANNE, DENIS, BACHIR]


def test_fifo_follows_the_requests_whatever_was_said_before() -> None:
    assert speaking_order(QUEUE, {"anne": 5}, "fifo") == (ANNE, BACHIR, CHLOE, DENIS)


def test_first_time_puts_those_who_spoke_least_before() -> None:
    turns = {"anne": 2, "bachir": 1, "denis": 1}
    assert speaking_order(QUEUE, turns, "first_time") == (CHLOE, BACHIR, DENIS, ANNE)


def test_person_placed_by_hand_comes_first_under_any_policy() -> None:
    for policy in POLICIES:
        order = speaking_order(QUEUE, {"denis": 9}, policy, by_hand=["denis", "nobody", "bachir"])
        assert order[:2] == (DENIS, BACHIR)


@pytest.mark.parametrize("policy", POLICIES)
def test_person_left_unserved_last_time_comes_before_the_others(policy: str) -> None:
    waiting = SpeakingRequest("eva", 9, unserved=True)
    assert speaking_order([*QUEUE, waiting], {"eva": 3}, policy)[0] == waiting
    assert speaking_order([*QUEUE, waiting], {}, policy, by_hand=["denis"])[:2] == (DENIS, waiting)


def test_unknown_policy_is_refused() -> None:
    with pytest.raises(ValueError, match="parity"):
        speaking_order(QUEUE, {}, "parity")


@settings(max_examples=25, deadline=None, database=None)
@given(
    queue=st.permutations(QUEUE),
    turns=st.dictionaries(st.sampled_from(["anne", "bachir", "chloe"]), st.integers(0, 3)),
    policy=st.sampled_from(POLICIES),
)
def test_order_loses_nobody_and_ignores_how_the_list_was_stored(
    queue: list[SpeakingRequest], turns: dict[str, int], policy: str
) -> None:
    order = speaking_order(queue, turns, policy)
    assert order == speaking_order(QUEUE, turns, policy)
    assert set(order) == set(QUEUE)
    assert len(order) == len(QUEUE)
