"""The shared text: titled sections of Markdown in one Yjs document (docs/protocol.md §12). The only file that knows pycrdt.

Traps: offsets of the library are UTF-8 bytes; transactions join, so nothing in here may yield; an update whose predecessor is
missing is kept aside in silence, so it is read first (updates.py) and never applied.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from typing import Any, NamedTuple

from pycrdt import Doc, Map, Text, TransactionEvent

from atelier.minutes import orders
from atelier.minutes.content import Content, Section
from atelier.minutes.differences import edits, utf8_offset
from atelier.minutes.updates import Unreadable, read_update, read_vector

SECTIONS, META, BODY = "sections", "meta", "body"
NOTHING_KNOWN = b"\x00"
NOTHING_NEW = b"\x00\x00"


class Gap(ValueError):
    """Something before this update is missing: nothing of it was applied."""


class Spoiled(RuntimeError):
    """The replica can no longer be believed: make it again from what is stored."""


class Applied(NamedTuple):
    """What an update changed: `fresh` is all of it and nothing that was known before (empty: nothing new).

    `clients` are the Yjs clients that nobody had written under before.
    """

    fresh: bytes
    clients: tuple[int, ...]


class SharedText:
    """One replica. Not safe against two threads: whoever holds it holds a lock."""

    def __init__(self, client: int | None = None) -> None:
        self._doc: Doc[Any] = Doc(client_id=client)
        self._sections = self._doc.get(SECTIONS, type=Map)
        self._meta = self._doc.get(META, type=Map)
        self._made: list[bytes] = []
        self._clocks: dict[int, int] | None = None
        self._doc.observe(self._note)

    @property
    def client(self) -> int:
        return int(self._doc.client_id)

    # ------------------------------------------------------------ replication

    def apply(self, update: bytes, others: Container[int] = ()) -> Applied:
        """Take an update; Unreadable or Gap without having changed anything, Spoiled if the library breaks its word.

        `others`: clients under which somebody else writes at this moment: new words under them are a forgery, and Unreadable.
        """
        reading = read_update(update)
        known = self.clocks()
        if any(end > known.get(client, 0) and client in others for client, (_, end) in reading.spans.items()):
            raise Unreadable("another's words")
        if reading.missing_from(known):
            raise Gap
        fresh = self._applied(update)
        if fresh and not reading.contained_in(self.clocks()):
            raise Spoiled("an update that was whole and was not taken")
        return Applied(fresh, tuple(client for client in reading.spans if client not in known))

    def trust(self, update: bytes) -> bytes:
        """Take an update that was stored, and so was read when it came; return what it changed."""
        return self._applied(update)

    def clocks(self) -> dict[int, int]:
        """Return what is known: client -> clock."""
        if self._clocks is None:
            self._clocks = read_vector(self.vector())
        return self._clocks

    def vector(self) -> bytes:
        return bytes(self._doc.get_state())

    def diff(self, vector: bytes = NOTHING_KNOWN) -> bytes:
        """Return what a replica with this state vector lacks; Unreadable if it is not one."""
        read_vector(vector)
        return bytes(self._doc.get_update(vector))

    def snapshot(self) -> bytes:
        """Return the whole state, deleted words left out."""
        return self.diff()

    def equals(self, other: SharedText) -> bool:
        """Tell whether another replica says the same, down to what is deleted; one state may be written in several ways."""
        return (
            self.clocks() == other.clocks()
            and self.content() == other.content()
            and read_update(self.snapshot()).deletions() == read_update(other.snapshot()).deletions()
        )

    # ------------------------------------------------------------ reading

    def content(self) -> Content:
        """Return what the text says. Entries that are none of ours are left out."""
        return Content(self.title, tuple(section for _, section in self._ordered()))

    @property
    def title(self) -> str:
        return _plain(self._meta.get("title"))

    def markdown(self, section: str) -> str:
        """Return the body of a section, or an empty text."""
        body = self._body(section)
        return "" if body is None else str(body)

    # ------------------------------------------------------------ editing: what the app itself writes

    def editing(self, change: Callable[[SharedText], Any]) -> bytes:
        """Make all the edits of `change` one update, and return it (empty: nothing changed). `change` must not yield."""
        self._made.clear()
        with self._doc.transaction():
            change(self)
        return self._made.pop() if self._made else b""

    def edit(self, section: str, markdown: str) -> None:
        """Give a section another body, by the smallest edits; KeyError when there is no such section."""
        for edit in reversed(edits(self._known_body(section)[1], markdown)):
            self.splice(section, edit.start, edit.end, edit.text)

    def splice(self, section: str, start: int, end: int, text: str = "") -> None:
        """Replace what stands from `start` to `end` (code points) in a section; KeyError when there is no such section."""
        body, before = self._known_body(section)
        first, last = utf8_offset(before, start), utf8_offset(before, end)
        if last > first:
            del body[first:last]
        if text:
            body.insert(first, text)

    def rename(self, title: str) -> None:
        if self._meta.get("title") != title:
            self._meta["title"] = title

    def first_time(self, act: str) -> bool:
        """Tell whether an act of the app is new to this text, which remembers it with what it changes."""
        known = self._meta.get(act) is True
        self._meta[act] = True
        return not known

    def describe(self, section: str, **entries: str | int | bool) -> None:
        """Change the heading, level, hint… of a section; KeyError when there is no such section."""
        if self._body(section) is None:
            raise KeyError(section)
        for name, value in entries.items():
            if self._sections[section].get(name) != value:
                self._sections[section][name] = value

    def add(self, section: Section, after: str | None) -> None:
        """Put a new section right after another (None: first), or give the one of that key these words."""
        if self._body(section.key) is not None:
            self.edit(section.key, section.body)
            return
        self._put(section, self._place(after))

    def remove(self, section: str) -> None:
        self._sections.pop(section, None)

    def reorder(self, section: str, after: str | None) -> None:
        """Put a section right after another (None: first). Its words do not move."""
        if self._body(section) is None:
            raise KeyError(section)
        if after != section:
            self._sections[section]["order"] = self._place(after, without=section)

    def replace(self, content: Content) -> None:
        """Make the text say `content`, keeping all that is common: what a restored version does."""
        self.rename(content.title)
        for section in self.content().sections:
            if content.section(section.key) is None:
                self.remove(section.key)
        previous: str | None = None
        for section in content.sections:
            self.add(section, previous)
            self.describe(section.key, **_entries(section))
            previous = section.key
        wanted = [section.key for section in content.sections]
        if [section.key for section in self.content().sections] != wanted:
            self._spread(wanted)

    # ------------------------------------------------------------ inside

    def _note(self, event: TransactionEvent) -> None:
        self._made.append(bytes(event.update))
        self._clocks = None

    def _applied(self, update: bytes) -> bytes:
        self._made.clear()
        try:
            self._doc.apply_update(update)
        except ValueError as error:
            raise Unreadable(str(error)) from error
        except BaseException as error:  # a panic of the library is no Exception
            if isinstance(error, KeyboardInterrupt | SystemExit):
                raise
            raise Spoiled(type(error).__name__) from error
        return self._made.pop() if self._made else b""

    def _body(self, key: str) -> Text | None:
        entry = self._sections.get(key)
        body = entry.get(BODY) if isinstance(entry, Map) else None
        return body if isinstance(body, Text) else None

    def _known_body(self, key: str) -> tuple[Text, str]:
        body = self._body(key)
        if body is None:
            raise KeyError(key)
        return body, str(body)

    def _ordered(self) -> list[tuple[str, Section]]:
        """Return (order, section), as readers see them."""
        found = []
        for key in self._sections.keys():  # noqa: SIM118 - a shared map, not a dict
            body = self._body(key)
            if body is not None:
                entry = self._sections[key]
                found.append((_plain(entry.get("order")), _section(key, entry, str(body))))
        return sorted(found, key=lambda item: (item[1].annex, item[0], item[1].key))

    def _put(self, section: Section, order: str) -> None:
        entries = {"order": order, **_entries(section), BODY: Text(section.body)}
        self._sections[section.key] = Map(entries)

    def _place(self, after: str | None, without: str = "") -> str:
        """Return an order right after a section; where there is no room, all are spread anew."""
        row = [(order, section.key) for order, section in self._ordered() if section.key != without]
        at = next(
            (n for n, (_, key) in enumerate(row) if key == after), -1 if after is None else len(row) - 1
        )
        low = row[at][0] if at >= 0 else ""
        high = row[at + 1][0] if at + 1 < len(row) else None
        try:
            return orders.between(low, high)
        except ValueError:
            places = self._spread([key for _, key in row])
            return orders.between(
                places[at] if at >= 0 else "", places[at + 1] if at + 1 < len(row) else None
            )

    def _spread(self, keys: list[str]) -> list[str]:
        places = orders.spread(len(keys))
        for key, place in zip(keys, places, strict=True):
            self._sections[key]["order"] = place
        return places


def make(content: Content, client: int | None = None) -> bytes:
    """Return the first update of a document."""
    text = SharedText(client)
    text.editing(lambda fresh: _fill(fresh, content))
    return text.snapshot()


def loaded(updates: Iterable[bytes], client: int | None = None) -> SharedText:
    """Return a replica made of stored updates, in their order."""
    text = SharedText(client)
    for update in updates:
        text.trust(update)
    return text


def _fill(text: SharedText, content: Content) -> None:
    text.rename(content.title)
    for place, section in zip(orders.spread(len(content.sections)), content.sections, strict=True):
        text._put(section, place)


def _entries(section: Section) -> dict[str, Any]:
    """Return what is kept of a section beside its key, its order and its words."""
    return {name: getattr(section, name) for name in ("level", "heading", "required", "hint", "annex")}


def _section(key: str, entry: Map[Any], body: str) -> Section:
    level = entry.get("level")
    return Section(
        key=key,
        level=1 if level == 1 else 2,
        heading=_plain(entry.get("heading")),
        body=_plain(body),
        required=entry.get("required") is True,
        hint=_plain(entry.get("hint")),
        annex=entry.get("annex") is True,
    )


def _plain(value: object) -> str:
    """Return a text without the one sign that PostgreSQL cannot keep; nothing for what is no text."""
    return str(value).replace("\0", "") if isinstance(value, str | Text) else ""
