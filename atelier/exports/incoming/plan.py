"""Which part of a text from outside goes where in a document: proposed, then done. Pure.

Words are added after what a section holds, never in its place; a part that is new stands after the one that came before it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from atelier.minutes.content import Content, Section
from atelier.minutes.document import SharedText
from atelier.minutes.importing import content_from_markdown

NEW, NOTHING = "+", "-"  # beside the keys of sections: what a part becomes
MOST_PARTS = 150
LONGEST_HEADING = 200
NUMBER = re.compile(
    r"^(?:(?:partie|chapitre)\s+)?(?:\d{1,2}(?:\.\d{1,2})*|[ivx]+|[a-z])\s*[.):/\u2013\u2014-]+\s+|^\d{1,2}(?:\.\d{1,2})*\s+"
)
# What a document writes by itself before its headings, typed by hand or by our own files.
TYPED_NUMBER = re.compile(r"^\d{1,2}(?:\.\d{1,2})*(?:[.)]\s+|\u00a0)(?=\S)")
NOTE = re.compile(r"\[\^([^\]\s]+)\]")
ADDRESS = re.compile(r"^ {0,3}\[(?!\^)((?:[^\[\]\\]|\\.)+)\]:", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Arrival:
    """What came in: its parts in order, and what the first is called when it has no heading of its own."""

    title: str
    parts: tuple[Section, ...]


def arrival(markdown: str, title: str, untitled: str) -> Arrival:
    """Return a text as parts. Too many to choose from one by one, and they are one. `untitled`: the last resort of a name."""
    content = content_from_markdown(markdown)
    name = (content.title or title)[:LONGEST_HEADING]
    sections = content.sections
    if len(sections) > MOST_PARTS:
        sections = (Section("s0", 1, "", "\n\n".join(_whole(section) for section in sections)),)
    named = [
        replace(part, level=1, heading=name or untitled) if not part.heading else part for part in sections
    ]
    return Arrival(name, tuple(replace(part, heading=_unnumbered(part.heading)) for part in named))


def _unnumbered(heading: str) -> str:
    return TYPED_NUMBER.sub("", heading)[:LONGEST_HEADING]


def _whole(section: Section) -> str:
    heading = f"{'#' * (section.level + 1)} {section.heading}" if section.heading else ""
    return "\n\n".join(piece for piece in (heading, section.body) if piece)


def proposed(parts: Sequence[Section], content: Content) -> list[str]:
    """Return where each part goes unless somebody says otherwise: to the section of the same heading, else it is new."""
    known: dict[str, str] = {}
    for section in content.sections:
        known.setdefault(plain(section.heading), section.key)
    return [known.get(plain(part.heading), NEW) if plain(part.heading) else NEW for part in parts]


def plain(heading: str) -> str:
    """Return a heading's words without number, accents, capitals and points: what makes two of them the same."""
    words = unicodedata.normalize("NFKD", heading[:LONGEST_HEADING].casefold())
    bare = "".join(sign for sign in words if not unicodedata.combining(sign)).replace("\u0153", "oe")
    return " ".join(re.sub(r"[^\w]+", " ", NUMBER.sub("", bare.strip())).split())


# ---------------------------------------------------------------- done


@dataclass(frozen=True, slots=True)
class Act:
    """Words to add at the end of the section `key`, or (`section`) a new one to put after it (None: first)."""

    key: str | None
    words: str = ""
    section: Section | None = None


def acts(content: Content, parts: Sequence[Section], targets: Sequence[str], stem: str) -> Iterator[Act]:
    """Yield what is to be done, in order. A target that is no more is a new part; `stem` begins the keys of new ones."""
    bodies = {section.key: section.body for section in content.sections}
    order = [section for section in content.sections if not section.annex]
    annexes = {section.key for section in content.sections if section.annex}
    last: str | None = None
    for place, (part, target) in enumerate(zip(parts, targets, strict=True)):
        if target == NOTHING:
            continue
        if target in bodies:
            words = addition(bodies[target], part, _heading(content, target))
            bodies[target] += words
            yield Act(target, words)
            last = target if target not in annexes else last
            continue
        made = Section(f"{stem}-{place}", part.level if last else 1, part.heading, part.body)
        at = _place(order, made.level, last)
        order.insert(at, made)
        bodies[made.key] = made.body
        yield Act(order[at - 1].key if at else None, section=made)
        last = made.key


def carry_out(text: SharedText, parts: Sequence[Section], targets: Sequence[str], stem: str) -> None:
    """Write it into the shared text, once: the same `stem` a second time changes nothing."""
    if not text.first_time(stem):
        return
    for act in acts(text.content(), parts, targets, stem):
        if act.section is not None:
            text.add(act.section, act.key)
        elif act.key is not None:
            end = len(text.markdown(act.key))
            text.splice(act.key, end, end, act.words)


def addition(body: str, part: Section, heading: str) -> str:
    """Return what is to be written after `body`: an empty line, the part's heading where it says another thing, its words."""
    own = "" if plain(part.heading) == plain(heading) else f"## {_escaped(part.heading)}"
    words = "\n\n".join(piece for piece in (own, _apart(part.body, body).strip("\n")) if piece)
    if not words or not body.strip():
        return words
    ends = len(body) - len(body.rstrip("\n"))
    return "\n" * max(0, 2 - ends) + words


def _heading(content: Content, key: str) -> str:
    found = content.section(key)
    return found.heading if found else ""


def _place(order: Sequence[Section], level: int, last: str | None) -> int:
    """Return where a new section goes: after the one before it, and after all that is under it when it is of its rank."""
    at = next((place for place, section in enumerate(order) if section.key == last), len(order) - 1) + 1
    if at and (level == 1 or order[at - 1].level == 1):
        while at < len(order) and order[at].level > 1:
            at += 1
    return at


def _escaped(heading: str) -> str:
    return re.sub(r"[\\`*_\[\]<~|]", r"\\\g<0>", heading)


# ---------------------------------------------------------------- labels that two texts share


def _apart(words: str, body: str) -> str:
    """Give the notes and link addresses of a text labels that `body` does not have: else one would hide the other."""
    taken = set(NOTE.findall(body))
    notes = _renamed([label for label in dict.fromkeys(NOTE.findall(words)) if label in taken], taken)
    words = NOTE.sub(lambda found: f"[^{notes.get(found[1], found[1])}]", words)
    known = {label.casefold() for label in ADDRESS.findall(body)}
    shared = [label for label in ADDRESS.findall(words) if label.casefold() in known]
    for label, other in _renamed(shared, known).items():
        words = _relabelled(words, label, other)
    return words


def _renamed(labels: Sequence[str], taken: set[str]) -> Mapping[str, str]:
    made: dict[str, str] = {}
    for label in labels:
        number = 2
        while f"{label}-{number}".casefold() in taken | {one.casefold() for one in made.values()}:
            number += 1
        made[label] = f"{label}-{number}"
    return made


def _relabelled(words: str, label: str, other: str) -> str:
    """Return a text in which the address `[label]: …` is called `other`, and is found under that name."""
    name = re.escape(label)
    words = re.sub(rf"(?im)^( {{0,3}})\[{name}\]:", lambda found: f"{found[1]}[{other}]:", words)
    words = re.sub(rf"(?i)\]\[{name}\]", lambda _: f"][{other}]", words)
    return re.sub(
        rf"(?i)(?<![\]!\\])\[({name})\](?:\[\]|(?![\[(:]))", lambda found: f"[{found[1]}][{other}]", words
    )
