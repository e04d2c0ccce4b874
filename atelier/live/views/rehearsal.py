"""« Répéter »: the desk starts simulated phones on a copy, follows them, reads the verdict, deletes the copy (D-24)."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

from flask import Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse
from wtforms import Form, IntegerField
from wtforms.validators import NumberRange

from atelier.errors import NotFound
from atelier.house import House, house
from atelier.later import N_
from atelier.live.operations.rehearsals import GOING_ON, delete_rehearsals, tell, told
from atelier.live.views.blueprint import blueprint, locale, visit
from atelier.people import access
from atelier.people.policy import allows
from atelier.people.queries import missing_for_opening
from atelier.qr_codes import qr_svg
from atelier.settings import LOOPBACK
from atelier.workshops.models import WorkshopSession

MOST_PHONES = 450
USUAL_PHONES = 40
ANY_ADDRESS = LOOPBACK | {"", "0.0.0.0", "::"}  # noqa: S104 - compared with, never listened on


class RehearsalForm(Form):  # type: ignore[misc]
    """How many phones."""

    phones = IntegerField(
        N_("Nombre de téléphones simulés"),
        [NumberRange(1, MOST_PHONES, N_("Indiquez un nombre entre 1 et 450."))],
        default=USUAL_PHONES,
    )


@blueprint.get("/pupitre/<code>/repetition")
def rehearsal(code: str) -> AnyResponse:
    """The page of the rehearsal; `?suivi` gives the part that changes, for the script that follows it."""
    source = _source(code)
    if source.code != code:
        return redirect(f"/pupitre/{source.code}/repetition")
    return _page(source, RehearsalForm(), part="suivi" in request.args)


@blueprint.post("/pupitre/<code>/repetition")
def rehearse(code: str) -> AnyResponse:
    """Start the phones. What an earlier rehearsal left is deleted first; one that is going on goes on."""
    source, form, at = _source(code), RehearsalForm(request.form), house()
    with at.database.reading() as db:
        lacking = bool(missing_for_opening(db))
    if lacking or not form.validate():
        return _page(source, form, lacking=lacking, status=422)
    if told(at.settings.var, source.code, at.clock())["state"] not in GOING_ON:
        delete_rehearsals(at, source)
        tell(at.settings.var, source.code, at.clock(), state="starting", phones=form.phones.data)
        _players(at)[source.id] = _start(at, source.code, form.phones.data)
    return redirect(f"/pupitre/{source.code}/repetition", 303)


@blueprint.post("/pupitre/<code>/repetition/supprimer")
def delete_rehearsal(code: str) -> AnyResponse:
    """« Supprimer la répétition »: the phones stop, the copy goes with all that was written in it."""
    source, at = _source(code), house()
    player = _players(at).pop(source.id, None)
    if player is not None and player.poll() is None:
        player.terminate()
    delete_rehearsals(at, source)
    return redirect(f"/pupitre/{source.code}/repetition?supprimee", 303)


def _source(code: str) -> WorkshopSession:
    """Return the séance that is rehearsed, for whoever may: on the desk of a rehearsal, the one it comes from."""
    with house().database.reading() as db:
        found = visit(db, code, "desk")
        if found.guest is None or not allows(found.guest.actor.role, "rehearse_session"):
            raise NotFound(code)
        if found.session.rehearsal_of is None:
            return found.session
        source = db.get(WorkshopSession, found.session.rehearsal_of)
        if source is None or source.deleted_at is not None:
            raise NotFound(code)
        return source


def _players(at: House) -> dict[int, subprocess.Popen[bytes]]:
    """The rehearsals that this process started, by séance."""
    players: dict[int, subprocess.Popen[bytes]] = at.parts.setdefault("rehearsals", {})
    for session_id in [key for key, player in players.items() if player.poll() is not None]:
        del players[session_id]
    return players


def _start(at: House, code: str, phones: int) -> subprocess.Popen[bytes]:
    """Run `atelier rehearse` beside us: another process, which knocks at the same door as phones do."""
    settings, port = at.settings, request.environ["SERVER_PORT"]
    host = "127.0.0.1" if settings.host in ANY_ADDRESS else settings.host
    environment = {
        **os.environ,
        "ATELIER_VAR": str(settings.var),
        "ATELIER_DATABASE_URL": settings.database_url,
        "ATELIER_PUBLIC_URL": settings.public_url,
        "NO_PROXY": host,
    }
    command = [sys.executable, "-m", "atelier", "rehearse", code, "--phones", str(phones)]
    return subprocess.Popen(
        [*command, "--url", f"http://{host}:{port}"],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )


def _page(
    source: WorkshopSession, form: RehearsalForm, lacking: bool = False, part: bool = False, status: int = 200
) -> Response:
    at = house()
    facts = told(at.settings.var, source.code, at.clock())
    template = "live/_rehearsal.html" if part else "live/rehearsal.html"
    return access.private_page(
        template,
        status,
        session=source,
        form=form,
        lacking=lacking,
        deleted="supprimee" in request.args,
        going_on=facts["state"] in GOING_ON,
        **_shown(facts),
    )


def _shown(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the page shows of a rehearsal: while the copy is there, how three real phones join it."""
    copy = str(facts.get("copy", ""))
    address = f"{house().settings.public_url}/j/{copy}" if copy else ""
    return {
        "state": facts["state"],
        "phones": facts.get("phones", 0),
        "done": facts.get("done", 0),
        "steps": facts.get("steps", 0),
        "verdict": facts.get("verdict", {}).get(locale("desk"), ""),
        "follows": facts.get("follows", False),
        "copy": copy,
        "address": address,
        "qr": qr_svg(address) if copy else "",
        "reachable": house().settings.reachable_by_phones,
    }
