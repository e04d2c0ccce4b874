"""« Personnes qui écrivent »: who may write, personal invitations (link and QR shown once), their end; and their landing page."""

from __future__ import annotations

from typing import Any

from flask import redirect, request
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from atelier.errors import NotFound, Refusal
from atelier.house import house
from atelier.minutes.access import ROLE_OF_LINK
from atelier.minutes.models import Document, DocumentWriter
from atelier.minutes.operations import writers
from atelier.minutes.views.blueprint import ADDRESS, KINDS, Visit, blueprint, live, minutes, visit
from atelier.minutes.wording import worded
from atelier.people import access
from atelier.people.document_policy import READER
from atelier.people.models import Account
from atelier.people.queries import contacts_of

SHELVES = {kind: shelf for shelf, kind in KINDS.items()}


@blueprint.get(f"{ADDRESS}/equipe")
def team(shelf: str, reference: str) -> AnyResponse:
    with house().database.reading() as db:
        return _page(db, visit(db, shelf, reference, "view_team"))


@blueprint.post(f"{ADDRESS}/equipe")
def invite_writer(shelf: str, reference: str) -> AnyResponse:
    """Make an invitation and show its link and QR code, this once."""
    name = request.form.get("name", "")
    with house().database.writing() as db:
        found = visit(db, shelf, reference, "invite_writer")
        made = writers.invite(db, found.document, name, house().clock())
    with house().database.reading() as db:
        if isinstance(made, Refusal):
            message = worded(made.code, made.params, access.locale_of_request())
            return _page(db, found, 422, message=message, name=name)
        link = f"{house().settings.public_url}/ecrire/{made.token}"
        return _page(db, found, given=link, given_name=made.writer.name)


@blueprint.post(f"{ADDRESS}/equipe/<int:writer_id>/retirer")
def revoke_writer(shelf: str, reference: str, writer_id: int) -> AnyResponse:
    """Put an end to an invitation: whoever came by it stops writing at once, in every page that is open."""
    with house().database.writing() as db:
        found = visit(db, shelf, reference, "revoke_writer")
        writer = writers.revoke(db, found.document, writer_id, house().clock())
    minutes().announce(found.document.id)
    with house().database.reading() as db:
        return _page(db, found, just_revoked=writer.name)


@blueprint.get("/ecrire/<token>")
def show_invitation(token: str) -> AnyResponse:
    """Say what the link opens; nothing is taken before the button, since scanners of mail open links too."""
    with house().database.reading() as db:
        writer = writers.invitation_of(db, token)
        if writer is None:
            return _no_longer()
        return access.private_page(
            "minutes/invitation.html", document=writer.document, name=writer.name, token=token
        )


@blueprint.post("/ecrire/<token>")
def take_invitation(token: str) -> AnyResponse:
    with house().database.reading() as db:
        writer = writers.invitation_of(db, token)
        if writer is None:
            return _no_longer()
        document = writer.document
    response = redirect(f"{address_of(document)}/ecrire", 303)
    access.give_document_token(response, document.id, token, access.WRITER_COOKIE)
    return response


def address_of(document: Document) -> str:
    return f"/{SHELVES[document.kind]}/{document.reference}"


def _no_longer() -> AnyResponse:
    return access.private_page("minutes/invitation_ended.html", 410)


def _page(db: Session, found: Visit, status: int = 200, **more: Any) -> AnyResponse:
    """Draw who writes, and the invitation just made if any."""
    document = found.document
    asked = (
        select(DocumentWriter).where(DocumentWriter.document_id == document.id).order_by(DocumentWriter.id)
    )
    invited = db.scalars(asked).all()
    owner = db.get(Account, document.owner_id)
    if owner is None:
        raise NotFound(document.owner_id)
    return access.private_page(
        "minutes/team.html",
        status,
        document=document,
        address=found.address,
        guest=found.guest,
        owner=owner.name,
        invited=[writer for writer in invited if writer.revoked_at is None],
        revoked=[writer for writer in invited if writer.revoked_at is not None],
        helping=_helping(document),
        volunteers=_volunteers(db, found),
        here=minutes().people_here(document.id),
        reachable=house().settings.reachable_by_phones,
        **{"message": "", "name": "", "given": "", "given_name": "", "just_revoked": "", **more},
    )


def _helping(document: Document) -> list[tuple[str, str]]:
    """Return the links of the séance that open the document too: (role here, label)."""
    if document.session_id is None:
        return []
    links = live().desk.state(document.session_id).links.values()
    standing = [
        (ROLE_OF_LINK[link.role], link.label)
        for link in links
        if not link.revoked and link.role in ROLE_OF_LINK
    ]
    return [(role, label) for role, label in standing if role != READER]


def _volunteers(db: Session, found: Visit) -> list[str]:
    """Return the addresses of those who asked to co-write, for whoever may invite them (D-16)."""
    document = found.document
    if document.session_id is None or not found.guest.may("invite_writer"):
        return []
    return [contact.email for contact in contacts_of(db, document.session_id) if contact.wants_cowrite]
