"""Files to take away: Markdown, CSV, JSON of the record; and, apart, the contacts that people left for the minutes.

A confidential séance (R-101) is watermarked and asks twice: two boxes to tick, on a page of its own.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence

from flask import Response, request

from atelier.errors import NotFound
from atelier.exports import open_data
from atelier.exports.csv_text import csv_text
from atelier.exports.markdown_text import markdown
from atelier.exports.story import story
from atelier.exports.views.blueprint import Asked, asked, blueprint, page, recorded
from atelier.house import house
from atelier.later import N_
from atelier.live.record import Row
from atelier.live.state import LiveState
from atelier.people.queries import contacts_of

Made = tuple[str, str]  # text, type
Maker = Callable[[LiveState, Sequence[Row], str], Made]
CONFIRMATIONS = ("garder", "effacer")


WATERMARK = N_("Confidentiel : ne pas diffuser hors du groupe.")
CONTACT_COLUMNS = ("adresse", "courrier", "compte_rendu", "co_ecriture", "consentement")


def _markdown(state: LiveState, rows: Sequence[Row], mark: str) -> Made:
    return markdown(story(state, rows), house().drawing.speech(), mark), "text/markdown"


def _cards(state: LiveState, rows: Sequence[Row], mark: str) -> Made:
    return csv_text(open_data.CARD_COLUMNS, open_data.card_table(rows), mark), "text/csv"


def _results(state: LiveState, rows: Sequence[Row], mark: str) -> Made:
    return csv_text(open_data.RESULT_COLUMNS, open_data.result_table(rows), mark), "text/csv"


def _json(state: LiveState, rows: Sequence[Row], mark: str) -> Made:
    document = open_data.document(rows)
    if mark:
        document = {"watermark": mark, **document}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n", "application/json"


FILES: Mapping[str, Maker] = {
    "recit.md": _markdown,
    "contributions.csv": _cards,
    "resultats.csv": _results,
    "seance.json": _json,
}


@blueprint.get("/seances/<code>/export/<name>")
def export(code: str, name: str) -> Response:
    """One file; of a confidential séance, first the page that asks twice."""
    found = _found(code, name)
    if found.state.meeting.confidential:
        return page("exports/confirm.html", found, name=name, missing=False)
    return _file(found, name)


@blueprint.post("/seances/<code>/export/<name>")
def export_confirmed(code: str, name: str) -> Response:
    """The file of a confidential séance, once both boxes are ticked."""
    found = _found(code, name)
    if any(request.form.get(box) != "oui" for box in CONFIRMATIONS):
        return page("exports/confirm.html", found, 422, name=name, missing=True)
    return _file(found, name)


@blueprint.get("/seances/<code>/coordonnees.csv")
def contacts(code: str) -> Response:
    """Who wants the minutes, and how: kept apart from cards and votes, for the desk alone (D-16)."""
    found = asked(code, "export_contacts")
    with house().database.reading() as db:
        lines = [
            {
                "adresse": contact.email,
                "courrier": contact.postal_note,
                "compte_rendu": contact.channel,
                "co_ecriture": "oui" if contact.wants_cowrite else "non",
                "consentement": contact.consent_at.isoformat(),
            }
            for contact in contacts_of(db, found.session_id)
        ]
    return _attached(
        csv_text(CONTACT_COLUMNS, lines), "text/csv", f"{found.state.meeting.reference}-coordonnees.csv"
    )


def _found(code: str, name: str) -> Asked:
    if name not in FILES:
        raise NotFound(name)
    return asked(code, "view_export")


def _file(found: Asked, name: str) -> Response:
    state, rows = recorded(found)
    mark = house().drawing.speech().gettext(WATERMARK) if state.meeting.confidential else ""
    text, kind = FILES[name](state, rows, mark)
    return _attached(text, kind, f"{state.meeting.reference}-{name}")


def _attached(text: str, kind: str, name: str) -> Response:
    response = Response(text, mimetype=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name.lstrip("-")}"'
    response.headers["Cache-Control"] = "no-store"
    return response
