"""Requests to change a passage, comments, and the writers' answers (D-29, domain §5). A record, never a state of the document.

Refusals: `review_closed`, `too_late` {day}, `motive_required`, `nothing_asked`, `unknown_section`, `too_many` {limit},
`not_pending`, `sheet_known` {sheet, number, at}, `answer_required`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from atelier.errors import NotFound, Refusal
from atelier.minutes import queries
from atelier.minutes.content import Content
from atelier.minutes.facts import ACCEPTED, AMENDMENT, COMMENT, DIVERGENCE, PENDING, REFUSED, WITHDRAWN
from atelier.minutes.models import Amendment, Document
from atelier.minutes.operations.review import calendar_in
from atelier.minutes.workflow import IN_REVIEW, takes_amendments

LONGEST = 4000
LONGEST_SECTION = 40  # of a key: ours are short, a program may make others
MOST_PENDING = 30  # of one reader
ANSWERS = (ACCEPTED, REFUSED, DIVERGENCE)


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody asks of a section: this passage, to become that one, for this motive."""

    section: str
    before: str = ""
    after: str = ""
    motive: str = ""
    wants_annex: bool = False


@dataclass(frozen=True, slots=True)
class From:
    """Whose request it is. `channel`: email, phone, link, or paper with the number of its sheet."""

    reader: str
    present: bool
    channel: str
    college: str = ""
    sheet: str = ""


def ask(
    db: Session,
    document: Document,
    read: Content,
    version: int,
    who: From,
    request: Request,
    today: date,
    now: datetime,
) -> Amendment | Refusal:
    """Keep a request on the version that was read. Somebody who was not there comments: facts are amended by those present.

    Sent twice, it is one request.
    """
    document = queries.locked(db, document.id)
    refusal = _refused(document, read, request, today, late=who.channel == "paper")
    if refusal:
        return refusal
    mine = queries.amendments(db, document.id, who.reader) if who.channel != "paper" else []
    same = next((one for one in mine if _says(one, request)), None)
    if same is not None:
        return same
    if sum(1 for one in mine if one.state == PENDING) >= MOST_PENDING:
        return Refusal("too_many", {"limit": MOST_PENDING})
    if who.sheet and (known := _sheet(db, document.id, who.sheet, request)):
        return Refusal("sheet_known", {"sheet": who.sheet, "number": known.number, "at": known.created_at})
    row = _row(document, version, who, request)
    row.number, row.created_at = queries.next_amendment(db, document.id), now
    db.add(row)
    db.flush()
    return row


def _row(document: Document, version: int, who: From, request: Request) -> Amendment:
    return Amendment(
        document_id=document.id,
        kind=AMENDMENT if who.present else COMMENT,
        version=version,
        section=request.section,
        before=request.before.strip(),
        after=request.after.strip(),
        motive=request.motive.strip(),
        reader=who.reader,
        college=who.college,
        channel=who.channel,
        sheet=who.sheet,
        wants_annex=request.wants_annex,
    )


def withdraw(db: Session, document: Document, number: int, reader: str) -> Refusal | None:
    """Take back one's own request while it has no answer."""
    queries.locked(db, document.id)
    row = queries.amendment(db, document.id, number)
    if row is None or row.reader != reader:
        raise NotFound(str(number))
    if row.state == WITHDRAWN:
        return None
    if row.state != PENDING:
        return Refusal("not_pending", {"state": row.state})
    row.state = WITHDRAWN
    db.flush()
    return None


def answer(
    db: Session, document: Document, number: int, state: str, words: str, now: datetime
) -> Amendment | Refusal:
    """Answer a request: accepted, refused with a motive, or noted as a divergence. Until approval an answer may be changed."""
    document = queries.locked(db, document.id)
    if document.phase != IN_REVIEW:
        return Refusal("review_closed", {"phase": document.phase})
    row = queries.amendment(db, document.id, number)
    if row is None:
        raise NotFound(str(number))
    if row.state == WITHDRAWN:
        return Refusal("not_pending", {"state": row.state})
    if state not in ANSWERS:
        return Refusal("malformed")
    if state == REFUSED and not words.strip():
        return Refusal("answer_required")
    row.state, row.answer, row.answered_at = state, words.strip()[:LONGEST], now
    db.flush()
    return row


def reopen(db: Session, document: Document, number: int) -> Refusal | None:
    """Take an answer back: the request waits again. What was changed in the text is put back by hand or by a version."""
    document = queries.locked(db, document.id)
    row = queries.amendment(db, document.id, number)
    if row is None or row.state == WITHDRAWN:
        raise NotFound(str(number))
    if document.phase != IN_REVIEW:
        return Refusal("review_closed", {"phase": document.phase})
    row.state, row.answer, row.answered_at = PENDING, "", None
    db.flush()
    return None


def _refused(document: Document, read: Content, request: Request, today: date, late: bool) -> Refusal | None:
    """Say why a request cannot be kept. A sheet filled in time may be entered later: `late`."""
    if document.phase != IN_REVIEW:
        return Refusal("review_closed", {"phase": document.phase})
    calendar = calendar_in(document)
    if not late and not takes_amendments(document.phase, calendar, today):
        return Refusal("too_late", {"day": calendar.amendments if calendar else today})
    if read.section(request.section) is None or len(request.section) > LONGEST_SECTION:
        return Refusal("unknown_section")
    if not request.motive.strip():
        return Refusal("motive_required")
    if max(map(len, (request.before, request.after, request.motive))) > LONGEST:
        return Refusal("too_long", {"limit": LONGEST})
    return None


def _says(row: Amendment, request: Request) -> bool:
    words = (request.section, request.before.strip(), request.after.strip(), request.motive.strip())
    return row.state == PENDING and (row.section, row.before, row.after, row.motive) == words


def _sheet(db: Session, document_id: int, sheet: str, request: Request) -> Amendment | None:
    """Return what a sheet already gave for this section: a sheet may hold several requests, not the same twice."""
    return next(
        (
            one
            for one in queries.amendments(db, document_id)
            if one.sheet == sheet and one.section == request.section and one.state != WITHDRAWN
        ),
        None,
    )
