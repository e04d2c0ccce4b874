"""« Ce qui s'est passé »: the page that everybody who was there can read after the close."""

from __future__ import annotations

from flask import Response

from atelier.exports import story as told
from atelier.exports.views.blueprint import asked, blueprint, page, recorded


@blueprint.get("/seances/<code>/recit")
def story(code: str) -> Response:
    """Sequences, cards by cluster, results, what is not quoted and why."""
    found = asked(code, "view_story")
    state, rows = recorded(found)
    return page("exports/story.html", found, story=told.story(state, rows), phase=state.phase)
