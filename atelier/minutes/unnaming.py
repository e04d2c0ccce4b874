"""A name taken out of what people wrote, once its bearer no longer lends it: everywhere, or beside one quotation. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import NamedTuple

from atelier.dialect import mark_of, pieces
from atelier.minutes.blocks import written
from atelier.minutes.name_search import CITATION, Searched

LINE = re.compile(r"[^\n]*(?:\\\n[^\n]*)*")


class Unnamed(NamedTuple):
    """A name that leaves. `ref`: the quotation it was lent for (`C-12`), "" for the whole text; `kept`: where it may stay."""

    name: str
    ref: str
    gone: str
    kept: Collection[str] = ()


def unnamed(text: str, leaving: Unnamed) -> str:
    """Return a text where the name no longer stands: in the sentences that cite `ref`, in what cites nothing on their line."""
    made = []
    for piece in pieces(text):
        if not piece.source:
            made.append(_lines(piece.text, leaving))
            continue
        inside = _lines(piece.inside, leaving)
        if inside == piece.inside:
            made.append(piece.text)
        elif piece.mark == mark_of(piece.inside):
            made.append(written(piece.source, inside))
        else:
            made.append(piece.text.replace(piece.inside, inside))
    return "".join(made)


def _lines(text: str, leaving: Unnamed) -> str:
    return LINE.sub(lambda found: _line(found[0], leaving), text)


def _line(line: str, leaving: Unnamed) -> str:
    cited = CITATION.findall(line)
    if leaving.ref and leaving.ref not in cited:
        return line
    searched = Searched(line)
    for start, end, certain in reversed(list(searched.spans(leaving.name))):
        refs = searched.sentence(start)[1] or cited
        theirs = not leaving.ref or (leaving.ref in refs and not set(refs) & set(leaving.kept))
        if certain and theirs:
            line = line[:start] + leaving.gone + line[end:]
    return line
