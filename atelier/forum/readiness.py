"""What is missing before a contribution au forum may be submitted to its group: each thing with its place (T5, domain §5)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from atelier.forum.agreement import STRENGTH, Agreement
from atelier.forum.coverage import LEFT, Coverage
from atelier.forum.propositions import AUTO, MOST, Proposition, propositions
from atelier.forum.words import LABELS
from atelier.live.methods.agreement import DIVIDED
from atelier.minutes.content import Content, empty_parts

SAID = re.compile(
    r"^[ \t]*(?:[-*>][ \t]+)?[*_]{0,3}([^\W\d_][^:*_\n]{3,30}?)[*_]{0,3}[\u00a0 ]?:", re.MULTILINE
)
MESSAGES = 3  # of the one-screen version, with its title
QUESTIONS = "debate"  # the section « Ce que nous demandons au forum de débattre »


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing to do: a stable code that the door words, the section where it is done, plain data for the sentence."""

    code: str
    section: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)


def missing(
    content: Content, covered: Coverage, agreements: Mapping[str, Agreement], messages: Sequence[str]
) -> tuple[Missing, ...]:
    """Return all that blocks, in the order of the page; empty when the group may receive it.

    `agreements`: section key of a proposition -> the agreement it prints. A « partagé » needs the words of both sides (domain §5,
    minority guarantee). `messages`: the three lines of the one-screen version.
    """
    return tuple(_missing(content, covered, agreements, messages))


def _missing(
    content: Content, covered: Coverage, agreements: Mapping[str, Agreement], messages: Sequence[str]
) -> Iterator[Missing]:
    left = covered.count(LEFT)
    if left:
        yield Missing("cards_left", params={"count": left})
    found = propositions(content)
    if not found:
        yield Missing("no_proposition")
    if len(found) > MOST:
        yield Missing("too_many_propositions", found[MOST].key, {"count": len(found), "most": MOST})
    for proposition in found:
        yield from _missing_in(proposition, agreements.get(proposition.key))
    for part in empty_parts(content):
        yield Missing("section_empty", part.key, {"heading": part.heading})
    if sum(1 for message in messages if message.strip()) < MESSAGES:
        yield Missing("screen_missing")


def _missing_in(proposition: Proposition, printed: Agreement | None) -> Iterator[Missing]:
    if not proposition.title.strip():
        yield Missing("proposition_without_title", proposition.key)
    if proposition.missing:
        yield Missing(
            "fields_empty", proposition.key, {"fields": proposition.missing, "title": proposition.title}
        )
    said = said_label(proposition, printed)
    if said:
        yield Missing("label_raised", proposition.key, {"label": said, "title": proposition.title})
    divided = printed is not None and DIVIDED in {printed.label, printed.computed}
    if divided and not proposition.words("divergent"):
        yield Missing("divided_without_views", proposition.key, {"title": proposition.title})


def said_label(proposition: Proposition, printed: Agreement | None) -> str:
    """Return the label that people wrote by hand, as the app writes one, and that says more than the vote; "" for none (D-10)."""
    strength = STRENGTH.get(printed.label or "", 0) if printed else 0
    ours = "\n".join((*proposition.fields.values(), proposition.other))
    words = SAID.findall(AUTO.sub("", ours))
    found = [label for label in STRENGTH if LABELS[label] in {word.lower() for word in words}]
    return next((LABELS[label] for label in found if STRENGTH[label] > strength), "")
