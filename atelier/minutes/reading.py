"""A document as its readers see it: parts in order, their words as HTML, citations that lead to their sources. Pure.

What is costly, Markdown, is drawn once for each text and kept by that text (markdown.py); what depends on the day, the state
of the sources, is filled in each time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup

from atelier.dialect import FIGURE, mark_of, pieces
from atelier.later import N_
from atelier.markdown import Citation, Words, citation_link, filled, render
from atelier.minutes.citations import citations_of, where_cited
from atelier.minutes.content import Content, Section, numbered, parts
from atelier.minutes.sources import Source, Sources

Say = Callable[[str], str]
Draw = Callable[[Source, str], str]  # a vote with its chart, the words of the figure -> HTML of ours

HIGHEST = 2  # h1 is the title of the page
TAKEN_FROM = (
    (re.compile(r"V-\d+"), "vote", N_("Repris du vote, non modifiable")),
    (re.compile(r"H-\d+"), "hypothesis", N_("Repris des hypothèses, non modifiable")),
    (re.compile(r"(?:K|a)\d+.*"), "cards", N_("Repris des cartes, non modifiable")),
)
WRITTEN_BY_THE_APP = ("app", N_("Écrit par Atelier, non modifiable"))
THEIRS = ("people", N_("Texte repris puis modifié"))
NOTES: Mapping[tuple[str, str], str] = {
    ("vote", "withdrawn"): N_("annulé"),
    ("vote", "hidden"): N_("sans résultat"),
    ("card", "withdrawn"): N_("retirée"),
    ("card", "hidden"): N_("non affichée"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """One section as it is drawn. `number` is empty for what opens the text and for annexes; `level` is that of its heading."""

    key: str
    number: str
    level: int
    heading: str
    html: Markup
    annex: bool
    required: bool
    hint: str
    empty: bool  # nothing in it, nor in the sections under it
    unsourced: bool  # words of the writers, and nothing that leads to a source

    @property
    def anchor(self) -> str:
        return f"partie-{self.key}"


def rendered(
    content: Content, sources: Sources, draw: Draw | None = None, say: Say = str, heads: bool = False
) -> list[Part]:
    """Return the parts of a document, annexes last.

    `draw` draws a figure; without it the words of a figure stand for it. `say` is gettext. `heads` shows, above what the app
    wrote, where it comes from (writers), and keeps nothing of it otherwise.
    """
    reader = _Reader(sources, draw, say, heads)
    filled_in = {
        section.key
        for part, members in parts(content.sections)
        for section in members
        if section.body.strip() or (section is part and any(member.body.strip() for member in members))
    }
    found = sorted(numbered(content.sections), key=lambda pair: pair[1].annex)
    return [reader.part(number, section, section.key not in filled_in) for number, section in found]


def prepare(content: Content, say: Say = str) -> None:
    """Draw the Markdown of every section, for `rendered` to find it done: the long work, which takes no lock."""
    words = _words(say)
    for number, section in numbered(content.sections):
        render(section.body, section.key, _highest_inside(number, section), words)


def citation(ref: str, source: Source, say: Say = str) -> Citation:
    """Return how a citation is drawn, written as it is in the text."""
    kind = "vote" if source.kind == "vote" else "card"
    note = say(NOTES[kind, source.status]) if (kind, source.status) in NOTES else ""
    name = say(N_("Source %(ref)s")) % {"ref": ref}
    state = "withdrawn" if note else source.status if source.status == "reworded" else ""
    return Citation(source.full, source.address, ref, f"{name}, {note}" if note else name, state, note)


def taken_up(content: Content, source: Source, sources: Sources) -> tuple[tuple[str, Section], ...]:
    """Return the sections that cite a source, with their numbers: « Reprise dans »."""
    keys = {
        key
        for ref, cited in where_cited(content).items()
        if (found := sources.get(ref)) and found.full == source.full
        for key in cited
    }
    return tuple((number, section) for number, section in numbered(content.sections) if section.key in keys)


def figure_source(sources: Sources, ref: str) -> Source | None:
    """Return the vote that a figure draws: `V-2`, or for `H-12` the vote on that hypothesis, its option alone."""
    source = sources.get(ref)
    if source is None or source.kind == "vote":
        return source if source and drawable(source.vote) else None
    for number in reversed(source.voted):
        vote = sources.get(f"{source.reference}-{number}")
        if vote is not None and vote.vote and drawable(vote.vote):
            alone = _alone(vote.vote, source.words)
            return replace(vote, vote=alone) if alone else None
    return None


def drawable(vote: Mapping[str, Any] | None) -> bool:
    """Tell whether a vote has a result that may be drawn."""
    return bool(
        vote and vote["rounds"] and vote["rounds"][-1]["tally"] and not vote["rounds"][-1]["annulled"]
    )


def _alone(vote: Mapping[str, Any], words: str) -> dict[str, Any] | None:
    options = [option for option in vote["options"] if option["text"] == words]
    if len(options) != 1:
        return None
    last = vote["rounds"][-1]
    entries = [entry for entry in last["tally"]["options"] if entry["key"] == options[0]["key"]]
    return {**vote, "options": options, "rounds": [{**last, "tally": {**last["tally"], "options": entries}}]}


def _words(say: Say) -> Words:
    return Words(say(N_("Notes")), say(N_("Retour au texte")), say(N_("Tableau")))


def _level(number: str, section: Section) -> int:
    """Return the level of a section's heading; what opens the text stands as high as parts."""
    opening = not number and not section.annex
    return HIGHEST if opening else HIGHEST + section.level - 1


def _highest_inside(number: str, section: Section) -> int:
    """Return the level of the highest heading inside a section: under its own, or in its place when it has none yet."""
    return _level(number, section) + bool(section.heading)


class _Reader:
    def __init__(self, sources: Sources, draw: Draw | None, say: Say, heads: bool) -> None:
        self._sources, self._draw, self._say, self._heads = sources, draw, say, heads
        self._words = _words(say)

    def part(self, number: str, section: Section, empty: bool) -> Part:
        level = _level(number, section)
        html = render(section.body, section.key, _highest_inside(number, section), self._words)
        return Part(
            key=section.key,
            number=number,
            level=level,
            heading=section.heading,
            html=filled(html, self._cite, self._figure, self._head if self._heads else None),
            annex=section.annex,
            required=section.required,
            hint=section.hint,
            empty=empty,
            unsourced=self._is_unsourced(section.body),
        )

    def _is_unsourced(self, body: str) -> bool:
        own = [
            piece.text for piece in pieces(body) if not piece.source or piece.mark != mark_of(piece.inside)
        ]
        if not "".join(own).strip():
            return False
        refs = [cited.ref for text in own for cited in citations_of(text)]
        refs += [ref for text in own for ref in FIGURE.findall(text)]
        return not any(self._sources.get(ref) for ref in refs)

    def _cite(self, ref: str) -> Citation | None:
        source = self._sources.get(ref)
        return citation(ref, source, self._say) if source else None

    def _figure(self, ref: str, words: str) -> str:
        source = figure_source(self._sources, ref)
        return self._draw(source, words) if source and self._draw else ""

    def _head(self, block: str, intact: bool) -> str:
        """Return the line above a block of the app: whence it comes, with its citation when it has one."""
        found = ((origin, words) for pattern, origin, words in TAKEN_FROM if pattern.fullmatch(block))
        origin, words = next(found, WRITTEN_BY_THE_APP) if intact else THEIRS
        known = self._cite(block)
        chip = citation_link(known) if known else Markup("")
        return Markup('<p class="block-head is-from-{}">{} {}</p>').format(origin, self._say(words), chip)


def shown(found: list[Part], writing: bool) -> list[Part]:
    """Return the parts that a reader sees: empty ones are for those who write."""
    return [part for part in found if writing or not part.empty]
