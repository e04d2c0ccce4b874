"""Permanent addresses: `/r/DK2` is the séance, `/r/DK2/C-12` one card of it (architecture §7).

A card leads to its source in the compte rendu that one may read and that cites it, else to its place in what happened.
"""

from __future__ import annotations

import re

from flask import redirect, request
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from atelier.errors import NotFound
from atelier.exports.views.blueprint import asked, blueprint
from atelier.house import house
from atelier.minutes.access import guest_of
from atelier.minutes.operations.consultation import is_published, shows_source
from atelier.minutes.queries import document_by_reference
from atelier.workshops.models import WorkshopSession

ANCHOR = re.compile(r"(?:[CHV]-|K)\d{1,6}")


@blueprint.get("/r/<reference>")
@blueprint.get("/r/<reference>/<ref>")
def reference(reference: str, ref: str = "") -> AnyResponse:
    """Lead to the source in the compte rendu, or to the place in the page of what happened (`?recit=1`: only there)."""
    if ref and not ANCHOR.fullmatch(ref):
        raise NotFound(ref)
    query = select(WorkshopSession.code).where(
        WorkshopSession.reference == reference, WorkshopSession.deleted_at.is_(None)
    )
    with house().database.reading() as db:
        minutes = "" if request.args.get("recit") else _in_minutes(db, reference, ref)
        code = db.scalar(query)
    if ref and minutes:
        return redirect(minutes)
    if code is None:
        raise NotFound(reference)
    try:
        asked(code, "view_story")
    except NotFound:
        if not minutes:
            raise
        return redirect(minutes)
    return redirect(f"/seances/{code}/recit{f'#{ref}' if ref else ''}")


def _in_minutes(db: Session, reference: str, ref: str) -> str:
    """Return the address in the compte rendu of a séance, "" where the asker finds nothing there."""
    document = document_by_reference(db, reference, "minutes")
    if document is None:
        return ""
    if not ref:
        return f"/comptes-rendus/{reference}" if is_published(db, document) else ""
    shown = not ref.startswith("K") and shows_source(db, document, guest_of(document), ref)
    return f"/comptes-rendus/{reference}/sources/{ref}" if shown else ""
