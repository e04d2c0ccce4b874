"""What the desk's page has beside its regions, and its own doors: give a link, give a code to a lost phone."""

from __future__ import annotations

import secrets
from typing import Any

from flask import Response, abort, request

from atelier import codes
from atelier.errors import NotFound
from atelier.house import house
from atelier.i18n import translations
from atelier.later import N_
from atelier.live.credentials import Guest
from atelier.live.desk import Act
from atelier.live.rules.links import GrantLink
from atelier.live.views.blueprint import Visit, blueprint, live, locale, visit
from atelier.live.views_of_state.desk_rights import rights_of
from atelier.live.wording import worded
from atelier.people import operations
from atelier.people.policy import allows
from atelier.people.tokens import spaced
from atelier.qr_codes import qr_svg

ROLE_NAMES = {
    "cofacilitator": N_("co-animation"),
    "helper": N_("aide"),
    "observer": N_("observation"),
}


def desk_around(found: Visit, guest: Guest) -> dict[str, Any]:
    """Return what surrounds the regions of the desk: who is looking, what they may do, what never changes."""
    meeting, role = found.state.meeting, guest.actor.role
    return {
        "actor": guest.actor.id,
        "may": rights_of(role),
        "role_name": translations(locale("desk")).gettext(ROLE_NAMES[role]) if role in ROLE_NAMES else "",
        "place": meeting.place,
        "starts_at": meeting.starts_at,
        "tables": meeting.tables,
    }


@blueprint.post("/pupitre/<code>/liens")
def give_link(code: str) -> Response:
    """Make a revocable link, and show it once: only its hash is kept (D-18)."""
    found, guest = _at_desk(code, "grant_link")
    token = f"{found.session.id}.{codes.token()}"
    command = GrantLink(
        request.form.get("role", ""), request.form.get("label", "").strip(), codes.hashed(token)
    )
    answer = live().desk.perform(Act(found.session.id, guest.actor, secrets.token_hex(16), command))
    if not answer["ok"]:
        return _leaf(422, message=worded(answer["code"], answer["params"], locale("desk"))[0])
    url = f"{house().settings.public_url}/l/{token}"
    return _leaf(200, url=url, qr=qr_svg(url), label=command.label, role=command.role)


@blueprint.post("/pupitre/<code>/retrouver")
def give_restore_code(code: str) -> Response:
    """Make the one-time code that gives a lost phone its person back, and show it once (D-2)."""
    found, _ = _at_desk(code, "give_restore_code")
    person = found.state.people.get(request.form.get("person", ""))
    if person is None:
        return _leaf(404, message=worded("unknown_person", {}, locale("desk"))[0])
    at = house()
    with at.database.writing() as db:
        made = operations.give_restore_code(
            db, at.settings.secret_key, found.session.id, person.key, at.clock()
        )
    address = f"{at.settings.public_url}/retrouver/{found.session.id}"
    return _leaf(200, restore=spaced(made), address=address, qr=qr_svg(address))


def _at_desk(code: str, act: str) -> tuple[Visit, Guest]:
    """Return the visit of somebody who may do that at this desk; strangers and other roles find nothing here."""
    try:
        with house().database.reading() as db:
            found = visit(db, code, "desk")
    except NotFound:
        abort(404)
    if found.guest is None or not allows(found.guest.actor.role, act):
        abort(403)
    return found, found.guest


def _leaf(status: int, **said: Any) -> Response:
    """Draw a small page for a frame of the desk."""
    blank = dict.fromkeys(("message", "url", "qr", "label", "role", "restore", "address"), "")
    page = house().page("live/desk/leaf.html", locale("desk"), status, **{**blank, **said})
    page.headers["Cache-Control"] = "no-store"
    return page
