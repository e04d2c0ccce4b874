"""« Recherche de noms »: every known name that stands in the text, what its bearer agreed to, and how to be rid of it (R-253)."""

from __future__ import annotations

import re
from typing import Any

from flask import redirect, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from atelier.errors import Refusal
from atelier.house import house
from atelier.i18n import DEFAULT, translations
from atelier.later import N_
from atelier.minutes.content import Content, numbered
from atelier.minutes.names import REFUSED, Known, name_replaced, without_name
from atelier.minutes.operations import names
from atelier.minutes.unnaming import Unnamed, unnamed
from atelier.minutes.views.blueprint import ADDRESS, Visit, blueprint, minutes, room_of, visit
from atelier.minutes.views.review import plain
from atelier.minutes.views.shown import page, sentence_of, standing
from atelier.minutes.workflow import is_public

INVALID = 422
LIST_MARK = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s+")
SOMEBODY, OF_COLLEGE = N_("une personne"), N_("une personne (%(college)s)")


@blueprint.get(f"{ADDRESS}/noms")
def names_page(shelf: str, reference: str) -> AnyResponse:
    with house().database.reading() as db:
        return _page(db, visit(db, shelf, reference, "view_names"))


@blueprint.post(f"{ADDRESS}/noms")
def set_consent(shelf: str, reference: str) -> AnyResponse:
    """Record what a person agreed to, for the document or for one quotation."""
    form = request.form
    with house().database.writing() as db:
        found = visit(db, shelf, reference, "set_consent")
        refusal = names.set_consent(
            db,
            found.document,
            form.get("name", "")[:120],
            form.get("status", ""),
            house().clock(),
            form.get("ref", "")[:20],
            form.get("note", ""),
        )
    if refusal:
        return _again(shelf, reference, refusal, typed=form)
    minutes().flag(found.document.id)
    if form.get("status") == REFUSED:
        leaving = Unnamed(form["name"][:120], form.get("ref", "")[:20], minutes().veil.gone_name)
        minutes().withdrawals.reword_kept(found.document, lambda text: unnamed(text, leaving))
    return redirect(f"{found.address}/noms?fait=accord", 303)


@blueprint.post(f"{ADDRESS}/noms/remplacer")
def replace_name(shelf: str, reference: str) -> AnyResponse:
    """Put in the place of a name, wherever it stands, words that name nobody."""
    name, words = request.form.get("name", ""), request.form.get("words", "").strip()
    with house().database.reading() as db:
        found = visit(db, shelf, reference, "set_consent")
    if refused := _refusal_of_public(found.document):
        return _again(shelf, reference, refused)
    if not words:
        return _again(shelf, reference, Refusal("words_required"), typed=request.form)

    def change(text: Any) -> None:
        content: Content = text.content()
        changed = without_name(content, name, words)
        text.rename(changed.title)
        for before, after in zip(content.sections, changed.sections, strict=True):
            text.describe(after.key, heading=after.heading)
            if before.body != after.body:
                text.edit(after.key, after.body)

    outcome = room_of(found.document).write(found.guest.person, change, unless=_refusal_of_public)
    if isinstance(outcome, Refusal):
        return _again(shelf, reference, outcome)
    minutes().withdrawals.reword_kept(found.document, lambda text: name_replaced(text, name, words))
    return redirect(f"{found.address}/noms?fait=remplace", 303)


def _refusal_of_public(row: Any) -> Refusal | None:
    frozen = is_public(row.phase) and not (row.settings or {}).get("correcting")
    return Refusal("not_now", {"phase": row.phase}) if frozen else None


def replacement(known: Known) -> str:
    """Return the words proposed for a name: the person's college, never more."""
    gettext = translations(DEFAULT).gettext
    return gettext(OF_COLLEGE) % {"college": known.college.lower()} if known.college else gettext(SOMEBODY)


def _again(shelf: str, reference: str, refusal: Refusal, **more: Any) -> AnyResponse:
    with house().database.reading() as db:
        found = visit(db, shelf, reference, "view_names")
        return _page(db, found, INVALID, refusal=sentence_of(refusal), **more)


def _page(db: Session, found: Visit, status: int = 200, **more: Any) -> AnyResponse:
    now = standing(db, found.document)
    headings = {one.key: f"{number} {one.heading}".strip() for number, one in numbered(now.annexed.sections)}
    lines = [
        {
            "known": line.known,
            "status": line.status,
            "lent": line.is_lent,
            "open": bool(line.open),
            "replacement": replacement(line.known),
            "mentions": [
                {
                    "written": one.written,
                    "sentence": plain(
                        LIST_MARK.sub("", minutes().veil.quotations(found.document, one.sentence))
                    ),
                    "heading": headings.get(one.section, ""),
                    "section": one.section,
                    "refs": one.refs,
                    "certain": one.certain,
                    "status": one.status,
                }
                for one in line.mentions
            ],
        }
        for line in now.names
    ]
    return page(
        "minutes/names.html", found, status, lines=lines, open_count=sum(1 for line in lines if line["open"]),
        **{"refusal": "", "typed": {}, **more},
    )  # fmt: skip
