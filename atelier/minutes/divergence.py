"""« Points de vue divergents » (domain §5): where both sides of a disagreement stand, and where they are missing. Pure.

A vote whose label is « partagé » (D-10) is told with both arguments: publication waits while the part of the text that
cites it has no divergent point of view.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from atelier.live.methods.agreement import DIVIDED
from atelier.live.state import LiveState
from atelier.minutes.content import Content, Section, parts
from atelier.minutes.name_search import folded

HEADING = "Points de vue divergents"
NAMED = re.compile(
    r"points? de vue (?:divergents?|minoritaires?)|avis divergents?|ce qui fait debat|dissensus|reserves"
)
TITLE_LINE = re.compile(r"^ {0,3}#{1,6}[ \t]+(.*?)[ \t#]*$", re.M)
CITED = re.compile(r"(?:\[(?:[A-Z0-9]+-)?|figure:|^::: auto )(V-\d+)", re.M)
FENCE = re.compile(r"^ {0,3}:::.*$", re.M)


@dataclass(frozen=True, slots=True)
class OneSided:
    """A vote told with one side only: the part that cites it holds no divergent point of view."""

    ref: str
    options: tuple[str, ...]
    section: str


def divided_votes(state: LiveState) -> dict[str, tuple[str, ...]]:
    """Return the votes whose result divides the room, with the texts of the options that do."""
    found = {}
    for number, key in enumerate(state.votes, 1):
        activity = state.activities[key]
        texts = {option.key: option.text for option in activity.options}
        entries = (activity.result or {}).get("options", ()) if activity.phase == "revealed" else ()
        options = tuple(texts.get(entry["key"], "") for entry in entries if entry.get("label") == DIVIDED)
        if options:
            found[f"V-{number}"] = options
    return found


def one_sided(content: Content, divided: Mapping[str, tuple[str, ...]]) -> tuple[OneSided, ...]:
    """Return the divided votes that the text cites in a part where nobody's disagreement is written."""
    found = {}
    for _, members in parts(content.sections):
        if any(_is_told(section) for section in members):
            continue
        for section in members:
            for ref in CITED.findall(section.body):
                if ref in divided and ref not in found:
                    found[ref] = OneSided(ref, divided[ref], section.key)
    return tuple(found.values())


def with_divergence(content: Content, key: str, words: str) -> Section | None:
    """Return the section to rewrite so that `words` stand among the divergent points of view of the part of section `key`."""
    members = next((some for _, some in parts(content.sections) if any(one.key == key for one in some)), ())
    here = content.section(key)
    if here is None:
        return None
    for section in members:
        if NAMED.search(folded(section.heading)[0]):
            return replace(section, body=_with_paragraph(section.body, words))
    after = list(_passages(here.body))
    for start, end in after:
        told = here.body[start:end].rstrip("\n")
        rest = here.body[end:]
        return replace(
            here, body=here.body[:start] + _with_paragraph(told, words) + (f"\n{rest}" if rest else "")
        )
    return replace(here, body=_with_paragraph(here.body, f"### {HEADING}\n\n{words}"))


def plain_words(text: str) -> str:
    """Return somebody's words without what could pass for a machine's block."""
    return FENCE.sub("", text).strip()


def _is_told(section: Section) -> bool:
    if NAMED.search(folded(section.heading)[0]):
        return bool(FENCE.sub("", section.body).strip())
    return any(section.body[start:end].strip() for start, end in _passages(section.body))


def _passages(body: str) -> Iterator[tuple[int, int]]:
    """Yield what stands under each title of the body that announces disagreement: from after the title to the next one."""
    titles = list(TITLE_LINE.finditer(body))
    for number, title in enumerate(titles):
        if NAMED.search(folded(title[1])[0]):
            yield title.end(), titles[number + 1].start() if number + 1 < len(titles) else len(body)


def _with_paragraph(body: str, words: str) -> str:
    body = body.rstrip("\n")
    return f"{body}\n\n{words}\n" if body.strip() else f"{body}\n\n{words}\n".lstrip("\n")
