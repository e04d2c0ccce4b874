"""Rates are counted in Redis when there is one; a hall enters without it, at once."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from atelier import security
from atelier.security import CODES, Limits
from tests.faults.redis_server import OwnRedis, own_redis, redis_is_here
from tests.server import free_port

pytestmark = [
    pytest.mark.redis,
    pytest.mark.skipif(not redis_is_here(), reason="redis-server is not installed"),
]
ADDRESS = "203.0.113.7"
FIRST_WAIT_S = 4.0  # the client tries a few times, then not for five seconds
AT_ONCE_S = 0.2


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[OwnRedis]:
    with own_redis(tmp_path, free_port()) as running:
        yield running


def test_two_processes_count_the_same_failures(redis: OwnRedis) -> None:
    one, other = Limits(redis.url), Limits(redis.url)
    for _ in range(CODES.amount):
        assert other.may_try_code("keep", ADDRESS)
        one.failed_code("keep", ADDRESS)
    assert not other.may_try_code("keep", ADDRESS)


@pytest.mark.parametrize("fault", ["stop", "freeze"])
def test_a_hall_enters_without_redis_after_one_short_wait(redis: OwnRedis, fault: str) -> None:
    limits = Limits(redis.url)
    assert limits.may_join(ADDRESS)
    getattr(redis, fault)()
    began = time.monotonic()
    assert limits.may_join(ADDRESS)
    limits.joined(ADDRESS)
    assert time.monotonic() - began < FIRST_WAIT_S
    began = time.monotonic()
    for _ in range(450):
        assert limits.may_join(ADDRESS)
        limits.joined(ADDRESS)
    assert time.monotonic() - began < 450 * AT_ONCE_S


def test_without_redis_a_guesser_is_still_stopped(redis: OwnRedis) -> None:
    limits = Limits(redis.url)
    redis.stop()
    for _ in range(CODES.amount):
        limits.failed_code("keep", ADDRESS)
    assert not limits.may_try_code("keep", ADDRESS)


def test_redis_back_is_asked_again(redis: OwnRedis, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(security, "ALONE_S", 0.1)
    limits = Limits(redis.url)
    redis.stop()
    limits.failed_code("keep", ADDRESS)
    redis.start()
    time.sleep(0.2)
    for _ in range(CODES.amount):
        limits.failed_code("keep", ADDRESS)
    assert not Limits(redis.url).may_try_code("keep", ADDRESS)
