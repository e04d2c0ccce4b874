"""Readers' own links: made, given again, taken back."""

from __future__ import annotations

from flask import redirect, request
from werkzeug.wrappers import Response as AnyResponse

from atelier.errors import NotFound, Refusal
from atelier.house import house
from atelier.minutes import queries
from atelier.minutes.operations import review
from atelier.minutes.views.blueprint import ADDRESS, blueprint, visit
from atelier.minutes.views.follow_up import follow_up_page, refused_page
from atelier.minutes.views.letters import letters_for, sent_in_background
from atelier.people.mail import can_send

INVALID = 422


@blueprint.post(f"{ADDRESS}/suivi/liens")
def add_reviewer(shelf: str, reference: str) -> AnyResponse:
    """Make a reader's own link, for somebody who was there or not; shown once, sent when there is an address."""
    email, label = (request.form.get(name, "").strip() for name in ("email", "label"))
    if email and not review.is_email(email):
        return refused_page(shelf, reference, Refusal("email_wrong"), typed=request.form)
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
