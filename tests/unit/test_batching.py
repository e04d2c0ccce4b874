"""What arrives while a batch is done is the next batch; each gets its own answer, whatever happens to the others."""

from __future__ import annotations

import threading

import pytest

from atelier import batching
from atelier.batching import Batches, Waiting
from atelier.errors import Busy


class Slow:
    """Work that waits until it is let go."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.go = threading.Semaphore(0)
        self.entered = threading.Semaphore(0)

    def __call__(self, batch: list[Waiting[int, int]]) -> None:
        self.batches.append([waiting.asked for waiting in batch])
        self.entered.release()
        assert self.go.acquire(timeout=10)
        for waiting in batch:
            waiting.given = waiting.asked * 10


def asking(batches: Batches[int, int], answers: dict[int, int | None], number: int) -> threading.Thread:
    thread = threading.Thread(target=lambda: answers.__setitem__(number, batches.ask(number)))
    thread.start()
    return thread


def queued(batches: Batches[int, int], count: int) -> None:
    while len(batches._queue) < count:
        threading.Event().wait(0.001)


def test_what_comes_meanwhile_is_one_batch() -> None:
    work, answers = Slow(), dict[int, int | None]()
    batches: Batches[int, int] = Batches(work)
    threads = [asking(batches, answers, 1)]
    assert work.entered.acquire(timeout=10)
    for number in (2, 3, 4):
        threads.append(asking(batches, answers, number))
        queued(batches, number - 1)
    work.go.release(2)
    for thread in threads:
        thread.join(10)
    assert work.batches == [[1], [2, 3, 4]]
    assert answers == {1: 10, 2: 20, 3: 30, 4: 40}


def test_too_much_that_waits_is_busy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batching, "QUEUE_LIMIT", 1)
    work, answers = Slow(), dict[int, int | None]()
    batches: Batches[int, int] = Batches(work)
    threads = [asking(batches, answers, 1)]
    assert work.entered.acquire(timeout=10)
    threads.append(asking(batches, answers, 2))
    queued(batches, 1)
    with pytest.raises(Busy):
        batches.ask(3)
    work.go.release(2)
    for thread in threads:
        thread.join(10)
    assert answers == {1: 10, 2: 20}


def test_work_that_fails_lets_the_next_ones_through() -> None:
    def work(batch: list[Waiting[int, int]]) -> None:
        if batch[0].asked == 1:
            raise ValueError
        batch[0].given = batch[0].asked

    batches: Batches[int, int] = Batches(work)
    with pytest.raises(ValueError):
        batches.ask(1)
    assert batches.ask(2) == 2
