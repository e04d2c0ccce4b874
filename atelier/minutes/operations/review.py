"""Sent for review: a frozen version, a link of one's own for each address, and what readers say of it (D-16, D-29).

A link is a token of its own, kept as its hash. A phone that was at the séance gets the same link each time it proves itself, by
its cookie or by the code of « Garder mon lien »: one person is one reader, long after the connection data is gone (D-14).
"""

from __future__ import annotations

import base64
import hmac
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from atelier import codes
from atelier.errors import Refusal
from atelier.minutes import queries
from atelier.minutes.calendar import STEPS, Calendar, after_sending, calendar_of
from atelier.minutes.content import Content, sha256
from atelier.minutes.facts import FAITHFUL, READ, RESERVE
from atelier.minutes.models import Document, DocumentVersion, Reading, ReviewLink
from atelier.minutes.operations.versions import keep_version
from atelier.minutes.workflow import IN_REVIEW, SEND, TAKE_BACK, next_phase
from atelier.people.queries import authored_numbers, contacts_of
from atelier.people.tokens import typed

DAYS = tuple(f"{step}_due" for step in STEPS)
LONGEST_RESERVE = 2000
LONGEST_EMAIL = 254
JUST_NOW = timedelta(minutes=2)
EMAIL = re.compile(r"[^@\s<>,;\"]{1,64}@[^@\s<>,;\"]+\.[^@\s<>,;\"]{2,}")


@dataclass(frozen=True, slots=True)
class Given:
    """A link just made: its token is known now and never again."""

    link_id: int
    label: str
    email: str
    token: str


# ---------------------------------------------------------------- the calendar


def calendar_in(document: Document) -> Calendar | None:
    """Return the four days of a document, None before they are known."""
    days = [getattr(document, name) for name in DAYS]
    return Calendar(*days) if all(days) else None


def set_calendar(document: Document, calendar: Calendar) -> None:
    for step, day in asdict(calendar).items():
        setattr(document, f"{step}_due", day)


def ensure_calendar(document: Document, held_on: date) -> Calendar:
    """Return the days of a document, counted from the day of the séance the first time (D-29)."""
    known = calendar_in(document)
    if known is None:
        known = calendar_of(held_on)
        set_calendar(document, known)
    return known


# ---------------------------------------------------------------- sending


def send_for_review(
    db: Session, document: Document, content: Content, approval: str, sent_on: date, now: datetime
) -> DocumentVersion | Refusal:
    """Freeze the text that will be read and open the review. Sent again, it is another version that is read."""
    document = queries.locked(db, document.id)
    phase = next_phase(SEND, document.phase)
    if phase is None:
        return Refusal("not_now", {"phase": document.phase})
    last = queries.last_version(db, document.id, "submitted")
    again = last is not None and document.phase == IN_REVIEW and last.sha256 == sha256(content)
    version = last if last is not None and again else keep_version(db, document, content, "submitted", now)
    calendar = calendar_in(document)
    if calendar is not None and document.phase != IN_REVIEW:
        set_calendar(document, after_sending(calendar, sent_on))
    document.phase, document.approval, document.sent_at = phase, approval, now
    db.flush()
    return version


def take_back(db: Session, document: Document) -> Refusal | None:
    """Bring the text back to its writers: readers are told that the review is suspended."""
    document = queries.locked(db, document.id)
    phase = next_phase(TAKE_BACK, document.phase)
    if phase is None:
        return Refusal("not_now", {"phase": document.phase})
    document.phase = phase
    db.flush()
    return None


def links_for_contacts(db: Session, document: Document, now: datetime) -> list[Given]:
    """Make a link for each address left at the séance for the compte rendu (D-16); those that have one keep it.

    A link made a moment ago and not sent is given again: pressed twice, the button must not lose what is shown once.
    """
    if document.session_id is None:
        return []
    links = [link for link in queries.review_links(db, document.id) if link.email]
    known = {link.email for link in links}
    fresh = [link for link in links if link.sent_at is None and now - link.created_at < JUST_NOW]
    again = [renew_link(db, link) for link in fresh if link.revoked_at is None]
    wanted = dict.fromkeys(
        contact.email
        for contact in contacts_of(db, document.session_id)
        if contact.wants_minutes and contact.email
    )
    new = [email for email in wanted if email not in known]
    return [*again, *(give_link(db, document, "email", True, now, email=email) for email in new)]


def give_link(
    db: Session,
    document: Document,
    channel: str,
    present: bool,
    now: datetime,
    *,
    label: str = "",
    email: str = "",
    college: str = "",
) -> Given:
    """Make a reader's link. `present`: was at the séance, and may amend facts."""
    token = codes.token()
    link = ReviewLink(
        document_id=document.id,
        channel=channel,
        present=present,
        label=label.strip()[:80],
        college=college,
        email=email,
        token_hash=codes.hashed(token),
        created_at=now,
    )
    db.add(link)
    db.flush()
    return Given(link.id, link.label, email, token)


def is_email(text: str) -> bool:
    return len(text) <= LONGEST_EMAIL and EMAIL.fullmatch(text) is not None


def renew_link(db: Session, link: ReviewLink) -> Given:
    """Give a link another token: the former one opens nothing any more, what its reader said stays theirs."""
    token = codes.token()
    link.token_hash, link.revoked_at = codes.hashed(token), None
    db.flush()
    return Given(link.id, link.label, link.email, token)


def revoke_link(db: Session, link: ReviewLink, now: datetime) -> None:
    link.revoked_at = link.revoked_at or now
    db.flush()


# ---------------------------------------------------------------- phones


def phone_token(pepper: bytes, document_id: int, keep_code: str) -> str:
    """Return the token of the link of whoever holds a « Garder mon lien » code: always the same for one document."""
    digest = hmac.digest(pepper, f"review:{document_id}:{typed(keep_code)}".encode(), "sha256")
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def wrote_a_card(db: Session, pepper: bytes, session_id: int, keep_code: str) -> tuple[int, ...]:
    """Return the cards that a code wrote: having written one proves that its holder was there."""
    return authored_numbers(db, pepper, session_id, keep_code)


def link_for_phone(
    db: Session, document: Document, pepper: bytes, keep_code: str, college: str, now: datetime
) -> str:
    """Return the token of the link of a phone that was there, made at its first visit."""
    token = phone_token(pepper, document.id, keep_code)
    queries.locked(db, document.id)
    known = queries.link_by_hash(db, codes.hashed(token))
    if known is None:
        link = ReviewLink(
            document_id=document.id,
            channel="phone",
            present=True,
            college=college,
            token_hash=codes.hashed(token),
            created_at=now,
        )
        db.add(link)
        db.flush()
    return token


# ---------------------------------------------------------------- readings


def say(
    db: Session,
    document: Document,
    reader: str,
    present: bool,
    version: int,
    verdict: str,
    now: datetime,
    reserve: str = "",
) -> Refusal | None:
    """Keep a reader's word on the version they read. « J'ai lu » never takes back « fidèle » nor a reserve."""
    document = queries.locked(db, document.id)
    if document.phase != IN_REVIEW:
        return Refusal("review_closed", {"phase": document.phase})
    if verdict not in (READ, FAITHFUL, RESERVE):
        return Refusal("malformed")
    if verdict == RESERVE and not reserve.strip():
        return Refusal("reserve_required")
    row = queries.reading_of(db, document.id, reader, version)
    if row is None:
        row = Reading(
            document_id=document.id, reader=reader, version=version, present=present, verdict=verdict, at=now
        )
        db.add(row)
    elif verdict == READ:
        return None
    row.verdict, row.at = verdict, now
    row.reserve = reserve.strip()[:LONGEST_RESERVE] if verdict == RESERVE else ""
    db.flush()
    return None


def unsay(db: Session, document: Document, reader: str, version: int) -> None:
    """Take back one's word: what stays is that one has read."""
    document = queries.locked(db, document.id)
    row = queries.reading_of(db, document.id, reader, version)
    if row is not None and document.phase == IN_REVIEW:
        row.verdict, row.reserve = READ, ""
        db.flush()


def with_settings(document: Document, **changes: Any) -> None:
    """Change some settings of a document; None takes one out."""
    kept: Mapping[str, Any] = {**(document.settings or {}), **changes}
    document.settings = {name: value for name, value in kept.items() if value is not None}


def colleges_of(readers: Iterable[str], links: Iterable[ReviewLink]) -> dict[str, str]:
    """Return the college that each reader gave, by reader."""
    known = {f"r{link.id}": link.college for link in links}
    return {reader: known.get(reader, "") for reader in readers}
