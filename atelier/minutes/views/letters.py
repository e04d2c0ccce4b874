"""The letters that ask people to read: written here, sent in the background, or copied by hand where no mail is set up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from atelier import realtime
from atelier.house import House, house
from atelier.i18n import DEFAULT, translations
from atelier.later import N_
from atelier.minutes import queries
from atelier.minutes.operations.review import Given
from atelier.minutes.views.blueprint import Visit
from atelier.minutes.views.shown import calendar_of, local_day, session_of, written_day
from atelier.people import mail

SUBJECT = N_("À relire : %(title)s")
GREETING = N_("Bonjour,")
HELD = N_("Vous étiez à la séance « %(title)s », %(held)s. Son compte rendu est prêt à être relu.")
NOT_HELD = N_("Le texte « %(title)s » est prêt à être relu.")
ASKED = N_("Vous pouvez le lire, dire s'il est fidèle, ou demander une modification, jusqu'au %(until)s :")
PERSONAL = N_("Ce lien est personnel : ne le transmettez pas.")
COMMON = N_(
    "Le téléphone qui était à la séance y entre tout seul ; sinon, le code de « Garder mon lien » y fait entrer."
)
TACIT = N_("Sans demande d'ici là, le texte sera réputé approuvé après le %(approval)s.")
CONSENT = N_("Il sera soumis à l'approbation du groupe à la séance suivante.")
CONFIDENTIAL = N_("Jusqu'à son approbation, ce texte reste entre les personnes du groupe.")


@dataclass(frozen=True, slots=True)
class Letter:
    """`link_id` is 0 for the letter that everybody may get: the common address, without anybody's own link."""

    link_id: int
    to: str
    subject: str
    body: str


def letters_for(db: Session, found: Visit, given: Iterable[Given]) -> list[Letter]:
    """Return the letter of each link just made, then the one to copy for everybody else."""
    base = house().settings.public_url
    own = [
        _letter(db, found, f"{base}/relire/{one.token}", PERSONAL, one.link_id, one.email or one.label)
        for one in given
    ]
    return [*own, _letter(db, found, f"{base}{found.address}/relecture", COMMON, 0, "")]


def sent_in_background(document_id: int, letters: Sequence[Letter]) -> None:
    """Send the letters that have an address, one after the other, and note those that left."""
    realtime.spawn(_send, house(), document_id, [one for one in letters if "@" in one.to])


def _send(at: House, document_id: int, letters: Sequence[Letter]) -> None:
    for letter in letters:
        if not mail.send(at.settings, letter.to, letter.subject, letter.body):
            continue
        with at.database.writing() as db:
            link = queries.review_link(db, document_id, letter.link_id)
            if link is not None:
                link.sent_at = at.clock()


def _letter(db: Session, found: Visit, address: str, about: str, link_id: int, to: str) -> Letter:
    gettext = translations(DEFAULT).gettext
    document, session = found.document, session_of(db, found.document)
    calendar = calendar_of(db, document)
    words = {
        "title": document.title,
        "held": written_day(local_day(session.starts_at or session.opened_at)) if session else "",
        "until": written_day(calendar.amendments),
        "approval": written_day(calendar.approval),
    }
    lines = [
        GREETING,
        HELD if session else NOT_HELD,
        ASKED,
        None,
        about,
        CONSENT if document.approval == "consent" else TACIT,
        *([CONFIDENTIAL] if document.confidential else []),
    ]
    body = "\n\n".join(address if line is None else gettext(line) % words for line in lines)
    return Letter(link_id, to, gettext(SUBJECT) % words, f"{body}\n")
