"""The files of a version that has just been published, made before anybody asks for them.

Nothing is kept of what remains to be done: it is what the last versions lack on the shelf, after a crash as well.
"""

from __future__ import annotations

import logging

from flask import Flask

from atelier import realtime
from atelier.exports import queries
from atelier.exports.files.making import CONVERTED, made
from atelier.exports.files.queue import Queue
from atelier.exports.files.shelf import fingerprint
from atelier.exports.manuscript.manuscript import Manuscript
from atelier.exports.views.manuscripts import manuscript_of
from atelier.house import House

BEAT_S = 5.0
LAST = 12  # versions whose files are made ahead; those of older ones wait until they are asked for

log = logging.getLogger(__name__)


class FilesTicker:
    """`start` beats in the background; tests beat by hand. `queue` makes the files, one at a time."""

    def __init__(self, app: Flask, house: House) -> None:
        self._app, self._house = app, house
        self.queue = Queue(house.settings.var / "files")
        self._asked: set[tuple[int, int]] = set()

    def start(self) -> None:
        realtime.spawn(self._run)

    def beat(self) -> int:
        """Have the files made of the versions not yet looked at; return how many versions that was."""
        with self._app.app_context():
            found = self._new_manuscripts()
        for manuscript in found:
            for form in CONVERTED:
                self.prepare(manuscript, form)
        return len(found)

    def prepare(self, manuscript: Manuscript, form: str, at_once: bool = False) -> str:
        """Have a file made if it is not there; return its name on the shelf."""
        name = shelf_name(manuscript, form)
        self.queue.ask(name, lambda: made(form, manuscript), at_once)
        return name

    def _new_manuscripts(self) -> list[Manuscript]:
        found = []
        with self._house.database.reading() as db:
            for document, publication in queries.last_publications(db, LAST):
                version = (document.id, publication.number)
                if version in self._asked:
                    continue
                self._asked.add(version)
                content = queries.published_content(db, document, publication.number)
                if content is not None:
                    found.append(manuscript_of(document, content, publication))
        return found

    def _run(self) -> None:
        while True:
            try:
                self.beat()
            except Exception:
                log.exception("files_ticker_failed")
            realtime.pause(BEAT_S)


def shelf_name(manuscript: Manuscript, form: str) -> str:
    return f"{fingerprint(manuscript)}.{form}"
