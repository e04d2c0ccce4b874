"""« Envoyer à celles et ceux qui l'ont demandé »: by mail where one is set up, by a message to copy, on paper (D-16)."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from flask import redirect
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from atelier import realtime
from atelier.errors import NotFound
from atelier.exports import queries
from atelier.exports.manuscript.message import Told, body, subject
from atelier.exports.views.blueprint import blueprint
from atelier.exports.views.documents import ADDRESS, document_for
from atelier.house import House, house
from atelier.i18n import DEFAULT
from atelier.minutes.models import Document, Publication
from atelier.minutes.queries import locked
from atelier.people import access, mail
from atelier.people.queries import contacts_of
from atelier.workshops.models import WorkshopSession

SENT = "distributed"  # in Document.settings: version -> how many, when

log = logging.getLogger(__name__)


@blueprint.get(f"{ADDRESS}/envoi")
def distribution(shelf: str, reference: str) -> AnyResponse:
    """Show whom it goes to, in numbers, and the message."""
    with house().database.reading() as db:
        document, publication = _published(db, shelf, reference)
        told = _told(db, document, publication)
        emails, paper = _asked(db, document)
    speech = house().drawing.speech(DEFAULT)
    return access.private_page(
        "exports/distribution.html",
        200,
        document=document,
        address=f"/{shelf}/{reference}",
        publication=publication,
        subject=subject(told, speech),
        message=body(told, speech),
        emails=len(emails),
        paper=paper,
        can_send=mail.can_send(house().settings),
        sent=((document.settings or {}).get(SENT) or {}).get(str(publication.number)),
    )


@blueprint.post(f"{ADDRESS}/envoi")
def distribute(shelf: str, reference: str) -> AnyResponse:
    """Send it once to each address. A second press does not send again what has left."""
    with house().database.writing() as db:
        document, publication = _published(db, shelf, reference)
        row = locked(db, document.id)
        already = dict((row.settings or {}).get(SENT) or {})
        emails, _ = _asked(db, document)
        if str(publication.number) not in already and emails and mail.can_send(house().settings):
            already[str(publication.number)] = {"count": len(emails), "at": house().clock().isoformat()}
            row.settings = {**(row.settings or {}), SENT: already}
            told = _told(db, document, publication)
            speech = house().drawing.speech(DEFAULT)
            realtime.spawn(_send, house(), emails, subject(told, speech), body(told, speech))
    return redirect(f"/{shelf}/{reference}/envoi", 303)


def _send(at: House, emails: Sequence[str], about: str, text: str) -> None:
    left = sum(1 for email in emails if mail.send(at.settings, email, about, text))
    log.info("minutes_sent", extra={"count": left, "asked": len(emails)})


def _published(db: Session, shelf: str, reference: str) -> tuple[Document, Publication]:
    document = document_for(db, shelf, reference, "send_document")
    publication = queries.publication(db, document)
    if publication is None:
        raise NotFound(reference)
    return document, publication


def _asked(db: Session, document: Document) -> tuple[list[str], int]:
    """Return the addresses of those who asked for it, each once, and how many wait for paper."""
    contacts = contacts_of(db, document.session_id) if document.session_id else []
    emails = [contact.email for contact in contacts if contact.channel == "email" and contact.wants_minutes]
    return list(dict.fromkeys(emails)), sum(1 for contact in contacts if contact.channel == "paper")


def _told(db: Session, document: Document, publication: Publication) -> Told:
    site = house().settings.public_url
    shelf = "comptes-rendus" if document.kind == "minutes" else "contributions-au-forum"
    address = f"{site}/{shelf}/{document.reference}"
    session = db.get(WorkshopSession, document.session_id) if document.session_id else None
    following = (
        queries.next_session(db, document.session_id, house().clock()) if document.session_id else None
    )
    zone = house().drawing.zone
    frozen = queries.published_content(db, document, publication.number)

    def day(row: WorkshopSession | None) -> str:
        moment = (row.starts_at or row.opened_at) if row else None
        return moment.astimezone(zone).date().isoformat() if moment else ""

    return Told(
        title=frozen.title if frozen else document.title,
        number=publication.number,
        address=f"{address}/v{publication.number}",
        files=f"{address}/v{publication.number}/fichiers",
        held=day(session),
        corrected=publication.reason,
        next_day=day(following),
        next_place=following.place if following else "",
        next_file=f"{address}/prochaine-seance.ics",
        forum=document.kind == "forum",
    )
