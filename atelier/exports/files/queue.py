"""The files that are being made while nobody waits: one at a time in a process, those that somebody asked for first."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path

from atelier import realtime
from atelier.exports.files.cage import ConversionFailed
from atelier.exports.files.shelf import failure_of, kept, size_of

Make = Callable[[], bytes]

log = logging.getLogger(__name__)


class Queue:
    """`ask` returns at once; the file is on the shelf some seconds later, or the reason why it is not."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._jobs: OrderedDict[str, Make] = OrderedDict()
        self._turn = threading.Lock()
        self._working = False

    def ask(self, name: str, make: Make, at_once: bool = False) -> None:
        """Have a file made if it is not there; `at_once` puts it before the others that wait."""
        if size_of(self.folder, name) is not None or failure_of(self.folder, name):
            return
        with self._turn:
            self._jobs.setdefault(name, make)
            if at_once:
                self._jobs.move_to_end(name, last=False)
            if self._working:
                return
            self._working = True
        realtime.spawn(self._work)

    def is_settled(self, name: str) -> bool:
        """Tell whether a file is there, or is known not to come."""
        return size_of(self.folder, name) is not None or bool(failure_of(self.folder, name))

    def _work(self) -> None:
        while True:
            with self._turn:
                if not self._jobs:
                    self._working = False
                    return
                name, make = self._jobs.popitem(last=False)
            try:
                kept(self.folder, name, make)
            except ConversionFailed as failed:
                log.warning("file_not_made", extra={"form": name.rpartition(".")[2], "reason": failed.reason})
            except Exception:
                log.exception("file_not_made")
