"""From a draft to an open séance: what is missing, the legal check (D-22), then the journal's first line."""

from __future__ import annotations

import secrets

from flask import redirect
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from atelier.house import house
from atelier.live.desk import Act
from atelier.live.rules.opening import OpenSession
from atelier.live.views.blueprint import blueprint, live, locale
from atelier.live.views.owned import TokenForm, facilitator, full_snapshot, owned, said
from atelier.live.wording import worded
from atelier.people import access
from atelier.people.queries import missing_for_opening
from atelier.workshops.models import WorkshopSession
from atelier.workshops.readiness import missing_of


@blueprint.get("/seances/<int:session_id>/ouvrir")
@access.signed_in
def ask_open(session_id: int) -> AnyResponse:
    """Say what opening does and what is still missing; an open séance goes to its desk."""
    with house().database.reading() as db:
        session = owned(db, session_id)
        if session.phase != "draft":
            return redirect(f"/pupitre/{session.code}")
        return _page(db, session)


@blueprint.post("/seances/<int:session_id>/ouvrir")
@access.signed_in
def open_session(session_id: int) -> AnyResponse:
    """Open the doors: from here on the déroulé belongs to the journal, and changes from the desk."""
    form = TokenForm()
    with house().database.reading() as db:
        session = owned(db, session_id)
        if missing_for_opening(db):
            return _page(db, session, status=422)
        if not form.validate():  # the token of another session: the button is there again, with a good one
            return _page(db, session, worded("unknown_act", {}, locale("desk"))[0], 422)
        snapshot = full_snapshot(db, session)
    act = Act(session_id, facilitator(), f"open-{secrets.token_hex(12)}", OpenSession(snapshot))
    answer = live().desk.perform(act)
    if answer["ok"] or answer["code"] == "already_open":
        return redirect(f"/pupitre/{session.code}", 303)
    with house().database.reading() as db:
        code, params = said(answer)
        return _page(db, owned(db, session_id), worded(code, params, locale("desk"))[0], 503)


def _page(db: Session, session: WorkshopSession, message: str = "", status: int = 200) -> AnyResponse:
    """Draw the page before the opening."""
    activities = [activity for row in session.sequences for activity in row.activities]
    account = access.current_account()
    return access.private_page(
        "workshops/open.html",
        status,
        session=session,
        form=TokenForm(formdata=None),
        message=message,
        legal_missing=missing_for_opening(db),
        administers=bool(account and account.is_admin),
        incomplete=[activity for activity in activities if missing_of(activity)],
        reachable=house().settings.reachable_by_phones,
        continued=db.get(WorkshopSession, session.continues) if session.continues else None,
    )
