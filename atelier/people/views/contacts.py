"""« Comment recevoir le compte rendu ? » (D-16): asked at the end, kept apart, taken back in one act."""

from __future__ import annotations

from typing import Any

from flask import redirect, request
from werkzeug.wrappers import Response as AnyResponse

from atelier.errors import NotFound
from atelier.house import house
from atelier.people import access, operations, queries
from atelier.people.forms import ContactForm, own_path
from atelier.people.models import Contact
from atelier.people.policy import PHONE, VISITOR, allows
from atelier.people.views.blueprint import blueprint


@blueprint.get("/coordonnees/<int:session_id>")
def ask_contact(session_id: int) -> AnyResponse:
    """Ask, or show what was left: nothing is ever ticked beforehand."""
    token = _token(session_id)
    return _page(session_id, ContactForm(), _left_by_somebody_allowed(session_id, token))


@blueprint.post("/coordonnees/<int:session_id>")
def leave_contact(session_id: int) -> AnyResponse:
    """Keep what was asked for, in place of what this phone had left before."""
    token = _token(session_id)
    form = ContactForm(request.form)
    left = _left_by_somebody_allowed(session_id, token)
    if not form.validate():
        return _page(session_id, form, left, 422)
    wishes = operations.Wishes(
        channel=form.channel.data,
        email=form.email.data or "",
        postal_note=form.postal_note.data or "",
        wants_cowrite=form.cowrite.data,
    )
    now = house().clock()
    kept = house().database.write(lambda db: operations.save_contact(db, session_id, token, wishes, now))
    return _back_to_form(session_id, "garde" if kept else "rien")


@blueprint.post("/coordonnees/<int:session_id>/retirer")
def withdraw_contact(session_id: int) -> AnyResponse:
    """Erase what this phone left. The token is enough: it outlives the connection data."""
    with house().database.writing() as db:
        operations.withdraw_contact(db, _token(session_id))
    return _back_to_form(session_id, "retire")


def _left_by_somebody_allowed(session_id: int, token: str) -> Contact | None:
    """Return what was left before, if whoever comes took part in the séance or comes back to what they left."""
    with house().database.reading() as db:
        left = queries.contact_of(db, token)
        role = PHONE if access.participant_of(db, token, session_id) else VISITOR
    if left is None and not allows(role, "leave_contact"):
        raise NotFound
    return left


def _token(session_id: int) -> str:
    token = access.device_token(session_id)
    if not token:
        raise NotFound
    return token


def _back_to_form(session_id: int, done: str) -> AnyResponse:
    back = own_path(request.form.get("vers"), "/")
    return redirect(f"/coordonnees/{session_id}/merci?fait={done}&vers={back}", 303)


@blueprint.get("/coordonnees/<int:session_id>/merci")
def contact_kept(session_id: int) -> AnyResponse:
    """Say what is kept now, with the button that takes it back."""
    with house().database.reading() as db:
        left = queries.contact_of(db, _token(session_id))
    return _drawn("people/contact_kept.html", session_id, left, 200)


def _page(session_id: int, form: ContactForm, left: Contact | None, status: int = 200) -> AnyResponse:
    return _drawn("people/contact.html", session_id, left, status, form=form)


def _drawn(template: str, session_id: int, left: Contact | None, status: int, **more: Any) -> AnyResponse:
    back = own_path(request.values.get("vers"), "/")
    with house().database.reading() as db:
        facts = queries.installation_facts(db)
    page = access.page(
        template,
        status,
        session_id=session_id,
        left=left,
        back=back,
        done=request.args.get("fait", ""),
        facts=facts,
        **more,
    )
    page.headers["Cache-Control"] = "no-store"
    return page
