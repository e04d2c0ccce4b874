"""The propositions of a contribution au forum, as they stand in the shared text: one section each, fields under headings (T5)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from atelier.dialect import CITATION
from atelier.later import N_
from atelier.minutes.content import Content, Section

PREFIX = "proposition-"
MOST = 7  # domain §5, T5
FIELDS: Mapping[str, str] = {
    "origin": N_("Constat d'origine"),
    "content": N_("Contenu"),
    "beneficiaries": N_("Bénéficiaires"),
    "conditions": N_("Conditions de réussite"),
    "addressees": N_("À qui elle s'adresse"),
    "divergent": N_("Points de vue divergents ou minoritaires"),
}
SUPPORT = N_(
    "Degré d'accord et sources"
)  # what the app says of the vote, and the line of sources, end the body under it
REQUIRED = ("origin", "content", "addressees")
AUTO = re.compile(r"^:::.*?^:::[ \t]*$", re.MULTILINE | re.DOTALL)  # a block of the app (atelier/dialect.py)
SIGNS = re.compile(r"(?<!\\)[*_`]+|^[ \t]*(?:[-+>]|\d+\.)[ \t]+|(?<=\S)[ \t]+(?=[.,])", re.MULTILINE)
ESCAPED = re.compile(r"\\(.)")
SOURCES = re.compile(r"^Sources[\u00a0 ]?:.*$", re.MULTILINE)
HEADING = re.compile(r"^#{3,6}[ \t]+(.+?)[ \t]*#*[ \t]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Proposition:
    """One proposition: `fields` holds the Markdown under each heading it knows, `other` what stands under none of them."""

    key: str
    title: str
    fields: Mapping[str, str] = field(default_factory=dict)
    other: str = ""

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the required fields that hold no word."""
        return tuple(name for name in REQUIRED if not self.words(name))

    def words(self, name: str) -> str:
        """Return what people wrote in a field: neither what the app says of the vote, nor the line of sources under it."""
        return SOURCES.sub("", AUTO.sub("", self.fields.get(name, ""))).strip()

    def told(self, name: str) -> str:
        """Return the words of a field on one line, without citations nor the signs of Markdown."""
        return " ".join(ESCAPED.sub(r"\1", SIGNS.sub("", CITATION.sub("", self.words(name)))).split())


def propositions(content: Content) -> tuple[Proposition, ...]:
    """Return the propositions in the order of the text. A heading that people reworded stays in `other`: nothing is lost."""
    return tuple(_read(section) for section in content.sections if section.key.startswith(PREFIX))


def blank(key: str, title: str = "") -> Section:
    """Return a new proposition's section, its headings ready to be written under."""
    body = "\n\n".join(f"### {heading}\n" for heading in (*FIELDS.values(), SUPPORT))
    return Section(key=key, level=2, heading=title, body=body)


def without_blanks(body: str) -> str:
    """Return the body of a proposition without the headings that it was begun with and that hold nothing."""
    known = {_plain(heading) for heading in (*FIELDS.values(), SUPPORT)}
    found = list(HEADING.finditer(body))
    ends = [following.start() for following in found[1:]] + [len(body)]
    for heading, end in reversed(list(zip(found, ends, strict=True))):
        if _plain(heading[1]) in known and not body[heading.end() : end].strip():
            body = body[: heading.start()] + body[end:]
    return body


def next_key(content: Content) -> str:
    """Return a key that no proposition of this text has."""
    taken = {section.key for section in content.sections}
    return next(
        key for key in (f"{PREFIX}{number}" for number in range(1, len(taken) + 2)) if key not in taken
    )


def _read(section: Section) -> Proposition:
    names = {_plain(heading): name for name, heading in FIELDS.items()}
    fields: dict[str, str] = {}
    other: list[str] = []
    for heading, body in _parts(section.body):
        name = names.get(_plain(heading), "")
        if name and name not in fields:
            fields[name] = body.strip()
        elif heading or body.strip():
            other.append(f"### {heading}\n{body}".strip() if heading else body.strip())
    return Proposition(section.key, section.heading, fields, "\n\n".join(other))


def _parts(body: str) -> Iterator[tuple[str, str]]:
    """Yield (heading, what stands under it); what comes before any heading has none."""
    found = list(HEADING.finditer(body))
    yield "", body[: found[0].start()] if found else body
    ends = [following.start() for following in found[1:]] + [len(body)]
    for heading, end in zip(found, ends if found else [], strict=True):
        yield heading[1], body[heading.end() : end]


def _plain(heading: str) -> str:
    return heading.replace("’", "'").strip().lower()
