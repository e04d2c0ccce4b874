"""Activities: put in, set (by itself as one types), moved, taken out, with a true preview beside."""

from __future__ import annotations

from typing import Any

from flask import request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from atelier.errors import NotFound, Refusal
from atelier.house import house
from atelier.i18n import translations
from atelier.later import N_
from atelier.people import access
from atelier.workshops import operations
from atelier.workshops.colleges import completed
from atelier.workshops.forms import FORMS
from atelier.workshops.forms.activity import ANONYMITY_SENTENCES, ActivityForm, stored
from atelier.workshops.forms.fields import choices, revision_of
from atelier.workshops.forms.meeting import PlainForm
from atelier.workshops.forms.sequence import AddActivityForm, MoveForm
from atelier.workshops.kinds import BOARDS, KINDS, WRITING_BOARDS, board_columns
from atelier.workshops.models import Activity, WorkshopSession
from atelier.workshops.operations.agenda import title_of
from atelier.workshops.readiness import missing_of
from atelier.workshops.sources import sources_in
from atelier.workshops.views.agenda import Said, agenda_page, answer
from atelier.workshops.views.blueprint import (
    CONFLICT,
    INVALID,
    asker,
    back,
    blueprint,
    by_script,
    locale,
    now,
    own,
    page,
    refused,
    saved,
)
from atelier.workshops.views.saving import differences, errors_of
from atelier.workshops.wording import MISSING, worded

BLANK_ROWS = 2


@blueprint.post("/seances/<int:session_id>/sequences/<key>/activites")
@access.signed_in
def add_activity(session_id: int, key: str) -> AnyResponse:
    """Put an activity in and go to its settings."""
    form = AddActivityForm()
    with house().database.writing() as db:
        session = own(db, session_id)
        if not form.validate():
            return agenda_page(session, Said(refusal=Refusal("invalid")), INVALID)
        activity = operations.add_activity(db, session, asker().id, key, form.kind.data, now())
        if isinstance(activity, Refusal):
            return answer(session, activity, "add", "")
    return back(f"/seances/{session_id}/activites/{activity.key}", fait="add")


@blueprint.get("/seances/<int:session_id>/activites/<key>")
@access.signed_in
def activity(session_id: int, key: str) -> AnyResponse:
    with house().database.reading() as db:
        session = own(db, session_id)
        found = operations.activity_of(session, key)
        return activity_page(db, session, found, stored_form(db, session, found))


@blueprint.post("/seances/<int:session_id>/activites/<key>")
@access.signed_in
def save_activity(session_id: int, key: str) -> AnyResponse:
    """Write an activity's settings, or put ready-made columns in their place."""
    here = locale()
    with house().database.writing() as db:
        session = own(db, session_id)
        found = operations.activity_of(session, key)
        form = _prepared(FORMS[found.kind](), db, session, found)
        if _replaces_columns(form):
            return _replace_columns(db, session, found, form)
        if not form.validate():
            if by_script():
                return refused(Refusal("invalid"), INVALID, errors=errors_of(form, here))
            return activity_page(db, session, found, form, INVALID)
        values = form.columns_of(found)
        refusal = operations.save(db, session, asker().id, found, values, revision_of(form), now())
        if refusal is None:
            if by_script():
                return saved(found.revision)
            return back(f"/seances/{session_id}/activites/{key}", fait="edit")
        theirs = differences(form, stored_form(db, session, found), here)
        if by_script():
            return refused(refusal, theirs=theirs, revision=found.revision)
        form.revision.data = str(found.revision)
        return activity_page(db, session, found, form, CONFLICT, refusal, theirs)


@blueprint.post("/seances/<int:session_id>/activites/<key>/deplacer")
@access.signed_in
def move_activity(session_id: int, key: str) -> AnyResponse:
    """`to`: `up` and `down` in its sequence, then to the one before or after; `s3` its end; `s3:0` a place."""
    form = MoveForm()
    with house().database.writing() as db:
        session = own(db, session_id)
        found = operations.activity_of(session, key)
        if not form.validate():
            return agenda_page(session, Said(refusal=Refusal("invalid")), INVALID)
        to, place = destination(session, found, form.to.data or "")
        refusal = operations.move_activity(db, session, asker().id, key, to, place, now())
        return answer(session, refusal, "move", title_of(found), found.sequence.key)


@blueprint.post("/seances/<int:session_id>/activites/<key>/supprimer")
@access.signed_in
def remove_activity(session_id: int, key: str) -> AnyResponse:
    with house().database.writing() as db:
        session = own(db, session_id)
        title = title_of(operations.activity_of(session, key))
        if not PlainForm().validate():
            return agenda_page(session)
        return answer(
            session, operations.remove_activity(db, session, asker().id, key, now()), "remove", title
        )


def destination(session: WorkshopSession, found: Activity, to: str) -> tuple[str, int]:
    """Return the sequence and the place that `to` says."""
    rows = list(session.sequences)
    here = rows.index(found.sequence)
    place = found.sequence.activities.index(found)
    if to == "up":
        return (rows[here].key, place - 1) if place or not here else (rows[here - 1].key, 99)
    if to == "down":
        last = place == len(rows[here].activities) - 1
        return (rows[here + 1].key, 0) if last and here + 1 < len(rows) else (rows[here].key, place + 1)
    key, _, wanted = to.partition(":")
    if wanted and not (wanted.isascii() and wanted.isdigit() and len(wanted) < 4):
        raise NotFound(to)
    return operations.sequence_of(session, key).key, int(wanted) if wanted else 99


# ---------------------------------------------------------------- the form of a kind


def stored_form(db: Session, session: WorkshopSession, found: Activity) -> ActivityForm:
    """Return the form of an activity as it is stored, with empty rows to fill where rows may be added."""
    form = FORMS[found.kind](formdata=None, data=stored(found))
    return _prepared(form, db, session, found)


def _prepared(form: ActivityForm, db: Session, session: WorkshopSession, found: Activity) -> ActivityForm:
    """Give a form the choices that depend on the séance."""
    colleges = completed(session.colleges)
    form.first_colleges.choices = choices([(college["key"], college["label"]) for college in colleges])
    if "options_from" in form:
        form["options_from"].choices = choices(
            [("", N_("Elles sont écrites ici")), *_sources(session, found)]
        )
    if "continues" in form:
        form["continues"].choices = choices(
            [
                ("", N_("Rien\u00a0: on part d'un tableau vide")),
                *_continuable(db, session, found),
            ]
        )
    return form


def _sources(session: WorkshopSession, found: Activity) -> list[tuple[str, str]]:
    """Return whence options may come; what is chosen and no longer there stays a choice, so that it can be read."""
    gettext = translations(locale()).gettext
    known = [
        (
            value,
            gettext("%(title)s, colonne « %(column)s »") % {"title": gettext(title), "column": column}
            if column
            else gettext(title),  # of its kind where nobody wrote a question
        )
        for value, title, column in sources_in(operations.activities_in(session))
    ]
    wanted = str(found.settings.get("options_from") or "")
    lost = wanted and wanted not in [value for value, _ in known]
    return [*known, (wanted, N_("Une activité qui n'est plus dans le déroulé"))] if lost else known


def _continuable(db: Session, session: WorkshopSession, found: Activity) -> list[tuple[str, str]]:
    """Return the boards of the continued séance; what is already chosen stays a choice."""
    before = db.get(WorkshopSession, session.continues) if session.continues else None
    if before is None or before.owner_id != session.owner_id:
        return []
    boards = [one for one in operations.activities_in(before) if one.kind in WRITING_BOARDS]
    return [(one.key, title_of(one)) for one in boards]


def _replaces_columns(form: ActivityForm) -> bool:
    return "apply_preset" in form and bool(form["apply_preset"].data) and form["preset"].data in BOARDS


def _replace_columns(
    db: Session, session: WorkshopSession, found: Activity, form: ActivityForm
) -> AnyResponse:
    """Save what was typed, with ready-made columns in place of the former ones."""
    if not form.validate() and set(form.errors) - {"columns"}:
        return activity_page(db, session, found, form, INVALID)
    values = form.columns_of(found)
    values["settings"] = {**values["settings"], "columns": board_columns(form["preset"].data)}
    refusal = operations.save(db, session, asker().id, found, values, revision_of(form), now())
    if refusal:
        theirs = differences(form, stored_form(db, session, found), locale())
        form.revision.data = str(found.revision)
        return activity_page(db, session, found, form, CONFLICT, refusal, theirs)
    return back(f"/seances/{session.id}/activites/{found.key}", fait="edit")


def activity_page(
    db: Session,
    session: WorkshopSession,
    found: Activity,
    form: ActivityForm,
    status: int = 200,
    refusal: Refusal | None = None,
    theirs: tuple[Any, ...] = (),
) -> AnyResponse:
    """Draw the settings of an activity beside its preview."""
    for name in ("columns", "texts"):
        if name in form and not form.errors:
            _with_blank_rows(form[name])
    colleges = completed(session.colleges)
    return page(
        "workshops/activity.html" if session.phase == "draft" else "workshops/activity_closed.html",
        status,
        session=session,
        activity=found,
        kind=KINDS[found.kind],
        form=form,
        sentences=ANONYMITY_SENTENCES,
        example_college=colleges[0]["label"].lower() if colleges else "",
        colleges=colleges,
        missing=MISSING.get(missing_of(found), ""),
        plain=PlainForm(formdata=None),
        refusal=worded(refusal, locale()) if refusal else "",
        theirs=theirs,
        done=request.args.get("fait", "") if request.method == "GET" else "",
    )


def _with_blank_rows(field: Any) -> None:
    for _ in range(BLANK_ROWS):
        if len(field.entries) < field.max_entries:
            field.append_entry()
