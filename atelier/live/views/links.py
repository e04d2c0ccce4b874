"""« Personnes qui aident »: links and QR codes for co-facilitation, aides, observation and the projector (D-18).

A link is shown once, when it is made: only its hash stays.
"""

from __future__ import annotations

import secrets

from flask import request
from werkzeug.wrappers import Response as AnyResponse

from atelier import codes
from atelier.errors import NotFound
from atelier.house import house
from atelier.live.desk import Act, Answer
from atelier.live.messages import Command
from atelier.live.rules.links import GrantLink, RevokeLink
from atelier.live.views.blueprint import blueprint, live, locale
from atelier.live.views.owned import TokenForm, facilitator, owned, said
from atelier.live.wording import worded
from atelier.people import access
from atelier.people.policy import COFACILITATOR, HELPER, OBSERVER, SCREEN
from atelier.workshops.models import WorkshopSession

ROLES = (COFACILITATOR, HELPER, OBSERVER, SCREEN)
LONGEST_LABEL = 60


@blueprint.get("/seances/<int:session_id>/liens")
@access.signed_in
def links(session_id: int) -> AnyResponse:
    with house().database.reading() as db:
        return _page(owned(db, session_id))


@blueprint.post("/seances/<int:session_id>/liens")
@access.signed_in
def grant_link(session_id: int) -> AnyResponse:
    """Make a link and show it, with its QR code, this once."""
    with house().database.reading() as db:
        session = owned(db, session_id)
    role, label = request.form.get("role", ""), request.form.get("label", "")[: LONGEST_LABEL + 1]
    if not TokenForm().validate() or role not in ROLES:
        return _page(session, label=label, status=422)
    token = f"{session_id}.{codes.token()}"
    answer = _perform(session_id, GrantLink(role, label, codes.hashed(token)))
    if not answer["ok"]:
        code, params = said(answer)
        return _page(session, worded(code, params, locale("desk"))[0], label=label, role=role, status=422)
    return _page(session, given=f"{house().settings.public_url}/l/{token}", role=role, label=label)


@blueprint.post("/seances/<int:session_id>/liens/<key>/retirer")
@access.signed_in
def revoke_link(session_id: int, key: str) -> AnyResponse:
    """Put an end to a link: whoever came by it is out at their next act."""
    with house().database.reading() as db:
        session = owned(db, session_id)
    if key not in live().desk.state(session_id).links:
        raise NotFound(key)
    if TokenForm().validate():
        _perform(session_id, RevokeLink(key))
    return _page(session, revoked=key)


def _perform(session_id: int, command: Command) -> Answer:
    act = Act(session_id, facilitator(), f"link-{secrets.token_hex(12)}", command)
    return live().desk.perform(act)


def _page(
    session: WorkshopSession,
    message: str = "",
    given: str = "",
    role: str = HELPER,
    label: str = "",
    revoked: str = "",
    status: int = 200,
) -> AnyResponse:
    """Draw the list of links, and the one just made if any."""
    known = live().desk.state(session.id).links.values()
    return access.private_page(
        "workshops/links.html",
        status,
        session=session,
        form=TokenForm(formdata=None),
        links=[link for link in known if not link.revoked],
        revoked=[link for link in known if link.revoked],
        just_revoked=revoked,
        message=message,
        given=given,
        role=role,
        roles=ROLES,
        label="" if given else label,
        given_label=label,
        reachable=house().settings.reachable_by_phones,
    )
