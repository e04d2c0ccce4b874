"""A document out of the app: the list of its files with their sizes, each file, the calendar file of the next séance.

`…/fichiers` gives the version on view, `…/v2/fichiers` a version for ever, `…/brouillon/fichiers` the text as it is now, for
those who write it. What a file says, it says to everybody: it is made from public sources, whoever takes it.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from atelier import realtime
from atelier.errors import NotFound
from atelier.exports import queries
from atelier.exports.files.cage import ConversionFailed
from atelier.exports.files.making import CONVERTED, made
from atelier.exports.files.shelf import failure_of, kept, size_of
from atelier.exports.manuscript.calendar_file import Meeting, calendar_file
from atelier.exports.manuscript.manuscript import Manuscript
from atelier.exports.ticker import FilesTicker, shelf_name
from atelier.exports.views.blueprint import blueprint
from atelier.exports.views.manuscripts import manuscript_of, standalone_page
from atelier.house import house
from atelier.i18n import DEFAULT
from atelier.minutes.access import require
from atelier.minutes.models import Document, Publication
from atelier.minutes.queries import document_by_reference
from atelier.people import access

KINDS = {"comptes-rendus": "minutes", "contributions-au-forum": "forum"}
ADDRESS = "/<any('comptes-rendus','contributions-au-forum'):shelf>/<reference>"
FORMATS = {
    "pdf": "application/pdf",
    "odt": "application/vnd.oasis.opendocument.text",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html",
    "md": "text/markdown",
}
CONFIRMATIONS = ("garder", "effacer")
WAIT_S = 20.0  # for a file that is being made; then a page says so
LOOK_AGAIN_S = 0.1


@dataclass(frozen=True, slots=True)
class Wanted:
    """One text of one document: a frozen version, or the draft. `at` is the address of its files."""

    document: Document
    address: str
    at: str
    manuscript: Manuscript
    publication: Publication | None


@blueprint.get(f"{ADDRESS}/fichiers")
@blueprint.get(f"{ADDRESS}/v<int:number>/fichiers", endpoint="files_of_version")
@blueprint.get(f"{ADDRESS}/brouillon/fichiers", endpoint="files_of_draft", defaults={"draft": True})
def files(shelf: str, reference: str, number: int | None = None, draft: bool = False) -> AnyResponse:
    """List the files, at once: with their sizes, or being made; those that cannot be made say so, the others are there.

    Those of a version are made from now on if they are not there; those of a draft, which changes, when one is asked for.
    """
    wanted = _wanted(shelf, reference, number, draft)
    if wanted.publication is not None:
        asked = [_press().prepare(wanted.manuscript, form) for form in CONVERTED]
        if "attendre" in request.args:
            _wait(asked)
    return access.private_page(
        "exports/document_files.html",
        200,
        document=wanted.document,
        address=wanted.address,
        at=wanted.at,
        publication=wanted.publication,
        title_of_text=wanted.manuscript.title,
        files=[_listed(wanted, form) for form in FORMATS],
    )


@blueprint.route(f"{ADDRESS}/fichiers/<name>", methods=["GET", "POST"])
@blueprint.route(
    f"{ADDRESS}/v<int:number>/fichiers/<name>", methods=["GET", "POST"], endpoint="file_of_version"
)
@blueprint.route(
    f"{ADDRESS}/brouillon/fichiers/<name>",
    methods=["GET", "POST"],
    endpoint="file_of_draft",
    defaults={"draft": True},
)
def file(
    shelf: str, reference: str, name: str, number: int | None = None, draft: bool = False
) -> AnyResponse:
    """Give one file; of a confidential document, first the page that asks twice."""
    form = name.rpartition(".")[2]
    if form not in FORMATS:
        raise NotFound(name)
    wanted = _wanted(shelf, reference, number, draft)
    about: dict[str, Any] = {"document": wanted.document, "at": wanted.at}
    if wanted.document.confidential and any(request.form.get(box) != "oui" for box in CONFIRMATIONS):
        asked_again = request.method == "POST"
        return access.private_page(
            "exports/document_confirm.html",
            422 if asked_again else 200,
            **about,
            name=name,
            missing=asked_again,
        )
    if form in CONVERTED and not _wait([_press().prepare(wanted.manuscript, form, at_once=True)]):
        return access.private_page("exports/document_waiting.html", 202, **about, name=name)
    try:
        body = _body(wanted, form)
    except ConversionFailed as failed:
        return access.private_page(
            "exports/document_failed.html", 503, **about, form=form, reason=failed.reason
        )
    return _attached(body, FORMATS[form], _name(wanted, form))


@blueprint.get(f"{ADDRESS}/prochaine-seance.ics")
def next_meeting(shelf: str, reference: str) -> AnyResponse:
    """Give the calendar file of the séance that continues this one."""
    with house().database.reading() as db:
        document = document_for(db, shelf, reference, "export_published")
        session = queries.next_session(db, document.session_id or 0, house().clock())
        if session is None or session.starts_at is None:
            raise NotFound(reference)
        meeting = Meeting(
            uid=f"{session.reference}@atelier",
            title=session.title,
            starts_at=session.starts_at,
            minutes=sum(sequence.minutes for sequence in session.sequences),
            place=session.place,
            address=f"{house().settings.public_url}/r/{session.reference}",
        )
    return _attached(
        calendar_file(meeting, house().clock()), "text/calendar", f"{meeting.uid.split('@')[0]}.ics"
    )


# ---------------------------------------------------------------- what is wanted


def _wanted(shelf: str, reference: str, number: int | None, draft: bool) -> Wanted:
    address = f"/{shelf}/{reference}"
    with house().database.reading() as db:
        document = document_for(db, shelf, reference, "export_draft" if draft else "export_published")
        if draft:
            minutes = house().parts["minutes"]
            room = minutes.rooms.open(document.id)
            room.catch_up()  # what another process stored
            content = minutes.veil.content(document, room.content())
            manuscript = manuscript_of(document, content, None)
            return Wanted(document, address, f"{address}/brouillon/fichiers", manuscript, None)
        publication = _on_view(db, document, number)
        frozen = queries.published_content(db, document, publication.number)
        if frozen is None:
            raise NotFound(reference)
        at = f"{address}/fichiers" if number is None else f"{address}/v{number}/fichiers"
        return Wanted(document, address, at, manuscript_of(document, frozen, publication), publication)


def document_for(db: Session, shelf: str, reference: str, act: str) -> Document:
    """Find the document of an address for somebody who may `act` on it."""
    document = document_by_reference(db, reference, KINDS[shelf])
    if document is None:
        raise NotFound(reference)
    require(document, act)
    return document


def _on_view(db: Session, document: Document, number: int | None) -> Publication:
    """Return the version whose files are given: never one that was withdrawn from view (D-30)."""
    found = queries.publication(db, document, number)
    if found is None or found.withdrawn_at is not None:
        raise NotFound(document.reference)
    return found


# ---------------------------------------------------------------- bodies


def _press() -> FilesTicker:
    press: FilesTicker = house().parts["files"]
    return press


def _wait(names: Sequence[str]) -> bool:
    """Wait a little until files are there, or are known not to come; tell whether they are."""
    until = time.monotonic() + WAIT_S
    while not all(_press().queue.is_settled(name) for name in names):
        if time.monotonic() > until:
            return False
        realtime.pause(LOOK_AGAIN_S)
    return True


def _body(wanted: Wanted, form: str) -> bytes:
    manuscript = wanted.manuscript
    if form == "md":
        return (wanted.publication.markdown if wanted.publication else manuscript.markdown).encode()
    if form == "html":
        return standalone_page(manuscript).encode()
    return kept(_press().queue.folder, shelf_name(manuscript, form), lambda: made(form, manuscript))


def _listed(wanted: Wanted, form: str) -> dict[str, object]:
    """Return a line of the list: `size` in bytes, None while it is not known; `reason` when the file could not be made."""
    listed = {"form": form, "name": _name(wanted, form), "reason": ""}
    if form not in CONVERTED:
        return listed | {"size": len(_body(wanted, form))}
    folder, name = _press().queue.folder, shelf_name(wanted.manuscript, form)
    return listed | {"size": size_of(folder, name), "reason": failure_of(folder, name)}


def _name(wanted: Wanted, form: str) -> str:
    return f"{wanted.manuscript.stem}.{form}"


def _attached(body: bytes, kind: str, name: str) -> Response:
    response = Response(body, mimetype=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Language"] = DEFAULT
    return response
