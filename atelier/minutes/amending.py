"""Where the words of a request stand in a text, and the text once it is granted. Pure.

Readers pick a passage on a drawn page or type it: apostrophes, spaces, bold marks and the brackets of citations may differ
from the Markdown. What stands nowhere, or in two places, is left to the writers' hands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from atelier.minutes.content import Content, Section
from atelier.minutes.divergence import plain_words

NOWHERE, TWICE, BY_HAND, DONE, READY = "nowhere", "twice", "by_hand", "done", "ready"
APOSTROPHES = "['’‘ʼ]"
QUOTES = {"«": '[«"“]', "»": '[»"”]', '"': '["“”«»]'}
REFERENCE = re.compile(r"\[?((?:[A-Z0-9]+-)?[CVH]-\d+)\]?")
MARKS = r"[*_`~]*"
GAP = r"(?:\s|\u00a0|\u202f)"
AROUND = re.compile(r"\A([*_`~]*).*?([*_`~]*)\Z", re.S)
RUN = re.compile(r"[*_`~]+")
LEAST = 2  # signs: fewer are everywhere


@dataclass(frozen=True, slots=True)
class Applying:
    """What granting a request would do: `state` is ready, done (the words asked for stand there), nowhere, twice or by_hand."""

    state: str
    section: Section | None = None


def applying(content: Content, key: str, before: str, after: str) -> Applying:
    """Return the section as it would be rewritten, or why it cannot be by itself."""
    section = content.section(key)
    before, after = plain_words(before), plain_words(after)
    if section is None or not (before or after):
        return Applying(BY_HAND)
    if not before:
        done = after in section.body
        return (
            Applying(DONE) if done else Applying(READY, replace(section, body=_appended(section.body, after)))
        )
    places = places_of(section.body, before)
    if len(places) == 1:
        return Applying(READY, replace(section, body=_with(section.body, *places[0], after)))
    if not places and after and places_of(section.body, after):
        return Applying(DONE)
    return Applying(TWICE if places else NOWHERE)


def undoing(content: Content, key: str, before: str, after: str) -> Applying:
    """Return the section with the former words back in the place of those that were granted, or why it cannot be by itself."""
    section = content.section(key)
    after = plain_words(after)
    if section is None or not after:
        return Applying(BY_HAND)
    granted, former = places_of(section.body, after), places_of(section.body, before)
    if former and (not granted or after in before):
        return Applying(DONE)
    if len(granted) == 1:
        return Applying(READY, replace(section, body=_with(section.body, *granted[0], before)))
    return Applying(TWICE if granted else NOWHERE)


def as_read(content: Content, key: str, words: str) -> str:
    """Return the Markdown of a passage as it stood in the text that was read; the words themselves where it cannot be told."""
    section = content.section(key)
    places = places_of(section.body, plain_words(words)) if section else ()
    return section.body[slice(*places[0])] if section and len(places) == 1 else words


def places_of(body: str, words: str) -> tuple[tuple[int, int], ...]:
    """Return where some words stand in a body of Markdown, from code point to code point."""
    if len("".join(words.split())) < LEAST:
        return ()
    return tuple(_balanced(body, *found.span()) for found in _pattern(words).finditer(body))


def _balanced(body: str, start: int, end: int) -> tuple[int, int]:
    """Take marks of emphasis into a passage only in pairs: « six » in « **six mois** » leaves both of them."""
    left, right = AROUND.findall(body[start:end])[0]
    for before, after in ((0, 0), (len(left), 0), (0, len(right))):
        if len(RUN.findall(body[start + before : end - after])) % 2 == 0:
            return start + before, end - after
    return start + len(left), end - len(right)


def _with(body: str, start: int, end: int, words: str) -> str:
    """Return the body with a passage replaced; taken out, it takes the space before it along where two would stay."""
    if not words and body[:start].endswith(" ") and (end == len(body) or body[end] in " .,)\n"):
        start -= 1
    return body[:start] + words + body[end:]


@lru_cache(maxsize=512)
def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(rf"{GAP}+".join(_word(word) for word in words.replace("\u00a0", " ").split()))


def _word(word: str) -> str:
    """Return what finds one word: its signs, marks of emphasis around and inside left aside."""
    cited = REFERENCE.fullmatch(word.rstrip(".,;:"))
    if cited:
        rest = word[len(word.rstrip(".,;:")) :]
        return rf"\[?{re.escape(cited[1])}\]?{re.escape(rest)}"
    signs = [_sign(sign) for sign in word if sign not in "*_`~"]
    return MARKS + MARKS.join(signs) + MARKS if signs else re.escape(word)


def _sign(sign: str) -> str:
    if sign in "'’‘ʼ":
        return APOSTROPHES
    return QUOTES.get(sign, re.escape(sign))


def _appended(body: str, words: str) -> str:
    body = body.rstrip("\n")
    return f"{body}\n\n{words}\n" if body.strip() else f"{words}\n"
