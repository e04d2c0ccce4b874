"""Somebody who has never seen the app, after the evening of the demonstration: what they press, what they type, what they read.

Every gesture and every word is counted as it is made. Minutes are those of a person: reading, composing, pointing at their
usual speeds (see docs/redaction.md), and the seconds that the pages themselves made one wait.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect
from sqlalchemy import select

from atelier import schema
from atelier.app import create_app
from atelier.demonstration.facilitator import FIRST_ACCOUNT
from atelier.demonstration.loading import load
from atelier.house import House
from atelier.people.operations import create_login_link
from atelier.settings import from_environment
from atelier.workshops.models import WorkshopSession
from tests.browser.hall import DESK, PATIENCE_MS
from tests.server import RunningServer, server_environment

READ_PER_MINUTE = 238  # words, silently (Brysbaert 2019)
COMPOSED_PER_MINUTE = 19  # words thought out and typed (Karat et al. 1999)
GESTURE_S = 2.7  # point, press, think of it (Card, Moran and Newell 1980)
READABLE = """() => {
  const page = document.querySelector("main").cloneNode(true);
  for (const figure of page.querySelectorAll("figure")) figure.replaceWith(figure.querySelector("figcaption") ?? "");
  for (const other of page.querySelectorAll("source-panel, nav, details")) other.remove();
  return page.textContent;
}"""
WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


@dataclass
class Effort:
    """What it took."""

    gestures: int = 0
    typed: int = 0  # words
    read: int = 0  # words
    waited: float = 0.0  # seconds

    @property
    def minutes(self) -> float:
        reading = self.read / READ_PER_MINUTE
        writing = self.typed / COMPOSED_PER_MINUTE
        return reading + writing + (self.gestures * GESTURE_S + self.waited) / 60


class Newcomer:
    """One person at one page. What is looked for is looked for by the words on the screen."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.effort = Effort()

    def press(self, place: Locator) -> None:
        """One gesture: find it, press it, and wait for what comes."""
        began = time.monotonic()
        place.click()
        self.page.wait_for_load_state()
        self.effort.gestures += 1
        self.effort.waited += time.monotonic() - began

    def link(self, words: str) -> None:
        self.press(self.page.get_by_role("link", name=re.compile(words)).first)

    def type(self, words: str) -> None:
        self.page.keyboard.type(words)
        self.effort.typed += len(WORD.findall(words))

    def read(self) -> None:
        """Read the page from top to bottom. Of a figure its caption: its numbers stand in the sentences above it."""
        words = self.page.evaluate(READABLE)
        self.effort.read += len(WORD.findall(words))

    # ------------------------------------------------------------ in the editor

    def go_to(self, heading: str) -> Locator:
        """Choose a part in the plan; return it in the sheet."""
        self.press(self.page.get_by_role("navigation", name="Plan").get_by_text(heading))
        part = self.page.locator(".sheet-part", has=self.page.get_by_role("heading", name=heading))
        expect(part).to_be_in_viewport()
        return part

    def write(self, heading: str, words: str) -> None:
        """Write in a part that is still empty: the plan brings the cursor there."""
        part = self.go_to(heading)
        expect(part.get_by_role("textbox")).to_be_focused()
        self.type(words)

    def write_under(self, heading: str, number: int, words: str) -> None:
        """Write under the `number`-th passage of a part."""
        part = self.page.locator(".sheet-part", has=self.page.get_by_role("heading", name=heading))
        self.press(part.get_by_role("button", name="Écrire dessous").nth(number))
        self.type(words)

    def cite(self, ref: str) -> None:
        """Put a source where the cursor is: search for it, press « Citer »."""
        search = self.page.get_by_label("Chercher une source")
        self.press(search)
        search.fill(ref)
        self.effort.gestures += 1
        self.press(self.page.get_by_role("button", name=f"Citer {ref}", exact=True))
        search.fill("")

    def see_it_kept(self) -> None:
        """Wait until the page says that everything is on the server."""
        began = time.monotonic()
        expect(self.page.get_by_text(re.compile(r"^Enregistré à \d"))).to_be_visible()
        self.effort.waited += time.monotonic() - began


@dataclass
class Evening:
    """The demonstration, served: its closed evening, its desk, the link to sign in."""

    server: RunningServer
    sign_in: str
    code: str

    def arrive(self, browser: Browser) -> Page:
        """Sign in and stand before the closed evening, as when « Clore la séance » was just pressed."""
        context = browser.new_context(viewport=DESK, locale="fr-FR", reduced_motion="reduce")
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        page.goto(self.server.url + self.sign_in)
        page.locator("main form button").first.click()
        page.wait_for_url("**/seances")
        page.goto(f"{self.server.url}/pupitre/{self.code}")
        return page


@contextmanager
def demonstration(var: Path) -> Iterator[Evening]:
    """Load the demonstration into a folder and serve it."""
    settings = replace(from_environment(server_environment(var)), testing=True)
    app = create_app(settings, background=False)
    house: House = app.extensions["atelier"]
    schema.upgrade(house.database)
    load(house)
    link = create_login_link(house.database, "", FIRST_ACCOUNT, "Animation", house.clock())
    with house.database.reading() as db:
        code = db.scalars(select(WorkshopSession.code).where(WorkshopSession.reference == "QV1")).one()
    house.database.dispose()
    server = RunningServer(var)
    try:
        server.start()
        yield Evening(server, link, code)
    finally:
        server.stop()
