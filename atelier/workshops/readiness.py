"""What is still missing in a déroulé before the séance: said, never blocking, since the desk may complete it."""

from __future__ import annotations

from typing import Any

from atelier.workshops.kinds import KINDS
from atelier.workshops.sources import source_lost

WITHOUT_QUESTION = frozenset({"recap", "presentation"})


def missing_of(activity: Any) -> str:
    """Return what an activity (a row of models.Activity) lacks: question, options, source, proposal, or an empty text."""
    if not activity.question.strip() and activity.kind not in WITHOUT_QUESTION:
        return "question"
    if KINDS[activity.kind].options and not activity.options and not activity.settings.get("options_from"):
        return "options"
    if KINDS[activity.kind].options and source_lost(activity):
        return "source"
    if activity.kind == "consent" and not activity.settings.get("proposal"):
        return "proposal"
    return ""
