"""What a document may cite: the cards, hypotheses and votes of a séance, as far as they may be known.

Words and results come from the rows of the record, which decided what leaves the séance (live/record.py); the state adds who a
card is from, within the promise made before typing (D-12): to writers what the others in the room saw, to the public no name,
no table, no hour.

`C-12` is card 12 and `V-3` the third vote. `H-12` is card 12 when it is a hypothesis: a number given once never means
something else, even when an activity is opened again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from atelier.live.record import Row
from atelier.live.rules.attribution import PUBLIC, ROOM, attribution
from atelier.live.state import College, LiveState
from atelier.minutes.figures import figures_of, numbers_in

Data = Mapping[str, Any]
GONE_FROM_SIGHT = frozenset({"withdrawn", "hidden"})  # status of what is not to be quoted
ANNULLED = "annulled"
REVEALED = "revealed"


@dataclass(frozen=True, slots=True)
class Source:
    """One thing that can be cited, with what its card shows.

    status: standing; reworded (the desk's words, `raw` are the author's); merged (into `merged_into`); hidden (not to be
    quoted: held, not shown, kept in the room, a vote without a result); withdrawn (by its author; a vote: annulled). Hidden
    and withdrawn words are empty.
    """

    ref: str
    reference: str  # of the séance
    kind: str  # card | hypothesis | vote
    words: str = ""  # exactly as displayed; of a vote, its question
    raw: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    college: str = ""  # label
    sticker: Mapping[str, str] = field(default_factory=dict)  # shape, letter, color of the college
    name: str = ""
    pseudonym: str = ""
    table: int | None = None
    channel: str = ""
    activity: str = ""  # its key
    question: str = ""
    column: str = ""  # label
    sign: str = ""  # plus | minus
    cluster: str = ""  # title
    cluster_key: str = ""
    cluster_size: int = 0
    support: int = 0
    answered: bool = False
    status: str = "standing"
    merged_into: str = ""
    made_of: tuple[str, ...] = ()
    voted: tuple[str, ...] = ()  # the votes where it was an option
    figures: frozenset[int] = frozenset()
    vote: Mapping[str, Any] | None = None  # the row of the record, for charts
    written_as: str = ""  # of a card: idea, strength, weakness, question, commitment, reservation …

    @property
    def full(self) -> str:
        return f"{self.reference}-{self.ref}"

    @property
    def address(self) -> str:
        return f"/r/{self.reference}/{self.ref}"


@dataclass(frozen=True, slots=True)
class Sources:
    """Sources by full reference (`DK2-C-12`), with the facts of each séance they come from."""

    reference: str = ""  # the séance whose references are written short; "" when there are several
    items: Mapping[str, Source] = field(default_factory=dict)
    meetings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # reference -> title, date, place
    colleges: Mapping[str, Sequence[Mapping[str, str]]] = field(
        default_factory=dict
    )  # reference -> [{key, label}]

    def get(self, ref: str) -> Source | None:
        """Return the source of `C-12`, of `DK2-C-12`, of `C-12` for `H-12`; None when nothing bears that reference."""
        whole = ref if ref.count("-") > 1 else f"{self.reference}-{ref}"
        return self.items.get(whole) or self.items.get(whole.replace("-C-", "-H-"))

    def __iter__(self) -> Iterator[Source]:
        return iter(self.items.values())

    def only(self, refs: Iterable[str]) -> Sources:
        """Return the sources that are cited, to be frozen with a publication."""
        kept = {source.full for ref in refs if (source := self.get(ref))}
        return replace(self, items={whole: source for whole, source in self.items.items() if whole in kept})


def sources_of(state: LiveState, rows: Sequence[Row], reference: str, public: bool = False) -> Sources:
    """Return what a document of this séance may cite; `public` for readers outside the writers."""
    view = _View(state, rows, reference, PUBLIC if public else ROOM)
    found = [
        *(view.card(row.ref, row.data) for row in rows if row.kind == "contribution"),
        *(view.vote(row.ref, row.data) for row in rows if row.kind == "vote"),
    ]
    session = next(row.data for row in rows if row.kind == "session")
    meeting = {name: str(session[name]) for name in ("title", "date", "place")}
    return Sources(
        reference,
        {source.full: source for source in found},
        {reference: meeting},
        {reference: [dict(college) for college in session["colleges"]]},
    )


def joined(several: Iterable[Sources]) -> Sources:
    """Return the sources of several séances, to be cited by full reference (a contribution au forum)."""
    joint = Sources()
    for sources in several:
        joint = Sources(
            "",
            {**joint.items, **sources.items},
            {**joint.meetings, **sources.meetings},
            {**joint.colleges, **sources.colleges},
        )
    return joint


def to_json(sources: Sources) -> dict[str, Any]:
    """Return plain data that `from_json` reads back to equal sources."""
    return {
        "reference": sources.reference,
        "items": [asdict(source) | {"figures": sorted(source.figures)} for source in sources],
        "meetings": {key: dict(value) for key, value in sources.meetings.items()},
        "colleges": {key: [dict(college) for college in found] for key, found in sources.colleges.items()},
    }


def from_json(data: Data) -> Sources:
    lists = ("made_of", "voted")
    found = [
        Source(
            **{**item, **{name: tuple(item[name]) for name in lists}, "figures": frozenset(item["figures"])}
        )
        for item in data["items"]
    ]
    return Sources(
        data["reference"], {source.full: source for source in found}, data["meetings"], data["colleges"]
    )


class _View:
    """The state and the rows of one séance, read for one audience."""

    def __init__(self, state: LiveState, rows: Sequence[Row], reference: str, audience: str) -> None:
        self._state, self._reference, self._audience = state, reference, audience
        self._activities = {row.ref: row.data for row in rows if row.kind == "activity"}
        self._clusters = {row.ref: row.data for row in rows if row.kind == "cluster"}
        self._votes = [row.data for row in rows if row.kind == "vote"]
        self._colleges = {college.key: college for college in state.meeting.colleges}

    def card(self, ref: str, data: Data) -> Source:
        number, kind = data["number"], data["kind"]
        hypothesis = kind == "hypothesis"
        activity = self._activities[data["activity"]]
        column: Data = next((one for one in activity["columns"] if one["key"] == data["column"]), {})
        cluster: Data = self._clusters.get(data["cluster"], {})
        source = Source(
            ref=f"H-{number}" if hypothesis else ref,
            reference=self._reference,
            kind="hypothesis" if hypothesis else "card",
            written_as=kind,
            channel=data["channel"],
            activity=data["activity"],
            question=activity["question"],
            column=column.get("label", ""),
            sign=column.get("sign", ""),
            cluster=cluster.get("title", ""),
            cluster_key=data["cluster"],
            cluster_size=len(cluster.get("cards", ())),
            status=_status(data),
            merged_into=data["merged_into"],
            voted=self._votes_on(number, data["cluster"]),
        )
        return self._with_words(source, data) if data["out"] else source

    def _with_words(self, source: Source, data: Data) -> Source:
        known = attribution(self._state, self._state.contributions[data["number"]], self._audience)
        college = self._colleges.get(known.get("college", ""))
        words = data["text"]
        return replace(
            source,
            words=words,
            raw=data["raw"],
            fields=dict(data["fields"]),
            college=college.label if college else "",
            sticker=_sticker(college),
            name="" if self._audience == PUBLIC else known.get("name", ""),
            pseudonym=known.get("pseudonym", ""),
            table=known.get("table"),
            support=data["support"],
            answered=data["answered"],
            made_of=tuple(data["sources"]),
            figures=frozenset({int(n) for n in numbers_in(words)} | {data["support"], source.cluster_size}),
        )

    def vote(self, ref: str, data: Data) -> Source:
        shown = data["out"] and data["phase"] in {REVEALED, ANNULLED}
        status = "withdrawn" if data["phase"] == ANNULLED else "standing" if shown else "hidden"
        return Source(
            ref=ref,
            reference=self._reference,
            kind="vote",
            words=data["question"],
            activity=data["activity"],
            question=data["question"],
            status=status,
            figures=figures_of(data),
            vote={name: value for name, value in data.items() if name != "anonymity"},
        )

    def _votes_on(self, number: int, cluster: str) -> tuple[str, ...]:
        """Return the votes in which a card was an option, by itself or as its cluster."""
        return tuple(
            vote["number"]
            for vote in self._votes
            if any(
                number in option.copied_from or (cluster and option.cluster == cluster)
                for option in self._state.activities[vote["activity"]].options
            )
        )


def _status(data: Data) -> str:
    if data["status"] == "withdrawn":
        return "withdrawn"
    if not data["out"]:
        return "hidden"
    if data["merged_into"]:
        return "merged"
    return "reworded" if data["raw"] else "standing"


def _sticker(college: College | None) -> dict[str, str]:
    if college is None:
        return {}
    return {
        "key": college.key,
        "shape": college.shape,
        "letter": college.letter,
        "color": college.color,
        "label": college.label,
    }
