"""Versions: listed, read, named, compared word by word, restored as a new one."""

from __future__ import annotations

from typing import Any

from flask import redirect, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from atelier.errors import NotFound, Refusal
from atelier.house import house
from atelier.minutes import queries
from atelier.minutes.comparison import SectionChange, compare_contents, words_changed
from atelier.minutes.content import Content
from atelier.minutes.models import Document, DocumentVersion
from atelier.minutes.operations import versions
from atelier.minutes.operations.deadlines import keep_version_if_due
from atelier.minutes.operations.drawing import body_of
from atelier.minutes.operations.freezing import with_text
from atelier.minutes.operations.restoring import put_back
from atelier.minutes.operations.writing_names import names_of
from atelier.minutes.publishing import without_annexes
from atelier.minutes.views.blueprint import ADDRESS, Visit, blueprint, minutes, room_of, sources_for, visit
from atelier.minutes.views.shown import (
    bring_up,
    day,
    local_day,
    page,
    sentence_of,
    state_of,
    text_of,
    version_text,
)
from atelier.minutes.workflow import writable
from atelier.validators import whole_number

INVALID = 422
NOW, SENT = "texte", "envoi"  # what is compared besides numbers: the text as it is, what was sent for review


@blueprint.get(f"{ADDRESS}/versions")
def versions_page(shelf: str, reference: str) -> AnyResponse:
    with house().database.reading() as db:
        found = visit(db, shelf, reference, "view_versions")
    _kept_if_due(found.document)
    with house().database.reading() as db:
        return _page(db, visit(db, shelf, reference, "view_versions"))


@blueprint.post(f"{ADDRESS}/versions")
def name_version(shelf: str, reference: str) -> AnyResponse:
    """Keep the text as it is now under a name."""
    with house().database.reading() as db:
        found = visit(db, shelf, reference, "name_version")
        names = names_of(db, found.document, state_of)
    name = request.form.get("name", "").strip()
    if not name:
        return _again(shelf, reference, Refusal("name_required"))

    def act(db: Session, content: Content) -> int:
        return versions.keep_named(db, found.document, content, name, names, house().clock()).number

    number = with_text(house().database, room_of(found.document), act)
    return redirect(f"{found.address}/versions?fait=nommee#version-{number}", 303)


@blueprint.get(f"{ADDRESS}/versions/<int:number>")
def version_page(shelf: str, reference: str, number: int) -> AnyResponse:
    """Read one version whole."""
    with house().database.reading() as db:
        found = visit(db, shelf, reference, "view_versions")
        row = _version(db, found, number)
    body = body_of(house().drawing, version_text(found.document, row), sources_for(found.document))
    return page(
        "minutes/version.html",
        found,
        row=row,
        on=day(local_day(row.at)),
        body=body,
        writable=_writable(found),
    )


@blueprint.get(f"{ADDRESS}/versions/comparer")
def compare_versions(shelf: str, reference: str) -> AnyResponse:
    """Compare two versions, or one with the text as it is."""
    with house().database.reading() as db:
        found = visit(db, shelf, reference, "compare_versions")
        kept = versions.in_view(db, found.document)
        old, old_name = _side(db, found, request.args.get("de", ""), kept)
        new, new_name = _side(db, found, request.args.get("a", NOW), kept)
        changes = compare_contents(old, new)
    return page(
        "minutes/compare.html",
        found,
        kept=kept,
        day=lambda moment: day(local_day(moment)),
        old=old_name,
        new=new_name,
        title=(old.title, new.title),
        changes=[_shown(change) for change in changes if change.state != "same" or change.moved],
        same=sum(1 for change in changes if change.state == "same" and not change.moved),
    )


@blueprint.post(f"{ADDRESS}/versions/<int:number>/restaurer")
def restore_version(shelf: str, reference: str, number: int) -> AnyResponse:
    """Put a version back as a new one; what it replaces is kept first, and can be restored in its turn."""
    with house().database.reading() as db:
        found = visit(db, shelf, reference, "restore_version")
        row, names = _version(db, found, number), names_of(db, found.document, state_of)
    if not _writable(found):
        return _again(shelf, reference, Refusal("frozen", {"phase": found.document.phase}))
    before, room = without_annexes(versions.content_at(row)), room_of(found.document)
    now = house().clock()
    refusal = put_back(house().database, room, found.document, found.guest.person, before, names, now)
    if refusal is not None:
        return _again(shelf, reference, refusal)
    if found.document.session_id is not None:
        minutes().drafter.redraft(found.document.session_id)
    bring_up(found.document)

    def act(db: Session, content: Content) -> None:
        label = row.name or f"n° {row.number}"
        versions.keep_version(
            db,
            found.document,
            content,
            "restored",
            house().clock(),
            label,
            [found.guest.name or names.get("", "")],
        )

    with_text(house().database, room, act)
    minutes().flag(found.document.id)
    return redirect(f"{found.address}/versions?fait=restauree", 303)


# ---------------------------------------------------------------- what they start from


def _kept_if_due(document: Document) -> None:
    """Keep the version that fifteen minutes of activity call for, whoever looks first."""
    keep_version_if_due(
        house().database, room_of(document), lambda db, row: names_of(db, row, state_of), house().clock()
    )


def _writable(found: Visit) -> bool:
    document = found.document
    correcting = bool((document.settings or {}).get("correcting"))
    return found.guest.may("restore_version") and writable(document.phase, correcting)


def _version(db: Session, found: Visit, number: int) -> DocumentVersion:
    row = next((one for one in versions.in_view(db, found.document) if one.number == number), None)
    if row is None:
        raise NotFound(str(number))
    return row


def _side(db: Session, found: Visit, wanted: str, kept: Any) -> tuple[Content, str]:
    """Return one side of a comparison and what it is called in the page's address."""
    if wanted == NOW:
        return text_of(found.document), NOW
    if wanted == SENT:
        row = next((one for one in kept if one.kind == "submitted"), None)
    elif (number := whole_number(wanted)) is not None:
        row = next((one for one in kept if one.number == number), None)
    else:
        row = kept[0] if kept else None
    if row is None:
        raise NotFound(wanted)
    return version_text(found.document, row), str(row.number)


def _shown(change: SectionChange) -> dict[str, Any]:
    added, removed = words_changed(change.body)
    return {
        "key": change.key,
        "state": change.state,
        "moved": change.moved,
        "heading": change.heading,
        "body": change.body,
        "added": added,
        "removed": removed,
    }


def _again(shelf: str, reference: str, refusal: Refusal) -> AnyResponse:
    with house().database.reading() as db:
        return _page(db, visit(db, shelf, reference, "view_versions"), INVALID, sentence_of(refusal))


def _page(db: Session, found: Visit, status: int = 200, refusal: str = "") -> AnyResponse:
    return page(
        "minutes/versions.html",
        found,
        status,
        kept=versions.in_view(db, found.document),
        publications=queries.publications(db, found.document.id),
        day=lambda moment: day(local_day(moment)),
        writable=_writable(found),
        refusal=refusal,
        name=request.form.get("name", ""),
    )
