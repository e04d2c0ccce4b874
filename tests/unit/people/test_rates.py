"""A hall behind one address gets in; whoever tries codes does not."""

from __future__ import annotations

import random

import pytest

from atelier.security import Limits, address_key

HALL = "203.0.113.7"


def guesses_until_stopped(limits: Limits, address: str, most: int = 2000) -> int:
    """Try wrong codes until refused; return how many were tried."""
    for count in range(most):
        if not limits.may_join(address):
            return count
        limits.failed_join(address)
    return most


def test_450_people_join_behind_one_address_one_in_five_mistyping_first() -> None:
    limits, chance = Limits(), random.Random(7)
    refused = 0
    for _ in range(450):
        if chance.random() < 0.2:
            refused += not limits.may_join(HALL)
            limits.failed_join(HALL)
        refused += not limits.may_join(HALL)
        limits.joined(HALL)
    assert refused == 0


def test_450_people_come_back_after_a_restart_behind_the_same_address() -> None:
    limits = Limits()
    for _ in range(4 * 450):
        assert limits.may_join(HALL)
        limits.joined(HALL)


def test_a_guesser_who_never_gets_in_is_stopped_after_thirty_codes() -> None:
    assert guesses_until_stopped(Limits(), HALL) == 30


def test_a_guesser_who_is_in_one_seance_is_stopped_too() -> None:
    limits = Limits()
    for _ in range(1000):
        limits.joined(HALL)
    assert guesses_until_stopped(limits, HALL) == 150


def test_a_guesser_with_many_addresses_makes_the_whole_installation_wary() -> None:
    limits = Limits()
    tried = [guesses_until_stopped(limits, f"198.51.100.{host}") for host in range(60)]
    assert tried[0] == 30
    assert tried[-1] == 5
    assert sum(tried) < 900


def test_while_wary_a_hall_that_is_in_and_a_newcomer_still_enter() -> None:
    limits = Limits()
    limits.joined(HALL)
    for host in range(60):
        guesses_until_stopped(limits, f"198.51.100.{host}")
    assert limits.may_join(HALL)
    assert limits.may_join("192.0.2.1")


def test_one_address_stopped_stops_no_other() -> None:
    limits = Limits()
    guesses_until_stopped(limits, HALL)
    assert not limits.may_join(HALL)
    assert limits.may_join("192.0.2.1")


@pytest.mark.parametrize("kind", ["keep", "restore", "link", "sign_in"])
def test_ten_wrong_personal_codes_are_the_most(kind: str) -> None:
    limits = Limits()
    for _ in range(10):
        assert limits.may_try_code(kind, HALL)
        limits.failed_code(kind, HALL)
    assert not limits.may_try_code(kind, HALL)
    assert limits.may_try_code("another", HALL)


def test_sign_in_links_are_limited_by_whom_they_bother_and_by_where_they_come_from() -> None:
    limits = Limits()
    assert [limits.may_send_link_to("nadia@exemple.fr") for _ in range(6)] == [True] * 5 + [False]
    assert limits.may_send_link_to("ali@exemple.fr")
    assert [limits.may_ask_link_from(HALL) for _ in range(31)] == [True] * 30 + [False]


def test_counting_goes_on_here_while_redis_does_not_answer() -> None:
    limits = Limits("redis://127.0.0.1:1/0")
    assert guesses_until_stopped(limits, HALL, most=100) == 30


def test_an_ipv6_subscriber_is_one_place_and_a_mapped_ipv4_is_itself() -> None:
    assert address_key("2001:db8:1:2:aaaa::1") == address_key("2001:db8:1:2:bbbb::9") == "2001:db8:1:2::"
    assert address_key("2001:db8:1:3::1") != address_key("2001:db8:1:2::1")
    assert address_key("::ffff:203.0.113.7") == HALL
    assert address_key("not an address") == "unknown"
