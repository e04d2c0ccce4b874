"""The words of a card that is withdrawn leave the remarks too: what they quote of the text, and what they say (D-14). Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from difflib import SequenceMatcher

from atelier.minutes.redaction import quoted_words
from atelier.minutes.remarks import Remark, shown_quote

SHARED = 3  # words in a row: from then on a passage is the card's, not the language's


def words_leaving(bodies: Iterable[str], remarks: Iterable[Remark], refs: Collection[str]) -> frozenset[str]:
    """Return what a text, and the remarks made of it, repeat of some cards (`C-12` or `H-12`: both are card 12)."""
    told = [text for one in remarks for text in (one.quote, one.words)]
    return quoted_words([*bodies, *told], refs)


def without(remark: Remark, words: Collection[str], gone: str) -> tuple[str, str]:
    """Return the quotation and the words of a remark, once some words have left.

    A quotation that shares a run of words with them goes whole: it may begin or end in their middle. In what the writer says, the
    words alone go, and their own sentence stays.
    """
    quote = gone if any(_shares(shown_quote(remark.quote), said) for said in words) else remark.quote
    said = remark.words
    for one in sorted(words, key=len, reverse=True):
        said = _cut(said, one, gone)
    return quote, said


def _shares(quote: str, said: str) -> bool:
    """Tell whether a quotation holds words of a card: three in a row, or all there is of either."""
    ours, theirs = _words(quote), _words(shown_quote(said))
    if not ours or not theirs:
        return False
    longest = SequenceMatcher(None, ours, theirs, autojunk=False).find_longest_match().size
    return longest >= min(SHARED, len(ours), len(theirs))


def _cut(text: str, said: str, gone: str) -> str:
    pattern = r"\s+".join(re.escape(word) for word in said.split())
    quoted = rf"«\s*{pattern}\s*»"
    bare = rf"|(?<!\w){pattern}(?!\w)" if len(said.split()) >= SHARED else ""
    return re.sub(quoted + bare, lambda _: gone, text)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.replace("’", "'").casefold())
