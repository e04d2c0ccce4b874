"""What people wrote and how it was grouped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Wording:
    """Words of the desk for a merged card. `key` (`w3`) tells their owner in the table of words: `W:w3`."""

    key: str
    text: str
    before: Wording | None = None  # what `UndoRewording` brings back


@dataclass(frozen=True, slots=True)
class Contribution:
    """One card. `raw` never changes; `text` is the author's latest words; `reworded` is somebody else's wording."""

    number: int
    activity: str
    author: str | None  # participant key, `anon:…`, or None (entered for someone)
    raw: str
    text: str
    fields: Mapping[str, str] = field(default_factory=dict)
    column: str = ""
    kind: str = "idea"
    option: str = ""  # a reservation about that option
    college: str = ""
    table: int | None = None
    channel: str = "phone"  # phone | shared | paper | oral | sms | online
    sheet: str = ""  # number of the paper sheet
    entered_by: str = ""
    at: datetime | None = None  # None in anonymous activities
    status: str = "held"  # held | kept | hidden | withdrawn
    motive: str = ""  # a code of moderation.MOTIVES, while hidden
    motive_note: str = ""  # the desk's own words beside the motive
    hidden_by: str = ""
    status_before: str = ""  # what un-hiding brings back: held | kept
    on_screen: bool = False
    was_on_screen: bool = False
    cluster: str | None = None
    misplaced: bool = False
    reworded: str | None = None
    reworded_by: str = ""
    reworded_key: str = ""  # `w4`
    merged_into: int | None = None
    sources: tuple[int, ...] = ()  # cards merged into this one
    merged: Wording | None = None  # the wording given to this card when others were merged into it
    came_from: tuple[str, int] | None = None  # cluster and place that un-merging gives back
    copies: tuple[str, ...] = ()  # owners, in the table of words, of every text that repeats this card
    edits: int = 0
    upvotes: frozenset[str] = frozenset()
    answered: bool = False
    validated: bool = False  # the author accepts that it goes to the compte rendu (D-15)
    name_consent: bool = False
    origin: str = ""  # reference in the séance it comes from
    carried: str = ""  # college that holds the idea, said by a table phone

    @property
    def words(self) -> str:
        """What is displayed: the merged wording, else the rewording, else the author's latest words."""
        if self.merged is not None:
            return self.merged.text
        return self.text if self.reworded is None else self.reworded

    @property
    def standing(self) -> bool:
        """Whether the card stands by itself: neither withdrawn nor merged into another."""
        return self.status != "withdrawn" and self.merged_into is None

    @property
    def ref(self) -> str:
        return f"C-{self.number}"


@dataclass(frozen=True, slots=True)
class Cluster:
    key: str
    activity: str
    title: str
    column: str = ""
    cards: tuple[int, ...] = ()
    copied_from: tuple[int, ...] = ()  # contributions whose exact words are the title
    validated: bool = False
    wording: str = ""  # key of the title's words: `w5`


@dataclass(frozen=True, slots=True)
class UndoEntry:
    """One grouping act that its author may still take back: each thing that it changed, before and after."""

    act: str
    clusters: Mapping[str, tuple[Cluster | None, Cluster | None]]
    cards: Mapping[int, Mapping[str, tuple[Any, Any]]]  # number -> field -> (before, after)
    order: tuple[tuple[str, ...], tuple[str, ...]] | None = None
