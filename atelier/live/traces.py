"""What is left of the words of a withdrawn card: marks by which they are known again, and cannot be found back. Pure.

A card is erased at once, and the texts that people wrote may still quote it, now or when a page that was away comes back. Each
run of four of its words is kept as 40 bits under the key of the installation, which is in no database: too short to lead
back to words, long enough not to take others for them (one run in 10¹² is one by chance).
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

RUN = 4  # words in a row that are somebody's
MARK_BYTES, KEY_BYTES = 5, 64
WORD = re.compile(r"(?:[^\W_]|[\u0300-\u036f])+(?:['’ʼ](?:[^\W_]|[\u0300-\u036f])+)*")
FOLDED = str.maketrans({"’": "'", "ʼ": "'", "œ": "oe", "æ": "ae"})


@dataclass(frozen=True, slots=True)
class Trace:
    """Marks of the words of one card. `wholes`: (number of words, mark) of each of its texts; `runs`: of four words in a row.

    `ref` is what cites it (`C-12`), "" for what nothing cites.
    """

    ref: str
    wholes: frozenset[tuple[int, str]] = frozenset()
    runs: frozenset[str] = frozenset()


def words_of(text: str) -> list[str]:
    """Return the words of a text as they are compared: without capitals, accents, nor any sign between them."""
    return [plain(found[0]) for found in WORD.finditer(text)]


@lru_cache(maxsize=1 << 15)
def plain(word: str) -> str:
    """Return one word as it is compared."""
    parted = unicodedata.normalize("NFKD", word.casefold().translate(FOLDED))
    return "".join(sign for sign in parted if not unicodedata.combining(sign))


def mark(key: bytes, words: Sequence[str]) -> str:
    """Return the mark of some words in a row: ten hexadecimal digits."""
    body = " ".join(words).encode("utf-8", "replace")
    return hashlib.blake2b(body, digest_size=MARK_BYTES, key=key[:KEY_BYTES]).hexdigest()


def runs_of(key: bytes, words: Sequence[str]) -> Iterator[str]:
    """Yield the mark of each run of four words, in order."""
    for start in range(len(words) - RUN + 1):
        yield mark(key, words[start : start + RUN])


def trace_of(ref: str, texts: Iterable[str], key: bytes) -> Trace:
    """Return the trace of a card, whose texts may be several: its first words, the desk's. Below four words there is none."""
    known = [words for text in texts if len(words := words_of(text)) >= RUN]
    wholes = frozenset((len(words), mark(key, words)) for words in known)
    return Trace(ref, wholes, frozenset(found for words in known for found in runs_of(key, words)))


def to_text(trace: Trace) -> str:
    """Return what is kept of a trace; in no order, so that it does not tell which run follows which."""
    return json.dumps({"texts": sorted(trace.wholes), "runs": sorted(trace.runs)}, separators=(",", ":"))


def from_text(ref: str, text: str) -> Trace:
    kept = json.loads(text)
    return Trace(ref, frozenset((size, found) for size, found in kept["texts"]), frozenset(kept["runs"]))
