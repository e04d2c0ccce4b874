"""« Suivi »: where a text stands, what blocks the next step, who read it, what is asked; and the acts of each step."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import redirect, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from atelier.errors import Refusal
from atelier.house import house
from atelier.i18n import translations
from atelier.later import N_
from atelier.minutes import queries, workflow
from atelier.minutes.amending import undoing
from atelier.minutes.calendar import STEPS, Calendar, changed
from atelier.minutes.content import Content, numbered
from atelier.minutes.facts import ACCEPTED
from atelier.minutes.models import Document, ReviewLink
from atelier.minutes.operations import approval, consent_vote, review, situation
from atelier.minutes.operations.freezing import with_text
from atelier.minutes.operations.situation import Standing
from atelier.minutes.views.blueprint import ADDRESS, Visit, blueprint, minutes, room_of, sources_for, visit
from atelier.minutes.views.letters import letters_for, sent_in_background
from atelier.minutes.views.shown import (
    banner,
    bring_up,
    day,
    local_day,
    obstacles_said,
    page,
    sentence_of,
    session_of,
    settle,
    standing,
    state_of,
    steps_shown,
    today,
    zone,
)
from atelier.people import access
from atelier.people.mail import can_send
from atelier.people.queries import contact_counts
from atelier.workshops.models import WorkshopSession

INVALID = 422
NEW_CONSENT = N_("Un nouveau consentement, préparé avec la bonne proposition")


@blueprint.get(f"{ADDRESS}/suivi")
def follow_up(shelf: str, reference: str) -> AnyResponse:
    settle(_may(shelf, reference, "view_progress").document)
    with house().database.reading() as db:
        return follow_up_page(db, visit(db, shelf, reference, "view_progress"))


@blueprint.post(f"{ADDRESS}/suivi/envoyer")
def send_for_review(shelf: str, reference: str) -> AnyResponse:
    """Freeze what will be read, make each reader's link, and write to them."""
    found = _may(shelf, reference, "send_for_review")
    chosen = "consent" if request.form.get("approval") == "consent" else "tacit"
    bring_up(found.document)
    given: list[review.Given] = []
    sources = sources_for(found.document)

    def act(db: Session, content: Content) -> Refusal | None:
        document = prepared(db, found)
        if workflow.obstacles(workflow.SEND, standing(db, document, content, sources).situation):
            return Refusal("blocked")
        sent = review.send_for_review(db, document, content, chosen, today(), house().clock())
        if isinstance(sent, Refusal):
            return sent
        given.extend(review.links_for_contacts(db, document, house().clock()))
        return None

    refusal = with_text(house().database, room_of(found.document), act)
    if refusal:
        return refused_page(shelf, reference, refusal)
    minutes().announce(found.document.id)
    with house().database.reading() as db:
        found = visit(db, shelf, reference, "send_for_review")
        letters = letters_for(db, found, given)
        if can_send(house().settings):
            sent_in_background(found.document.id, letters)
        return follow_up_page(db, found, letters=letters, just="sent")


@blueprint.post(f"{ADDRESS}/suivi/reprendre")
def take_back(shelf: str, reference: str) -> AnyResponse:
    """Bring the text back to its writers."""
    return _act(shelf, reference, "send_for_review", review.take_back, done="repris")


@blueprint.post(f"{ADDRESS}/suivi/dates")
def change_calendar(shelf: str, reference: str) -> AnyResponse:
    """Change the four days, within reason; a day off moves to the next working one."""
    with house().database.writing() as db:
        found = visit(db, shelf, reference, "edit_calendar")
        document = prepared(db, found)
        refusal = _change_calendar(db, document)
    if refusal:
        return refused_page(shelf, reference, refusal, days=request.form)
    return redirect(f"{found.address}/suivi?fait=dates#calendrier", 303)


def _change_calendar(db: Session, document: Document) -> Refusal | None:
    known = review.calendar_in(document)
    try:
        wanted = Calendar(*(date.fromisoformat(request.form.get(step, "")) for step in STEPS))
    except ValueError:
        return Refusal("day_wrong")
    held_on = situation.held_on(document, session_of(db, document), zone())
    settled = changed(known or wanted, wanted, held_on, local_day(document.sent_at), today())
    if isinstance(settled, Refusal):
        return settled
    review.set_calendar(document, settled)
    return None


def prepared(db: Session, found: Visit) -> Document:
    """Return the document's row, held, with its calendar."""
    document = queries.locked(db, found.document.id)
    review.ensure_calendar(document, situation.held_on(document, session_of(db, document), zone()))
    return document


def _may(shelf: str, reference: str, act: str) -> Visit:
    with house().database.reading() as db:
        return visit(db, shelf, reference, act)


def _act(shelf: str, reference: str, may: str, act: Any, *args: Any, done: str) -> AnyResponse:
    """Perform one act on the document and come back to the page."""
    with house().database.writing() as db:
        found = visit(db, shelf, reference, may)
        refusal = act(db, found.document, *args)
    if refusal:
        return refused_page(shelf, reference, refusal)
    minutes().announce(found.document.id)
    return redirect(f"{found.address}/suivi?fait={done}", 303)


def refused_page(shelf: str, reference: str, refusal: Refusal, **more: Any) -> AnyResponse:
    """Draw the page again with what was refused, and what was typed."""
    with house().database.reading() as db:
        found = visit(db, shelf, reference, "view_progress")
        return follow_up_page(db, found, INVALID, refusal=refusal, **more)


# ---------------------------------------------------------------- the page


def follow_up_page(
    db: Session, found: Visit, status: int = 200, refusal: Refusal | None = None, **more: Any
) -> AnyResponse:
    """Draw the page; `refusal` is said at its head, what was typed comes back in `more`."""
    document = found.document
    now = standing(db, document)
    step = next_act(document.phase, now.situation.correcting)
    return page(
        "minutes/follow_up.html",
        found,
        status,
        refusal="" if refusal is None or refusal.code == "blocked" else sentence_of(refusal),
        blocked=refusal is not None and refusal.code == "blocked",
        step=step,
        steps=steps_shown(db, document),
        banner=banner(db, document),
        obstacles=obstacles_said(workflow.obstacles(step, now.situation), found) if step else [],
        notices=obstacles_said(workflow.notices(step, now.situation), found, notice=True) if step else [],
        calendar=[{"step": name, "day": getattr(now.situation.calendar, name).isoformat()} for name in STEPS],
        correcting=now.situation.correcting,
        vote=now.situation.vote,
        **_people(db, document),
        **_requests(db, document, now),
        **_approval(db, document),
        publications=queries.publications(db, document.id),
        day=lambda moment: day(local_day(moment)),
        **{"letters": [], "days": {}, "just": "", "typed": {}, "answered": 0, **more},
    )


def next_act(phase: str, correcting: bool) -> str:
    """Return the act that comes next, "" when there is none."""
    if phase in (workflow.PUBLISHED, workflow.RECTIFIED):
        return workflow.PUBLISH if correcting else ""
    return {workflow.DRAFT: workflow.SEND, workflow.IN_REVIEW: workflow.APPROVE}.get(phase, workflow.PUBLISH)


def _people(db: Session, document: Document) -> dict[str, Any]:
    links = queries.review_links(db, document.id)
    heard = {one.reader: one.verdict for one in queries.readings(db, document.id)}
    counts = contact_counts(db, document.session_id) if document.session_id else {"email": 0, "paper": 0}
    return {
        "links": [_link(link, heard) for link in links if link.revoked_at is None],
        "revoked": sum(1 for link in links if link.revoked_at is not None),
        "contacts": counts,
        "can_send": can_send(house().settings),
    }


def _link(link: ReviewLink, heard: dict[str, str]) -> dict[str, Any]:
    return {
        "id": link.id,
        "channel": link.channel,
        "who": link.email or link.label,
        "present": link.present,
        "sent": link.sent_at is not None,
        "verdict": heard.get(f"r{link.id}", ""),
    }


def _requests(db: Session, document: Document, now: Standing) -> dict[str, Any]:
    """Return the requests with the heading of their section, those that wait first."""
    colleges = situation.colleges_in(now.state)
    headings = {one.key: f"{number} {one.heading}".strip() for number, one in numbered(now.annexed.sections)}
    veil = minutes().veil
    asked = [one for one in queries.amendments(db, document.id) if one.state != "withdrawn"]
    return {
        "requests": [
            veil.row(document, one)
            for one in sorted(asked, key=lambda one: (one.state != "pending", one.number))
        ],
        "headings": headings,
        "undo": {
            one.number: undoing(now.situation.content, one.section, one.before, one.after).state
            for one in asked
            if one.state == ACCEPTED
        },
        "colleges": colleges,
        "withdrawn_count": len(queries.amendments(db, document.id)) - len(asked),
    }


def _approval(db: Session, document: Document) -> dict[str, Any]:
    """Return the séances that may approve, the consents to choose from, and the one that was chosen."""
    vote = approval.linked_vote(document)
    later = approval.later_sessions(db, document)
    chosen = next((one for one in later if vote and one.id == vote[0]), None)
    reserves = approval.reserves_of(state_of(vote[0]), vote[1]) if vote and chosen else ()
    reserves = minutes().veil.plain(document, reserves)
    offered = [choice for session in later for choice in _choices(session, vote)]
    answers = approval.answers_of(state_of(vote[0]), vote[1]) if vote and chosen else {}
    return {
        "later": later,
        "vote_answers": answers,
        "vote_session": chosen,
        "vote_reserves": reserves,
        "vote_choices": offered,
    }


def _choices(session: WorkshopSession, vote: tuple[int, str] | None) -> list[dict[str, Any]]:
    """Return the consents of a later séance, and a new one while it is not over."""
    when = day(local_day(session.starts_at)) or session.reference
    gettext = translations(access.locale_of_request()).gettext
    known = consent_vote.choices(session, state_of(session.id))
    found = [(one.activity, one.question) for one in known]
    if session.phase != "closed":
        found.append(("", ""))
    return [
        {
            "value": f"{session.id}:{key}",
            "label": label or gettext(NEW_CONSENT),
            "session": f"{session.title}, {when}",
            "chosen": vote == (session.id, key),
        }
        for key, label in found
    ]
