"""Hostile clients on the wire of documents: each gets an answer, nobody else notices, and the log has nothing to say."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest
import websocket

from atelier.minutes.document import SharedText, loaded
from tests.documents.ground import CONTENT, MadeDocument, content_on_disk
from tests.documents.page_socket import NAMESPACE, PageSocket, reads
from tests.documents.writing import make_written
from tests.server import RunningServer, running_server

pytestmark = pytest.mark.timeout(300)
PATIENCE_S = 10
SILENCE_S = 0.3

# A header that announces bytes, and the frames that come instead. A text is sent as text, bytes as bytes.
BROKEN: list[list[str | bytes]] = [
    ['451-/minutes,7["update",{"update":{"_placeholder":true,"num":1}}]', b"a"],
    ['451-/minutes,7["update",{"update":{"_placeholder":true,"num":-2}}]', b"a"],
    ['451-/minutes,7["update",{"update":{"_placeholder":true,"num":"x"}}]', b"a"],
    ['451-/minutes,7["update",{"update":{"_placeholder":true,"num":[]}}]', b"a"],
    ['451-/minutes,7["update",{"update":{"_placeholder":true,"num":{}}}]', b"a"],
    ['451-/minutes,7["update",{"update":{"_placeholder":true,"num":0}}]', '42/minutes,8["open",{}]'],
    ['450-/minutes,7["update",{}]'],
    ['4599999-/minutes,7["update",{}]'],
    ['459-/minutes,7["update",{}]'],
    ['451-/minutes,7["update",', b"a"],
    ["451-/minutes,7[" + "[" * 20_000, b"a"],
]
SILENT: list[list[str | bytes]] = [
    [b"bytes that nobody announced"],
    ['451-/nowhere,7["update",{"_placeholder":true,"num":0}]', b"a"],
    ['461-/minutes,7[{"_placeholder":true,"num":0}]', b"a"],
    ['451-/minutes,["update",{"_placeholder":true,"num":5}]', b"a"],
    ['451-/minutes,7{"update":1}', b"a"],
]
WELL_FORMED: list[tuple[str, Any]] = [
    *((event, data) for event in ("open", "update", "awareness", "part") for data in (None, 3, "x", [], {}, b"", [{}])),
    ("open", {"document": "1", "client": 1}),
    ("open", {"document": True, "client": 1}),
    ("open", {"document": 1, "client": 2**53}),
    ("open", {"document": 1, "client": -1}),
    ("open", {"document": 1, "client": 1.5}),
    ("open", {"document": 1, "client": 9, "vector": "text"}),
    ("open", {"document": 1, "client": 9, "vector": b"\xff" * 20}),
    ("open", {"document": 1, "client": 9, "vector": b"\xff\xff\xff\xff\x0f"}),
    ("open", {"document": 1, "client": 9, "locale": {"a": 1}, "vector": []}),
    ("part", {"part": 0}),
    ("part", {"part": 10**30}),
    ("fly", {"document": 1}),
    ("malformed", {}),
]  # fmt: skip
UPDATES: list[dict[str, Any]] = [
    {"update": "text"},
    {"update": None},
    {"update": [b"a", b"b"]},
    {"update": b""},
    {"update": b"\x01"},
    {"update": b"\xff" * 100},
    {"update": b"\x01\xff\xff\xff\xff\x0f\x01\x00"},
    {"update": b"\x01\x01\x07\xff\xff\xff\xff\x0f\x04\x01\x01t\x01a\x00"},
    {"update": b"\x01\x01\x07\x00\x09\x01\x01t\x01a\x00"},
    {"update": b"\x00\x01\x07\x01\x00\xff\xff\xff\xff\x07"},
    {"id": "short"},
    {"id": 3},
    {"id": "x" * 81},
    {"clock": -1},
    {"clock": "1"},
    {"clock": 2**40},
    {"client": "7"},
    {"client": 3},
    {"part": 0},
    {"part": 2, "parts": 1},
    {"part": 2, "parts": 3},
    {"parts": 10**9},
    {"parts": -1},
]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    with running_server(tmp_path_factory.mktemp("hostile-documents")) as running:
        yield running


@pytest.fixture(scope="module")
def made(server: RunningServer) -> MadeDocument:
    assert server.seeded is not None
    return make_written(server.seeded)


@pytest.fixture
def witness(server: RunningServer, made: MadeDocument) -> Iterator[PageSocket]:
    """Somebody who writes while others misbehave: it must still work at the end, and nothing be complained of."""
    with PageSocket(server.url, made.id, made.tokens["Odile"]) as page:
        assert page.open()["ok"]
        yield page
        assert page.type("Toujours là. ")["ok"]
    assert server.errors() == []


class Attacker:
    """A bare WebSocket in the namespace, as an invited writer."""

    def __init__(self, server: RunningServer, token: str) -> None:
        address = server.url.replace("http", "ws") + "/socket.io/?EIO=4&transport=websocket"
        self._socket = websocket.create_connection(address, timeout=PATIENCE_S)
        self._socket.recv()
        self._socket.send(f"40{NAMESPACE},{json.dumps({'token': token})}")
        assert self._socket.recv().startswith(f"40{NAMESPACE}")

    def send(self, frames: list[str | bytes]) -> None:
        for frame in frames:
            self._socket.send_binary(frame) if isinstance(frame, bytes) else self._socket.send(frame)

    def answer(self, number: int) -> Any:
        """Return the acknowledgement of an event."""
        wanted = f"43{NAMESPACE},{number}"
        while True:
            text = self._socket.recv()
            if isinstance(text, str) and text.startswith(wanted):
                return json.loads(text.removeprefix(wanted))[0]
            if text == "2":
                self._socket.send("3")

    def is_answered(self, number: int) -> bool:
        self._socket.settimeout(SILENCE_S)
        try:
            self.answer(number)
        except websocket.WebSocketTimeoutException:
            return False
        finally:
            self._socket.settimeout(PATIENCE_S)
        return True

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def attacker(server: RunningServer, made: MadeDocument) -> Iterator[Attacker]:
    found = Attacker(server, made.tokens["Marcel"])
    yield found
    found.close()


@pytest.mark.parametrize("frames", BROKEN, ids=lambda frames: str(frames[0])[:40])
def test_a_packet_whose_bytes_do_not_fit_is_answered_malformed(
    witness: PageSocket, attacker: Attacker, frames: list[str | bytes]
) -> None:
    attacker.send(frames)
    assert attacker.answer(7)["code"] == "malformed"
    attacker.send(['42/minutes,9["fly",{}]'])
    assert attacker.answer(9)["code"] == "unknown_act"


@pytest.mark.parametrize("frames", SILENT, ids=lambda frames: str(frames[0])[:40])
def test_frames_that_ask_for_nothing_are_dropped_and_the_socket_goes_on(
    witness: PageSocket, attacker: Attacker, frames: list[str | bytes]
) -> None:
    attacker.send(frames)
    attacker.send(['42/minutes,9["fly",{}]'])
    assert attacker.answer(9)["code"] == "unknown_act"
    assert not attacker.is_answered(7)


def test_every_event_with_odd_values_is_answered_with_a_sentence(
    server: RunningServer, made: MadeDocument, witness: PageSocket
) -> None:
    with PageSocket(server.url, made.id, made.tokens["Marcel"]) as page:
        for event, data in WELL_FORMED:
            answer = page.ask(event, data)
            assert answer["ok"] is False, (event, data, answer)
            assert answer["code"] in {"malformed", "unknown_act", "open_first"}, (event, data, answer)
            assert answer["message"].endswith(".")


def test_every_odd_update_is_answered_and_changes_nothing(
    server: RunningServer, made: MadeDocument, witness: PageSocket
) -> None:
    with PageSocket(server.url, made.id, made.tokens["Marcel"]) as page:
        assert page.open()["ok"]
        before = page.text.vector()
        for odd in UPDATES:
            answer = page.ask(
                "update", {"id": "sending-1", "client": page.client, "clock": 0, "update": b"\0\0", **odd}
            )
            assert answer["ok"] is False, (odd, answer)
            assert answer["code"] in {"malformed", "too_large", "resync", "open_first"}, (odd, answer)
        assert page.open()["ok"]
        assert page.text.vector() == before


def test_words_in_the_name_of_somebody_who_is_here_are_refused(
    server: RunningServer, made: MadeDocument, witness: PageSocket
) -> None:
    with PageSocket(server.url, made.id, made.tokens["Marcel"]) as page:
        assert page.open()["ok"]
        forged: SharedText = loaded([page.text.snapshot()], witness.client)
        words = forged.editing(lambda text: text.splice("case", 0, 0, "Jamais dit. "))
        assert page.send(words)["code"] == "malformed"
        assert "Jamais dit" not in str(content_on_disk_of(server, made))
    assert witness.type("Ce que je dis. ")["ok"]


def test_foreign_things_in_the_text_break_no_page(
    server: RunningServer, made: MadeDocument, witness: PageSocket
) -> None:
    from pycrdt import Array, Doc, Map, Text

    with PageSocket(server.url, made.id, made.tokens["Marcel"]) as page:
        assert page.open()["ok"]
        stranger: Any = Doc(client_id=page.client)
        stranger.apply_update(page.text.snapshot())
        sections = stranger.get("sections", type=Map)
        sections["odd"] = "no section"
        sections["other"] = Map({"body": Array([1, 2])})
        sections["half"] = Map({"body": Text("à moi\0"), "order": 3})
        stranger.get("elsewhere", type=Text).insert(0, "x" * 1000)
        update = stranger.get_update(page.text.vector())
        page.text.trust(update)
        assert page.send(update)["ok"]
    keys = [section.key for section in content_on_disk_of(server, made).sections]
    assert keys == ["half", *(section.key for section in CONTENT.sections)]
    witness.until(lambda one: one.text.content() == content_on_disk_of(server, made))


def test_a_thousand_updates_without_waiting_are_each_answered(
    server: RunningServer, made: MadeDocument, witness: PageSocket
) -> None:
    """A client that floods gets its answers, `busy` among them, and the others theirs."""
    with PageSocket(server.url, made.id, made.tokens["Marcel"]) as page:
        assert page.open()["ok"]
        updates = [page.text.editing(lambda text: text.splice("case", 0, 0, "flot ")) for _ in range(1_000)]
        answers: list[Any] = []
        done = threading.Event()

        def answered(answer: Any) -> None:
            answers.append(answer)
            if len(answers) == len(updates):
                done.set()

        for number, update in enumerate(updates):
            data = {"id": f"flood-{number:04d}", "client": page.client, "clock": 0, "update": update}
            page._socket.emit("update", data, namespace=NAMESPACE, callback=answered)
        assert witness.type("Pendant le flot. ")["ok"]
        assert done.wait(60)
        assert {answer.get("code", "ok") for answer in answers} <= {"ok", "busy", "resync"}
        answer = page.open()
        assert page.send(page.text.diff(answer["vector"]))["ok"]
    witness.until(reads("flot " * 50))


def content_on_disk_of(server: RunningServer, made: MadeDocument) -> Any:
    assert server.seeded is not None
    return content_on_disk(server.seeded.settings.database_url, made.id)
