"""The wire of documents as docs/protocol.md §12 says it, on a really running server, over WebSocket and over polling."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
import requests
from sqlalchemy import update

from atelier.db import Database
from atelier.minutes.content import Content, Section
from atelier.minutes.document import loaded
from atelier.minutes.models import Document
from atelier.minutes.parts import MOST_PARTS, PART_BYTES, cut
from atelier.minutes.updates import read_vector
from tests.documents.ground import CONTENT, MadeDocument, content_on_disk, make_document
from tests.documents.page_socket import PageSocket, reads
from tests.documents.writing import NAMES
from tests.server import RunningServer, running_server

TRANSPORTS = ["websocket", "polling"]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    with running_server(tmp_path_factory.mktemp("documents")) as running:
        yield running
        assert running.errors() == []


class Wired:
    """One document of its own for each test."""

    made_so_far = 0

    def __init__(self, server: RunningServer, content: Content = CONTENT) -> None:
        assert server.seeded is not None
        Wired.made_so_far += 1
        self.server = server
        self.database = Database(server.seeded.settings.database_url)
        self.made: MadeDocument = make_document(
            self.database, NAMES, content, owner_id=server.seeded.owner, reference=f"D{Wired.made_so_far}"
        )

    def page(self, name: str = "Odile", transport: str = "websocket") -> PageSocket:
        return PageSocket(self.server.url, self.made.id, self.made.tokens[name], transport)

    def opened(self, name: str = "Odile", transport: str = "websocket") -> PageSocket:
        page = self.page(name, transport)
        assert page.open()["ok"]
        return page

    def set(self, **values: object) -> None:
        with self.database.writing() as db:
            db.execute(update(Document).where(Document.id == self.made.id).values(**values))

    def content(self) -> Content:
        assert self.server.seeded is not None
        return content_on_disk(self.server.seeded.settings.database_url, self.made.id)


@pytest.fixture
def wired(server: RunningServer) -> Iterator[Wired]:
    made = Wired(server)
    yield made
    made.database.dispose()


@pytest.mark.parametrize("transport", TRANSPORTS)
def test_opening_gives_the_text_and_says_who_one_is(wired: Wired, transport: str) -> None:
    with wired.page("Odile", transport) as page:
        answer = page.open()
        said = {
            name: answer[name]
            for name in ("role", "person", "name", "phase", "writable", "why", "number", "parts")
        }
        assert said == {
            "role": "writer", "person": wired.made.writers["Odile"], "name": "Odile", "phase": "draft",
            "writable": True, "why": "", "number": 1, "parts": 1,
        }  # fmt: skip
        assert page.text.content() == CONTENT
        assert read_vector(answer["vector"]) == page.text.clocks()
        assert answer["awareness"] == b""


@pytest.mark.parametrize("transport", TRANSPORTS)
def test_what_one_types_is_kept_numbered_and_relayed_to_the_others_only(wired: Wired, transport: str) -> None:
    with wired.opened("Odile", transport) as odile, wired.opened("Marcel") as marcel:
        assert odile.type("é œ ’ 😀 ")["number"] == 2
        assert marcel.type("Et moi. ")["number"] == 3
        odile.until(reads("Et moi. "))
        marcel.until(reads("é œ ’ 😀 "))
        assert odile.text.content() == marcel.text.content() == wired.content()
        assert [data["number"] for data in odile.events("update")] == [3]
        assert [data["number"] for data in marcel.events("update")] == [2]


@pytest.mark.parametrize("transport", TRANSPORTS)
def test_a_long_paste_goes_in_parts_and_comes_back_in_parts(wired: Wired, transport: str) -> None:
    words = "œuvre 😀 " * 12_000
    with wired.opened("Odile", transport) as odile:
        whole = odile.text.editing(lambda text: text.splice("case", 0, 0, words))
        pieces = cut(whole)
        assert len(pieces) > 2
        named = {"id": "one-sending", "parts": len(pieces)}
        for number, piece in enumerate(pieces[:-1], 1):
            assert odile.send(piece, part=number, **named) == {"ok": True, "part": number}
        assert wired.content() == CONTENT
        assert odile.send(pieces[-1], part=len(pieces), **named)["number"] == 2
    with wired.page("Marcel", transport) as marcel:
        assert marcel.open()["parts"] == len(pieces)
        assert marcel.text.content() == odile.text.content() == wired.content()


def test_a_part_that_is_not_the_next_one_is_refused_and_nothing_is_kept(wired: Wired) -> None:
    with wired.opened() as page:
        pieces = cut(page.text.editing(lambda text: text.splice("case", 0, 0, "a" * 150_000)))
        named = {"id": "one-sending", "parts": len(pieces)}
        assert page.send(pieces[0], part=1, **named)["ok"]
        assert page.send(pieces[2], part=3, **named)["code"] == "malformed"
        assert page.send(pieces[1], part=2, id="other-sending", parts=len(pieces))["code"] == "malformed"
        assert page.send(pieces[0], part=1, **named)["ok"]
    assert wired.content() == CONTENT


def test_a_sending_beyond_the_limits_is_said_to_be_too_long(wired: Wired) -> None:
    with wired.opened() as page:
        assert page.send(b"a" * (PART_BYTES + 1))["code"] == "too_large"
        answer = page.send(b"a", part=1, parts=MOST_PARTS + 1)
        assert (answer["code"], answer["ok"]) == ("too_large", False)
        assert "plusieurs fois" in answer["message"]


def test_a_missing_predecessor_is_asked_for_with_what_the_server_has(wired: Wired) -> None:
    with wired.opened() as page:
        page.text.editing(lambda text: text.splice("case", 0, 0, "Perdu. "))
        answer = page.type("Tard. ")
        assert (answer["ok"], answer["code"]) == (False, "resync")
        assert wired.content() == CONTENT
        assert page.send(page.text.diff(answer["vector"]))["ok"]
        assert wired.content() == page.text.content()


def test_what_was_typed_offline_meets_what_the_others_typed(wired: Wired) -> None:
    with wired.opened("Odile") as odile, wired.opened("Marcel") as marcel:
        odile.close()
        odile.text.editing(lambda text: text.splice("case", 0, 2, "Issu"))
        assert marcel.type("Pendant ce temps. ")["ok"]
        with wired.page("Odile") as again:
            again.text, again.client = odile.text, odile.client
            answer = again.open()
            assert again.send(again.text.diff(answer["vector"]))["ok"]
            marcel.until(reads("Issu"))
            assert marcel.text.content() == again.text.content() == wired.content()


def test_a_document_that_is_frozen_says_so_at_once_and_at_the_next_update(wired: Wired) -> None:
    with wired.opened() as page:
        wired.set(phase="approved")
        answer = page.type("Trop tard. ")
        assert (answer["ok"], answer["code"]) == (False, "frozen")
        assert "approuvé" in answer["message"]
        page.until(lambda one: bool(one.events("phase")))
        told = page.events("phase")[-1]
        assert (told["phase"], told["writable"]) == ("approved", False)
        assert page.open()["why"] == told["why"] != ""
        wired.set(phase="draft")
        page.until(lambda one: one.events("phase")[-1]["writable"])
        assert page.send(page.text.diff(page.open()["vector"]))["ok"]
    assert wired.content() == page.text.content()


def test_an_observer_reads_and_is_told_that_they_do_not_write(server: RunningServer) -> None:
    assert server.seeded is not None
    database = Database(server.seeded.settings.database_url)
    made = make_document(database, session_id=server.seeded.session_id, owner_id=1, reference="OBS")
    with PageSocket(server.url, made.id, server.seeded.tokens["observer"]) as page:
        answer = page.open()
        assert (answer["role"], answer["writable"]) == ("reader", False)
        assert answer["why"]
        refused = page.type("En cachette. ")
        assert (refused["code"], refused["ok"]) == ("read_only", False)
        assert "copiez" in refused["message"]
    with PageSocket(server.url, made.id, server.seeded.tokens["helper"]) as helper:
        assert helper.open()["role"] == "writer"
        assert helper.text.content() == CONTENT
    with PageSocket(server.url, made.id, server.seeded.tokens["screen"]) as screen:
        assert screen.open()["code"] == "not_allowed"
    database.dispose()


def test_who_is_nobody_opens_nothing(wired: Wired) -> None:
    with PageSocket(wired.server.url, wired.made.id, "no-such-token") as stranger:
        assert stranger.open()["code"] == "not_allowed"
        assert stranger.send(b"\0\0")["code"] == "open_first"
        assert stranger.ask("part", {"part": 2})["code"] == "malformed"
        assert stranger.show("{}")["code"] == "open_first"
        assert stranger.open(document=10**6)["code"] == "unknown_document"


def test_a_number_that_somebody_writes_under_is_not_given_twice(wired: Wired) -> None:
    with wired.opened("Odile") as odile, wired.page("Marcel") as marcel:
        assert odile.type("À moi. ")["ok"]
        assert marcel.open(client=odile.client)["code"] == "client_taken"
        assert marcel.open()["ok"]


def test_carets_carry_the_name_the_server_knows_and_nobody_elses(wired: Wired) -> None:
    with wired.opened("Odile") as odile, wired.opened("Marcel") as marcel:
        assert odile.show('{"user": {"name": "Nadia", "person": "u1"}, "cursor": [1, 2]}')["ok"]
        marcel.until(lambda page: bool(page.seen()))
        assert json.loads(marcel.seen()[0].state)["user"]["name"] == "Odile"
        assert marcel.show('{"cursor": null}', client=odile.client)["code"] == "malformed"
        for state in ("[1]", "3", "{", '{"a": NaN}', f'"{"x" * 5_000}"', "[" * 2_000):
            assert marcel.show(state)["code"] == "malformed", state
        late = wired.opened("Thierry")
        assert late.open()["awareness"] != b""
        odile.close()
        late.until(lambda page: bool(page.seen()))
        assert late.seen()[-1].state == "null"
        assert late.open()["awareness"] == b""
        late.close()


def test_a_long_document_opens_whole(server: RunningServer) -> None:
    sections = tuple(
        Section(f"s{number}", 2, f"Partie {number}", "é’😀 mots\n" * 400) for number in range(40)
    )
    wired = Wired(server, Content("Long", sections))
    with wired.opened() as page:
        assert page.text.content() == wired.content()
        assert loaded([page.text.snapshot()]).equals(page.text)
    wired.database.dispose()


def test_what_was_typed_during_a_slow_poll_may_come_in_one_body(wired: Wired) -> None:
    polling = f"{wired.server.url}/socket.io/?EIO=4&transport=polling"
    opened = requests.get(polling, timeout=10).text
    polling += f"&sid={json.loads(opened[1:])['sid']}"
    assert requests.post(
        polling, f"40/minutes,{json.dumps({'token': wired.made.tokens['Odile']})}", timeout=10
    ).ok
    packets = [f'42/minutes,{number}["fly",{{}}]' for number in range(200)]
    assert requests.post(polling, "\x1e".join(packets), timeout=10).ok
    answered = ""
    while answered.count("43/minutes,") < len(packets):
        answered += requests.get(polling, timeout=10).text
