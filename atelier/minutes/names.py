"""« Recherche de noms » (R-253): every name the installation knows, found in a text, with what the person agreed to. Pure.

Known names are those that participants typed, of facilitators, of writers, and of who took a commitment. A name stands in
a published text only with that person's consent for that quotation, for the document, or because they speak in an
official role (CRPA L312-1-2). What is sure blocks publication; a word without its capital (« rose ») is only shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from atelier.live.state import LiveState
from atelier.minutes.content import Content
from atelier.minutes.name_search import LETTERS, Searched, Span, folded

GIVEN, REFUSED, PUBLIC_ROLE, NOT_A_NAME, UNASKED = "given", "refused", "public_role", "not_a_name", ""
PUBLISHABLE = frozenset({GIVEN, PUBLIC_ROLE, NOT_A_NAME})
TITLE = ""  # the place of what stands in the title
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
    def is_lent(self) -> bool:
        """Whether every sure mention stands beside a quotation for which the person lent this name."""
        sure = [one.status for one in self.mentions if one.certain]
        return bool(sure) and not self.status and set(sure) == {GIVEN}

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
    places = [(TITLE, Searched(content.title))]
    for section in content.sections:
        places += [(section.key, Searched(section.heading)), (section.key, Searched(section.body))]
    found = []
    for one in known:
        mentions = tuple(
            _mention(one.name, key, searched, span, consents)
            for key, searched in places
            for span in searched.spans(one.name)
        )
        if mentions:
            found.append(NameFound(one, consents.get((one.name, ""), UNASKED), mentions))
    return tuple(sorted(found, key=lambda line: (not line.open, folded(line.known.name)[0])))


def without_name(content: Content, name: str, replacement: str) -> Content:
    """Return the content where a name is replaced everywhere: « de Karim » becomes « d’une personne »."""
    sections = tuple(
        replace(
            section,
            heading=name_replaced(section.heading, name, replacement),
            body=name_replaced(section.body, name, replacement),
        )
        for section in content.sections
    )
    return Content(name_replaced(content.title, name, replacement), sections)


def name_replaced(text: str, name: str, replacement: str) -> str:
    """Return a text where other words stand for a name."""
    done, last = "", 0
    for start, end, certain in Searched(text).spans(name):
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


def _add(found: dict[str, Known], name: str, role: str, college: str = "") -> None:
    name = " ".join(name.split())
    if not LETTERS.search(name):
        return
    before = found.get(name, Known(name))
    roles = before.roles if role in before.roles else (*before.roles, role)
    # Two people of one first name and of two colleges: neither college may stand for it.
    same = not before.roles or before.college == college or not college
    found[name] = Known(name, roles, (before.college or college) if same else "")


def _mention(name: str, key: str, searched: Searched, span: Span, consents: Consents) -> Mention:
    sentence, refs = searched.sentence(span.start)
    status = consents.get((name, ""), UNASKED)
    if status != REFUSED and any(consents.get((name, ref)) in PUBLISHABLE for ref in refs):
        status = GIVEN
    return Mention(name, searched.text[span.start : span.end], key, sentence, refs, span.certain, status)
