"""The readers' pages: the text that was sent, one's word on it, requests for changes. On a phone first, without any account."""

from __future__ import annotations

import re
from typing import Any

from flask import redirect, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from atelier import codes
from atelier.errors import NotFound, Refusal
from atelier.house import house
from atelier.minutes import queries, workflow
from atelier.minutes.access import Guest
from atelier.minutes.citations import sentences_of
from atelier.minutes.content import Content, numbered
from atelier.minutes.models import DocumentVersion
from atelier.minutes.operations import amendments, review
from atelier.minutes.operations.amendments import From
from atelier.minutes.operations.drawing import figures, say
from atelier.minutes.operations.versions import content_at
from atelier.minutes.reading import Part, rendered, shown
from atelier.minutes.views.blueprint import ADDRESS, Visit, blueprint, minutes, sources_for, visit
from atelier.minutes.views.reading import asked
from atelier.minutes.views.sheets import requested
from atelier.minutes.views.shown import (
    banner,
    calendar_of,
    day,
    page,
    sentence_of,
    settle,
    state_of,
    steps_shown,
    today,
    version_text,
)
from atelier.minutes.views.team import address_of
from atelier.people import access
from atelier.people.tokens import KEEP_CODE_LENGTH, keep_code, typed

INVALID = 422
GONE = 410
REFERENCE = re.compile(r"\[((?:[A-Z0-9]+-)?[CVH]-\d+)\]")
MARKS = re.compile(r"(\*\*|__|~~)(?=\S)(.+?)(?<=\S)\1")


@blueprint.get("/relire/<token>")
def follow_review_link(token: str) -> AnyResponse:
    """A reader's own link: remembered by this browser, then the page. Looking at it uses nothing up."""
    with house().database.reading() as db:
        link = queries.link_by_hash(db, codes.hashed(token))
        document = link.document_id if link is not None and link.revoked_at is None else None
        row = queries.document_by_id(db, document) if document else None
        if row is None:
            return access.private_page("minutes/review_ended.html", GONE)
        response = redirect(f"{address_of(row)}/relecture", 303)
    access.give_document_token(response, row.id, token, access.REVIEW_COOKIE)
    return response


@blueprint.get(f"{ADDRESS}/relecture")
def review_page(shelf: str, reference: str) -> AnyResponse:
    """The text that was sent, for whoever shows that they may read it."""
    with house().database.reading() as db:
        found = asked(db, shelf, reference)
    known = _by_this_phone(found)
    if known is not None:
        return known
    if not found.guest.may("view_review"):
        return page("minutes/review_door.html", found, refusal="")
    settle(found.document)
    with house().database.reading() as db:
        return _page(db, visit(db, shelf, reference, "view_review"))


@blueprint.post(f"{ADDRESS}/relecture/code")
def come_with_code(shelf: str, reference: str) -> AnyResponse:
    """« Garder mon lien »: its twelve signs show that one wrote a card, hence that one was there."""
    with house().database.reading() as db:
        found = asked(db, shelf, reference)
    code = request.form.get("code", "")
    if not access.may_try_personal_code("keep"):
        return _door(found, Refusal("too_many_tries"))
    opened = _adopted(found, code) if len(typed(code)) == KEEP_CODE_LENGTH else None
    if opened is None:
        access.note_failed_personal_code("keep")
        return _door(found, Refusal("unknown_code"))
    return opened


@blueprint.post(f"{ADDRESS}/relecture/avis")
def say_word(shelf: str, reference: str) -> AnyResponse:
    """« J'ai lu », « Fidèle à la séance », or a reserve in a sentence; or one's word taken back."""
    verdict = request.form.get("verdict", "")
    act = {"faithful": "find_faithful", "reserve": "write_reserve"}.get(verdict, "mark_read")
    with house().database.writing() as db:
        found = visit(db, shelf, reference, act)
        read, guest = _read(db, found), found.guest
        if read is None:
            raise NotFound(reference)
        if verdict == "none":
            review.unsay(db, found.document, guest.person, read.number)
            refusal = None
        else:
            words = minutes().veil.kept(found.document, request.form.get("reserve", ""))
            refusal = review.say(
                db, found.document, guest.person, guest.present, read.number, verdict, house().clock(), words
            )
    if refusal:
        return _again(shelf, reference, refusal, typed=request.form)
    return redirect(f"{found.address}/relecture?fait={verdict}#avis", 303)


@blueprint.get(f"{ADDRESS}/relecture/demande")
def ask_form(shelf: str, reference: str) -> AnyResponse:
    """The form of one section, with its sentences to choose from."""
    with house().database.reading() as db:
        found = visit(db, shelf, reference, "view_review")
        return _ask_page(db, found, request.args.get("partie", ""), {})


@blueprint.post(f"{ADDRESS}/relecture/demande")
def ask(shelf: str, reference: str) -> AnyResponse:
    """Keep a request; whoever was not there leaves a remark."""
    form = request.form
    with house().database.writing() as db:
        found = visit(db, shelf, reference, "ask_amendment")
        read = _read(db, found)
        if read is None:
            raise NotFound(reference)
        wanted = requested(form)
        chosen = form.get("passage", "") if not wanted.before.strip() else ""
        if chosen:
            wanted = type(wanted)(wanted.section, chosen, wanted.after, wanted.motive, wanted.wants_annex)
        wanted = minutes().veil.kept(found.document, wanted)
        who = _who(db, found)
        kept = amendments.ask(
            db, found.document, content_at(read), read.number, who, wanted, today(), house().clock()
        )
    if isinstance(kept, Refusal):
        with house().database.reading() as db:
            found = visit(db, shelf, reference, "view_review")
            return _ask_page(db, found, form.get("section", ""), form, sentence_of(kept), INVALID)
    return redirect(
        f"{found.address}/relecture?fait=demande&partie={kept.section}#demande-{kept.number}", 303
    )


@blueprint.post(f"{ADDRESS}/relecture/demandes/<int:number>/retirer")
def withdraw_amendment(shelf: str, reference: str, number: int) -> AnyResponse:
    """Take back one's own request."""
    with house().database.writing() as db:
        found = visit(db, shelf, reference, "withdraw_amendment")
        refusal = amendments.withdraw(db, found.document, number, found.guest.person)
    if refusal:
        return _again(shelf, reference, refusal)
    return redirect(f"{found.address}/relecture?fait=retiree#demandes", 303)


# ---------------------------------------------------------------- who comes


def _by_this_phone(found: Visit) -> AnyResponse | None:
    """Give the phone that was at the séance its own link, once: it is known long after the connection data is gone."""
    session_id = found.document.session_id
    if session_id is None or found.guest.may("view_progress") or found.guest.person.startswith("r"):
        return None
    token = access.device_token(session_id)
    return _adopted(found, keep_code(token)) if token else None


def _adopted(found: Visit, code: str) -> AnyResponse | None:
    """Return the answer that gives this browser its reader's link, None when the code proves nothing."""
    document, at = found.document, house()
    if document.session_id is None:
        return None
    with at.database.writing() as db:
        pepper = at.settings.seal_secret
        cards = review.wrote_a_card(db, pepper, document.session_id, code)
        token = access.device_token(document.session_id)
        participant = (
            access.participant_of(db, token, document.session_id) if keep_code(token) == typed(code) else None
        )
        if not cards and participant is None:
            return None
        college = _college(document.session_id, participant, cards)
        own = review.link_for_phone(db, document, pepper, code, college, at.clock())
    response = redirect(f"{found.address}/relecture", 303)
    access.give_document_token(response, document.id, own, access.REVIEW_COOKIE)
    return response


def _college(session_id: int, participant: str | None, cards: tuple[int, ...]) -> str:
    """Return the college that the person gave, as far as one of their cards or their seat still says it."""
    state = state_of(session_id)
    if participant and participant in state.people:
        return state.people[participant].college
    said = (state.contributions[number].college for number in cards if number in state.contributions)
    return next((college for college in said if college), "")


def _who(db: Session, found: Visit) -> From:
    guest: Guest = found.guest
    link = (
        queries.review_link(db, found.document.id, int(guest.person[1:])) if guest.person[:1] == "r" else None
    )
    channel = link.channel if link else "link"
    return From(guest.person, guest.present, channel, link.college if link else "")


# ---------------------------------------------------------------- pages


def _door(found: Visit, refusal: Refusal) -> AnyResponse:
    return page("minutes/review_door.html", found, INVALID, refusal=sentence_of(refusal))


def _read(db: Session, found: Visit) -> DocumentVersion | None:
    return queries.last_version(db, found.document.id, "submitted", "approved")


def _again(shelf: str, reference: str, refusal: Refusal, **more: Any) -> AnyResponse:
    with house().database.reading() as db:
        found = visit(db, shelf, reference, "view_review")
        return _page(db, found, INVALID, refusal=sentence_of(refusal), **more)


def _page(db: Session, found: Visit, status: int = 200, **more: Any) -> AnyResponse:
    document, guest = found.document, found.guest
    read = _read(db, found)
    if read is None or document.phase == workflow.DRAFT:
        return page("minutes/review_waits.html", found, status, steps=steps_shown(db, document))
    content = version_text(document, read)
    calendar = calendar_of(db, document)
    reading = queries.reading_of(db, document.id, guest.person, read.number)
    return page(
        "minutes/review.html",
        found,
        status,
        title=content.title or document.title,
        parts=_parts(found, content),
        steps=steps_shown(db, document),
        banner=banner(db, document),
        version=read.number,
        reading=reading,
        asking=workflow.takes_amendments(document.phase, calendar, today()),
        open=document.phase == workflow.IN_REVIEW,
        until=day(calendar.amendments),
        mine=[minutes().veil.row(document, one) for one in queries.amendments(db, document.id, guest.person)],
        headings={key: f"{number} {heading}".strip() for key, number, heading in _headings(content)},
        draft_done=request.args.get("partie", ""),
        **{"refusal": "", "typed": {}, **more},
    )


def _parts(found: Visit, content: Content) -> list[Part]:
    sources = sources_for(found.document, True)
    return shown(rendered(content, sources, figures(house().drawing, sources), say), False)


def _ask_page(
    db: Session, found: Visit, key: str, typed: Any, refusal: str = "", status: int = 200
) -> AnyResponse:
    read = _read(db, found)
    content = version_text(found.document, read) if read else Content("")
    section = content.section(key)
    if section is None:
        raise NotFound(key)
    calendar = calendar_of(db, found.document)
    if not workflow.takes_amendments(found.document.phase, calendar, today()):
        late = Refusal("too_late", {"day": calendar.amendments})
        refusal = refusal or sentence_of(
            late if found.document.phase == workflow.IN_REVIEW else Refusal("review_closed")
        )
    return page(
        "minutes/ask.html",
        found,
        status,
        section=section,
        number=next((number for one, number, _ in _headings(content) if one == key), ""),
        passages=[plain(sentence.text) for sentence in sentences_of(section.body)],
        typed=typed,
        refusal=refusal,
    )


def _headings(content: Content) -> list[tuple[str, str, str]]:
    return [(section.key, number, section.heading) for number, section in numbered(content.sections)]


def plain(text: str) -> str:
    """Return a sentence as it is read: without marks, citations without brackets."""
    return MARKS.sub(r"\2", REFERENCE.sub(r"\1", text)).strip()
