"""Everything that a draft is made of, laid out once so that each card is looked up and never searched for.

What may leave the séance was decided in the record (live/record.py): words come from its rows alone. The state adds what rows
leave out: which options are which cards, the hours of the séance, the names that people let go with their card.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from atelier.live.leaving import NEVER_OUT
from atelier.live.record import Row, rows_of
from atelier.live.references import shuffled
from atelier.live.state import Activity, LiveState
from atelier.minutes.document_templates import DocumentTemplate
from atelier.speech import Speech

Data = Mapping[str, Any]


class Following(NamedTuple):
    """The next séance, when one is prepared that continues this one. `date` is ISO, or ""."""

    title: str
    date: str = ""
    place: str = ""


class Piece(NamedTuple):
    """One block to write: in which section, after which others, from what."""

    section: str
    order: tuple[int, int, int]  # place of its activity in the déroulé, kind of block, rank among them
    source: str
    text: str


# Kinds of block inside what one activity leaves in a section.
INTRODUCED, VOTED, GROUPED, LOOSE, COUNTED = range(5)
BEFORE, AFTER = -1, 1_000_000  # places of what comes from no activity


@dataclass(frozen=True, slots=True)
class Material:
    state: LiveState
    speech: Speech
    template: DocumentTemplate
    following: Following | None
    ended: bool  # what is only known at the end may be written
    session: Data
    attendance: Data
    sequences: Mapping[str, Data]
    activities: Mapping[str, Data]
    cards: Mapping[str, Data]  # that leave the séance, by reference
    clusters: Mapping[str, Data]
    votes: Mapping[str, Data]  # by activity
    place: Mapping[str, int]  # of each activity in the déroulé
    settled: Mapping[str, None]  # activities whose content may be written, in order
    tops: Mapping[str, tuple[str, ...]]  # activity -> cards that stand by themselves in the text
    under: Mapping[str, tuple[str, ...]]  # card -> those told with it
    clusters_of: Mapping[str, tuple[str, ...]]  # activity -> its clusters, in the desk's order

    @property
    def reference(self) -> str:
        return str(self.session["reference"])

    @property
    def named(self) -> bool:
        """Whether names may stand in the text at all: never in a confidential séance (R-101)."""
        return not self.session["confidential"]

    def activity(self, key: str) -> Activity:
        return self.state.activities[key]

    def is_told(self, ref: str) -> bool:
        """Tell whether the activity of a card is written."""
        return self.cards[ref]["activity"] in self.settled

    def clusters_shown(self, key: str) -> tuple[str, ...]:
        """Return the clusters of an activity that hold a card that leaves the séance."""
        return tuple(cluster for cluster in self.clusters_of.get(key, ()) if self.clusters[cluster]["cards"])


def gather(
    state: LiveState,
    rows: Sequence[Row],
    template: DocumentTemplate,
    speech: Speech,
    following: Following | None,
    running: bool,
) -> Material:
    """Lay out a séance. `running`: with what is written in activities that are still open, or open again."""
    cards = {ref: card for ref, card in rows_of(rows, "contribution").items() if card["out"]}
    clusters = rows_of(rows, "cluster")
    place = {
        key: number
        for number, key in enumerate(
            key for sequence in state.order for key in state.sequences[sequence].activities
        )
    }
    reference = state.meeting.reference
    tops, under = _told_with(reference, cards)
    return Material(
        state=state,
        speech=speech,
        template=template,
        following=following,
        ended=running or state.phase == "closed",
        session=rows_of(rows, "session")[""],
        attendance=rows_of(rows, "attendance")[""],
        sequences=rows_of(rows, "sequence"),
        activities=rows_of(rows, "activity"),
        cards=cards,
        clusters=clusters,
        votes={vote["activity"]: vote for vote in rows_of(rows, "vote").values()},
        place=place,
        settled=dict.fromkeys(key for key in place if is_settled(state, key, running)),
        tops=tops,
        under=under,
        clusters_of=_grouped((cluster["activity"], key) for key, cluster in clusters.items()),
    )


def is_settled(state: LiveState, key: str, running: bool = False) -> bool:
    """Tell whether what an activity gave is to be written: it is closed, and its result known if it is a vote."""
    activity = state.activities[key]
    if activity.kind in NEVER_OUT:
        return False
    if running or state.phase == "closed":
        return activity.opened_at is not None or bool(activity.rounds)
    return activity.phase in ({"revealed", "annulled"} if activity.is_vote else {"closed"})


def _told_with(
    reference: str, cards: Mapping[str, Data]
) -> tuple[Mapping[str, tuple[str, ...]], Mapping[str, tuple[str, ...]]]:
    """Sort cards: by activity those that stand, and under each the cards it stands for."""
    tops, under = defaultdict(list), defaultdict(list)
    for ref in shuffled(reference, cards):
        into = cards[ref]["merged_into"]
        if into in cards:
            under[into].append(ref)
        else:
            tops[cards[ref]["activity"]].append(ref)
    return _frozen(tops), _frozen(under)


def _grouped(pairs: Iterable[tuple[str, str]]) -> Mapping[str, tuple[str, ...]]:
    found = defaultdict(list)
    for key, item in pairs:
        found[key].append(item)
    return _frozen(found)


def _frozen(found: Mapping[str, list[str]]) -> Mapping[str, tuple[str, ...]]:
    return {key: tuple(items) for key, items in found.items()}
