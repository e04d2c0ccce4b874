"""The true preview of an activity: the running séance's own views draw a prepared one, opened in memory only."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from flask import Response
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from atelier.errors import NotFound
from atelier.house import house
from atelier.i18n import translations
from atelier.later import N_
from atelier.live.previewing import VIEWER, previewed
from atelier.live.regions import Around, Audience, wrapped
from atelier.live.state import LiveState
from atelier.live.views.blueprint import blueprint, locale
from atelier.live.views.owned import full_snapshot, owned
from atelier.live.views.phone_page import phone_pieces
from atelier.live.views.surfaces import PAGES
from atelier.live.views_of_state import person_view, regions_of
from atelier.people import access
from atelier.workshops.models import WorkshopSession
from atelier.workshops.operations import activity_of

EXAMPLES = (
    N_("Une première carte, pour l'exemple."),
    N_("Une deuxième carte, un peu plus longue, pour voir comment elle se place à l'écran."),
    N_("Une troisième carte d'exemple."),
    N_("Une quatrième, courte."),
)
OPTIONS = (N_("Première proposition"), N_("Deuxième proposition"), N_("Troisième proposition"))
SURFACES = frozenset({"screen", "phone"})
# The frames run no script, and phones do: what a phone would not show is left out.
WITHOUT_SCRIPT = re.compile(r"<noscript>.*?</noscript>|<script\b.*?</script>", re.S)


@blueprint.get("/seances/<int:session_id>/apercu/<key>")
@access.signed_in
def preview(session_id: int, key: str) -> AnyResponse:
    """Both surfaces side by side, in large."""
    with house().database.reading() as db:
        session = owned(db, session_id)
        activity = activity_of(session, key)
        keys = [one.key for row in session.sequences for one in row.activities]
        here = keys.index(key)
    return access.private_page(
        "workshops/preview.html",
        session=session,
        activity=activity,
        before=keys[here - 1] if here else "",
        after=keys[here + 1] if here + 1 < len(keys) else "",
    )


@blueprint.get("/seances/<int:session_id>/apercu/<key>/<surface>")
@access.signed_in
def preview_surface(session_id: int, key: str, surface: str) -> AnyResponse:
    """One surface, for a frame that runs no script."""
    if surface not in SURFACES:
        raise NotFound(surface)
    with house().database.reading() as db:
        session = owned(db, session_id)
        activity_of(session, key)
        state = _state(db, session, key, locale(surface))
    page = _drawn(session, state, surface)
    page.headers["Cache-Control"] = "no-store"
    return page


def _state(db: Session, session: WorkshopSession, key: str, here: str) -> LiveState:
    gettext = translations(here).gettext
    examples, options = [gettext(text) for text in EXAMPLES], [gettext(text) for text in OPTIONS]
    return previewed(full_snapshot(db, session), key, house().clock(), examples, options)


def _drawn(session: WorkshopSession, state: LiveState, surface: str) -> Response:
    """Draw a surface as surfaces.py does, from a state that no journal holds."""
    here, settings = locale(surface), house().settings
    around = Around(house().clock(), session.id, session.code, settings.public_url)
    regions = regions_of(state, Audience(surface, here), around)
    pieces: Mapping[str, str] = {
        region.key: wrapped(region, house().drawing.draw(region.template, here, **region.data))
        for region in regions
    }
    me = _viewer(state) if surface == "phone" else None
    if surface == "phone":
        pieces = phone_pieces(pieces, me, here, None, None)
    slots: dict[str, str] = {}
    for region in regions:
        slots[region.slot] = slots.get(region.slot, "") + pieces[region.key]
    page = house().page(PAGES[surface], here, **_around(session, state, slots, me, surface))
    page.set_data(WITHOUT_SCRIPT.sub("", page.get_data(as_text=True)))
    return page


def _viewer(state: LiveState) -> dict[str, Any]:
    """Return what the phone of the preview knows of its own person: nothing written, nothing cast."""
    seen = person_view(state, VIEWER, {})
    return {**seen, "cards": []} if "cards" in seen else seen


def _around(
    session: WorkshopSession, state: LiveState, slots: dict[str, str], me: Any, surface: str
) -> dict[str, Any]:
    """Return what a surface's page has beside its regions (surfaces.py)."""
    return {
        "code": session.code,
        "session_id": session.id,
        "title": state.meeting.title,
        "reference": session.reference,
        "rehearsal": False,
        "fictional": session.fictional,
        "role": surface,
        "epoch": "",
        "seq": 0,
        "slots": slots,
        "me": me,
        "done": "",
        "typed": None,
        "answer": None,
        "act_url": "",
        "timezone": house().settings.timezone,
        "done_at": None,
        "keep_code": "",
        "keep_spaced": "",
        "keep_url": "",
        "keep_shown": "",
    }
