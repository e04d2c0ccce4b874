"""`ATELIER_ASYNC=threading`, the other driver: the same doors on ordinary threads, for small groups (docs/scaling.md)."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
import requests

from tests.documents.page_socket import reads
from tests.server import RunningServer, running_server
from tests.sockets.test_wire_documents import Wired
from tests.sockets.wire_client import follower, phone

pytestmark = pytest.mark.timeout(120)  # a server starts on a machine that may be busy
DRIVER = {"ATELIER_ASYNC": "threading"}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    with running_server(tmp_path_factory.mktemp("threads"), DRIVER, open_at=("s3", "a3")) as running:
        yield running
        assert running.errors() == []


@pytest.fixture
def wired(server: RunningServer) -> Iterator[Wired]:
    made = Wired(server)
    yield made
    made.database.dispose()


@pytest.mark.parametrize("transport", ["websocket", "polling"])
def test_a_phone_joins_acts_and_the_desk_is_told(server: RunningServer, transport: str) -> None:
    words = f"Écrit par {transport}"

    async def evening() -> None:
        assert server.seeded is not None
        token = server.seeded.tokens["cofacilitator"]
        desk = await follower(server.url, server.code, "desk", token)
        client = await phone(server.url, server.code, transport, name="Zoé", college="A")
        card = {"activity": "a3", "text": words, "column": "plus"}
        answer = await client.act("submit_contribution", card)
        assert answer["ok"], answer
        await desk.until(lambda desk: words in desk.image.html)
        await client.close()
        await desk.close()

    asyncio.run(evening())


def test_two_people_write_and_are_acknowledged(wired: Wired) -> None:
    with wired.opened("Odile", "websocket") as odile, wired.opened("Marcel", "polling") as marcel:
        assert odile.type("Écrit ici. ")["number"] == 2
        marcel.until(reads("Écrit ici. "))
        assert marcel.type("Écrit là. ")["number"] == 3
        odile.until(reads("Écrit là. "))
        assert odile.text.content() == marcel.text.content() == wired.content()


def test_pages_and_files_of_a_document_are_served(wired: Wired) -> None:
    server = wired.server
    assert server.seeded is not None
    browser = requests.Session()
    browser.headers["Origin"] = server.url
    signed = browser.post(server.url + server.seeded.sign_in_path, allow_redirects=False)
    assert signed.status_code == 303
    at = f"{server.url}/comptes-rendus/D{Wired.made_so_far}"
    for path in ("/ecrire", "/suivi", "/versions"):
        assert browser.get(at + path).status_code == 200
    file = browser.get(f"{at}/brouillon/fichiers/D{Wired.made_so_far}-compte-rendu-brouillon.odt")
    assert (file.status_code, file.content[:2]) == (200, b"PK")
    assert browser.get(f"{server.url}/healthz").status_code == 200
