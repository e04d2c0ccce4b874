"""The published text as one Markdown file, whose SHA-256 is the fingerprint of the version; and the sources it keeps. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from atelier.dialect import cleaned, pieces
from atelier.minutes.citations import where_cited
from atelier.minutes.content import Content, numbered
from atelier.minutes.facts import ANNEX_OF_REFUSED, ANNEX_OF_RESERVES
from atelier.minutes.sources import Sources

DRAWN = re.compile(r"(?:figure:|^ {0,3}::: auto )([CVH]-\d+)", re.M)


def cited_sources(content: Content, sources: Sources) -> Sources:
    """Return the sources that a text leads to: those it cites, those of its figures and of the app's blocks."""
    refs = set(where_cited(content))
    for section in content.sections:
        refs.update(DRAWN.findall(section.body))
    votes = {vote for ref in refs if (source := sources.get(ref)) for vote in source.voted}
    return sources.only([*refs, *votes])


def manuscript(content: Content, lines: Sequence[str] = ()) -> str:
    """Return the text as Markdown: its title, `lines` about it, its numbered parts without the marks of the app's blocks."""
    written = [f"# {content.title}", *lines]
    members = list(numbered(content.sections))
    for place, (number, section) in enumerate(members):
        following = members[place + 1][1] if place + 1 < len(members) else None
        body = "\n\n".join(
            filter(
                None,
                ((piece.inside if piece.source else piece.text).strip() for piece in pieces(section.body)),
            )
        )
        holds = following is not None and following.level > section.level
        if not body and not holds:
            continue
        written.append("#" * (section.level + 1) + " " + f"{number} {section.heading}".strip())
        written.append(body)
    return cleaned("\n\n".join(filter(None, written)) + "\n")


def without_annexes(content: Content) -> Content:
    """Return the text that people write, without the annexes that publication adds to it."""
    added = (ANNEX_OF_REFUSED, ANNEX_OF_RESERVES)
    return Content(content.title, tuple(one for one in content.sections if one.key not in added))
