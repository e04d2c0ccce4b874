"""Presence and nudges over a real Redis: who is here over all processes, and what a lost Redis costs."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from atelier import channel as channel_module
from atelier.live import presence as presence_module
from atelier.live.nudges import Nudges
from atelier.live.presence import Presence
from tests.faults.redis_server import OwnRedis, own_redis, redis_is_here
from tests.server import free_port

pytestmark = [
    pytest.mark.redis,
    pytest.mark.skipif(not redis_is_here(), reason="redis-server is not installed"),
]
SESSION = 7
SOON_S = 6.0
AT_ONCE_S = 0.3


@pytest.fixture
def running(tmp_path: Path, started: list[Presence | Nudges]) -> Iterator[OwnRedis]:
    with own_redis(tmp_path, free_port()) as redis:
        yield redis
        for background in started:  # else they call for this Redis, in the log, during every later test
            background.stop()
        time.sleep(channel_module.RETRY_S)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Presence | Nudges]:
    """Everything that a test set going in the background."""
    found: list[Presence | Nudges] = []
    for kind, method in ((Presence, "start"), (Nudges, "listen")):
        monkeypatch.setattr(kind, method, _noted(found, getattr(kind, method)))
    return found


def _noted(found: list[Presence | Nudges], set_going: Callable[..., None]) -> Callable[..., None]:
    def noted(background: Presence | Nudges, *args: Any) -> None:
        found.append(background)
        set_going(background, *args)

    return noted


def client(running: OwnRedis) -> Any:
    import redis

    return redis.Redis.from_url(running.url, socket_timeout=0.5, socket_connect_timeout=0.5)


def until(condition: Callable[[], bool], seconds: float = SOON_S) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.02)
    return condition()


class Process:
    """One process: who is connected to it, and whom it knows."""

    def __init__(self, running: OwnRedis) -> None:
        self.here: set[str] = set()
        self.changed: list[int] = []
        self.presence = Presence(client(running), lambda session_id: set(self.here), self.changed.append)
        self.presence.start()

    def connect(self, *keys: str) -> None:
        self.here |= set(keys)
        self.presence.publish(SESSION)

    def leave(self, *keys: str) -> None:
        self.here -= set(keys)
        self.presence.publish(SESSION)

    def sees(self) -> frozenset[str]:
        return self.presence.connected(SESSION)


def test_people_of_each_process_are_seen_by_the_other_and_told_once(running: OwnRedis) -> None:
    one, other = Process(running), Process(running)
    one.connect("p1", "p2")
    other.connect("p3", "desk:u1")
    assert until(lambda: one.sees() == other.sees() == {"p1", "p2", "p3", "desk:u1"})
    told = len(one.changed)
    time.sleep(1.5)
    assert len(one.changed) == told
    one.leave("p1")
    assert until(lambda: other.sees() == {"p2", "p3", "desk:u1"})


def test_a_process_that_is_gone_is_forgotten(running: OwnRedis, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presence_module, "EXPIRES_S", 2.0)
    one = Process(running)
    gone = Presence(client(running), lambda session_id: {"p9"})
    gone._say(SESSION, {"p9"})  # and never again: it was killed
    one.connect("p1")
    assert until(lambda: one.sees() == {"p1", "p9"})
    assert until(lambda: one.sees() == {"p1"})


def test_without_redis_one_s_own_people_are_still_seen_and_nobody_waits(running: OwnRedis) -> None:
    one, other = Process(running), Process(running)
    other.connect("p3")
    one.connect("p1")
    assert until(lambda: one.sees() == {"p1", "p3"})
    running.freeze()
    began = time.monotonic()
    one.connect("p2")
    assert {"p1", "p2"} <= one.sees()
    assert time.monotonic() - began < AT_ONCE_S
    running.thaw()
    assert until(lambda: {"p1", "p2", "p3"} <= other.sees())


def test_without_any_redis_only_this_process_counts() -> None:
    alone = Presence(None, lambda session_id: {"p1"})
    alone.start()
    alone.publish(SESSION)
    assert alone.connected(SESSION) == {"p1"}


def test_a_nudge_reaches_the_other_process_and_the_latest_one_counts(running: OwnRedis) -> None:
    heard: list[tuple[int, int]] = []
    sender, receiver = Nudges(client(running)), Nudges(client(running))
    sender.listen(lambda *_: None)
    receiver.listen(lambda session_id, seq: heard.append((session_id, seq)))
    assert until(lambda: bool(sender.send(SESSION, 1) or heard))
    for seq in range(2, 50):
        sender.send(SESSION, seq)
    assert until(lambda: bool(heard) and heard[-1] == (SESSION, 49))
    assert len(heard) <= 60


@pytest.mark.parametrize("fault", ["stop", "freeze"])
def test_a_nudge_is_left_at_once_even_without_redis(running: OwnRedis, fault: str) -> None:
    sender = Nudges(client(running))
    sender.listen(lambda *_: None)
    getattr(running, fault)()
    began = time.monotonic()
    for seq in range(100):
        sender.send(SESSION, seq)
    assert time.monotonic() - began < AT_ONCE_S


def test_nudges_are_heard_again_when_redis_is_back(running: OwnRedis) -> None:
    heard: list[int] = []
    sender, receiver = Nudges(client(running)), Nudges(client(running))
    sender.listen(lambda *_: None)
    receiver.listen(lambda session_id, seq: heard.append(seq))
    assert until(lambda: bool(sender.send(SESSION, 1) or heard))
    running.stop()
    sender.send(SESSION, 2)
    time.sleep(0.5)
    running.start()
    assert until(lambda: bool(sender.send(SESSION, 3) or 3 in heard), 15)


def test_what_is_stopped_calls_for_redis_no_more(
    running: OwnRedis, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(channel_module, "LISTEN_S", 0.1)
    one, nudges = Process(running), Nudges(client(running))
    nudges.listen(lambda *_: None)
    one.connect("p1")
    one.presence.stop()
    nudges.stop()
    time.sleep(presence_module.LOOK_S + channel_module.RETRY_S)
    running.stop()
    caplog.clear()
    time.sleep(2 * channel_module.RETRY_S)
    assert caplog.records == []


def test_without_any_redis_nudges_are_silent() -> None:
    quiet = Nudges(None)
    quiet.listen(lambda *_: None)
    quiet.send(SESSION, 1)
    assert quiet._channel._due == {}
