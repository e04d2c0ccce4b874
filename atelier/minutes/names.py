"""« Recherche de noms » (R-253): every name the installation knows, found in a text, with what the person agreed to. Pure.

Known names are those that participants typed, of facilitators, of writers, and of who took a commitment. A name stands in
a published text only with that person's consent for that quotation, for the document, or because they speak in an
official role (CRPA L312-1-2). What is sure blocks publication; a word without its capital (« rose ») is only shown.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from atelier.live.state import LiveState
from atelier.minutes.content import Content

GIVEN, REFUSED, PUBLIC_ROLE, NOT_A_NAME, UNASKED = "given", "refused", "public_role", "not_a_name", ""
PUBLISHABLE = frozenset({GIVEN, PUBLIC_ROLE, NOT_A_NAME})
TITLE = ""  # the place of what stands in the title
SENTENCE = re.compile(r"[^\n.!?…]+(?:[.!?…]+[\])»\"']*|$)|[.!?…]+", re.M)
CITATION = re.compile(r"\[(?:[A-Z0-9]+-)?([CVH]-\d+)\]")
LETTERS = re.compile(r"[^\W\d_]+")
PARTICLES = frozenset(
    {"ben", "bin", "dal", "del", "den", "der", "des", "dos", "las", "les", "los", "van", "von"}
)
LEAST_LETTERS = 3  # of a part of a name that is looked for alone
LIGATURES = {"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss", "’": "'", "‑": "-", "\u00a0": " "}
BEGINNING = re.compile(r"(?:(?:^|\n)\s*(?:[-*>]\s+|\d+\.\s+|#+\s+)?|[.!?…]\s+)$")
ELIDED = re.compile(r"\b(d|qu|lorsqu|puisqu|jusqu|quoiqu)e $", re.I)

Consents = Mapping[tuple[str, str], str]  # (name, citation or "" for the whole document) -> status


@dataclass(frozen=True, slots=True)
class Known:
    """A name that somebody bears. `roles` among participant, facilitator, writer, commitment; `college` is a label."""

    name: str
    roles: tuple[str, ...] = ()
    college: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """A known name as it stands in the text. `certain`: with its capital; `refs`: what its sentence cites."""

    name: str
    written: str
    section: str
    sentence: str
    refs: tuple[str, ...]
    certain: bool
    status: str = UNASKED


@dataclass(frozen=True, slots=True)
class NameFound:
    """One known name that stands in the text. `status` is what was agreed for the document, `open` what still blocks."""

    known: Known
    status: str
    mentions: tuple[Mention, ...]

    @property
    def open(self) -> tuple[Mention, ...]:
        return tuple(one for one in self.mentions if one.certain and one.status not in PUBLISHABLE)


def known_names(
    states: Iterable[LiveState], facilitators: Iterable[str] = (), writers: Iterable[str] = ()
) -> tuple[Known, ...]:
    """Return every name that could stand in a text made from these séances, each once, in alphabetical order."""
    found: dict[str, Known] = {}
    for state in states:
        labels = {college.key: college.label for college in state.meeting.colleges}
        for person in state.people.values():
            _add(found, person.name, "participant", labels.get(person.college, ""))
        for link in state.links.values():
            if link.role == "cofacilitator":
                _add(found, link.label, "facilitator")
        for card in state.contributions.values():
            _add(found, card.fields.get("who", ""), "commitment", labels.get(card.college, ""))
    for role, names in (("facilitator", facilitators), ("writer", writers)):
        for name in names:
            _add(found, name, role)
    return tuple(sorted(found.values(), key=lambda known: folded(known.name)[0]))


def consents_of_cards(state: LiveState) -> dict[tuple[str, str], str]:
    """Return the consents that people gave on their own cards: their name beside that quotation (R-256)."""
    given: dict[tuple[str, str], str] = {}
    for card in state.contributions.values():
        if not card.name_consent or card.status == "withdrawn":
            continue
        person = state.people.get(card.author or "")
        for name in (person.name if person else "", card.fields.get("who", "")):
            if name.strip():
                given[name.strip(), f"C-{card.number}"] = GIVEN
    return given


def names_found(content: Content, known: Iterable[Known], consents: Consents) -> tuple[NameFound, ...]:
    """Return the known names that stand in the text, those that still block first."""
    places = [(TITLE, content.title)]
    for section in content.sections:
        places += [(section.key, section.heading), (section.key, section.body)]
    everything = " ".join(folded(text)[0] for _, text in places)
    found = []
    for one in known:
        if not any(word in everything for word in _seeds(one.name)):
            continue
        mentions = tuple(_mention(one.name, *place, consents) for place in _places_of(one.name, places))
        if mentions:
            found.append(NameFound(one, consents.get((one.name, ""), UNASKED), mentions))
    return tuple(sorted(found, key=lambda line: (not line.open, folded(line.known.name)[0])))


def without_name(content: Content, name: str, replacement: str) -> Content:
    """Return the content where a name is replaced everywhere: « de Karim » becomes « d’une personne »."""
    sections = tuple(
        replace(
            section,
            heading=_replaced(section.heading, name, replacement),
            body=_replaced(section.body, name, replacement),
        )
        for section in content.sections
    )
    return Content(_replaced(content.title, name, replacement), sections)


def folded(text: str) -> tuple[str, list[int]]:
    """Return a text without accents nor capitals, and for each of its signs the place it comes from."""
    signs: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        for plain in _plain(sign):
            signs.append(plain)
            places.append(place)
    return "".join(signs), places


@lru_cache(maxsize=4096)
def _plain(sign: str) -> str:
    known = LIGATURES.get(sign)
    if known is not None:
        return known
    return "".join(
        one for one in unicodedata.normalize("NFD", sign).casefold() if not unicodedata.combining(one)
    )


def _add(found: dict[str, Known], name: str, role: str, college: str = "") -> None:
    name = " ".join(name.split())
    if not LETTERS.search(name):
        return
    before = found.get(name, Known(name))
    roles = before.roles if role in before.roles else (*before.roles, role)
    # Two people of one first name and of two colleges: neither college may stand for it.
    same = not before.roles or before.college == college or not college
    found[name] = Known(name, roles, (before.college or college) if same else "")


def _seeds(name: str) -> tuple[str, ...]:
    """Return the words of which one must be in the text: a cheap look before the exact one."""
    return tuple(LETTERS.findall(folded(name)[0]))


@lru_cache(maxsize=2048)
def _pattern(name: str) -> re.Pattern[str]:
    """Return what finds a name in a folded text: whole, or a first name or family name alone."""
    plain = folded(name)[0]
    wholes = [r"[\s.'-]+".join(re.escape(word) for word in re.split(r"[\s.'-]+", plain) if word)]
    parts = [
        word for word in re.split(r"[\s.]+", plain) if len(word) >= LEAST_LETTERS and word not in PARTICLES
    ]
    alone = (
        [re.escape(part) for part in parts if LETTERS.search(part)] if len(parts) > 1 or " " in plain else []
    )
    return re.compile(rf"(?<![\w-])(?:{'|'.join([*wholes, *alone])})(?![\w-])")


def _spans(text: str, name: str) -> Iterator[tuple[int, int, bool]]:
    """Yield where a name stands in a text, and whether with its capital."""
    plain, places = folded(text)
    for match in _pattern(name).finditer(plain):
        start, end = places[match.start()], places[match.end() - 1] + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        yield start, end, text[start].isupper()


def _places_of(name: str, places: Collection[tuple[str, str]]) -> Iterator[tuple[str, str, int, int, bool]]:
    for key, text in places:
        for start, end, certain in _spans(text, name):
            yield key, text, start, end, certain


def _mention(
    name: str, key: str, text: str, start: int, end: int, certain: bool, consents: Consents
) -> Mention:
    sentence = next(
        (found.group().strip() for found in SENTENCE.finditer(text) if found.start() <= start < found.end()),
        text,
    )
    refs = tuple(dict.fromkeys(CITATION.findall(_with_citations(text, start))))
    status = consents.get((name, ""), UNASKED)
    if status != REFUSED and any(consents.get((name, ref)) in PUBLISHABLE for ref in refs):
        status = GIVEN
    return Mention(name, text[start:end], key, sentence, refs, certain, status)


def _with_citations(text: str, start: int) -> str:
    """Return the sentence around a place with the citations written just after its full stop: « … mois. [C-12] »."""
    for found in SENTENCE.finditer(text):
        if found.start() <= start < found.end():
            after = re.match(r"(?:[ \u00a0]*\[[A-Z0-9]*-?[CVH]-\d+\])*", text[found.end() :])
            return found.group() + (after.group() if after else "")
    return text


def _replaced(text: str, name: str, replacement: str) -> str:
    done, last = "", 0
    for start, end, certain in _spans(text, name):
        if not certain:
            continue
        done += text[last:start]
        words = replacement
        if replacement[:1].lower() in "aeiouyéèêh" and ELIDED.search(done):
            done = ELIDED.sub(lambda found: f"{found[1]}’", done)
        if BEGINNING.search(done):
            words = words[:1].upper() + words[1:]
        done, last = done + words, end
    return done + text[last:]
