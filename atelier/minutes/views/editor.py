"""The page where a document is written, and the pieces that it fetches again: sources, what is to be looked at, who wrote."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from typing import Any

from flask import jsonify, request
from werkzeug.wrappers import Response as AnyResponse

from atelier import security
from atelier.house import house
from atelier.i18n import translations
from atelier.minutes import store
from atelier.minutes.access import refusal_of_writing
from atelier.minutes.citations import flags
from atelier.minutes.models import Document
from atelier.minutes.operations.writing_names import names_of
from atelier.minutes.reading import rendered
from atelier.minutes.sources import Source, Sources
from atelier.minutes.views.blueprint import (
    ADDRESS,
    blueprint,
    live,
    minutes,
    sources_for,
    visit,
)
from atelier.minutes.views.shown import page, session_of, steps_shown, stored_text, text_of
from atelier.minutes.wording import worded
from atelier.people import access
from atelier.validators import whole_number

NONCE_BYTES = 16
KIND_ORDER = {"card": 0, "hypothesis": 1, "vote": 2}
CITABLE = frozenset({"standing", "reworded"})
DRAWN_WITH_THE_PAGE, SLICE = 100, 400


@blueprint.get(f"{ADDRESS}/ecrire")
def write(shelf: str, reference: str) -> AnyResponse:
    """Show the editor, in the language of who writes: under which rights, and what may be cited.

    The text is drawn to be read while the scripts are on their way; what is written comes by the socket.
    """
    locale = access.locale_of_request()
    nonce = secrets.token_urlsafe(NONCE_BYTES)
    with house().database.reading() as db:
        found = visit(db, shelf, reference, "open_document")
        session = session_of(db, found.document)
        if session is not None:
            minutes().drafter.refresh(session.id)
        refusal = refusal_of_writing(found.document, found.guest, lambda _person: True)
        sources = sources_for(found.document)
        answer = page(
            "minutes/editor.html",
            found,
            title=found.document.title,
            session=session,
            steps=steps_shown(db, found.document),
            writable=refusal is None,
            why=worded(refusal.code, refusal.params, locale, "open") if refusal else "",
            **_listed(sources, 0, DRAWN_WITH_THE_PAGE),
            parts=rendered(text_of(found.document), sources, say=translations(locale).gettext),
            nonce=nonce,
            timezone=house().settings.timezone,
        )
    # CodeMirror writes its own sheet into the page: this one may, and nothing else.
    answer.headers["Content-Security-Policy"] = security.content_policy(
        house().settings.public_url, request.host, nonce
    )
    return answer


@blueprint.get(f"{ADDRESS}/ecrire/sources")
def sources_panel(shelf: str, reference: str) -> AnyResponse:
    """Draw a slice of the list of sources, from the `de`-th on: the page came with the first only, or something changed since.

    A hall's two thousand cards in one piece would hold everybody's turn, here and in the page.
    """
    start = whole_number(request.args.get("de", "")) or 0
    with house().database.reading() as db:
        found = visit(db, shelf, reference, "view_sources")
        return page(
            "minutes/_editor_sources.html", found, **_listed(sources_for(found.document), start, SLICE)
        )


@blueprint.get(f"{ADDRESS}/ecrire/etat")
def state_of_text(shelf: str, reference: str) -> AnyResponse:
    """Say what is to be looked at in the text as it is stored, and under which client numbers each person wrote.

    `differences`: how many things the séance says otherwise since the text was written.
    """
    with house().database.reading() as db:
        found = visit(db, shelf, reference, "open_document")
        names = names_of(db, found.document, live().desk.state)
    seen = flags(stored_text(found.document), sources_for(found.document))
    session_id = found.document.session_id
    return jsonify(
        document=found.document.id,
        differences=len(minutes().drafter.proposals(session_id)) if session_id is not None else 0,
        flags=[
            {"kind": flag.kind, "section": flag.section, "sentence": flag.sentence, "ref": flag.ref}
            for flag in seen
        ],
        writers=_clients(found.document, names),
    )


def _listed(sources: Sources, start: int, count: int) -> dict[str, Any]:
    """Return `count` sources in the order of the panel (what is no longer to be quoted last), and its filters with their numbers.

    `more`: where the next slice starts, 0 after the last.
    """
    shown = sorted((source for source in sources if source.status != "merged"), key=_place)
    groups = dict.fromkeys((_group(source) for source in shown if source.column), 0)
    groups |= dict.fromkeys(("card", "hypothesis", "vote"), 0)
    for source in shown:
        groups[_group(source)] += source.status in CITABLE
    short = sources.reference != ""
    return {
        "sources": [
            (source.ref if short else source.full, _group(source), source)
            for source in shown[start : start + count]
        ],
        "more": start + count if start + count < len(shown) else 0,
        "groups": {group: count for group, count in groups.items() if count},
        "counts": _counts(shown),
    }


def _place(source: Source) -> tuple[bool, str, int, int]:
    number = int(source.ref.rpartition("-")[2])
    return source.status not in CITABLE, source.reference, KIND_ORDER[source.kind], number


def _group(source: Source) -> str:
    """What a filter gathers: the column of a board, the other cards, the hypotheses, the votes."""
    return source.column if source.kind == "card" and source.column else source.kind


def _counts(shown: Iterable[Source]) -> Mapping[str, int]:
    counts = {"card": 0, "hypothesis": 0, "vote": 0}
    for source in shown:
        counts[source.kind] += source.status in CITABLE
    return counts


def _clients(document: Document, names: Mapping[str, str]) -> dict[str, str]:
    with house().database.reading() as db:
        wrote = store.clients(db, document.id)
    return {str(client): names[person] for client, person in wrote.items() if names.get(person)}
