"""The draft of a compte rendu: a séance as sections of its template, block by block. Pure, and the same each time (R-207).

No text is invented: sentences are frames around data, in the present tense; people's words stand in « » with their citation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from atelier.live.record import Row
from atelier.live.state import LiveState
from atelier.minutes.blocks import written
from atelier.minutes.content import Content
from atelier.minutes.document_templates import DocumentTemplate
from atelier.minutes.drafting.boards import board_pieces
from atelier.minutes.drafting.facts import fact_pieces
from atelier.minutes.drafting.hypotheses import hypothesis_pieces
from atelier.minutes.drafting.material import Following, Piece, gather
from atelier.minutes.drafting.results import results_of
from atelier.minutes.drafting.told import (
    commitment_pieces,
    debate_pieces,
    online_pieces,
    presented_pieces,
    question_pieces,
)
from atelier.minutes.drafting.votes import vote_pieces
from atelier.speech import Speech

__all__ = ["Following", "draft", "pieces_of"]


def draft(
    state: LiveState,
    rows: Sequence[Row],
    template: DocumentTemplate,
    speech: Speech,
    following: Following | None = None,
    running: bool = False,
) -> Content:
    """Return the draft: the template's sections, each filled with the blocks of the activities that have closed.

    `rows` are record(state). `running`: with what activities hold that are still open, or open again.
    """
    bodies: dict[str, list[str]] = {section.key: [] for section in template.sections}
    for piece in pieces_of(state, rows, template, speech, following, running):
        bodies[piece.section].append(written(piece.source, piece.text))
    sections = tuple(
        replace(
            section,
            heading=speech.gettext(section.heading),
            hint=speech.gettext(section.hint) if section.hint else "",
            body="\n\n".join(bodies[section.key]),
        )
        for section in template.sections
    )
    return Content(state.meeting.title, sections)


def pieces_of(
    state: LiveState,
    rows: Sequence[Row],
    template: DocumentTemplate,
    speech: Speech,
    following: Following | None = None,
    running: bool = False,
) -> list[Piece]:
    """Return the blocks of a draft, in their order inside each section."""
    material = gather(state, rows, template, speech, following, running)
    results = results_of(material)
    found = [
        *fact_pieces(material),
        *presented_pieces(material),
        *question_pieces(material),
        *board_pieces(material, results),
        *hypothesis_pieces(material, results),
        *vote_pieces(material, results),
        *commitment_pieces(material),
        *debate_pieces(material, results),
        *online_pieces(material),
    ]
    return sorted(found, key=lambda piece: piece.order)
