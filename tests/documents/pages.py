"""Pages that people write in, as far as the wire is concerned: a replica, what waits to be acknowledged, an unreliable line.

`serve` is the server's door: takes (client, clock, update) and answers `("ok", fresh)` or `("resync", vector)`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from pycrdt import merge_updates

from atelier.minutes.document import SharedText, loaded

NOISE = "é œ ’ 😀 \N{COMBINING ACUTE ACCENT}a\n"
FIRST_SIGN, LAST_SIGN = (
    0x4E00,
    0x9FFF,
)  # each typed word holds one sign of its own, so that each can be counted

Answer = tuple[str, bytes]
Serve = Callable[[int, int, bytes], Answer]


@dataclass
class Signs:
    """Every sign that was typed is different. `erased`: somebody deleted it on purpose."""

    given: int = 0
    acknowledged: set[str] = field(default_factory=set)
    erased: set[str] = field(default_factory=set)

    def new(self) -> str:
        self.given += 1
        return chr(FIRST_SIGN + self.given)


class Page:
    """One person's page. `unsent`: updates that were made since the last sending; `waiting`: signs nobody acknowledged."""

    def __init__(self, client: int, stored: bytes, signs: Signs) -> None:
        self.text: SharedText = loaded([stored] if stored else [], client)
        self.signs = signs
        self.unsent: list[bytes] = []
        self.waiting: set[str] = set()
        self.opened = True  # False: nothing may be sent before `open`, as on the wire

    @property
    def clock(self) -> int:
        return self.text.clocks().get(self.text.client, 0)

    def type(self, section: str, at: float, noise: str) -> None:
        """Type a word that no other word is, somewhere in a section."""
        sign = self.signs.new()
        self.waiting.add(sign)
        self._edit(section, at, at, noise[: len(noise) // 2] + sign + noise[len(noise) // 2 :])

    def erase(self, section: str, start: float, end: float) -> None:
        """Delete a passage: what was in it is gone on purpose."""
        self._edit(section, start, end, "")

    def rewrite(self, section: str, start: float, end: float) -> None:
        """Paste over a selection."""
        sign = self.signs.new()
        self.waiting.add(sign)
        self._edit(section, start, end, f"« {sign} »")

    def move(self, section: str, after: str | None) -> None:
        self._keep(self.text.editing(lambda text: text.reorder(section, after)))

    def hear(self, update: bytes) -> None:
        """Take what the server relays; a page keeps aside what it cannot place yet, as Yjs does."""
        self.text.trust(update)

    def send(self, serve: Serve, answered: bool = True) -> str:
        """Send what waits, as one update; `answered=False`: the server takes it, the answer is lost."""
        if not self.unsent or not self.opened:
            return "nothing"
        return self._sent(serve, merge_updates(*self.unsent), answered)

    def send_newest_first(self, serve: Serve) -> str:
        """Send the newest update before the others."""
        return self._sent(serve, self.unsent[-1]) if self.unsent and self.opened else "nothing"

    def lose(self, count: int) -> None:
        """Lose the oldest updates that wait, as a page that has a bug would: only the next opening finds them."""
        self.unsent = self.unsent[count:]

    def open(self, serve: Serve, server: SharedText) -> None:
        """Open again: take what lacks, send what the server lacks."""
        self.text.trust(server.diff(self.text.vector()))
        sent = set(self.waiting)
        code, _ = serve(self.text.client, self.clock, self.text.diff(server.vector()))
        assert code == "ok"
        self.opened = True
        self._acknowledge(sent)

    def reloaded(self, client: int) -> Page:
        """Return the page after a reload: the same words, from the device, under a new number."""
        page = Page(client, self.text.snapshot(), self.signs)
        page.waiting = set(self.waiting)
        page.opened = False
        return page

    def _sent(self, serve: Serve, update: bytes, answered: bool = True) -> str:
        sent = set(self.waiting)
        code, vector = serve(self.text.client, self.clock, update)
        if code == "resync" and answered:
            code, _ = serve(self.text.client, self.clock, self.text.diff(vector))
        if code == "ok" and answered:
            self._acknowledge(sent)
        return code

    def _acknowledge(self, signs: set[str]) -> None:
        self.signs.acknowledged |= signs
        self.waiting -= signs
        self.unsent.clear()

    def _edit(self, section: str, start: float, end: float, words: str) -> None:
        body = self.text.markdown(section)
        first, last = sorted((round(start * len(body)), round(end * len(body))))
        self.signs.erased |= {
            sign for sign in body[first:last] if ord(sign) > FIRST_SIGN and ord(sign) < LAST_SIGN
        }
        self._keep(self.text.editing(lambda text: text.splice(section, first, last, words)))

    def _keep(self, update: bytes) -> None:
        if update:
            self.unsent.append(update)
