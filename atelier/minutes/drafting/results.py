"""What the votes gave to the things that were voted on: found from a cluster or a card. Laid out once for a draft."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from atelier.live.result_sentences import agreement_of
from atelier.live.state import Option
from atelier.minutes.drafting.cards import HYPOTHESIS, top_of
from atelier.minutes.drafting.material import Data, Material
from atelier.speech import counted


class Given(NamedTuple):
    """What one option of one vote received in its last round that stands."""

    vote: Data
    option: Option
    entry: Data


@dataclass(frozen=True, slots=True)
class Results:
    of_cluster: Mapping[str, Sequence[Given]]
    of_hypothesis: Mapping[str, Sequence[Given]]  # by reference of the card: C-12
    reserves: Mapping[
        str, Sequence[str]
    ]  # reference of a hypothesis -> what was written about it beside a vote

    @property
    def told_reserves(self) -> frozenset[str]:
        return frozenset(ref for refs in self.reserves.values() for ref in refs)


def results_of(material: Material) -> Results:
    of_cluster, of_hypothesis, reserves = defaultdict(list), defaultdict(list), defaultdict(list)
    for found in given(material):
        if found.option.cluster:
            of_cluster[found.option.cluster].append(found)
        hypothesis = hypothesis_of(material, found.option)
        if hypothesis:
            of_hypothesis[hypothesis].append(found)
    for key in material.settled:
        if key in material.votes:
            about = {option.key: hypothesis_of(material, option) for option in material.activity(key).options}
            for ref in material.tops.get(key, ()):
                hypothesis = about.get(material.cards[ref]["option"], "")
                if hypothesis:
                    reserves[hypothesis].append(ref)
    return Results(of_cluster, of_hypothesis, reserves)


def revealed_rounds(vote: Data) -> list[Data]:
    """Return the rounds whose result stands: counted, not annulled, and let out of the room."""
    return [kept for kept in vote["rounds"] if kept["tally"] is not None and not kept["annulled"]]


def given(material: Material) -> Iterator[Given]:
    """Yield what each option of each settled vote received."""
    for key in material.settled:
        rounds = revealed_rounds(material.votes[key]) if key in material.votes else []
        if rounds:
            entries = {entry["key"]: entry for entry in rounds[-1]["tally"]["options"]}
            for option in material.activity(key).options:
                if option.key in entries:
                    yield Given(material.votes[key], option, entries[option.key])


def hypothesis_of(material: Material, option: Option) -> str:
    """Return the reference of the card of the hypothesis that an option is, as it stands in the text, or ""."""
    for number in option.copied_from:
        ref = top_of(material, f"C-{number}")
        if ref and material.cards[ref]["kind"] == HYPOTHESIS and material.is_told(ref):
            return ref
    return ""


def shares_of(material: Material, results: Results, cluster: str) -> list[str]:
    """Return « 31 gommettes de 24 personnes [V-2] » for each dot vote where a cluster was an option."""
    found = results.of_cluster.get(cluster, ())
    return [_dots(material, one) for one in found if one.vote["kind"] == "dot_vote"]


def _dots(material: Material, found: Given) -> str:
    speech = material.speech
    dots = counted(speech, "%(num)s gommette", "%(num)s gommettes", found.entry["dots"])
    people = counted(speech, "de %(num)s personne", "de %(num)s personnes", found.entry["people"])
    return f"{dots} {people} [{found.vote['number']}]"


def agreements(material: Material, results: Results, ref: str) -> list[tuple[Data, str]]:
    """Return, for each vote on how far people agree with a hypothesis, the vote and what it says."""
    return [
        (found.vote, agreement_of(found.entry, material.speech))
        for found in results.of_hypothesis.get(ref, ())
        if found.vote["kind"] == "gradients"
    ]
