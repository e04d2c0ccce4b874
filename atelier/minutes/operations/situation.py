"""Where a document stands: everything that the rules of workflow.py look at, gathered from the rows and from the séance."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from atelier.live.record import record
from atelier.live.state import LiveState
from atelier.minutes import queries
from atelier.minutes.calendar import Calendar, calendar_of
from atelier.minutes.citations import flags
from atelier.minutes.comparison import compare_contents
from atelier.minutes.content import Content
from atelier.minutes.divergence import divided_votes, one_sided
from atelier.minutes.facts import (
    COMMENT,
    PENDING,
    Asked,
    Facts,
    Heard,
    Reserve,
    facts_of,
    with_annexes,
)
from atelier.minutes.models import Amendment, Document
from atelier.minutes.names import GIVEN, PUBLIC_ROLE, NameFound, consents_of_cards, known_names, names_found
from atelier.minutes.operations import approval as approvals
from atelier.minutes.operations.remarks import open_count
from atelier.minutes.operations.review import calendar_in, colleges_of
from atelier.minutes.operations.versions import content_at
from atelier.minutes.sources import Sources, sources_of
from atelier.minutes.workflow import Flagged, Situation
from atelier.people.queries import account, contacts_of
from atelier.workshops.models import WorkshopSession

StateOf = Callable[[int], LiveState]
FED_BY = "sessions"  # in Document.settings


@dataclass(frozen=True, slots=True)
class Standing:
    """A document as it stands today: what the rules look at, and what the pages say."""

    situation: Situation
    facts: Facts
    names: tuple[NameFound, ...]
    annexed: Content  # the text with the reserves and the refused requests that will follow it
    state: LiveState | None


def standing_of(
    db: Session,
    document: Document,
    content: Content,
    state_of: StateOf,
    sources: Sources,
    now: datetime,
    zone: ZoneInfo,
) -> Standing:
    """Gather where a document stands. `sources`: what its citations mean to the writers."""
    session = db.get(WorkshopSession, document.session_id) if document.session_id else None
    state = state_of(document.session_id) if document.session_id else None
    calendar = calendar_for(document, session, zone)
    asked = queries.amendments(db, document.id)
    facts = facts_in(db, document)
    annexed = with_annexes(content, facts, colleges_in(state))
    names = names_in(db, document, annexed, [state] if state else [state_of(one) for one in fed_by(document)])
    situation = Situation(
        phase=document.phase,
        content=content,
        today=now.astimezone(zone).date(),
        calendar=calendar,
        session_closed=session is None or session.phase == "closed",
        approval=document.approval or "tacit",
        vote=vote_of(db, document, state_of),
        correcting=approvals.CORRECTING in (document.settings or {}),
        pending=sum(1 for one in asked if one.state == PENDING and one.kind != COMMENT),
        flags=[Flagged(one.kind, one.section, one.sentence, one.ref) for one in flags(content, sources)],
        open_names=[line.known.name for line in names if line.open],
        one_sided=one_sided(content, divided_votes(state)) if state else (),
        changed_since_sent=changed_since_sent(db, document, content),
        remarks=open_count(db, document.id),
    )
    return Standing(situation, facts, names, annexed, state)


def vote_of(db: Session, document: Document, state_of: StateOf) -> str:
    """Return what the chosen consent says; prepared in a séance that is not open yet, it is waited for."""
    vote = approvals.linked_vote(document)
    session = db.get(WorkshopSession, vote[0]) if vote else None
    if vote is None or session is None or session.deleted_at is not None:
        return "none"
    return "waiting" if session.phase == "draft" else approvals.outcome(state_of(session.id), vote[1])


def held_on(document: Document, session: WorkshopSession | None, zone: ZoneInfo) -> date:
    """Return the day from which the calendar counts: of the séance, else of the document's creation."""
    moment = (session.starts_at or session.opened_at or session.closed_at) if session else None
    if session is not None and session.closed_at is not None and moment is not None:
        moment = max(moment, session.opened_at or moment)  # held later than it was planned
    return (moment or document.created_at).astimezone(zone).date()


def calendar_for(document: Document, session: WorkshopSession | None, zone: ZoneInfo) -> Calendar:
    """Return the days of a document: those that were set, else those that its séance gives."""
    return calendar_in(document) or calendar_of(held_on(document, session, zone))


def sources_in(document: Document, state: LiveState | None, public: bool = False) -> Sources:
    """Return what a compte rendu may cite."""
    if state is None:
        return Sources()
    return sources_of(state, record(state), document.reference, public)


def colleges_in(state: LiveState | None) -> Mapping[str, str]:
    return {college.key: college.label for college in state.meeting.colleges} if state else {}


def fed_by(document: Document) -> Sequence[int]:
    """Return the séances that a document without one of its own is made from (a contribution au forum)."""
    return tuple((document.settings or {}).get(FED_BY, ()))


def names_in(
    db: Session, document: Document, content: Content, states: Sequence[LiveState]
) -> tuple[NameFound, ...]:
    """Return the known names that stand in a text, with what their bearers agreed to."""
    owner = account(db, document.owner_id)
    known = known_names(states, [owner.name] if owner else [], queries.writer_names(db, document.id).values())
    agreed = {key: status for state in states for key, status in consents_of_cards(state).items()}
    agreed |= queries.consents(db, document.id)
    return names_found(content, known, agreed)


def published_writers(db: Session, document: Document) -> tuple[str, ...]:
    """Return the names of the writers who agreed that theirs stands on the document."""
    owner = account(db, document.owner_id)
    names = [*([owner.name] if owner else []), *queries.writer_names(db, document.id).values()]
    agreed = queries.consents(db, document.id)
    return tuple(dict.fromkeys(name for name in names if agreed.get((name, "")) in (GIVEN, PUBLIC_ROLE)))


def facts_in(db: Session, document: Document) -> Facts:
    """Return what readers said so far."""
    links = queries.review_links(db, document.id)
    readings = queries.readings(db, document.id)
    colleges = colleges_of((one.reader for one in readings), links)
    heard = [
        Heard(one.reader, one.version, one.verdict, one.reserve, one.present, colleges[one.reader])
        for one in readings
    ]
    paper = 0
    if document.session_id is not None and document.sent_at is not None:
        paper = sum(1 for contact in contacts_of(db, document.session_id) if contact.channel == "paper")
    sent = sum(1 for link in links if link.revoked_at is None) + paper
    kept = [Reserve(**one) for one in (document.settings or {}).get(approvals.RESERVES, ())]
    return facts_of(heard, map(asked_of, queries.amendments(db, document.id)), sent, kept)


def asked_of(row: Amendment) -> Asked:
    """Return a request without who wrote it."""
    return Asked(
        row.number, row.kind, row.section, row.before, row.after, row.motive, row.state, row.answer,
        row.wants_annex, row.college, row.channel,
    )  # fmt: skip


def changed_since_sent(db: Session, document: Document, content: Content) -> int:
    """Count the sections that changed since the text was sent, other than by requests that were granted."""
    sent = queries.last_version(db, document.id, "submitted")
    if sent is None:
        return 0
    granted = {
        one.section for one in queries.amendments(db, document.id) if one.state in ("accepted", "divergence")
    }
    changes = compare_contents(content_at(sent), content)
    return sum(1 for change in changes if change.state != "same" and change.key not in granted)
