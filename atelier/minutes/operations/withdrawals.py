"""A card withdrawn by its author, a name no longer lent, leave every text that is not published, and all that is kept beside it.

It reads the journal after the fact (live/followers.py), after the draft, which looks after the blocks of the app; then each text
that somebody has open is looked at again: a page that was away, an undo, a paste may bring the words back.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from atelier.db import Database
from atelier.errors import Refusal, StorageUnavailable
from atelier.live.state import Contribution, LiveState
from atelier.live.store import Stamped
from atelier.minutes import queries
from atelier.minutes.access import is_written
from atelier.minutes.content import Content
from atelier.minutes.document import SharedText
from atelier.minutes.models import Document
from atelier.minutes.names import GIVEN, PUBLIC_ROLE
from atelier.minutes.operations.taking_out import documents_of, take_out, take_out_of_work
from atelier.minutes.operations.veil import Veil
from atelier.minutes.queries import PUBLIC_PHASES
from atelier.minutes.rewording import Words, content_reworded
from atelier.minutes.room import Room
from atelier.minutes.rooms import Rooms
from atelier.minutes.store import APP
from atelier.minutes.unnaming import Unnamed, unnamed
from atelier.minutes.unquoting import Leaving

FOLLOWER = "leaving"
WORDS_LEAVE = frozenset({"ContributionWithdrawn", "EarlierErased"})
NAME_LEAVES = "NameAllowed"

log = logging.getLogger(__name__)


class Withdrawals:
    """Takes words and names out of documents. `told` are pages to which what is said of the text is to be said again."""

    def __init__(
        self,
        database: Database,
        rooms: Rooms,
        veil: Veil,
        redraft: Callable[[int], None],
        forget_history: Callable[[int], None],
        flag: Callable[[int], None],
    ) -> None:
        self._database, self._rooms, self._veil = database, rooms, veil
        self._redraft, self._forget_history, self._flag = redraft, forget_history, flag
        self._swept: dict[int, int] = {}

    def handle(self, session_id: int, state: LiveState, events: Sequence[Stamped]) -> None:
        """Follow the journal (live/followers.py)."""
        if state.meeting.rehearsal:
            return
        words = any(type(item.event).__name__ in WORDS_LEAVE for item in events)
        numbers = {item.event.number for item in events if type(item.event).__name__ == NAME_LEAVES}
        names = list(_no_longer_lent(state, numbers))
        if words or names:
            with self._database.reading() as db:
                found = documents_of(db, session_id)
                agreed = {document.id: queries.consents(db, document.id) for document in found}
            for document in found:
                known = agreed[document.id]
                still = [one for one in names if known.get((one[0], "")) not in (GIVEN, PUBLIC_ROLE)]
                self.take_out(document, [self._leaving_name(state, *one) for one in still])

    def take_out(self, document: Document, names: Sequence[Unnamed] = ()) -> None:
        """Take what has left the séance, and some names, out of a text and of all that is kept beside it, for good."""
        leaving = self._veil.withdrawn(document)

        def unnaming(text: str) -> str:
            for one in names:
                text = unnamed(text, one)
            return text

        if _is_frozen(document):
            with self._database.writing() as db:
                take_out_of_work(db, document.id, lambda text: unnaming(leaving.text(text)))
            return
        self._edit(document, lambda content: content_reworded(_cleared(document, leaving, content), unnaming))
        self.reword_kept(document, lambda text: unnaming(leaving.text(text)))

    def reword_kept(self, document: Document, words: Words) -> None:
        """Give other words to all that is kept beside a text, and forget what the text said before."""
        if _is_frozen(document):
            return
        with self._database.writing() as db:
            take_out(db, document.id, words)
        self._forget_history(document.id)
        self._flag(document.id)

    def look_beside(self, document_id: int) -> None:
        """Take what has left the séance out of what somebody has just written beside a text."""
        with self._database.reading() as db:
            document = queries.document_by_id(db, document_id)
        leaving = self._veil.withdrawn(document) if document is not None else None
        if document is not None and leaving is not None and leaving.traces and not _is_frozen(document):
            with self._database.writing() as db:
                take_out(db, document_id, leaving.text)

    def sweep(self) -> None:
        """Look again at each text in memory in which something was written since the last look."""
        held = self._rooms.held()
        for document_id, room in held.items():
            if room.row is not None and self._swept.get(document_id) != room.number:
                try:
                    self._look_again(room)
                except Exception:  # this one is looked at again in a second, the others now
                    log.exception("text_not_swept")
        self._swept = {key: number for key, number in self._swept.items() if key in held}

    def _look_again(self, room: Room) -> None:
        row, number = room.row, room.number
        leaving = self._veil.withdrawn(row)
        if leaving.traces and not _is_frozen(row):
            edited = self._edit(row, lambda text: _cleared(row, leaving, text))
            if self._follow_again(room, leaving) or edited:
                self._forget_history(row.id)
                self._flag(row.id)
        self._swept[row.id] = number

    def _follow_again(self, room: Room, leaving: Leaving) -> bool:
        """Let the blocks of the app that came back with their words follow the séance; tell whether there were any."""
        content = room.content()
        if room.row.session_id is None or leaving.content(content) is content:
            return False
        self._redraft(room.row.session_id)
        self._edit(room.row, leaving.content)  # what the draft does not tell otherwise
        return True

    def _leaving_name(self, state: LiveState, name: str, ref: str) -> Unnamed:
        cards = state.contributions.values()
        lent = frozenset(card.ref for card in cards if card.name_consent and name in _names_on(state, card))
        return Unnamed(name, ref, self._veil.gone_name, lent)

    def _edit(self, document: Any, change: Callable[[Content], Content]) -> bool:
        """Write the text as `change` gives it, over what it says at that very moment; tell whether it changed."""
        room = self._rooms.open(document.id)
        room.catch_up()
        before = room.content()
        if change(before) is before:
            return False

        def write(text: SharedText) -> None:
            now = text.content()
            after = change(now)
            text.rename(after.title)
            for old, new in zip(now.sections, after.sections, strict=True):
                text.describe(new.key, heading=new.heading)
                if new.body != old.body:
                    text.edit(new.key, new.body)

        outcome = room.write(APP, write, unless=_refusal_of_frozen)
        if isinstance(outcome, Refusal):
            if outcome.code == "frozen":  # published meanwhile, by whatever process: it stays as it is
                return False
            raise StorageUnavailable(outcome.code)
        return True


def _no_longer_lent(state: LiveState, numbers: set[int]) -> Iterator[tuple[str, str]]:
    """Yield (name, quotation) for the cards beside which a name may no longer stand."""
    for number in numbers:
        card = state.contributions.get(number)
        if card is None or card.name_consent:
            continue
        for name in _names_on(state, card):
            yield name, card.ref


def _names_on(state: LiveState, card: Contribution) -> list[str]:
    person = state.people.get(card.author or "")
    names = (person.name if person else "", card.fields.get("who", ""))
    return [name.strip() for name in names if name.strip()]


def _cleared(document: Any, leaving: Leaving, content: Content) -> Content:
    """Return a text without what has left; in a compte rendu the draft looks after the blocks of the app."""
    return leaving.content(content, intact=document.session_id is None)


def _refusal_of_frozen(row: Any) -> Refusal | None:
    return Refusal("frozen", {"phase": row.phase}) if _is_frozen(row) else None


def _is_frozen(row: Any) -> bool:
    return row.phase in PUBLIC_PHASES and not is_written(row)
