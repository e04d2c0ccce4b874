"""Words that left the séance taken out of what people wrote: a card withdrawn by its author, or not shown for now. Pure.

What goes, and leaves « (mots retirés) » with its citation:

- four of its words in a row, wherever they are quoted, however the quotation is typed;
- a quotation right beside its citation, whatever is left of its words;
- one of its texts, whole, even when nothing says that it is quoted.

What stays: words of the writers about it (they are flagged), words that another card says and that still stands.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from atelier.dialect import mark_of, pieces
from atelier.live.traces import RUN, Trace, mark, runs_of, words_of
from atelier.minutes.blocks import written
from atelier.minutes.content import Content
from atelier.minutes.quotations import Quotation, Token, quotations, tokens

PAIRED = ("**", "__", "~~", "*", "_", "`")
LINE_MARKS = re.compile(r"\||\n[ \t]*(?:>[ \t]?|(?:[-*+]|\d+[.)])[ \t]+)+")
LINK_TAIL = re.compile(r"\]\([^)\n]*\)")
MEMORY = 500  # texts whose answer is kept

Span = tuple[int, int]


class Standing:
    """The words that the séance still says."""

    def __init__(self, texts: Collection[str]) -> None:
        self._texts = texts

    @cached_property
    def _flat(self) -> str:
        return "\n".join(f" {' '.join(words_of(text))} " for text in self._texts)

    def says(self, words: Sequence[str]) -> bool:
        return f" {' '.join(words)} " in self._flat


@dataclass(frozen=True, eq=False)
class Leaving:
    """What has to leave a text. `reference` is the séance whose cards it cites by short references, if any."""

    traces: tuple[Trace, ...]
    key: bytes
    gone: str
    standing: Standing
    reference: str = ""
    _memory: dict[tuple[str, bool], str] = field(default_factory=dict)

    @cached_property
    def runs(self) -> frozenset[str]:
        return frozenset().union(*(trace.runs for trace in self.traces))

    @cached_property
    def wholes(self) -> frozenset[tuple[int, str]]:
        return frozenset().union(*(trace.wholes for trace in self.traces))

    @cached_property
    def refs(self) -> frozenset[str]:
        """What cites these cards: `CHA1-C-1`, `CHA1-H-1`, and `C-1`, `H-1` in the text of that séance."""
        full = {trace.ref for trace in self.traces if trace.ref}
        full |= {ref.removeprefix(f"{self.reference}-") for ref in full} if self.reference else set()
        return frozenset(full | {ref.replace("C-", "H-") for ref in full})

    def text(self, text: str, intact: bool = True) -> str:
        """Return a body, or any words, without them. `intact` False leaves alone the blocks that stand as the app wrote them."""
        if not self.traces or not text:
            return text
        known = self._memory.get((text, intact))
        if known is None:
            if len(self._memory) > MEMORY:
                self._memory.clear()
            known = self._memory[text, intact] = _without(text, self, intact)
        return known

    def content(self, content: Content, intact: bool = True) -> Content:
        """Return a content without them: its title, headings and bodies; the very same one when it holds none."""
        made = replace(
            content,
            title=self.text(content.title),
            sections=tuple(
                replace(one, heading=self.text(one.heading), body=self.text(one.body, intact))
                for one in content.sections
            ),
        )
        return content if made == content else made


def _without(text: str, leaving: Leaving, intact: bool) -> str:
    made = []
    for piece in pieces(text):
        if not piece.source:
            made.append(_cleared(piece.text, leaving))
            continue
        whole = piece.mark == mark_of(piece.inside)
        inside = piece.inside if whole and not intact else _cleared(piece.inside, leaving)
        if inside == piece.inside:
            made.append(piece.text)
        else:
            made.append(written(piece.source, inside) if whole else piece.text.replace(piece.inside, inside))
    return "".join(made)


def _cleared(text: str, leaving: Leaving) -> str:
    known = tokens(text)
    spans = sorted(_leaving_spans(text, known, leaving))
    for start, end in reversed(list(_joined(spans))):
        start, end = _whole(text, start, end)
        text = text[:start] + leaving.gone + "".join(LINE_MARKS.findall(text[start:end])) + text[end:]
    return text


def _leaving_spans(text: str, known: list[Token], leaving: Leaving) -> Iterator[Span]:
    """Yield the stretches of a text that leave it."""
    words = [token.word for token in known]
    hits = [found in leaving.runs for found in runs_of(leaving.key, words)]
    for first, last in _wholes(words, hits, leaving):
        if not leaving.standing.says(words[first:last]):
            yield known[first].start, known[last - 1].end
    quoted = quotations(text) if any(hits) or any(ref in text for ref in leaving.refs) else ()
    starts = [token.start for token in known]
    for one in quoted:
        first, last = bisect_left(starts, one.start), bisect_left(starts, one.end)
        if first == last:
            continue
        if _is_theirs(one, words[first:last], leaving):
            yield one.start, one.end
        else:
            yield from _quoted_spans(one, known[first:last], hits[first : last - RUN + 1], leaving)


def _wholes(words: list[str], hits: list[bool], leaving: Leaving) -> Iterator[Span]:
    for first, hit in enumerate(hits):
        for size, found in leaving.wholes if hit else ():
            if first + size <= len(words) and mark(leaving.key, words[first : first + size]) == found:
                yield first, first + size


def _is_theirs(one: Quotation, words: list[str], leaving: Leaving) -> bool:
    """Whether a quotation is said to be theirs, and of nobody else who still says these words."""
    cited = [ref for ref in one.refs if ref in leaving.refs]
    return bool(cited) and (len(cited) == len(one.refs) or not leaving.standing.says(words))


def _quoted_spans(one: Quotation, inside: list[Token], hits: list[bool], leaving: Leaving) -> Iterator[Span]:
    """Yield what leaves a quotation: their words, or all of it when it says little else."""
    covered: set[int] = set()
    found: list[Span] = []
    for first, last in _rows(hits):
        if not leaving.standing.says([token.word for token in inside[first:last]]):
            covered.update(range(first, last))
            found.append((inside[first].start, inside[last - 1].end))
    if covered and 2 * len(covered) >= len(inside):
        yield one.start, one.end
    else:
        yield from found


def _rows(hits: list[bool]) -> Iterator[Span]:
    """Yield the longest stretches of words whose every run is one of theirs."""
    first = None
    for place, hit in enumerate([*hits, False]):
        if hit and first is None:
            first = place
        elif not hit and first is not None:
            yield first, place + RUN - 1
            first = None


def _joined(spans: list[Span]) -> Iterator[Span]:
    """Yield stretches that overlap as one."""
    held: Span | None = None
    for start, end in spans:
        if held and start <= held[1]:
            held = (held[0], max(held[1], end))
            continue
        if held:
            yield held
        held = (start, end)
    if held:
        yield held


def _whole(text: str, start: int, end: int) -> Span:
    """Return a stretch with the other half of each pair of marks that it would cut."""
    if LINK_TAIL.search(text, start, end) and text[start - 1 : start] == "[":
        start -= 1
    tail = LINK_TAIL.match(text, end)
    if tail and "[" in text[start:end]:
        end = tail.end()
    for pair in PAIRED:
        if text.count(pair, start, end) % 2 == 0:
            continue
        if text.endswith(pair, 0, start):
            start -= len(pair)
        elif text.startswith(pair, end):
            end += len(pair)
    return start, end
