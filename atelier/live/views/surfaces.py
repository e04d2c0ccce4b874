"""The three surfaces as pages, drawn whole by the server, and the act that a form or a script posts without a socket."""

from __future__ import annotations

import secrets
from typing import Any
from urllib.parse import quote

from flask import Response, abort, json, jsonify, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from atelier import codes
from atelier.errors import NotFound, Refusal
from atelier.house import house
from atelier.live.broadcast import Connection
from atelier.live.credentials import Guest
from atelier.live.desk import Answer, refused
from atelier.live.forms import nested
from atelier.live.views.blueprint import Visit, blueprint, live, locale, visit
from atelier.live.views.desk_page import desk_around
from atelier.live.views.phone_page import phone_around, phone_pieces
from atelier.live.wording import worded
from atelier.people import access

PAGES = {"phone": "live/phone/page.html", "desk": "live/desk/page.html", "screen": "live/screen/page.html"}


@blueprint.get("/s/<code>")
def phone(code: str) -> AnyResponse:
    """The phone of somebody who joined."""
    return _surface(code, "phone")


@blueprint.get("/pupitre/<code>")
def desk(code: str) -> AnyResponse:
    """The desk: its owner, or a link of co-facilitation, help, observation."""
    return _surface(code, "desk")


@blueprint.get("/ecran/<code>")
def screen(code: str) -> AnyResponse:
    """The projector: no control, no private data."""
    return _surface(code, "screen")


@blueprint.get("/l/<token>")
def follow_link(token: str) -> AnyResponse:
    """A revocable link (helper, co-facilitation, observation, projector): remembered in a cookie, then its page."""
    found = live().link_target(token)
    if found is None:
        return access.refusal_page("not_allowed", 410)
    session_id, code, role = found
    response = redirect(f"/ecran/{code}" if role == "screen" else f"/pupitre/{code}")
    access.give_link_token(response, session_id, token)
    return response


@blueprint.post("/s/<code>/act")
def act_from_phone(code: str) -> AnyResponse:
    return _act(code, "phone")


@blueprint.post("/pupitre/<code>/act")
def act_from_desk(code: str) -> AnyResponse:
    return _act(code, "desk")


def _act(code: str, surface: str) -> AnyResponse:
    """Perform one act sent as JSON (same answer as the socket's) or as a plain form (then back to the page).

    The id of a plain form covers its words: pressed twice it is one act, and new words after « Précédent » are another.
    """
    found = _visit(code, surface)
    data = _act_sent()
    if found.guest is None:
        answer: Answer = refused(Refusal("join_first"))
        answer["message"] = worded("join_first", {}, locale(surface))[0]
    else:
        answer = live().sockets.perform(found.session.id, found.guest, data, locale(surface))
    if request.is_json:
        return jsonify(answer)
    if found.guest is None:
        return redirect(f"/j/{code}", 303)
    if answer["ok"]:
        at = quote(house().clock().isoformat(timespec="minutes"))
        return redirect(f"{_address(surface, code)}?fait={data['name']}&a={at}", 303)
    return _page(found, found.guest, surface, sent=data, answer=answer, status=422)


def _act_sent() -> dict[str, Any]:
    if request.is_json:
        body = request.get_json(silent=True)
        return body if isinstance(body, dict) else {}
    values = nested(request.form)
    name, form = values.pop("act", ""), str(values.pop("id", "") or secrets.token_hex(16))
    words = json.dumps([form, name, values], sort_keys=True, ensure_ascii=False)
    return {"name": name, "id": codes.hashed(words)[:32], "data": values}


def _surface(code: str, surface: str) -> AnyResponse:
    found = _visit(code, surface)
    if found.guest is None:
        return _stranger(found, surface)
    return _page(found, found.guest, surface)


def _visit(code: str, surface: str) -> Visit:
    try:
        with house().database.reading() as db:
            return visit(db, code, surface)
    except NotFound:
        abort(404)


def _stranger(found: Visit, surface: str) -> AnyResponse:
    if surface == "phone":
        return redirect(f"/j/{found.session.code}")
    return redirect(access.SIGN_IN)


def _page(
    found: Visit,
    guest: Guest,
    surface: str,
    sent: dict[str, Any] | None = None,
    answer: Answer | None = None,
    status: int = 200,
) -> Response:
    """Draw a surface whole, as its audience was last told: what the socket then adds starts from here."""
    here, parts = locale(surface), live()
    link = Connection("page", found.session.id, surface, here, guest.actor, guest.anonymous)
    audience = parts.broadcaster.audience_of(found.state, surface, here, guest.actor)
    drawn = parts.broadcaster.surface(found.session.id, audience)
    me = parts.broadcaster.personal(found.state, link)
    pieces = {item.region.key: item.html for item in drawn.drawn}
    if surface == "phone":
        pieces = phone_pieces(pieces, me, here, sent, answer)
    slots: dict[str, str] = {}
    for item in drawn.drawn:
        slots[item.region.slot] = slots.get(item.region.slot, "") + pieces[item.region.key]
    page = house().page(
        PAGES[surface],
        here,
        status,
        epoch=drawn.epoch,
        seq=drawn.seq,
        slots=slots,
        me=me,
        done=request.args.get("fait", ""),
        typed=sent["data"] if sent else None,
        answer=answer,
        **_around(found, guest, surface),
    )
    page.headers["Cache-Control"] = "no-store" if surface != "phone" else "no-cache"
    return page


def _around(found: Visit, guest: Guest, surface: str) -> dict[str, Any]:
    """Return what surrounds the regions of a surface, and changes only with the page."""
    session = found.session
    around = {
        "code": session.code,
        "session_id": session.id,
        "title": found.state.meeting.title or session.title,
        "reference": session.reference,
        "rehearsal": session.rehearsal_of is not None,
        "fictional": session.fictional,
        "role": guest.actor.role,
        "act_url": f"{_address(surface, session.code)}/act",
        "timezone": house().settings.timezone,
    }
    if surface == "phone":
        around |= phone_around(found, guest)
    if surface == "desk":
        around |= desk_around(found, guest)
    return around


def _address(surface: str, code: str) -> str:
    return {"phone": f"/s/{code}", "desk": f"/pupitre/{code}", "screen": f"/ecran/{code}"}[surface]
