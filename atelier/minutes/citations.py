"""Citations in a body of Markdown, and what has become of what they cite. Offsets are code points of the body."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from atelier.dialect import CITATION, mark_of, pieces
from atelier.minutes.content import Content
from atelier.minutes.figures import numbers_in
from atelier.minutes.sources import GONE_FROM_SIGHT, Source, Sources

# Code is not told from text here: a citation too many is seen, never one too few, for a withdrawn card must be flagged.
SCANNED = re.compile(rf"\\[!-/:-@\[-`{{-~]|{CITATION.pattern}")
QUOTATION = re.compile("«[\\s\u00a0]*([^«»]+?)[\\s\u00a0]*»")
# A paragraph, a list item, a heading, a row of a table.
UNIT = re.compile(
    r"^(?![ \t]*$)(?!:::)[^\n]*(?:\n|\Z)(?:^(?![ \t]*$)(?![ \t]*(?:[-*+>|#:]|\d+[.)][ \t])).*(?:\n|\Z))*",
    re.MULTILINE,
)
OPENING = re.compile(r"[ \t]*(?:(?:[-*+>:]|#{1,6}|\d+[.)])[ \t]+)*(?:\[[ xX]\][ \t]+)?")
STOP = re.compile(rf"[.!?…]+[)*_\"”]*(?:[ \u00a0]?»)?(?=\s|\Z)(?:\s*{CITATION.pattern})*")
LONGEST_ABBREVIATION, NEXT_WORD = 6, 4  # characters
ABBREVIATION = re.compile(r"\b(?:M|MM|Mme|Mmes|Dr|p|pp|art|cf|ex|env|av|bd|n|vol|[A-Z])\.$")


@dataclass(frozen=True, slots=True)
class Cited:
    """One citation: its reference as written (`C-12`, `DK2-C-12`), and where it stands, brackets included."""

    ref: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence with the references it bears, from `start` to `end` in the body; `block` is the source of its block."""

    text: str
    refs: tuple[str, ...]
    start: int
    end: int
    block: str = ""


@dataclass(frozen=True, slots=True)
class Flag:
    """Something to look at in a sentence.

    kind: withdrawn, hidden (the card is no longer to be quoted), reworded (a quotation that is no longer the card's words),
    vote_gap (a number that is no figure of the vote cited), unknown (nothing bears that reference).
    """

    kind: str
    section: str
    sentence: str
    ref: str


def citations_of(body: str) -> tuple[Cited, ...]:
    """Return the citations of a body, in order; none behind a backslash."""
    return tuple(_citations(body))


def replace_citations(body: str, texts: Mapping[str, str]) -> str:
    """Return the body where each citation `[C-12]` that `texts` knows is its text (Markdown)."""
    made, at = [], 0
    for cited in _citations(body):
        made += [body[at : cited.start], texts.get(cited.ref, body[cited.start : cited.end])]
        at = cited.end
    return "".join([*made, body[at:]])


def sentences_of(body: str) -> Iterator[Sentence]:
    """Yield the sentences of a body, in order, blocks included. A citation after the full stop belongs to what it follows."""
    for piece in pieces(body):
        inside = piece.text.find("\n") + 1 if piece.source else 0
        text = piece.inside if piece.source else piece.text
        at = piece.start + inside
        for unit in UNIT.finditer(text):
            for start, end in _cut(unit[0], unit.start()):
                refs = tuple(cited.ref for cited in _citations(text[start:end]))
                yield Sentence(text[start:end], refs, at + start, at + end, piece.source)


def where_cited(content: Content) -> dict[str, tuple[str, ...]]:
    """Return, for each reference as written, the keys of the sections that cite it, in order."""
    found: dict[str, list[str]] = {}
    for section in content.sections:
        for cited in citations_of(section.body):
            keys = found.setdefault(cited.ref, [])
            if section.key not in keys:
                keys.append(section.key)
    return {ref: tuple(keys) for ref, keys in found.items()}


def uncited(content: Content, sources: Sources) -> tuple[Source, ...]:
    """Return the sources that could be cited and are not: what stands, merged cards apart."""
    cited = {source.full for ref in where_cited(content) if (source := sources.get(ref))}
    return tuple(
        source for source in sources if source.status in {"standing", "reworded"} and source.full not in cited
    )


def flags(content: Content, sources: Sources) -> tuple[Flag, ...]:
    """Return what is to be looked at, in the order of the text."""
    return tuple(flag for section in content.sections for flag in _flags(section.key, section.body, sources))


def _flags(section: str, body: str, sources: Sources) -> Iterator[Flag]:
    intact = {piece.start for piece in pieces(body) if piece.source and piece.mark == mark_of(piece.inside)}
    bounds = [(piece.start, piece.end) for piece in pieces(body) if piece.start in intact]
    for sentence in sentences_of(body):
        for ref in dict.fromkeys(sentence.refs):
            kind = _kind(sentence.text, sources.get(ref))
            if kind:
                yield Flag(kind, section, sentence.text, ref)
        written = any(start <= sentence.start < end for start, end in bounds)
        gap = "" if written else _gap(sentence, sources)
        if gap:
            yield Flag("vote_gap", section, sentence.text, gap)


def _kind(sentence: str, source: Source | None) -> str:
    if source is None:
        return "unknown"
    if source.status in GONE_FROM_SIGHT:
        return source.status
    quoted = [_flat(words) for words in QUOTATION.findall(sentence)]
    if source.status == "reworded" and any(
        words in _flat(source.raw) and words not in _flat(source.words) for words in quoted
    ):
        return "reworded"
    return ""


def _gap(sentence: Sentence, sources: Sources) -> str:
    """Return the vote that a sentence misquotes: it tells a number which is no figure of what it cites."""
    cited = [source for ref in (*sentence.refs, sentence.block) if ref and (source := sources.get(ref))]
    votes = [source for source in cited if source.kind == "vote"]
    if not votes:
        return ""
    figures = frozenset().union(*(source.figures for source in cited))
    return votes[0].ref if any(number not in figures for number in numbers_in(sentence.text)) else ""


def _flat(text: str) -> str:
    """Return words to compare: without marks, one space for each run, one kind of apostrophe."""
    return " ".join(re.sub(r"[\\*_]", "", text).replace("’", "'").split()).casefold().rstrip(".…")


def _citations(body: str) -> Iterator[Cited]:
    for found in SCANNED.finditer(body):
        if found[1]:
            yield Cited(found[1], found.start(), found.end())


def _cut(unit: str, at: int) -> Iterator[tuple[int, int]]:
    """Yield where the sentences of a paragraph, an item or a row begin and end: not inside « », not after « M. »."""
    quoted = [found.span() for found in QUOTATION.finditer(unit)]
    opening = OPENING.match(unit)
    start = opening.end() if opening else 0
    for stop in STOP.finditer(unit, start):
        first, last = quoted[bisect(quoted, (stop.start(),)) - 1] if quoted else (0, 0)
        inside = first < stop.start() and stop.end() < last
        follows = unit[stop.end() : stop.end() + NEXT_WORD].lstrip()[:1]
        before = unit[max(0, stop.start() - LONGEST_ABBREVIATION) : stop.start() + 1]
        if inside or follows.islower() or ABBREVIATION.search(before):
            continue
        yield from _trimmed(unit, start, stop.end(), at)
        start = stop.end()
    yield from _trimmed(unit, start, len(unit), at)


def _trimmed(unit: str, start: int, end: int, at: int) -> Iterator[tuple[int, int]]:
    words = unit[start:end]
    first = start + len(words) - len(words.lstrip())
    last = end - (len(words) - len(words.rstrip()))
    if first < last:
        yield at + first, at + last
