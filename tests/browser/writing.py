"""People who write one document in real Chromium: their pages, what the disk says, and what breaks in between."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from sqlalchemy import update

from atelier.db import Database
from atelier.live.rules.activities import CloseActivity, OpenActivity
from atelier.live.rules.agenda import GoTo
from atelier.live.rules.proxy_entry import EnterContribution
from atelier.minutes.content import Content, Section
from atelier.minutes.models import Document, DocumentWriter
from tests.browser.hall import DESK, PATIENCE_MS, PHONE, Hall
from tests.documents.ground import EVENING, MadeDocument, bodies, content_on_disk, make_document
from tests.server import RunningServer

TEXT = Content(
    "L’expression en assemblée",
    (
        Section("case", 1, "Description du cas", "Né en 2009.", required=True),
        Section("context", 2, "Contexte", "Un café-couture.", hint="Où et quand"),
        Section("debate", 2, "Ce qui fait débat", ""),
    ),
)
NUMBERS = count(1)


@dataclass
class Writing:
    """One document served, and the browsers in which it is written."""

    browser: Browser
    server: RunningServer
    made: MadeDocument
    reference: str
    contexts: list[BrowserContext] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"{self.server.url}/comptes-rendus/{self.reference}/ecrire"

    @property
    def database_url(self) -> str:
        assert self.server.seeded is not None
        return self.server.seeded.settings.database_url

    def context(self, name: str, viewport: dict[str, int] = DESK, **more: Any) -> BrowserContext:
        """Return a browser that holds somebody's invitation."""
        context = self.browser.new_context(
            viewport=viewport, reduced_motion="reduce", **{"locale": "fr-FR", **more}
        )
        context.set_default_timeout(PATIENCE_MS)
        cookie = {
            "name": f"atelier_d{self.made.id}",
            "value": self.made.tokens[name],
            "url": self.server.url,
        }
        context.add_cookies([cookie])
        self.contexts.append(context)
        return context

    def page(self, context: BrowserContext) -> Page:
        """Open the editor and wait for its text. Errors of its scripts and what the policy blocks are faults."""
        page = context.new_page()
        page.on("pageerror", lambda error: self.faults.append(f"{error}"))
        page.on(
            "console",
            lambda said: self.faults.append(said.text) if "Content Security Policy" in said.text else None,
        )
        page.goto(self.address)
        expect(page.locator(".sheet-part").first).to_be_visible()
        return page

    def desk(self, name: str) -> Page:
        return self.page(self.context(name))

    def phone(self, name: str) -> Page:
        return self.page(self.context(name, PHONE, has_touch=True))

    def stored(self) -> dict[str, str]:
        """Return the bodies as the disk alone has them."""
        return dict(bodies(content_on_disk(self.database_url, self.made.id)))

    def set_row(self, **values: Any) -> None:
        """Change the document's row behind everybody's back; the server sees it within a second."""
        database = Database(self.database_url)
        with database.writing() as db:
            db.execute(update(Document).where(Document.id == self.made.id).values(**values))
        database.dispose()

    def revoke(self, name: str) -> None:
        """Take somebody's invitation back; the server sees it within a second."""
        number = int(self.made.writers[name].removeprefix("w"))
        database = Database(self.database_url)
        with database.writing() as db:
            db.execute(update(DocumentWriter).where(DocumentWriter.id == number).values(revoked_at=EVENING))
        database.dispose()

    @contextmanager
    def broken_storage(self) -> Iterator[None]:
        """The database refuses whatever is written to the log of the text."""
        path = self.database_url.partition(":///")[2]
        with sqlite3.connect(path) as db:
            db.execute(
                "create trigger refuse before insert on document_update begin select raise(abort, 'disk'); end"
            )
        yield
        with sqlite3.connect(path) as db:
            db.execute("drop trigger refuse")

    def close(self) -> None:
        for context in self.contexts:
            context.close()


def new_writing(
    browser: Browser, server: RunningServer, content: Content = TEXT, session: bool = False
) -> Writing:
    """Put a document of its own on the server, with Karim and Élise invited; `session`: the seeded séance's."""
    assert server.seeded is not None
    reference = f"ED{next(NUMBERS)}"
    database = Database(server.seeded.settings.database_url)
    made = make_document(
        database,
        ["Karim", "Élise"],
        content,
        session_id=server.seeded.session_id if session else None,
        owner_id=server.seeded.owner,
        reference=reference,
    )
    database.dispose()
    return Writing(browser, server, made, reference)


def text_of(page: Page, key: str) -> Locator:
    """Return the place where a section is written, in either view."""
    return page.locator(f"#partie-{key} :is(.cm-content, textarea)")


def write(page: Page, key: str, words: str) -> None:
    """Type at the end of a section."""
    text_of(page, key).click()
    page.keyboard.press("Control+End")
    page.keyboard.insert_text(words)


def says(page: Page, state: str) -> None:
    """Wait until the save line is in this state."""
    expect(page.locator("[data-save-line]")).to_have_attribute("data-state", state)


def shown(page: Page, key: str) -> str:
    """Return the words of a section as one reads them."""
    return " ".join(text_of(page, key).inner_text().split())


def drafted_board(hall: Hall, *cards: EnterContribution) -> Page:
    """Play the board of the séance with these cards, and open the draft that follows its close, as the facilitator."""
    hall.act(GoTo("s3", "a3"), OpenActivity("a3"), *cards, CloseActivity("a3"))
    page = hall.page(hall.facilitator())
    page.set_viewport_size(DESK)
    for _ in range(60):
        answer = page.goto(f"{hall.server.url}/comptes-rendus/CHA1/ecrire")
        if answer is not None and answer.ok:
            break
        page.wait_for_timeout(250)
    says(page, "saved")
    return page
