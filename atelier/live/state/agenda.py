"""The déroulé as it runs: séance, sequences, activities, timer and what is projected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

VOTES = frozenset(
    {"dot_vote", "choice", "scale", "gradients", "majority_judgment", "consent", "check_in", "roti"}
)
WRITING = frozenset({"contributions", "board", "hypothesis", "questions", "commitments", "step"})


@dataclass(frozen=True, slots=True)
class College:
    key: str
    label: str
    letter: str = ""
    shape: str = "ring"
    color: str = "blanc"


@dataclass(frozen=True, slots=True)
class Meeting:
    """What was settled in preparation and holds for the whole séance."""

    reference: str = ""
    title: str = ""
    question: str = ""
    kind: str = "blank"
    date: str = ""
    starts_at: datetime | None = None
    place: str = ""
    colleges: tuple[College, ...] = ()
    tables: int = 0
    capacity: int = 0  # people, not phones; 0: no limit
    moderation: str = ""  # held | shown | "" : the default of D-17
    open_code: bool = False  # the code is public: cards are held by default (D-17)
    confidential: bool = False
    vote_cards: bool = False
    rehearsal: bool = False
    fictional: bool = False
    previous: Mapping[str, Any] = field(default_factory=dict)  # recap of the continued séance
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sequence:
    key: str
    title: str
    minutes: int
    starts_at: datetime | None = None  # planned
    locked: bool = False
    instructions: str = ""
    notes: str = ""
    activities: tuple[str, ...] = ()
    started_at: datetime | None = None
    ended_at: datetime | None = None
    extended: int = 0  # minutes added by hand
    skipped: bool = False
    inserted: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    key: str
    text: str
    cluster: str | None = None
    copied_from: tuple[int, ...] = ()  # contributions whose exact words stand in `text`


@dataclass(frozen=True, slots=True)
class Activity:
    key: str
    sequence: str
    kind: str
    question: str
    simple_question: str = ""
    minutes: int | None = None
    anonymity: str = "college"  # named | pseudonym | college | anonymous
    moderation: str = ""  # held | shown | "" : the séance's default
    to_minutes: str = "all"  # all | validated | none
    first_colleges: tuple[str, ...] = ()
    silent: bool = False
    settings: Mapping[str, Any] = field(default_factory=dict)
    options: tuple[Option, ...] = ()
    # running
    phase: str = "planned"  # planned | open | closed | revealed | annulled
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    revealed_at: datetime | None = None
    closing_at: datetime | None = None  # close announced (30 s)
    everyone: bool = True  # False while only first_colleges see it
    cards_shown: bool = False  # the silence is over: phones see the others' cards
    live_display: bool = False  # D-17: « afficher en direct »
    turnout: Mapping[str, int] = field(default_factory=dict)  # voter key -> number of ballots in the box
    slots: Mapping[str, tuple[int, ...]] = field(default_factory=dict)  # voter key -> slots received (D-3)
    electors: frozenset[str] | None = None  # frozen when a vote opens (D-2)
    electorate: int = 0  # people, at opening
    present: int = 0  # people, at closing
    paper: int = 0  # ballots entered on paper
    reopened: tuple[tuple[datetime, datetime], ...] = ()  # (closed at, undone at), printed with the result
    result: Mapping[str, Any] | None = None
    round: int = 1  # consent rounds and re-votes; the seal is per round
    rounds: tuple[Mapping[str, Any], ...] = ()  # earlier results, with motive when annulled
    operators: tuple[str, ...] = ()  # who opened, closed, revealed
    from_clusters: str | None = None  # activity whose clusters became these options
    taken_from: str = ""  # activity that the options come from by themselves, until they are changed by hand
    edition: str = ""  # of the options, `.w7`: part of the owner of their words

    @property
    def is_vote(self) -> bool:
        return self.kind in VOTES

    @property
    def untouched(self) -> bool:
        """Whether nobody has read it yet: never opened, no round behind it."""
        return self.phase == "planned" and self.round == 1 and not self.rounds

    @property
    def takes_cards(self) -> bool:
        return self.kind in WRITING and (self.kind != "step" or bool(self.settings.get("columns")))


@dataclass(frozen=True, slots=True)
class Timer:
    """One countdown. `revision` makes the clock's own act unique: `clock:<timer>:<revision>`."""

    key: str
    revision: int
    started_at: datetime
    ends_at: datetime
    paused_left: timedelta | None = None  # set while « figer » or « pause » holds it
    rang: bool = False
    target: str = ""  # activity or sequence whose time it counts; "" when started by hand
    held: bool = False  # paused by hand: un-freezing does not resume it


@dataclass(frozen=True, slots=True)
class Scene:
    """What the projector shows. kind: lobby | activity | wall | cluster | cards | result | recap | sequence | end."""

    kind: str = "lobby"
    target: str = ""  # activity, cluster or sequence key
    page: int = 0
