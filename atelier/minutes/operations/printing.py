"""A text drawn once, as everybody will read it from its publication on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from atelier.drawing import Drawing
from atelier.later import N_
from atelier.minutes import facts as said
from atelier.minutes.models import Document
from atelier.minutes.operations.drawing import body_of, say
from atelier.minutes.operations.publication import Frozen
from atelier.minutes.operations.situation import Standing
from atelier.minutes.publishing import cited_sources, manuscript
from atelier.minutes.sources import Sources
from atelier.minutes.sources import to_json as sources_to_json

ABOUT = N_(
    "Référence %(reference)s, publié le %(day)s. Les propos engagent leurs auteurs, pas leur structure."
)


def frozen_of(
    drawing: Drawing,
    document: Document,
    drawn: Standing,
    sources: Sources,
    writers: tuple[str, ...],
    on: date,
) -> Frozen:
    """Draw the text as it stands. `sources`: as far as the public may know them; `on`: the day of publication."""
    approved = document.approved_at.astimezone(drawing.zone).date() if document.approved_at else None
    facts = replace(drawn.facts, approval=document.approval, approved_on=approved, writers=writers)
    about = say(ABOUT) % {"reference": document.reference, "day": drawing.speech().day(on.isoformat())}
    return Frozen(
        html=str(body_of(drawing, drawn.annexed, sources)),
        markdown=manuscript(drawn.annexed, [about]),
        sources=sources_to_json(cited_sources(drawn.annexed, sources)),
        facts=said.to_json(facts),
    )
