"""The déroulé as a table: drawn whole, or as the part that a script puts in place after an act."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from atelier.errors import Refusal
from atelier.house import house
from atelier.i18n import colon, translations
from atelier.people import access
from atelier.workshops import operations
from atelier.workshops.forms.meeting import PlainForm
from atelier.workshops.forms.sequence import COLUMNS, AddActivityForm, AddSequenceForm, SequenceForm
from atelier.workshops.kinds import FAMILIES, KINDS
from atelier.workshops.models import Activity, WorkshopSession
from atelier.workshops.models import Sequence as Row
from atelier.workshops.readiness import missing_of
from atelier.workshops.snapshot import start_times
from atelier.workshops.timing import Slot
from atelier.workshops.views.blueprint import (
    CONFLICT,
    INVALID,
    asker,
    back,
    blueprint,
    by_script,
    local_hour,
    locale,
    now,
    own,
    page,
    refused,
    zone,
)
from atelier.workshops.wording import MISSING, UNDOING, said, worded


@dataclass(slots=True)
class Said:
    """What the page says besides the déroulé: an act done, a refusal, a row whose form came back with errors."""

    sentence: str = ""
    refusal: Refusal | None = None
    row: str = ""
    form: SequenceForm | None = None
    theirs: tuple[Mapping[str, str], ...] = ()


@blueprint.get("/seances/<int:session_id>")
@access.signed_in
def agenda(session_id: int) -> AnyResponse:
    with house().database.reading() as db:
        session = own(db, session_id)
        return agenda_page(session)


@blueprint.post("/seances/<int:session_id>/annuler")
@access.signed_in
def undo(session_id: int) -> AnyResponse:
    """Take back one's own last act on the déroulé (D-21)."""
    with house().database.writing() as db:
        session = own(db, session_id)
        valid = PlainForm().validate()
        if session.phase != "draft":
            return answer(session, Refusal("already_open"), "", "")
        change = operations.undo(db, session, asker().id, now()) if valid else None
        refusal = None if change else Refusal("nothing_to_undo")
        return answer(session, refusal, "undo", change.title if change else "")


def answer(
    session: WorkshopSession, refusal: Refusal | None, act: str, title: str, anchor: str = ""
) -> AnyResponse:
    """Answer an act on the déroulé: the new table for a script, a page for a plain form."""
    if refusal:
        return refused(refusal) if by_script() else agenda_page(session, Said(refusal=refusal), CONFLICT)
    sentence = said(act, title, locale())
    if by_script():
        return page("workshops/_agenda.html", 200, **context_of(session, Said(sentence)))
    address = f"/seances/{session.id}"
    return back(address, fait=act) if not anchor else back(f"{address}", fait=act, vers=anchor)


def agenda_page(session: WorkshopSession, also: Said | None = None, status: int = 200) -> AnyResponse:
    """Draw the page of a séance. A séance already open is read, not changed."""
    also = also or Said()
    template = "workshops/agenda.html" if session.phase == "draft" else "workshops/agenda_closed.html"
    done = request.args.get("fait", "") if request.method == "GET" else ""
    return page(template, status, done=done, **context_of(session, also))


def context_of(session: WorkshopSession, also: Said) -> dict[str, Any]:
    """Return what the templates of the déroulé draw."""
    gettext = translations(locale()).gettext
    times = start_times(session, zone())
    ends = [slot.ends_at for slot in times.values() if slot]
    last = session.changes[-1] if session.changes and session.changes[-1].account_id == asker().id else None
    return {
        "session": session,
        "rows": [_row(row, times[row.key], also) for row in session.sequences],
        "total": sum(row.minutes for row in session.sequences),
        "ends_at": max(ends, default=None),
        "families": _families(),
        "undoable": {"label": UNDOING[last.act], "title": gettext(last.title)} if last else None,
        "plain": PlainForm(formdata=None),
        "add": AddSequenceForm(formdata=None, data={"minutes": 10}),
        "add_activity": AddActivityForm(formdata=None),
        "sentence": also.sentence,
        "refusal": worded(also.refusal, locale()) if also.refusal else "",
        "saved_at": max(
            (row.saved_at for row in session.sequences if row.saved_at), default=session.saved_at
        ),
    }


def _row(row: Row, slot: Slot | None, also: Said) -> dict[str, Any]:
    mine = also.form if also.row == row.key else None
    data = {**{name: getattr(row, name) for name in COLUMNS}, "revision": str(row.revision)}
    return {
        "key": row.key,
        "first": row is row.session.sequences[0],
        "last": row is row.session.sequences[-1],
        "title": row.title,
        "minutes": row.minutes,
        "locked": row.locked_start,
        "instructions": row.instructions,
        "notes": row.notes,
        "form": mine or SequenceForm(formdata=None, data=data),
        "theirs": also.theirs if mine else (),
        "invalid": bool(mine and mine.errors),
        "start": local_hour(slot.starts_at) if slot else "",
        "warning": warning_of(slot),
        "activities": [_activity(item) for item in row.activities],
    }


def _activity(item: Activity) -> dict[str, Any]:
    return {
        "key": item.key,
        "kind": KINDS[item.kind].label,
        "question": item.question,
        "minutes": item.minutes,
        "missing": MISSING.get(missing_of(item), ""),
    }


def _families() -> list[dict[str, Any]]:
    return [
        {"label": label, "kinds": [kind for kind in KINDS.values() if kind.family == family]}
        for family, label in FAMILIES.items()
    ]


def warning_of(slot: Slot | None) -> str:
    """Say that a locked hour comes before the sequences above are over, or leaves a hole."""
    gettext = translations(locale()).gettext
    if slot and slot.overlap:
        return gettext("La séquence d'avant déborde de %(minutes)s min") % {"minutes": slot.overlap}
    if slot and slot.gap:
        return gettext("%(minutes)s min libres avant") % {"minutes": slot.gap}
    return ""


def times_as_texts(session: WorkshopSession) -> dict[str, str]:
    """Return the hours and warnings of the table by the id of their elements, for a script."""
    times = start_times(session, zone())
    texts = {f"start-{key}": local_hour(slot.starts_at) if slot else "" for key, slot in times.items()}
    texts |= {f"warning-{key}": warning_of(slot) for key, slot in times.items()}
    ends = [slot.ends_at for slot in times.values() if slot]
    texts["agenda-end"] = local_hour(max(ends)) if ends else ""
    texts["agenda-total"] = str(sum(row.minutes for row in session.sequences))
    if session.changes:
        last, gettext = session.changes[-1], translations(locale()).gettext
        texts["undo-label"] = gettext(UNDOING[last.act])
        texts["undo-title"] = f"{colon(locale())} {gettext(last.title)}"
    return texts


def bad_row(
    db: Session, session: WorkshopSession, key: str, form: SequenceForm, also: Said | None = None
) -> AnyResponse:
    """Draw the page again around a row that was not written, with what was typed."""
    found = also or Said()
    found.row, found.form = key, form
    return agenda_page(session, found, CONFLICT if found.refusal else INVALID)
