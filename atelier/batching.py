"""Natural batching: what arrives while a batch is being written waits, and is the next batch. No timer, no thread of its own."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from atelier.errors import Busy

QUEUE_LIMIT = 500

Asked = TypeVar("Asked")
Given = TypeVar("Given")


@dataclass(slots=True, eq=False)
class Waiting(Generic[Asked, Given]):
    """One thing asked, by somebody who waits for what is given."""

    asked: Asked
    done: threading.Event = field(default_factory=threading.Event)
    given: Given | None = None


class Batches(Generic[Asked, Given]):
    """The first to arrive leads: it does all that waits, one's own in it, then the first of those who came meanwhile leads.

    `work` gets the batch and gives each an answer; it must not raise.
    """

    def __init__(self, work: Callable[[list[Waiting[Asked, Given]]], None]) -> None:
        self._work = work
        self._queue: deque[Waiting[Asked, Given]] = deque()
        self._leading = False
        self._lock = threading.Lock()

    def ask(self, asked: Asked) -> Given | None:
        """Return what is given once the batch is done (None: `work` gave nothing); Busy when too much waits."""
        mine: Waiting[Asked, Given] = Waiting(asked)
        with self._lock:
            if len(self._queue) >= QUEUE_LIMIT:
                raise Busy
            self._queue.append(mine)
            lead = not self._leading
            self._leading = True
        if not lead:
            mine.done.wait()
        if mine.given is None and mine in self._queue:
            self._lead()
        return mine.given

    def _lead(self) -> None:
        with self._lock:
            batch = list(self._queue)
            self._queue.clear()
        try:
            self._work(batch)
        finally:
            for waiting in batch:
                waiting.done.set()
            with self._lock:
                self._leading = bool(self._queue)
                if self._queue:
                    self._queue[0].done.set()  # it was given nothing: it leads
