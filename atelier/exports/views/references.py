"""Permanent addresses: `/r/DK2` is the séance, `/r/DK2/C-12` one card of it (architecture §7)."""

from __future__ import annotations

import re

from flask import redirect
from sqlalchemy import select
from werkzeug.wrappers import Response as AnyResponse

from atelier.errors import NotFound
from atelier.exports.views.blueprint import asked, blueprint
from atelier.house import house
from atelier.workshops.models import WorkshopSession

ANCHOR = re.compile(r"(?:C-|V-|K)\d{1,6}")


@blueprint.get("/r/<reference>")
@blueprint.get("/r/<reference>/<ref>")
def reference(reference: str, ref: str = "") -> AnyResponse:
    """Lead to the place of a reference in the page of what happened, for whoever may read that page."""
    if ref and not ANCHOR.fullmatch(ref):
        raise NotFound(ref)
    query = select(WorkshopSession.code).where(
        WorkshopSession.reference == reference, WorkshopSession.deleted_at.is_(None)
    )
    with house().database.reading() as db:
        code = db.scalar(query)
    if code is None:
        raise NotFound(reference)
    asked(code, "view_story")
    return redirect(f"/seances/{code}/recit{f'#{ref}' if ref else ''}")
