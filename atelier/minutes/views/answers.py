"""Answers to readers' requests: what they ask is written in the text, or put back."""

from __future__ import annotations

from typing import Any

from flask import redirect, request
from werkzeug.wrappers import Response as AnyResponse

from atelier.errors import NotFound, Refusal
from atelier.house import house
from atelier.minutes import queries
from atelier.minutes.access import refusal_of_frozen
from atelier.minutes.amending import DONE, READY, applying, as_read, undoing
from atelier.minutes.content import Content
from atelier.minutes.divergence import plain_words, with_divergence
from atelier.minutes.facts import ACCEPTED, DIVERGENCE, WITHDRAWN
from atelier.minutes.models import Amendment
from atelier.minutes.operations import amendments
from atelier.minutes.operations.versions import content_at
from atelier.minutes.views.blueprint import ADDRESS, Visit, blueprint, minutes, room_of, visit
from atelier.minutes.views.follow_up import refused_page
from atelier.minutes.workflow import IN_REVIEW

INVALID = 422


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
        if refusal and refusal.code == "not_pending" and state == ACCEPTED:
            _put_back(found, row)  # taken back by its author since we looked: so are its words
    if refusal:
        return refused_page(shelf, reference, refusal, answered=number, typed=request.form)
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
        return refused_page(shelf, reference, refusal)
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
