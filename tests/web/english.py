"""What is left of French on a page drawn in English: sentences of the catalogue, people's own words apart."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from html import unescape

from babel.messages.pofile import read_po

from atelier.assets import asset_dir
from atelier.live.markup import Element, read
from tests.web.live_ground import INLINE, SILENT

# Shorter fragments (« Vote », « Table ») are words of both languages.
WORTH_SEEKING = 6
HEARD = ("aria-label", "title", "placeholder", "alt", "data-confirm")


@lru_cache(maxsize=1)
def french() -> dict[str, re.Pattern[str]]:
    """What the French sentences say between their blanks, and no English sentence says."""
    with (asset_dir("locale") / "en/LC_MESSAGES/messages.po").open("rb") as file:
        entries = [entry for entry in read_po(file, locale="en") if entry.id]
    english = " | ".join(text for entry in entries for text in forms(entry.string)).lower()
    parts = {
        " ".join(part.split())
        for entry in entries
        for text in forms(entry.id)
        for part in re.split(r"%\(\w+\)s|%%|\{\w+\}", text.replace("'", "’"))
    }
    return {
        part: re.compile(rf"(?<!\w){re.escape(part)}(?!\w)")
        for part in parts
        if len(part) >= WORTH_SEEKING and part.lower() not in english
    }


def forms(text: str | tuple[str, ...]) -> tuple[str, ...]:
    return text if isinstance(text, tuple) else (text,)


def leftovers(page: str, *known: object) -> list[str]:
    """Return the French that a page says without marking it `lang="fr"`, names for those who hear it included.

    `known`: what holds people's words (a state, a content), which stay theirs.
    """
    words = re.sub(r"\s+", " ", unescape(_said_in_english(read(page)))).replace("'", "’")
    own = " ".join(repr(one) for one in known).replace("\\'", "’").replace("'", "’")
    return sorted(part for part, seen in french().items() if seen.search(words) and part not in own)


def _said_in_english(nodes: Iterable[Element | str]) -> str:
    found = []
    for node in nodes:
        if isinstance(node, str):
            found.append(node)
        elif node.tag not in SILENT and (node.tag == "html" or node.get("lang") != "fr"):
            heard = " ".join(text for name in HEARD if (text := node.get(name)))
            inner = f" {heard} " * bool(heard) + _said_in_english(node.children)
            found.append(inner if node.tag in INLINE else f" {inner} ")
        elif node.get("lang") == "fr":
            found.append(_back_to_english(node.children))
    return "".join(found)


def _back_to_english(nodes: Iterable[Element | str]) -> str:
    """What the interface says inside a French text."""
    inside = [node for node in nodes if isinstance(node, Element)]
    return "".join(
        _said_in_english(node.children) if node.get("lang") == "en" else _back_to_english(node.children)
        for node in inside
    )
