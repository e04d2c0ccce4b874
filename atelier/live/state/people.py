"""Who is there and who may do what: actors, participants, speaking list, access links."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. `id`: `u3` (account), `l2` (access link), `p12` (phone), `anon:…` (anonymous activity), `clock`, `import`.

    `role` is one of people/policy.py. `label` is what the log prints (« Nadia », « aide, table du fond »).
    """

    role: str
    id: str
    label: str = ""
    participant: str = ""  # the phone's own key, for guards only: an anonymous event must never hold it

    @property
    def signature(self) -> str:
        """What the log prints for this actor."""
        return self.label or self.id

    @property
    def person(self) -> str:
        """The participant's key behind a phone, whatever name the act is signed with."""
        return self.participant or self.id


@dataclass(frozen=True, slots=True)
class Participant:
    key: str
    name: str = ""
    pseudonym: str = ""
    college: str = ""
    table: int | None = None
    shared: bool = False  # a table phone, used by `people` persons
    people: int = 1
    joined_at: datetime | None = None
    left: bool = False
    admitted: bool = True  # False: arrived after « fermer l'entrée »
    wants_help: bool = False
    finished: bool = False
    wants_time: bool = False
    extra_seconds: Mapping[str, int] = field(default_factory=dict)  # activity -> time after its close
    extra_until: Mapping[str, datetime] = field(default_factory=dict)  # activity -> personal end (D-20)


@dataclass(frozen=True, slots=True)
class Turn:
    """One request to speak. `speaker` is a participant key, or `hand:n` for a person without phone."""

    key: str
    speaker: str
    label: str = ""
    college: str = ""
    status: str = "waiting"  # waiting | speaking | done | withdrawn
    started_at: datetime | None = None
    seconds: int = 0


@dataclass(frozen=True, slots=True)
class SpeakingList:
    turns: tuple[Turn, ...] = ()
    closed: bool = False
    manual_order: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AccessLink:
    key: str
    role: str  # cofacilitator | helper | observer | screen | table
    label: str
    token_hash: str
    revoked: bool = False


def counted_people(people: Iterable[Participant]) -> int:
    """Sum the persons behind phones that have not left; a table phone counts for its people."""
    return sum((person.people if person.shared else 1) for person in people if not person.left)
