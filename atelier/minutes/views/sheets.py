"""Amendment sheets on paper: printed, and entered once they have been read back to whoever wrote them."""

from __future__ import annotations

from typing import Any

from flask import redirect, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from atelier.errors import Refusal
from atelier.house import house
from atelier.i18n import DEFAULT
from atelier.minutes import queries
from atelier.minutes.content import Content, numbered
from atelier.minutes.models import DocumentVersion
from atelier.minutes.operations import amendments, situation
from atelier.minutes.operations.amendments import From, Request
from atelier.minutes.operations.versions import content_at
from atelier.minutes.views.blueprint import ADDRESS, Visit, blueprint, minutes, visit
from atelier.minutes.views.shown import page, sentence_of, state_of, text_of, today, version_text

INVALID = 422
SHEETS = 4  # printed at a time
MOST_SHEETS = 60


@blueprint.get(f"{ADDRESS}/suivi/fiche-papier")
def amendment_sheet(shelf: str, reference: str) -> AnyResponse:
    """Sheets to print: the numbers of the sections, what stands, what one would rather read, why; `n` of them from `de` on."""
    with house().database.reading() as db:
        found = visit(db, shelf, reference, "enter_amendment")
        read = submitted(db, found)
        first = max(1, request.args.get("de", 1, int) or 1)
        count = min(max(1, request.args.get("n", SHEETS, int) or SHEETS), MOST_SHEETS)
        return page(
            "minutes/amendment_sheet.html",
            found,
            locale=DEFAULT,
            sections=_sections(version_text(found.document, read) if read else text_of(found.document)),
            tickets=[f"R{number:03d}" for number in range(first, first + count)],
            first=first,
            count=count,
            colleges=_colleges(found),
        )


@blueprint.get(f"{ADDRESS}/suivi/fiche")
def enter_sheet(shelf: str, reference: str) -> AnyResponse:
    with house().database.reading() as db:
        return _sheet_page(db, visit(db, shelf, reference, "enter_amendment"))


@blueprint.post(f"{ADDRESS}/suivi/fiche")
def keep_sheet(shelf: str, reference: str) -> AnyResponse:
    """Keep what a sheet says, once it has been read back to whoever wrote it."""
    form = request.form
    sheet = form.get("sheet", "").strip()[:20].upper()
    refusal: Refusal | None = None
    if not sheet:
        refusal = Refusal("sheet_required")
    elif form.get("read_back") != "1":
        refusal = Refusal("read_back_required")
    with house().database.writing() as db:
        found = visit(db, shelf, reference, "enter_amendment")
        read = submitted(db, found)
        if refusal is None and read is None:
            refusal = Refusal("review_closed", {"phase": found.document.phase})
        if refusal is None and read is not None:
            who = From(
                f"s:{sheet}", form.get("present", "1") == "1", "paper", form.get("college", "")[:8], sheet
            )
            kept = amendments.ask(
                db,
                found.document,
                content_at(read),
                read.number,
                who,
                minutes().veil.kept(found.document, requested(form)),
                today(),
                house().clock(),
            )
            refusal = kept if isinstance(kept, Refusal) else None
    if refusal:
        with house().database.reading() as db:
            found = visit(db, shelf, reference, "enter_amendment")
            return _sheet_page(db, found, INVALID, refusal=sentence_of(refusal), typed=form)
    return redirect(f"{found.address}/suivi/fiche?fait=saisie&fiche={sheet}", 303)


def requested(form: Any) -> Request:
    """Return what a form asks of a section."""
    return Request(
        section=form.get("section", ""),
        before=form.get("before", ""),
        after=form.get("after", ""),
        motive=form.get("motive", ""),
        wants_annex=form.get("wants_annex") == "1",
    )


def submitted(db: Session, found: Visit) -> DocumentVersion | None:
    """Return the version that is read, None before the first was sent."""
    return queries.last_version(db, found.document.id, "submitted")


def _sheet_page(db: Session, found: Visit, status: int = 200, **more: Any) -> AnyResponse:
    read = submitted(db, found)
    return page(
        "minutes/enter_sheet.html",
        found,
        status,
        sections=_sections(version_text(found.document, read)) if read else [],
        colleges=_colleges(found),
        sheet=request.args.get("fiche", ""),
        **{"refusal": "", "typed": {}, **more},
    )


def _sections(content: Content) -> list[dict[str, str]]:
    return [
        {"key": section.key, "number": number, "heading": section.heading}
        for number, section in numbered(content.sections)
    ]


def _colleges(found: Visit) -> dict[str, str]:
    if found.document.session_id is None:
        return {}
    return dict(situation.colleges_in(state_of(found.document.session_id)))
