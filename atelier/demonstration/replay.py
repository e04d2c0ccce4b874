"""Replays an evening by its commands, on a desk whose clock gives the hours of that evening.

Nothing here writes a row: each act is decided, sealed and appended as if it came from the room. Acts wait in the room's
queue and are performed together, so that an evening of a thousand acts is a dozen transactions.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from atelier.db import Database
from atelier.live.desk import Act, Desk, Pending
from atelier.live.messages import Command
from atelier.live.state import Activity, Actor, LiveState
from atelier.people.policy import PHONE, TABLE
from atelier.people.tokens import anonymous_id

TOGETHER = 400  # acts in one transaction, under the desk's own limit
DESK = "desk"
Voter = tuple[str, int]  # name, slot


class DemonstrationFault(Exception):
    """An act of the demonstration was refused: its content no longer fits the rules."""


class Hours:
    """A clock that gives each act the hour at which it happened, then stays at the last one."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self._next: deque[datetime] = deque()

    def __call__(self) -> datetime:
        if self._next:
            self.now = self._next.popleft()
        return self.now

    def plan(self, moments: Iterable[datetime]) -> None:
        self._next.extend(moments)


@dataclass(frozen=True, slots=True)
class Planned:
    at: datetime
    act: Act
    name: str


class Replay:
    """One séance being replayed. People, cards and clusters are known by the names that the content gives them."""

    def __init__(
        self, database: Database, seal_secret: bytes, session_id: int, midnight: datetime, facilitator: Actor
    ) -> None:
        """`midnight`: the local midnight with which the day of the evening begins."""
        self.session_id = session_id
        self.now = self._midnight = midnight
        self._hours = Hours(midnight)
        self._desk = Desk(database, seal_secret, self._hours)
        self._actors: dict[str, Actor] = {DESK: facilitator}
        self._named: dict[str, int | str] = {}
        self._waiting: list[Planned] = []
        self._count = 0

    @property
    def state(self) -> LiveState:
        return self._desk.state(self.session_id)

    def hour(self, text: str) -> None:
        """Go to an hour of the evening: `20:14`."""
        hours, minutes = text.split(":")
        self.now = self._midnight.replace(hour=int(hours), minute=int(minutes))

    def wait(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)

    def know(self, name: str, actor: Actor) -> None:
        """Let `name` act as `actor`."""
        self._actors[name] = actor

    def seat(self, name: str, table_phone: bool = False) -> None:
        """Give somebody who joined under their name the key that the act gave them."""
        key = str(self._named[name])
        self.know(name, Actor(TABLE if table_phone else PHONE, key, name, participant=key))

    def key_of(self, name: str) -> str:
        """Return the participant's key of somebody."""
        return self._actors[name].id

    def card(self, name: str) -> int:
        """Return the number of a card."""
        return int(self._named[name])

    def cards(self, names: str) -> tuple[int, ...]:
        """Return the numbers of several cards: `"f1 f4 f7"`."""
        return tuple(self.card(name) for name in names.split())

    def cluster(self, name: str) -> str:
        return str(self._named[name])

    def activity(self, kind: str, place: int = 0) -> Activity:
        """Return the activity of that kind, in the order of the déroulé."""
        keys = [key for sequence in self.state.order for key in self.state.sequences[sequence].activities]
        found = [self.state.activities[key] for key in keys if self.state.activities[key].kind == kind]
        return found[place]

    def do(self, command: Command, by: str | Actor = DESK, name: str = "", after: float = 1) -> None:
        """Plan one act, `after` seconds after the one before; `name` will be that of the card, cluster or person it makes."""
        self.wait(after)
        self._count += 1
        actor = by if isinstance(by, Actor) else self._actors[by]
        act = Act(self.session_id, actor, f"demonstration-{self._count:05d}", command)
        self._waiting.append(Planned(self.now, act, name))

    def masked(self, name: str, activity: str) -> Actor:
        """Return somebody's actor in an activity « anonyme pour tous »: nobody can tell who it is."""
        actor = self._actors[name]
        return Actor(actor.role, anonymous_id(f"demonstration:{name}", activity), "", actor.id)

    def commit(self) -> None:
        """Perform what was planned. DemonstrationFault when an act is refused."""
        while self._waiting:
            batch, self._waiting = self._waiting[:TOGETHER], self._waiting[TOGETHER:]
            self._perform(batch)

    def _perform(self, batch: Sequence[Planned]) -> None:
        self._hours.plan(planned.at for planned in batch)
        pending = [Pending(planned.act) for planned in batch[:-1]]
        self._desk.room(self.session_id).queue.extend(pending)
        last = self._desk.perform(batch[-1].act)
        for planned, answer in zip(batch, [*(one.answer for one in pending), last], strict=True):
            if not answer["ok"]:
                raise DemonstrationFault(f"{planned.act.command}: {answer}")
            if planned.name:
                self._named[planned.name] = answer["key"] if "key" in answer else answer["number"]


def many(*counted: tuple[int, Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return each ballot as often as its count says."""
    return [ballot for count, ballot in counted for _ in range(count)]


def dots(placed: str) -> dict[str, Any]:
    """`"113"`: two dots on the first option, one on the third."""
    return {"dots": {f"o{option}": placed.count(option) for option in dict.fromkeys(placed)}}


def chosen(options: str) -> dict[str, Any]:
    """`"13"`: the first and the third option."""
    return {"options": [f"o{option}" for option in options]}


def marks(field: str, values: str) -> dict[str, Any]:
    """`marks("grades", "64-2")`: one mark per option in order, `-` for an option left out."""
    return {field: {f"o{place}": int(value) for place, value in enumerate(values, 1) if value != "-"}}
