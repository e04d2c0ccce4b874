"""What no reader sees of a document, whatever it holds: words withdrawn, words hidden for now, names refused.

The text itself loses withdrawn words (withdrawals.py); hidden ones may come back, so that nobody's text is changed for them:
every page and file but the editor is drawn behind this veil.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import inspect

from atelier.db import Database
from atelier.later import N_
from atelier.live import store
from atelier.live.state import Contribution, LiveState
from atelier.live.traces import Trace, trace_of
from atelier.minutes import queries
from atelier.minutes.access import StateOf
from atelier.minutes.content import Content
from atelier.minutes.names import REFUSED
from atelier.minutes.operations.situation import fed_by
from atelier.minutes.redaction import GONE
from atelier.minutes.rewording import Words, content_reworded, reworded
from atelier.minutes.sources import GONE_FROM_SIGHT
from atelier.minutes.unnaming import Unnamed, unnamed
from atelier.minutes.unquoting import Leaving, Standing
from atelier.workshops.models import WorkshopSession

GONE_NAME = N_("(nom retiré)")

Plain = TypeVar("Plain")


class _Known(NamedTuple):
    stamp: tuple[tuple[int, int], ...]
    withdrawn: Leaving
    unseen: Leaving


class Veil:
    """The veil of every document. `key` is the installation's, `say` gettext in the language of documents."""

    def __init__(self, database: Database, state_of: StateOf, key: bytes, say: Callable[[str], str]) -> None:
        self._database, self._state_of, self._key, self._say = database, state_of, key, say
        self._known: dict[int, _Known] = {}

    @property
    def gone_name(self) -> str:
        """What stands in the place of a name that is no longer lent."""
        return self._say(GONE_NAME)

    def content(self, document: Any, content: Content) -> Content:
        """Return a content as it may be read now; the very same one when nothing is to be veiled."""
        leaving = self._of(document).unseen
        unnaming = self._unnaming(document)
        return content_reworded(leaving.content(content), unnaming)

    def words(self, document: Any, text: str) -> str:
        """Return some words about a document, a request or a reserve, as they may be read now."""
        return self._reader(document)(text)

    def quotations(self, document: Any, text: str) -> str:
        """Return some words where names stay: the page that looks for them."""
        return self._of(document).unseen.text(text)

    def plain(self, document: Any, found: Plain) -> Plain:
        """Return a frozen dataclass, however deep, whose words are veiled."""
        veiled: Plain = reworded(found, self._reader(document))
        return veiled

    def row(self, document: Any, row: Any) -> Any:
        """Return what a row says, its words veiled; the row itself does not change."""
        values = {one.key: getattr(row, one.key) for one in inspect(row).mapper.column_attrs}
        return SimpleNamespace(**reworded(values, self._reader(document)))

    def kept(self, document: Any, found: Plain) -> Plain:
        """Return what somebody says of a document as it may be kept: they may have read words that were withdrawn since."""
        kept: Plain = reworded(found, self.withdrawn(document).text)
        return kept

    def withdrawn(self, document: Any) -> Leaving:
        """Return what has to leave the text itself, and all that is kept beside it."""
        return self._of(document).withdrawn

    def _reader(self, document: Any) -> Words:
        leaving, unnaming = self._of(document).unseen, self._unnaming(document)
        return lambda text: unnaming(leaving.text(text))

    def _unnaming(self, document: Any) -> Words:
        """Return what takes the refused names out of a text."""
        with self._database.reading() as db:
            agreed = queries.consents(db, document.id)
        refused = [Unnamed(*key, self.gone_name) for key, status in agreed.items() if status == REFUSED]

        def words(text: str) -> str:
            for one in refused:
                text = unnamed(text, one)
            return text

        return words

    def _of(self, document: Any) -> _Known:
        states = {session_id: self._state_of(session_id) for session_id in sessions_of(document)}
        stamp = tuple((session_id, state.seq) for session_id, state in states.items())
        known = self._known.get(document.id)
        if known is None or known.stamp != stamp:
            known = self._known[document.id] = self._read(document, states, stamp)
        return known

    def _read(
        self, document: Any, states: Mapping[int, LiveState], stamp: tuple[tuple[int, int], ...]
    ) -> _Known:
        references: dict[int, str] = {}
        kept: dict[int, list[Trace]] = {}
        with self._database.reading() as db:
            for session_id in states:
                session = db.get(WorkshopSession, session_id)
                references[session_id] = session.reference if session else ""
                kept[session_id] = store.traces(db, session_id)
        withdrawn = [
            trace
            for session_id, state in states.items()
            for trace in _withdrawn(state, references[session_id], kept[session_id])
        ]
        hidden = [
            trace_of(f"{references[session_id]}-{card.ref}", _texts(card), self._key)
            for session_id, state in states.items()
            for card in state.contributions.values()
            if card.status == "hidden"
        ]
        standing = Standing([text for state in states.values() for text in _standing(state)])
        short = references.get(document.session_id, "") if document.session_id else ""
        gone = self._say(GONE)
        return _Known(
            stamp,
            Leaving(tuple(withdrawn), self._key, gone, standing, short),
            Leaving((*withdrawn, *hidden), self._key, gone, standing, short),
        )


def sessions_of(document: Any) -> tuple[int, ...]:
    """Return the séances that a document tells: its own, or those that feed a contribution au forum."""
    if document.session_id is not None:
        return (document.session_id,)
    return tuple(fed_by(document))


def _withdrawn(state: LiveState, reference: str, kept: Iterable[Trace]) -> Iterator[Trace]:
    """Yield what is known of the cards that were withdrawn, and of those that an earlier séance withdrew."""
    by_ref = {trace.ref: trace for trace in kept if trace.ref}
    yield from (trace for trace in kept if not trace.ref)
    for card in state.contributions.values():
        if card.status == "withdrawn":
            yield replace(by_ref.get(card.ref, Trace(card.ref)), ref=f"{reference}-{card.ref}")


def _texts(card: Contribution) -> list[str]:
    merged = [card.merged.text] if card.merged else []
    return [card.raw, card.text, card.reworded or "", *merged, *card.fields.values()]


def _standing(state: LiveState) -> Iterator[str]:
    for card in state.contributions.values():
        if card.status not in GONE_FROM_SIGHT:
            yield from filter(None, _texts(card))
