"""Looks at the pages of documents in a hand: axe, the ruler, the smallest text; and remembers which routes were looked at."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from playwright.sync_api import BrowserContext, Page
from werkzeug.exceptions import MethodNotAllowed, NotFound

from atelier.app import create_app
from atelier.db import Database
from atelier.minutes.models import Document
from atelier.settings import from_environment
from tests.browser.documents import Shelf
from tests.browser.hall import PHONE
from tests.browser.looking import LAYOUT, violations
from tests.documents.ground import room_on

AT = "/comptes-rendus/CHA1"
OF_DOCUMENTS = re.compile(r"<any\('comptes-rendus'|^/contributions-au-forum/|^/(?:ecrire|relire|r)/")
# What no eye sees as a page: files to keep, data, and the pieces that the editor fetches into itself.
NO_PAGES = {
    "exports.next_meeting", "minutes.frozen_markdown", "minutes.state_of_text", "minutes.sources_panel", "minutes.remarks_panel",
}  # fmt: skip
SMALLEST_PX = 12
SMALL_TEXT = """(smallest) => {
  const faults = new Set();
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const around = node.parentElement;
    if (!node.data.trim() || !around.checkVisibility({visibilityProperty: true})) continue;
    if (around.closest("svg, .visually-hidden, .skip-link, script, style")) continue;
    const size = parseFloat(getComputedStyle(around).fontSize);
    if (size < smallest) faults.add(`${size} px « ${node.data.trim().slice(0, 30)} »`);
  }
  return [...faults];
}"""


def app_of_routes(var: Path) -> Flask:
    return create_app(from_environment({"ATELIER_VAR": str(var)}), background=False)


class DocumentLooks:
    """`looked`: the endpoints of the pages that were seen; `faults`: what was found, state by state."""

    def __init__(self, shelf: Shelf, routes: Flask) -> None:
        self.shelf = shelf
        self.url = shelf.hall.server.url
        self.routes = routes.url_map.bind("localhost")
        self.wanted = {
            rule.endpoint
            for rule in routes.url_map.iter_rules()
            if "GET" in (rule.methods or ()) and OF_DOCUMENTS.search(str(rule))
        }
        self.looked: set[str] = set()
        self.states: list[str] = []
        self.faults: dict[str, list[str]] = {}
        self.owner = shelf.hall.facilitator()
        self.page = shelf.hall.page(self.owner)
        self.page.set_viewport_size(PHONE)

    def reader(self) -> Page:
        """Another browser, which nobody knows yet."""
        return self.shelf.hall.page(self.shelf.hall.context(PHONE, has_touch=True))

    def at(self, path: str, state: str, page: Page | None = None, status: int = 200) -> Page:
        """Go to a page and look at it."""
        page = page or self.page
        answer = page.goto(f"{self.url}{path}")
        assert answer is not None
        assert answer.status == status, (state, answer.status)
        self.now(page, state)
        return page

    def now(self, page: Page, state: str, hand: bool = True) -> None:
        """Look at a page as it stands. `hand=False`: it is made for paper or for the wall."""
        assert state not in self.states, state
        self.states.append(state)
        path = page.url.removeprefix(self.url).partition("?")[0].partition("#")[0]
        self.looked.add(self._endpoint(path))
        found = violations(page)
        if hand:
            found += [*page.evaluate(LAYOUT), *page.evaluate(SMALL_TEXT, SMALLEST_PX)]
        if found:
            self.faults[state] = found

    def post(self, path: str, by: BrowserContext | None = None, **form: Any) -> None:
        """Send a form without going to its page; it must be accepted."""
        answer = (by or self.owner).request.post(f"{self.url}{path}", form=form, headers={"Origin": self.url})
        assert answer.ok, (path, answer.status, re.sub(r"<[^>]+>", " ", answer.text())[-1500:])

    def never_seen(self) -> set[str]:
        """Return the pages that have a route and were not looked at."""
        return self.wanted - self.looked - NO_PAGES

    def write(self, section: str, body: str, reference: str = "CHA1") -> None:
        """Write from another process, on the same database."""
        database = self.database()
        with database.reading() as db:
            number = db.query(Document.id).filter_by(reference=reference).scalar()
        room_on(database, number).write("u1", lambda text: text.edit(section, body))
        database.dispose()

    def change(self, reference: str = "CHA1", **values: Any) -> None:
        """Change the document's row, as time or another page would."""
        database = self.database()
        with database.writing() as db:
            row = db.query(Document).filter_by(reference=reference).one()
            for name, value in values.items():
                setattr(row, name, value)
        database.dispose()

    def day_is_over(self, reference: str = "CHA1") -> None:
        self.change(reference, approval_due=date.today() - timedelta(days=2))

    def database(self) -> Database:
        seeded = self.shelf.hall.server.seeded
        assert seeded is not None
        return Database(seeded.settings.database_url)

    def submit(self, page: Page, action: str) -> None:
        """Send the first form of a page that goes to an address, whatever it still asks for."""
        with page.expect_navigation():
            page.locator(f'form[action$="{action}"]').first.evaluate(
                "(form) => { form.noValidate = true; form.requestSubmit(); }"
            )

    def _endpoint(self, path: str) -> str:
        for method in ("GET", "POST"):
            with suppress(MethodNotAllowed, NotFound):
                return str(self.routes.match(path, method=method)[0])
        return ""
