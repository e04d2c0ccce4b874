"""Answers to readers' requests, paper sheets entered by a helper, readers' links given, renewed and taken back."""

from __future__ import annotations

from typing import Any

from flask import redirect, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from atelier.errors import NotFound, Refusal
from atelier.house import house
from atelier.i18n import DEFAULT
from atelier.minutes import queries
from atelier.minutes.access import refusal_of_frozen
from atelier.minutes.amending import DONE, READY, applying, as_read, undoing
from atelier.minutes.content import Content, numbered
from atelier.minutes.divergence import plain_words, with_divergence
from atelier.minutes.facts import ACCEPTED, DIVERGENCE, WITHDRAWN
from atelier.minutes.models import Amendment, DocumentVersion
from atelier.minutes.operations import amendments, review, situation
from atelier.minutes.operations.amendments import From, Request
from atelier.minutes.operations.versions import content_at
from atelier.minutes.views.blueprint import ADDRESS, Visit, blueprint, minutes, room_of, visit
from atelier.minutes.views.follow_up import follow_up_page
from atelier.minutes.views.letters import letters_for, sent_in_background
from atelier.minutes.views.shown import page, sentence_of, state_of, text_of, today, version_text
from atelier.minutes.workflow import IN_REVIEW
from atelier.people.mail import can_send

INVALID = 422
SHEETS = 4  # printed at a time
MOST_SHEETS = 60


class _ByHand(Exception):
    """The words are not where they were: nothing was changed."""


@blueprint.post(f"{ADDRESS}/suivi/demandes/<int:number>")
def answer_amendment(shelf: str, reference: str, number: int) -> AnyResponse:
    """Answer a request. Accepted, its words take their place in the text; noted, they join the divergent points of view."""
    with house().database.reading() as db:
        found = visit(db, shelf, reference, "answer_amendment")
        row = queries.amendment(db, found.document.id, number)
    if row is None:
        raise NotFound(str(number))
    state = request.form.get("state", "")
    refusal = None
    if found.document.phase == IN_REVIEW and row.state != WITHDRAWN and state in (ACCEPTED, DIVERGENCE):
        refusal = _change_text(found, row, state)
    if refusal is None:
        with house().database.writing() as db:
            words = minutes().veil.kept(found.document, request.form.get("answer", ""))
            answered = amendments.answer(db, found.document, number, state, words, house().clock())
        refusal = answered if isinstance(answered, Refusal) else None
    if refusal:
        return _again(shelf, reference, refusal, answered=number, typed=request.form)
    minutes().flag(found.document.id)
    return redirect(f"{found.address}/suivi?fait=reponse#demande-{number}", 303)


@blueprint.post(f"{ADDRESS}/suivi/demandes/<int:number>/rouvrir")
def reopen_amendment(shelf: str, reference: str, number: int) -> AnyResponse:
    """Take an answer back: the request waits again; `put_back`: the words that it changed come back too."""
    with house().database.reading() as db:
        found = visit(db, shelf, reference, "answer_amendment")
        row = queries.amendment(db, found.document.id, number)
    put_back = row is not None and row.state == ACCEPTED and request.form.get("put_back") == "1"
    refusal = _put_back(found, row) if row is not None and put_back else None
    if refusal is None:
        with house().database.writing() as db:
            refusal = amendments.reopen(db, found.document, number)
    if refusal:
        return _again(shelf, reference, refusal)
    return redirect(
        f"{found.address}/suivi?fait={'remise' if put_back else 'rouverte'}#demande-{number}", 303
    )


def _put_back(found: Visit, row: Amendment) -> Refusal | None:
    """Write the former words where those of a granted request stand; a refusal when it has to be done by hand."""
    if found.document.phase != IN_REVIEW:
        return Refusal("review_closed", {"phase": found.document.phase})

    with house().database.reading() as db:
        read = queries.version(db, found.document.id, row.version)
    before = as_read(content_at(read), row.section, row.before) if read else row.before

    def change(text: Any) -> None:
        made = undoing(text.content(), row.section, before, row.after)
        if made.state == READY and made.section is not None:
            text.edit(made.section.key, made.section.body)
        elif made.state != DONE:
            raise _ByHand

    try:
        outcome = room_of(found.document).write(found.guest.person, change, unless=refusal_of_frozen)
    except _ByHand:
        return Refusal("words_moved")
    return outcome if isinstance(outcome, Refusal) else None


def _change_text(found: Visit, row: Amendment, state: str) -> Refusal | None:
    """Write in the shared text what an answer asks for; a refusal when it has to be done by hand."""
    if request.form.get("by_hand") or row.state == state:
        return None
    room = room_of(found.document)

    def change(text: Any) -> None:
        content: Content = text.content()
        if state == DIVERGENCE:
            words = plain_words(request.form.get("divergence", "")) or row.after or row.motive
            section = with_divergence(content, row.section, words)
            if section is not None and words not in (
                known.body if (known := content.section(section.key)) else ""
            ):
                text.edit(section.key, section.body)
            return
        made = applying(content, row.section, row.before, row.after)
        if made.state == READY and made.section is not None:
            text.edit(made.section.key, made.section.body)
        elif made.state != DONE:
            raise _ByHand

    try:
        outcome = room.write(found.guest.person, change, unless=refusal_of_frozen)
    except _ByHand:
        return Refusal("passage_not_found")
    return outcome if isinstance(outcome, Refusal) else None


def _again(shelf: str, reference: str, refusal: Refusal, **more: Any) -> AnyResponse:
    with house().database.reading() as db:
        found = visit(db, shelf, reference, "view_progress")
        return follow_up_page(db, found, INVALID, refusal=refusal, **more)


# ---------------------------------------------------------------- links


@blueprint.post(f"{ADDRESS}/suivi/liens")
def add_reviewer(shelf: str, reference: str) -> AnyResponse:
    """Make a reader's own link, for somebody who was there or not; shown once, sent when there is an address."""
    email, label = (request.form.get(name, "").strip() for name in ("email", "label"))
    if email and not review.is_email(email):
        return _again(shelf, reference, Refusal("email_wrong"), typed=request.form)
    with house().database.writing() as db:
        found = visit(db, shelf, reference, "add_reviewer")
        given = review.give_link(
            db,
            found.document,
            "email" if email else "link",
            request.form.get("present") == "1",
            house().clock(),
            label=label,
            email=email,
            college=request.form.get("college", "")[:8],
        )
    return _given(shelf, reference, given)


@blueprint.post(f"{ADDRESS}/suivi/liens/<int:link_id>/renouveler")
def renew_reviewer(shelf: str, reference: str, link_id: int) -> AnyResponse:
    """Give a reader another link: the former opens nothing any more."""
    with house().database.writing() as db:
        found = visit(db, shelf, reference, "add_reviewer")
        link = queries.review_link(db, found.document.id, link_id)
        if link is None or link.channel == "phone":
            raise NotFound(str(link_id))
        given = review.renew_link(db, link)
    return _given(shelf, reference, given)


@blueprint.post(f"{ADDRESS}/suivi/liens/<int:link_id>/retirer")
def revoke_reviewer(shelf: str, reference: str, link_id: int) -> AnyResponse:
    with house().database.writing() as db:
        found = visit(db, shelf, reference, "revoke_reviewer")
        link = queries.review_link(db, found.document.id, link_id)
        if link is None:
            raise NotFound(str(link_id))
        review.revoke_link(db, link, house().clock())
    return redirect(f"{found.address}/suivi?fait=lien-retire#lectures", 303)


def _given(shelf: str, reference: str, given: review.Given) -> AnyResponse:
    with house().database.reading() as db:
        found = visit(db, shelf, reference, "view_progress")
        letters = letters_for(db, found, [given])[:1]
        if can_send(house().settings):
            sent_in_background(found.document.id, letters)
        return follow_up_page(db, found, letters=letters, just="given")


# ---------------------------------------------------------------- paper


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
