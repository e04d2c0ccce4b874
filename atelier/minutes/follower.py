"""The draft of every compte rendu, made from the journal: section by section as activities close, whole at the end (R-207).

It reads the journal after the fact (live/followers.py) and may read the same events twice: a draft made again is the same.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from atelier import realtime
from atelier.db import Database
from atelier.errors import NotFound, Refusal, StorageUnavailable
from atelier.house import House
from atelier.live.desk import Desk
from atelier.live.record import record
from atelier.live.state import LiveState
from atelier.live.store import Stamped
from atelier.minutes.blocks import mark_of
from atelier.minutes.content import Content
from atelier.minutes.document import SharedText
from atelier.minutes.document_templates import template_for
from atelier.minutes.drafting import draft
from atelier.minutes.drafting.material import is_settled
from atelier.minutes.operations import drafts
from atelier.minutes.operations.drafts import Held
from atelier.minutes.reconcile import Memory, Proposal, Reconciliation, accepted, reconcile
from atelier.minutes.redaction import GONE
from atelier.minutes.room import Room
from atelier.minutes.rooms import Rooms
from atelier.minutes.sources import GONE_FROM_SIGHT
from atelier.minutes.store import APP
from atelier.speech import Speech

FOLLOWER = "draft"
LEAVING = frozenset({"ContributionWithdrawn", "ContributionHidden", "NameAllowed", "ContributionValidated"})
TOLD = LEAVING | {
    "ActivityClosed", "ActivityReopened", "VoteRevealed", "VoteAnnulled", "LotsDrawn", "SessionClosed", "SessionReopened",
    "ContributionUnhidden", "ContributionReworded", "RewordingUndone",
}  # fmt: skip
ERASED = frozenset({"ContributionWithdrawn"})  # hidden words may come back: they are veiled


class Fresh(NamedTuple):
    """The draft of a séance now: what is settled, and, while something is open, with what is being written there."""

    content: Content
    standing: Content


class Touched(Exception):
    """Between the reading and the writing, somebody wrote for the first time, or the document changed state: look again."""


class Drafter:
    """Writes drafts, and says what has changed since. `told` hear of documents whose words, or what is said of them, changed."""

    def __init__(
        self,
        house: House,
        desk: Desk,
        rooms: Rooms,
        forget_history: Callable[[int], None],
        flag: Callable[[int], None],
    ) -> None:
        self._database: Database = house.database
        self._clock = house.clock
        self._zone = house.drawing.zone
        self._speech: Speech = house.drawing.speech()
        self._desk = desk
        self._rooms = rooms
        self._forget_history = forget_history
        self._flag = flag
        self._turn = threading.Lock()
        self._proposed: dict[int, tuple[Any, tuple[Proposal, ...]]] = {}

    # ------------------------------------------------------------ following the journal

    def handle(self, session_id: int, state: LiveState, events: Sequence[Stamped]) -> None:
        """Follow the journal (live/followers.py)."""
        kinds = {type(item.event).__name__ for item in events}
        if state.phase == "draft" or state.meeting.rehearsal or not (kinds & TOLD or state.phase == "closed"):
            return
        leaving, gone = (frozenset(_drafted(state, events, some)) for some in (LEAVING, ERASED))
        with self._turn:
            self._draft(session_id, state, leaving, gone)

    def redraft(self, session_id: int) -> None:
        """Bring a compte rendu up to its séance now: what the journal does not tell has changed.

        The next séance is known, or a version, an undo brought back blocks of the app that tell cards that have left.
        """
        state = self._desk.state(session_id)
        left = frozenset(card.ref for card in state.contributions.values() if card.status in GONE_FROM_SIGHT)
        if state.phase != "draft" and not state.meeting.rehearsal:
            with self._turn:
                self._draft(session_id, state, left, frozenset())

    def _draft(
        self, session_id: int, state: LiveState, leaving: frozenset[str], gone: frozenset[str]
    ) -> None:
        with self._database.reading() as db:
            held = drafts.held(db, session_id)
        if held is None:
            if any(is_settled(state, key) for key in state.activities):
                self._create(session_id, state)
        elif not held.frozen:
            try:
                self._write(session_id, state, held, leaving, gone)
            except Touched:
                self._draft(session_id, state, leaving, gone)

    def _create(self, session_id: int, state: LiveState) -> None:
        content = self._fresh(session_id, state, None).content
        with self._database.writing() as db:
            drafts.create(db, session_id, state, content, self._clock())

    def _write(
        self, session_id: int, state: LiveState, held: Held, leaving: frozenset[str], gone: frozenset[str]
    ) -> None:
        fresh = self._fresh(session_id, state, held)
        room = self._rooms.open(held.id)
        room.catch_up()
        seen = room.content()
        found = self._compare(seen, fresh, held, leaving)
        if gone:
            self._redact(held, seen, gone)  # before the text loses the words by which they are known
        if found.edits:
            found = self._edit(room, seen, fresh, held, leaving)
        self._remember(held, state, found)
        if gone:
            self._redact(held, seen, gone)  # what was kept meanwhile
        if gone or found.erased:
            self._forget_history(held.id)
        self._flag(held.id)

    def _redact(self, held: Held, seen: Content, gone: frozenset[str]) -> None:
        with self._database.writing() as db:
            drafts.redact(db, held.id, seen, gone, self._speech.gettext(GONE))

    def _remember(self, held: Held, state: LiveState, found: Reconciliation) -> None:
        """Keep what was written, once it is: after a crash in between, a block that is there is known by its fences."""
        complete = held.complete or state.phase == "closed"
        if (found.drafted, complete) != (held.memory.drafted, held.complete) or state.seq > held.seq:
            with self._database.writing() as db:
                drafts.remember(db, held.id, Memory(found.drafted), state.seq, complete)

    def _edit(
        self, room: Room, seen: Content, fresh: Fresh, held: Held, leaving: frozenset[str]
    ) -> Reconciliation:
        """Write what has changed, compared again with what the text says at that very moment."""
        caught: list[Reconciliation] = []

        def change(text: SharedText) -> None:
            now = text.content()
            if now != seen and not held.human:
                raise Touched
            caught.append(self._compare(now, fresh, held, leaving))
            for section, body in caught[-1].edits.items():
                text.edit(section, body)

        self._edited(room, change, held)
        return caught[-1]

    def _edited(self, room: Room, change: Callable[[SharedText], None], held: Held) -> None:
        """Write as the app. A draft that could not be stored is written again: the cursor of the journal does not move."""
        outcome = room.write(APP, change, unless=held.refusal_if_moved)
        if isinstance(outcome, Refusal):
            raise Touched if outcome.code == "moved" else StorageUnavailable(outcome.code)

    def _fresh(self, session_id: int, state: LiveState, held: Held | None) -> Fresh:
        """Draft a séance. Others of this process get their turn between two stages: a hall may be voting."""
        with self._database.reading() as db:
            following = drafts.following(db, session_id, self._zone)
        template = held.template if held else template_for(state.meeting.kind)
        rows = record(state)
        realtime.pause(0)
        content = draft(state, rows, template, self._speech, following)
        realtime.pause(0)
        if state.phase == "closed" or held is None or not (held.human or held.phase != "draft"):
            return Fresh(content, content)
        return Fresh(content, draft(state, rows, template, self._speech, following, running=True))

    def _compare(self, current: Content, fresh: Fresh, held: Held, leaving: frozenset[str]) -> Reconciliation:
        return reconcile(
            current,
            fresh.content,
            held.human,
            held.memory,
            fresh.standing,
            adding=held.adding,
            following=held.adding and not held.complete,
            leaving=leaving,
        )

    # ------------------------------------------------------------ deciding

    def refresh(self, session_id: int) -> None:
        """Name the next séance in the draft, once it is prepared: the journal does not tell."""
        with self._database.reading() as db:
            held = drafts.held(db, session_id)
            following = drafts.following(db, session_id, self._zone)
        if held is None or not held.adding or following is None:
            return
        if not any(source == "following" for _, source in held.memory.drafted):
            self.redraft(session_id)

    def proposals(self, session_id: int) -> tuple[Proposal, ...]:
        """Return what the séance says otherwise than the text, and nobody has decided on."""
        with self._database.reading() as db:
            held = drafts.held(db, session_id)
            following = drafts.following(db, session_id, self._zone)
        if held is None or held.frozen or not (held.human or not held.adding):
            return ()
        state = self._desk.state(session_id)
        room = self._rooms.open(held.id)
        seen = room.content()
        stamp = (state.seq, room.number, held.phase, following)
        known = self._proposed.get(held.id)
        if known is None or known[0] != stamp:
            found = self._compare(seen, self._fresh(session_id, state, held), held, frozenset())
            known = self._proposed[held.id] = (stamp, found.proposals)
        kept = held.memory.kept
        return tuple(one for one in known[1] if kept.get((one.section, one.source)) != mark_of(one.after))

    def accept(self, session_id: int, keys: Iterable[str]) -> Refusal | None:
        """Write what was proposed. Refusals: `proposal_gone` (the séance or the text has changed since), `frozen` {phase}."""
        wanted = set(keys)
        held, chosen = self._chosen(session_id, wanted)
        if isinstance(chosen, Refusal):
            return chosen
        if not held.written:
            return Refusal("frozen", {"phase": held.phase})

        def change(text: SharedText) -> None:
            for one in chosen:
                body = accepted(text.markdown(one.section), one)
                if body is None:
                    raise Touched
                text.edit(one.section, body)

        try:
            self._edited(self._rooms.open(held.id), change, held)
        except Touched:
            return Refusal("proposal_gone")
        drafted = {(one.section, one.source): mark_of(one.after) for one in chosen}
        self._decided(held, Memory(drafted))
        self._flag(held.id)
        return None

    def keep(self, session_id: int, keys: Iterable[str]) -> Refusal | None:
        """Remember that the text stays as it is: not proposed again until the séance says something else."""
        held, chosen = self._chosen(session_id, set(keys))
        if isinstance(chosen, Refusal):
            return chosen
        kept = {(one.section, one.source): mark_of(one.after) for one in chosen}
        self._decided(held, Memory(kept=kept))
        self._flag(held.id)
        return None

    def _chosen(self, session_id: int, keys: set[str]) -> tuple[Held, tuple[Proposal, ...] | Refusal]:
        with self._database.reading() as db:
            held = drafts.held(db, session_id)
        if held is None:
            raise NotFound(session_id)
        found = tuple(one for one in self.proposals(session_id) if one.key in keys)
        return held, found if len(found) == len(keys) else Refusal("proposal_gone")

    def _decided(self, held: Held, memory: Memory) -> None:
        with self._database.writing() as db:
            drafts.remember(db, held.id, memory)


def _drafted(state: LiveState, events: Sequence[Stamped], kinds: frozenset[str]) -> Iterable[str]:
    """Yield the references of the cards that some events are about, and that a draft may ever have told: moderation
    hides most of them while their activity is still open.
    """
    for item in events:
        number = getattr(item.event, "number", None) if type(item.event).__name__ in kinds else None
        card = state.contributions.get(number) if number is not None else None
        if card is not None:
            activity = state.activities.get(card.activity)
            if activity is None or activity.phase not in {"planned", "open"} or activity.reopened:
                yield card.ref
