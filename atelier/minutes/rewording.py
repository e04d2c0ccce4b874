"""Every word of something that is kept, given to a function that may change it. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from atelier.minutes.content import Content

Words = Callable[[str], str]


def content_reworded(content: Content, words: Words) -> Content:
    """Return a content whose title, headings and bodies went through `words`; the very same one when nothing changed."""
    made = replace(
        content,
        title=words(content.title),
        sections=tuple(
            replace(one, heading=words(one.heading), body=words(one.body)) for one in content.sections
        ),
    )
    return content if made == content else made


def reworded(found: Any, words: Words) -> Any:
    """Return plain data, or a frozen dataclass, however deep, whose texts went through `words`. A text of one word is a code."""
    if isinstance(found, str):
        return words(found) if len(found.split()) > 1 else found
    if isinstance(found, tuple | list):
        return type(found)(reworded(one, words) for one in found)
    if isinstance(found, Mapping):
        return {key: reworded(one, words) for key, one in found.items()}
    if is_dataclass(found) and not isinstance(found, type):
        return replace(
            found,
            **{one.name: reworded(getattr(found, one.name), words) for one in fields(found) if one.init},
        )
    return found
