"""A hall in real Chromium: a running server, a desk, a projector, phones at 390 px."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.hall import Hall
from tests.browser.writing import Writing, new_writing
from tests.server import RunningServer, running_server

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser")
CHROMIUM = os.environ.get("ATELIER_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="module")  # its event loop must be gone before another file's asyncio.run
def chromium() -> Iterator[Browser]:
    if not CHROMIUM:
        pytest.skip("Chromium is not on this machine (ATELIER_CHROMIUM)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture
def hall(chromium: Browser, tmp_path: Path) -> Iterator[Hall]:
    """The chantier evening, its doors open. Whatever happened in the pages or the server's log is checked at the end."""
    with running_server(tmp_path) as server:
        made = Hall(chromium, server)
        yield made
        made.close()
        assert made.faults == []
        assert server.errors() == []


@pytest.fixture(scope="module")
def served(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """One server for all the documents of a file of tests."""
    with running_server(tmp_path_factory.mktemp("editor")) as server:
        yield server


@pytest.fixture
def writing(chromium: Browser, served: RunningServer) -> Iterator[Writing]:
    """A document of its own, with Karim and Élise invited. What happened in the pages is checked at the end."""
    made = new_writing(chromium, served)
    yield made
    made.close()
    assert made.faults == []
