"""People in a hall: what they see and do, by the words on the screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Locator, Page, ViewportSize, expect

from atelier.db import Database
from atelier.live.messages import Command
from tests.seed import perform
from tests.server import RunningServer

PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1440, "height": 900}
PROJECTOR: ViewportSize = {"width": 1920, "height": 1080}
AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
PATIENCE_MS = 15_000

expect.set_options(timeout=PATIENCE_MS)


@dataclass
class Hall:
    """One séance served, and the browsers that look at it."""

    browser: Browser
    server: RunningServer
    contexts: list[BrowserContext] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    _signed_in: BrowserContext | None = None

    @property
    def code(self) -> str:
        return self.server.code

    def context(self, viewport: ViewportSize, **more: Any) -> BrowserContext:
        context = self.browser.new_context(viewport=viewport, locale="fr-FR", reduced_motion="reduce", **more)
        context.set_default_timeout(PATIENCE_MS)
        self.contexts.append(context)
        return context

    def page(self, context: BrowserContext) -> Page:
        """Open a page whose script errors are faults of the test."""
        page = context.new_page()
        page.on("pageerror", lambda error: self.faults.append(f"{page.url}: {error}"))
        return page

    def facilitator(self) -> BrowserContext:
        """A browser signed in with the link printed at the start."""
        if self._signed_in is None:
            self._signed_in = self.context(DESK)
            page = self.page(self._signed_in)
            page.goto(self.server.url + self.server.seeded.sign_in_path)  # type: ignore[union-attr]
            page.locator("main form button").first.click()
            page.wait_for_url("**/seances")
            page.close()
        return self._signed_in

    def desk(self) -> Page:
        page = self.page(self.facilitator())
        page.goto(f"{self.server.url}/pupitre/{self.code}")
        self.joined(page)
        return page

    def screen(self) -> Page:
        page = self.page(self.facilitator())
        page.set_viewport_size(PROJECTOR)
        page.goto(f"{self.server.url}/ecran/{self.code}")
        self.joined(page)
        return page

    def phone(self, name: str = "", college: str = "Associatifs et citoyens", **more: Any) -> Page:
        """A phone that scans the code, says who it is, and enters."""
        page = self.page(self.context(PHONE, has_touch=True, **more))
        page.goto(f"{self.server.url}/j/{self.code}")
        if name:
            page.get_by_label("Votre prénom ou un surnom").fill(name)
        page.get_by_text(college, exact=True).click()
        page.get_by_role("button", name="Entrer dans la séance").click()
        page.wait_for_url(f"**/s/{self.code}")
        if more.get("java_script_enabled", True):
            self.joined(page)
        return page

    def act(self, *commands: Command) -> None:
        """Perform the facilitator's acts from another process, on the same database: the server hears within a second."""
        assert self.server.seeded is not None
        database = Database(self.server.seeded.settings.database_url)
        try:
            perform(self.server.seeded, database, commands)
        finally:
            database.dispose()

    def joined(self, page: Page) -> None:
        """Wait until the page talks with the server."""
        expect(page.locator("body")).to_have_attribute("data-connection", "online")

    def close(self) -> None:
        for context in self.contexts:
            context.close()


def axe_violations(page: Page) -> list[str]:
    """Return what axe-core finds, moderate included, as `rule: selectors`."""
    page.evaluate(AXE.read_text())
    found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{violation['id']}: {[node['target'] for node in violation['nodes']][:5]}"
        for violation in found["violations"]
    ]


def eventually(look: Callable[[], bool], page: Page, limit_ms: int = PATIENCE_MS) -> None:
    """Wait until `look` is true. Never by evaluating strings in the page: the policy forbids it."""
    waited = 0
    while not look():
        assert waited < limit_ms, "it did not happen"
        page.wait_for_timeout(50)
        waited += 50


def card_form(page: Page) -> Locator:
    """Return the form where a card is written."""
    return page.locator("form", has=page.get_by_role("button", name="Envoyer ma carte"))
