"""Join in two gestures: the code (typed or scanned), then who one is here. No account; the same phone is the same person."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from flask import Response, json, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from atelier import codes
from atelier.errors import NotFound, Refusal
from atelier.house import house
from atelier.live.desk import Act, Answer, refused
from atelier.live.forms import ACT_ID, parse
from atelier.live.state import Actor
from atelier.live.views.blueprint import Visit, blueprint, live, locale, visit
from atelier.live.views_of_state.for_every_audience import stickers
from atelier.live.wording import worded
from atelier.people import access, operations
from atelier.people.policy import PHONE
from atelier.people.queries import installation_facts


@blueprint.get("/")
def front_door() -> AnyResponse:
    """Lead people to the six figures, and whoever is signed in to their séances."""
    return redirect("/j/" if access.current_account() is None else "/seances")


@blueprint.get("/j/")
def ask_code() -> AnyResponse:
    """The page where the six figures are typed."""
    typed = request.args.get("code", "")
    figures = "".join(sign for sign in typed if sign.isdigit())
    if len(figures) == 6:
        return redirect(f"/j/{figures}")
    return _code_page("bad_code", typed, 422) if typed else _code_page("", "")


@blueprint.get("/j/<code>")
def ask_identity(code: str) -> AnyResponse:
    """The page where one says as whom one comes; a phone already known goes straight in."""
    if not access.may_try_code():
        return _code_page("too_many_tries", code, 429)
    try:
        with house().database.reading() as db:
            found = visit(db, code, "phone")
    except NotFound:
        access.note_failed_code()
        return _code_page("unknown_code", code, 404)
    if found.guest is not None:
        return redirect(f"/s/{found.session.code}")
    return _identity_page(found, {}, None)


@blueprint.post("/j/<code>")
def join(code: str) -> AnyResponse:
    """Let a phone in. JSON is answered to programs (docs/protocol.md), a redirection to browsers."""
    if not access.may_try_code():
        return _code_page("too_many_tries", code, 429)
    try:
        with house().database.reading() as db:
            found = visit(db, code, "phone")
    except NotFound:
        access.note_failed_code()
        if _wants_json():
            return _json(_said(refused(Refusal("unknown_session"))), 404)
        return _code_page("unknown_code", code, 404)
    if found.guest is not None:  # the same phone is the same person
        return _joined(found, found.guest.device, found.guest.actor.participant)
    token = access.device_token(found.session.id) or codes.token()
    data = _identity()
    answer = _perform_join(found, token, data)
    if not answer["ok"]:
        return _json(_said(answer), 422) if _wants_json() else _identity_page(found, data, answer)
    access.note_joined()
    response = _joined(found, token, answer["key"])
    access.give_device_token(response, found.session.id, token)
    return response


def _perform_join(found: Visit, token: str, data: dict[str, Any]) -> Answer:
    """Perform the act, then give the seat to the device; both can be done again without harm."""
    command = parse("join", data)
    if isinstance(command, Refusal):
        return refused(command)
    actor = Actor(PHONE, f"join:{codes.hashed(token)[:24]}")
    act_id = _sent().get("id") or f"join-{codes.hashed(token)[:24]}"
    if not isinstance(act_id, str) or not ACT_ID.match(act_id):
        return refused(Refusal("malformed", {"fields": {"id": "wrong_type"}}))
    answer = live().desk.perform(Act(found.session.id, actor, act_id, command))
    if answer["ok"]:
        with house().database.writing() as db:
            operations.give_seat(db, token, found.session.id, answer["key"], house().clock())
    return answer


def _sent() -> Mapping[str, Any]:
    """Return what a form or a program sent."""
    if not request.is_json:
        return request.form
    body = request.get_json(silent=True)
    return body if isinstance(body, Mapping) else {}


def _identity() -> dict[str, Any]:
    """Read who one comes as, from a form or from JSON."""
    sent = _sent()
    names = ("name", "college", "table", "shared", "people")
    return {name: sent.get(name) for name in names if sent.get(name) not in (None, "")}


def _said(answer: Answer) -> Answer:
    """Put the sentence, and the field it concerns, on a refusal for a program."""
    message, field = worded(answer["code"], answer.get("params", {}), locale())
    return {**answer, "message": message, **({"field": field} if field else {})}


def _joined(found: Visit, token: str, participant: str) -> AnyResponse:
    if _wants_json():
        return _json(
            {"ok": True, "session": found.session.code, "participant": participant, "token": token}, 200
        )
    return redirect(f"/s/{found.session.code}", 303)


def _code_page(problem: str, typed: str, status: int = 200) -> Response:
    return _page("live/phone/code.html", status, problem=problem, typed=typed)


def _identity_page(found: Visit, typed: dict[str, Any], answer: Answer | None) -> Response:
    message, field = worded(answer["code"], answer.get("params", {}), locale()) if answer else ("", "")
    with house().database.reading() as db:
        facts = installation_facts(db)
    page = _page(
        "live/phone/identity.html",
        422 if answer else 200,
        code=found.session.code,
        session_id=found.session.id,
        title=found.session.title,
        place=found.session.place,
        starts_at=found.session.starts_at,
        rehearsal=found.session.rehearsal_of is not None,
        phase=found.state.phase,
        colleges=stickers(found.state),
        tables=found.state.meeting.tables,
        facts=facts,
        typed=typed,
        message=message,
        field=field,
        act_id=secrets.token_hex(16),
    )
    if not access.device_token(found.session.id):
        access.give_device_token(page, found.session.id, codes.token())
    return page


def _page(template: str, status: int, **context: Any) -> Response:
    page = house().page(template, locale(), status, **context)
    page.headers["Cache-Control"] = "no-store"
    return page


def _wants_json() -> bool:
    return request.is_json or request.accept_mimetypes.best == "application/json"


def _json(body: dict[str, Any], status: int) -> Response:
    return Response(json.dumps(body, ensure_ascii=False), status, mimetype="application/json")
