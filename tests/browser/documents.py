"""Documents put in a served installation, and browsers that come to read them."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import BrowserContext, ViewportSize
from sqlalchemy import select

from atelier import codes
from atelier.db import Database
from atelier.live.record import record
from atelier.live.rules.activities import CloseActivity, OpenActivity
from atelier.live.rules.agenda import GoTo
from atelier.live.rules.clusters import CreateCluster
from atelier.live.rules.moderation import KeepContribution
from atelier.live.rules.paper import EnterPaper
from atelier.live.rules.proxy_entry import EnterContribution
from atelier.live.rules.reveal import RevealResult
from atelier.minutes.content import Content
from atelier.minutes.models import Document, DocumentWriter
from atelier.minutes.sources import Sources, sources_of
from tests.browser.hall import DESK, PATIENCE_MS, Hall
from tests.documents.ground import EVENING, MadeDocument, make_document, room_on
from tests.seed import state_on_disk

WRITER = "Solène"
WORDS = ("Je n’ai pas toujours le pouvoir de répondre.", "Six mois sans réponse, on ne revient pas.")


@dataclass
class Shelf:
    """The documents of a hall. `traffic` keeps the addresses that pages ask for outside the installation."""

    hall: Hall
    made: dict[str, MadeDocument] = field(default_factory=dict)
    traffic: list[str] = field(default_factory=list)
    said: bool = False

    def say(self, words: tuple[str, ...] = WORDS, title: str = "Quelles suites") -> None:
        """Cards on the board, from paper, kept and grouped; then a vote of six ballots."""
        cards = [
            EnterContribution("a3", text, column="minus", college="E", sheet=f"{n:04}")
            for n, text in enumerate(words, 1)
        ]
        keep = [KeepContribution(n) for n in range(1, len(words) + 1)]
        self.said = True
        totals = {"o1": {"dots": 8, "people": 5}, "o2": {"dots": 4, "people": 3}}
        self.hall.act(
            GoTo("s3", "a3"), OpenActivity("a3"), *cards, *keep,
            CreateCluster("a3", title, "minus", tuple(range(1, len(words) + 1))), CloseActivity("a3"),
            GoTo("s5", "a4"), OpenActivity("a4"),
            EnterPaper("a4", {"ballots": 6, "blank": 1, "abstain": 0, "void": 0, "options": totals}),
            CloseActivity("a4"), RevealResult("a4"),
        )  # fmt: skip

    def put(self, content: Content, reference: str = "CHA1") -> str:
        """Put a document; return its address. `CHA1` is the compte rendu of the séance, whose draft is then people's."""
        seeded = self.hall.server.seeded
        assert seeded is not None
        database = Database(seeded.settings.database_url)
        try:
            if reference == "CHA1" and self.said:
                self.made[reference] = _taken_over(database, state_on_disk(seeded).seq, content)
            else:
                self.made[reference] = make_document(
                    database, [WRITER], content, None, seeded.owner, reference=reference
                )
        finally:
            database.dispose()
        return f"{self.hall.server.url}/comptes-rendus/{reference}"

    def sources(self) -> Sources:
        seeded = self.hall.server.seeded
        assert seeded is not None
        state = state_on_disk(seeded)
        return sources_of(state, record(state), "CHA1", public=True)

    def reader(self, viewport: ViewportSize = DESK, **more: Any) -> BrowserContext:
        """A browser that was invited to write every document put so far, and whose requests elsewhere are kept."""
        context = self.hall.context(viewport, **more)
        context.add_cookies(
            [
                {
                    "name": f"atelier_d{made.id}",
                    "value": made.tokens[WRITER],
                    "url": self.hall.server.url,
                }
                for made in self.made.values()
            ]
        )
        context.on("request", lambda request: self._note(request.url))
        return context

    def _note(self, url: str) -> None:
        if not url.startswith((self.hall.server.url, "data:", "about:")):
            self.traffic.append(url)


def _taken_over(database: Database, seq: int, content: Content) -> MadeDocument:
    """Wait until the server has drafted the whole séance, then let a person write their own text and be invited."""
    deadline = time.monotonic() + PATIENCE_MS / 1000
    asked = select(Document).where(Document.reference == "CHA1")
    while True:
        with database.reading() as db:
            drafted = db.scalar(asked)
        if drafted is not None and drafted.drafted_seq >= seq:
            break
        assert time.monotonic() < deadline, "no draft was made"
        time.sleep(0.1)
    room_on(database, drafted.id).write(f"u{drafted.owner_id}", lambda text: text.replace(content))
    token = codes.token()
    with database.writing() as db:
        writer = DocumentWriter(
            document_id=drafted.id, name=WRITER, token_hash=codes.hashed(token), created_at=EVENING
        )
        db.add(writer)
        db.flush()
        return MadeDocument(drafted.id, {WRITER: token}, {WRITER: writer.key})
