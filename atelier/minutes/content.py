"""What a document says at one moment: titled sections of Markdown, in order. The plain form that is compared, drawn, frozen.

The shared text (document.py) is read into it; versions keep it as JSON; nothing here knows Yjs or HTML.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Section:
    """One section. `level` is 1 (a part) or 2; `key` never changes, the order may; `body` is Markdown of the dialect."""

    key: str
    level: int
    heading: str
    body: str = ""
    required: bool = False
    hint: str = ""  # what to write here, shown while it is empty, never published
    annex: bool = False  # unnumbered, after everything else


@dataclass(frozen=True, slots=True)
class Content:
    title: str
    sections: tuple[Section, ...] = ()

    def section(self, key: str) -> Section | None:
        """Return the section of a key, or None."""
        return next((section for section in self.sections if section.key == key), None)


def to_json(content: Content) -> dict[str, Any]:
    """Return plain data that `from_json` reads back to an equal content."""
    return {"title": content.title, "sections": [asdict(section) for section in content.sections]}


def from_json(data: Mapping[str, Any]) -> Content:
    return Content(data["title"], tuple(Section(**section) for section in data["sections"]))


def sha256(content: Content) -> str:
    """Return the SHA-256, in hexadecimal, of the content's canonical JSON."""
    text = json.dumps(to_json(content), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def numbered(sections: Iterable[Section]) -> Iterator[tuple[str, Section]]:
    """Give each section its number as readers see it: `1`, `1.1`, `1.2`, `2`…; annexes and what opens the text have none."""
    part = under = 0
    for section in sections:
        if section.annex:
            yield "", section
        elif section.level == 1:
            part, under = part + 1, 0
            yield str(part), section
        else:
            under += 1
            yield (f"{part}.{under}" if part else ""), section


def parts(sections: Iterable[Section]) -> Iterator[tuple[Section, tuple[Section, ...]]]:
    """Group sections under their part: (part, everything in it, itself first)."""
    group: list[Section] = []
    for section in sections:
        if section.level == 1 and group:
            yield group[0], tuple(group)
            group = []
        group.append(section)
    if group:
        yield group[0], tuple(group)


def empty_parts(content: Content) -> tuple[Section, ...]:
    """Return the required parts that hold no word at all (R-147): publication is refused while there is one."""
    return tuple(
        part
        for part, members in parts(content.sections)
        if part.required and not any(m.body.strip() for m in members)
    )
