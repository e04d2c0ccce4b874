"""A page over a real connection, as docs/protocol.md §12 says it: a replica, and what the server sent."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable
from typing import Any

import socketio

from atelier.minutes.awareness import Seen, read_seen, written
from atelier.minutes.document import SharedText, loaded

NAMESPACE = "/minutes"
ANSWER_LIMIT_S = 10
NUMBERS = itertools.count(1_000)


class PageSocket:
    """`heard`: (event, data) in the order of arrival. Close it, or use it in a `with`."""

    def __init__(self, url: str, document_id: int, token: str, transport: str = "websocket") -> None:
        self.document_id = document_id
        self.client = next(NUMBERS)
        self.text: SharedText = loaded([], self.client)
        self.heard: list[tuple[str, Any]] = []
        self._sent = itertools.count(1)
        self._socket = socketio.Client(reconnection=False)
        self._socket.on("*", lambda event, data: self.heard.append((event, data)), namespace=NAMESPACE)
        self._socket.connect(url, auth={"token": token}, transports=[transport], namespaces=[NAMESPACE])

    def __enter__(self) -> PageSocket:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._socket.disconnect()

    def ask(self, event: str, data: Any) -> Any:
        return self._socket.call(event, data, namespace=NAMESPACE, timeout=ANSWER_LIMIT_S)

    def open(self, **more: Any) -> Any:
        """Open the document and take what it holds."""
        asked = {"document": self.document_id, "client": self.client, "vector": self.text.vector(), **more}
        answer = self.ask("open", asked)
        if answer["ok"]:
            pieces = [answer["update"]]
            for part in range(2, answer["parts"] + 1):
                pieces.append(self.ask("part", {"part": part})["update"])
            self.text.trust(b"".join(pieces))
        return answer

    def send(self, update: bytes, **more: Any) -> Any:
        clock = self.text.clocks().get(self.client, 0)
        name = f"sending-{self.client}-{next(self._sent)}"
        return self.ask(
            "update", {"id": name, "client": self.client, "clock": clock, "update": update, **more}
        )

    def type(self, words: str, at: int = 0) -> Any:
        """Type at a place of the first section; return the server's answer."""
        return self.send(self.text.editing(lambda text: text.splice("case", at, at, words)))

    def show(self, state: str, clock: int = 1, client: int | None = None) -> Any:
        seen = Seen(self.client if client is None else client, clock, state)
        return self.ask("awareness", {"update": written([seen])})

    def events(self, name: str) -> list[Any]:
        return [data for event, data in self.heard if event == name]

    def seen(self) -> list[Seen]:
        """Return the carets that were heard of, in order."""
        return [seen for data in self.events("awareness") for seen in read_seen(data["update"])]

    def until(self, true: Callable[[PageSocket], bool], limit_s: float = 10) -> float:
        """Take what comes until something is so; return the seconds it took."""
        began = time.monotonic()
        taken = 0
        while True:
            updates = self.events("update")
            for data in updates[taken:]:
                self.text.trust(data["update"])
            taken = len(updates)
            if true(self):
                return time.monotonic() - began
            if time.monotonic() - began > limit_s:
                raise AssertionError(f"not so after {limit_s} s: {self.heard[-5:]}")
            time.sleep(0.01)


def reads(words: str) -> Callable[[PageSocket], bool]:
    return lambda page: words in page.text.markdown("case")
