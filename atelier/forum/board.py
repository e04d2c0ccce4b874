"""What the page of preparation shows: what is still to be treated, themes by séance, propositions with their support. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from atelier.forum.agreement import Agreement, computed
from atelier.forum.coverage import LEFT, Coverage
from atelier.forum.propositions import Proposition, propositions
from atelier.minutes.citations import citations_of
from atelier.minutes.content import Content
from atelier.minutes.sources import Source, Sources

COUNTED = frozenset({"standing", "reworded", "merged"})


@dataclass(frozen=True, slots=True)
class Theme:
    """A cluster's title with its cards, séance by séance: `counts` follows the order of the séances, None where it has none."""

    title: str
    counts: tuple[int | None, ...]
    cards: tuple[Source, ...] = ()

    @property
    def total(self) -> int:
        return sum(count or 0 for count in self.counts)


@dataclass(frozen=True, slots=True)
class Shown:
    """One proposition on the page: its sources in the order of the text, its support if it has one."""

    proposition: Proposition
    refs: tuple[str, ...]
    agreement: Agreement | None
    vote: str = ""


@dataclass(frozen=True, slots=True)
class Votable:
    """An option of a vote that may support a proposition: `choice` is what the form sends (`DK2-V-3 o2`)."""

    choice: str
    words: str
    agreement: Agreement


def themes(sources: Sources) -> tuple[Theme, ...]:
    """Return the themes of the group, the most told first. Clusters of the same title in two séances are one theme."""
    places = {reference: place for place, reference in enumerate(sources.meetings)}
    titles: dict[str, str] = {}
    counts: dict[str, list[int | None]] = {}
    cards: dict[str, list[Source]] = {}
    for source in sources:
        if source.kind == "vote" or source.status not in COUNTED or not source.cluster:
            continue
        key = " ".join(source.cluster.casefold().split())
        titles.setdefault(key, source.cluster)
        cards.setdefault(key, []).append(source)
        row = counts.setdefault(key, [None] * len(places))
        row[places[source.reference]] = (row[places[source.reference]] or 0) + 1
    found = [Theme(titles[key], tuple(row), tuple(cards[key])) for key, row in counts.items()]
    return tuple(sorted(found, key=lambda theme: (-theme.total, theme.title.casefold())))


def channels(covered: Coverage) -> tuple[tuple[str, int], ...]:
    """Return how many contributions came by each channel, the most used first, so that paper cannot vanish (domain §5)."""
    found = {channel: sum(fates.values()) for channel, fates in covered.by_channel.items()}
    return tuple(sorted(found.items(), key=lambda one: -one[1]))


def left(covered: Coverage, sources: Sources) -> tuple[Source, ...]:
    """Return the contributions still to be treated, in order."""
    return tuple(source for ref in covered.refs(LEFT) if (source := sources.get(ref)))


def shown(
    content: Content, agreements: Mapping[str, Agreement], votes: Mapping[str, str]
) -> tuple[Shown, ...]:
    """Return the propositions as they are listed. `votes`: key -> the vote put behind it."""
    made = []
    for found in propositions(content):
        section = content.section(found.key)
        refs = tuple(dict.fromkeys(cited.ref for cited in citations_of(section.body if section else "")))
        made.append(Shown(found, refs, agreements.get(found.key), votes.get(found.key, "")))
    return tuple(made)


def votables(sources: Sources) -> Sequence[Votable]:
    """Return every option whose vote has a for and an against (D-10), to be put behind a proposition."""
    made: list[Votable] = []
    for source in sources:
        rounds = [kept for kept in (source.vote or {}).get("rounds", ()) if not kept["annulled"]]
        tally = rounds[-1]["tally"] if rounds else None
        if source.kind != "vote" or source.status != "standing" or not tally:
            continue
        texts = {option["key"]: option["text"] for option in (source.vote or {})["options"]}
        for option in tally["options"]:
            if "label" in option:
                words = texts.get(option["key"]) or source.words
                made.append(Votable(f"{source.full} {option['key']}", words, computed(tally, option["key"])))
    return made
