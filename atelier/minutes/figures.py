"""The numbers that a vote gave, and the numbers that a sentence tells: what « écart avec le vote » compares."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from atelier.dialect import CITATION
from atelier.minutes.number_words import counts_in_words

MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
SPACE = "[ \u00a0\u202f]"
# Numbers that count nobody: days, years, hours, ranks in words, numbers of things.
NOT_FIGURES = re.compile(
    rf"\b\d{{1,2}}(?:er)?{SPACE}(?:{MONTHS})\b(?:{SPACE}\d{{4}})?"
    r"|\b(?:19|20)\d{2}\b"
    rf"|\b\d{{1,2}}{SPACE}?h(?:{SPACE}?\d{{2}})?\b"
    r"|\b\d+(?:er|re|e|ème|nd|nde)s?\b"
    r"|\b(?:tables?|tours?|séances?|soirées?|ateliers?|articles?|art\.|pages?|p\.|points?|parties?|étapes?|n°|questions?"
    rf"|propositions?|hypothèses?|options?){SPACE}\d+(?:(?:,{SPACE}|{SPACE}et{SPACE})\d+)*\b"
    r"|^[ \t]*(?:[-*+]|\d+[.)])[ \t]"
    r"|figure:\S+",
    re.IGNORECASE | re.MULTILINE,
)
NUMBER = re.compile(rf"\d{{1,3}}(?:{SPACE}\d{{3}})+(?!\d)|\d+(?:,\d+)?")
FULL = 100


def numbers_in(text: str) -> tuple[float, ...]:
    """Return the numbers that a sentence tells as figures; those of dates, hours, tables and references are none.

    Those in words come after the others, where they count ballots (number_words.py).
    """
    text = CITATION.sub(" ", text)
    digits = NUMBER.findall(NOT_FIGURES.sub(" ", text))
    return (
        *(float(re.sub(SPACE, "", number).replace(",", ".")) for number in digits),
        *counts_in_words(text),
    )


def figures_of(vote: Mapping[str, Any]) -> frozenset[int]:
    """Return every figure that may be told of a vote: counts, ranks, shares, numbers of its rule and of its own texts."""
    words = [vote["question"], *(option["text"] for option in vote["options"])]
    words += [str(kept.get("proposal") or "") for kept in vote["rounds"]]
    found = {len(vote["options"]), len(vote["rounds"])}
    found.update(
        _integers(vote["rule"]), _integers(vote["rounds"]), *(_shares(kept) for kept in vote["rounds"])
    )
    found.update(int(number) for text in words for number in numbers_in(text))
    return frozenset(found)


def _integers(value: Any) -> Iterator[int]:
    if isinstance(value, bool):
        return
    if isinstance(value, int):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _integers(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _integers(item)


def _shares(kept: Mapping[str, Any]) -> Iterator[int]:
    """Yield each count of an option in percent of the exprimés, rounded half up (D-4)."""
    tally = kept.get("tally") or {}
    valid = (kept.get("counts") or {}).get("valid") or 0
    for option in tally.get("options", ()) if valid else ():
        for count in _integers(
            [option.get(name) for name in ("people", "favourable", "unfavourable", "counts")]
        ):
            yield (2 * FULL * count + valid) // (2 * valid)
