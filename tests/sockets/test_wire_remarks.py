"""Remarks on the wire (docs/protocol.md §12): kept, acknowledged, told to those who have the document open."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from sqlalchemy import text, update

from atelier.db import Database
from atelier.minutes.models import DocumentWriter
from atelier.minutes.operations.remarks import remarks_of
from tests.documents.ground import EVENING, make_document
from tests.documents.page_socket import PageSocket
from tests.server import RunningServer, running_server
from tests.sockets.test_wire_documents import TRANSPORTS, Wired

KEEP = {"id": "remark-1", "act": "keep", "section": "case", "anchor": "[]", "quote": "2009", "words": "Sûr ?"}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    with running_server(Path(tmp_path_factory.mktemp("remarks"))) as running:
        yield running
        assert running.errors() == []


@pytest.fixture
def wired(server: RunningServer) -> Iterator[Wired]:
    made = Wired(server)
    yield made
    made.database.dispose()


def kept(wired: Wired) -> list[tuple[str, str, str]]:
    with wired.database.reading() as db:
        found = sorted(remarks_of(db, wired.made.id), key=lambda one: one.at)
    return [(one.id, one.person, one.words) for one in found]


def told(page: PageSocket) -> int:
    return len(page.events("remarks"))


@pytest.mark.parametrize("transport", TRANSPORTS)
def test_a_remark_is_kept_once_acknowledged_and_told_to_those_who_are_there(
    wired: Wired, transport: str
) -> None:
    odile_key = wired.made.writers["Odile"]
    with wired.opened("Odile", transport) as odile, wired.opened("Marcel") as marcel:
        answers = [odile.ask("remark", KEEP) for _ in range(2)]
        assert [(one["ok"], one["id"]) for one in answers] == [(True, "remark-1")] * 2
        marcel.until(lambda page: told(page) == 2)
        assert kept(wired) == [("remark-1", odile_key, "Sûr ?")]
        assert marcel.events("remarks")[0] == {"document": wired.made.id}
        answer = {"id": "answer-1", "act": "keep", "thread": "remark-1", "words": "Oui."}
        assert marcel.ask("remark", answer)["ok"]
        odile.until(lambda page: told(page) == 3)
        assert [words for _, _, words in kept(wired)] == ["Sûr ?", "Oui."]
        assert (odile.events("update"), marcel.events("update")) == ([], [])  # the text is another matter


def test_a_remark_that_nobody_can_read_keeps_nothing_and_is_answered(wired: Wired) -> None:
    with wired.page("Odile") as odile:
        assert odile.ask("remark", KEEP)["code"] == "open_first"
        odile.open()
        for wrong in ({}, None, {**KEEP, "id": "a b"}, {**KEEP, "words": b"Oui"}, {**KEEP, "act": "publish"}):
            assert odile.ask("remark", wrong)["code"] == "malformed"
        refused = odile.ask("remark", {**KEEP, "words": "\n "})
        assert (refused["code"], refused["message"]) == (
            "remark_empty",
            "Écrivez votre remarque, puis enregistrez-la.",
        )
        assert odile.events("remarks") == []
    assert kept(wired) == []


def test_a_disk_that_refuses_is_said_so_that_the_page_keeps_the_words(wired: Wired) -> None:
    with wired.opened("Odile") as odile:
        with wired.database.writing() as db:
            db.execute(
                text(
                    "create trigger refuse before insert on document_remark begin select raise(abort, 'disk'); end"
                )
            )
        assert odile.ask("remark", KEEP)["code"] == "storage"
        with wired.database.writing() as db:
            db.execute(text("drop trigger refuse"))
        assert odile.ask("remark", KEEP)["ok"]


def test_a_writer_whose_access_was_taken_back_is_refused_with_a_sentence(wired: Wired) -> None:
    number = int(wired.made.writers["Odile"].removeprefix("w"))
    with wired.opened("Odile") as odile:
        assert odile.ask("remark", KEEP)["ok"]
        with wired.database.writing() as db:
            db.execute(update(DocumentWriter).where(DocumentWriter.id == number).values(revoked_at=EVENING))
        late = odile.ask("remark", {**KEEP, "id": "remark-2", "words": "Trop tard"})
        assert late["code"] in {"revoked", "open_first"}  # the server may have dismissed them a moment before
        odile.until(lambda page: bool(page.events("closed")))
        assert odile.events("closed")[0]["message"].startswith("Votre accès a été retiré.")
    assert [words for _, _, words in kept(wired)] == ["Sûr ?"]


def test_a_frozen_document_takes_no_remark(wired: Wired) -> None:
    with wired.opened("Odile") as odile:
        wired.set(phase="approved")
        refused = odile.ask("remark", KEEP)
        assert (refused["code"], kept(wired)) == ("frozen", [])


def test_who_only_reads_hears_that_something_changed_and_gets_none_of_it(server: RunningServer) -> None:
    assert server.seeded is not None
    database = Database(server.seeded.settings.database_url)
    made = make_document(
        database, ["Odile"], session_id=server.seeded.session_id, owner_id=1, reference="OBS"
    )
    database.dispose()
    token = server.seeded.tokens["observer"]
    with (
        PageSocket(server.url, made.id, token) as observer,
        PageSocket(server.url, made.id, made.tokens["Odile"]) as odile,
    ):
        assert observer.open()["role"] == "reader"
        assert odile.open()["ok"]
        assert odile.ask("remark", KEEP)["ok"]
        observer.until(lambda page: told(page) == 1)
        assert observer.ask("remark", {**KEEP, "id": "remark-2"})["code"] == "read_only"
    address = f"{server.url}/comptes-rendus/OBS/ecrire/remarques"
    cookie = {f"atelier_k{server.seeded.session_id}": token}
    assert requests.get(address, cookies=cookie, timeout=10).status_code == 403
