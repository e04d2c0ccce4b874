"""What the phone's page has beside the regions: what is personal already in place, what was typed, « Garder mon lien »."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import Response, request

from atelier.drawing import hour_in_words
from atelier.errors import NotFound
from atelier.house import house
from atelier.live.credentials import Guest
from atelier.live.desk import Answer
from atelier.live.personal import fill
from atelier.live.typed_again import typed_again
from atelier.live.views.blueprint import Visit, blueprint, visit
from atelier.people.tokens import spaced
from atelier.qr_codes import qr_picture


def phone_pieces(
    pieces: Mapping[str, str],
    me: Mapping[str, Any] | None,
    locale: str,
    sent: Mapping[str, Any] | None,
    answer: Answer | None,
) -> dict[str, str]:
    """Return the regions filled for one person; after a refusal, its form holds again what was typed."""
    drawing = house().drawing
    scope = {**(me or {}), "form_id": secrets.token_hex(16)}
    filled = fill(pieces, scope, lambda moment: hour_in_words(drawing.local(moment), locale))
    if sent is None or answer is None:
        return filled
    refill = (str(sent["name"]), sent["data"], str(answer["message"]))
    return {key: typed_again(html, *refill) for key, html in filled.items()}


def phone_around(found: Visit, guest: Guest) -> dict[str, Any]:
    """Return what surrounds the regions: the receipt of a plain form, the personal link."""
    code = guest.proof_code
    url = keep_path(found, code) if code else ""
    return {
        "done_at": _moment(request.args.get("a", "")),
        "keep_code": code,
        "keep_spaced": spaced(code),
        "keep_url": url,
        "keep_shown": (house().settings.public_url + url).partition("://")[2],
    }


def _moment(text: str) -> datetime | None:
    """Return the hour that a redirection carries, None when somebody wrote something else there."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


@blueprint.get("/s/<code>/mon-lien.svg")
def keep_qr(code: str) -> Response:
    """The QR code of « Garder mon lien », asked for when it is unfolded: black on white, no style of its own."""
    with house().database.reading() as db:
        found = visit(db, code, "phone")
    if found.guest is None or not found.guest.proof_code:
        raise NotFound(code)
    address = house().settings.public_url + keep_path(found, found.guest.proof_code)
    response = Response(qr_picture(address), mimetype="image/svg+xml")
    response.headers["Cache-Control"] = "no-store"
    return response


def keep_path(found: Visit, code: str) -> str:
    return f"/m/{found.session.code}/{spaced(code)}"
