"""The settings of the whole séance."""

from __future__ import annotations

from typing import Any

from flask import request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from atelier.errors import Refusal
from atelier.house import house
from atelier.later import N_
from atelier.people import access
from atelier.workshops import operations, queries
from atelier.workshops.colleges import COLOURS, LAST
from atelier.workshops.forms.fields import choices, revision_of
from atelier.workshops.forms.meeting import MeetingForm, meeting_values
from atelier.workshops.models import WorkshopSession
from atelier.workshops.views.blueprint import (
    CONFLICT,
    INVALID,
    asker,
    back,
    blueprint,
    by_script,
    local_hour,
    locale,
    now,
    own,
    page,
    refused,
    saved,
    zone,
)
from atelier.workshops.views.saving import differences, errors_of
from atelier.workshops.wording import worded

PLAIN = (
    "title", "question", "place", "reference", "tables", "capacity", "moderation", "open_code", "confidential",
    "vote_cards", "rules",
)  # fmt: skip
BLANK_COLLEGES = 2


@blueprint.get("/seances/<int:session_id>/reglages")
@access.signed_in
def meeting(session_id: int) -> AnyResponse:
    with house().database.reading() as db:
        session = own(db, session_id)
        return meeting_page(session, stored_form(db, session))


@blueprint.post("/seances/<int:session_id>/reglages")
@access.signed_in
def save_meeting(session_id: int) -> AnyResponse:
    here = locale()
    with house().database.writing() as db:
        session = own(db, session_id)
        form = _prepared(MeetingForm(), db, session)
        if not form.validate():
            if by_script():
                return refused(Refusal("invalid"), INVALID, errors=errors_of(form, here))
            return meeting_page(session, form, INVALID)
        values = meeting_values(form, zone())
        refusal = operations.save_meeting(db, session, values, revision_of(form), now())
        if refusal is None:
            if by_script():
                return saved(session.revision, {"page-title": session.title})
            return back(f"/seances/{session_id}/reglages", fait="edit")
        return _not_written(db, session, form, refusal)


def _not_written(db: Session, session: WorkshopSession, form: MeetingForm, refusal: Refusal) -> AnyResponse:
    here = locale()
    if refusal.code == "reference_taken":
        form.reference.errors = [worded(refusal, here)]
        if by_script():
            return refused(Refusal("invalid"), INVALID, errors=errors_of(form, here))
        return meeting_page(session, form, INVALID)
    theirs = differences(form, stored_form(db, session), here)
    if by_script():
        return refused(refusal, theirs=theirs, revision=session.revision)
    form.revision.data = str(session.revision)
    return meeting_page(session, form, CONFLICT, refusal, theirs)


def stored_form(db: Session, session: WorkshopSession) -> MeetingForm:
    """Return the form as the séance is stored."""
    starts = session.starts_at.astimezone(zone()) if session.starts_at else None
    data: dict[str, Any] = {
        **{name: getattr(session, name) for name in PLAIN},
        "day": starts.date() if starts else None,
        "hour": local_hour(starts),
        "colleges": [dict(college) for college in session.colleges],
        "continues": str(session.continues or ""),
        "revision": str(session.revision),
    }
    return _prepared(MeetingForm(formdata=None, data=data), db, session)


def _prepared(form: MeetingForm, db: Session, session: WorkshopSession) -> MeetingForm:
    before = queries.continuable(db, asker().id, but=session.id)
    form.continues.choices = choices(
        [
            ("", N_("Aucune\u00a0: cette séance commence")),
            *((str(one.id), f"{one.reference} · {one.title}") for one in before),
        ]
    )
    return form


def meeting_page(
    session: WorkshopSession,
    form: MeetingForm,
    status: int = 200,
    refusal: Refusal | None = None,
    theirs: tuple[Any, ...] = (),
) -> AnyResponse:
    """Draw the settings, with empty rows for more colleges."""
    if not form.errors:
        for _ in range(BLANK_COLLEGES):
            if len(form.colleges.entries) < min(form.colleges.max_entries, len(COLOURS)):
                form.colleges.append_entry()
    return page(
        "workshops/meeting.html" if session.phase == "draft" else "workshops/meeting_closed.html",
        status,
        session=session,
        form=form,
        last_college=LAST,
        colours=COLOURS,
        refusal=worded(refusal, locale()) if refusal else "",
        theirs=theirs,
        done=request.args.get("fait", "") if request.method == "GET" else "",
    )
