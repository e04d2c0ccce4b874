"""A whole draft as one text to read: every section with its number, its words and the source of each block."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from atelier.drawing import Drawing
from atelier.live.record import record
from atelier.live.state import LiveState
from atelier.minutes.content import Content, numbered
from atelier.minutes.document_templates import template_for
from atelier.minutes.drafting import draft
from tests.journals.test_golden import folded

FOLDER = Path(__file__).parent / "kept"
SPEECH = Drawing("Europe/Paris", "https://atelier.example").speech()


def path_of(reference: str) -> Path:
    return FOLDER / f"{reference}.json"


@lru_cache
def state_of(reference: str) -> LiveState:
    """Return the séance as its journal tells it."""
    return folded(json.loads(path_of(reference).read_text(encoding="utf-8")))


def draft_of(reference: str) -> Content:
    state = state_of(reference)
    return draft(state, record(state), template_for(state.meeting.kind), SPEECH)


def markdown(content: Content) -> str:
    """Return a draft on one page; an empty section shows its hint."""
    parts = [f"% {content.title}"]
    for number, section in numbered(content.sections):
        heading = f"{number} {section.heading}".strip()
        parts += [f"{'#' * section.level} {heading}", section.body or f"({section.hint})"]
    return "\n\n".join(parts) + "\n"
