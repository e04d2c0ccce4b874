"""One's séances: listed, created, duplicated, deleted, restored."""

from __future__ import annotations

from typing import Any

from flask import redirect, request
from werkzeug.wrappers import Response as AnyResponse

from atelier.errors import Refusal
from atelier.house import house
from atelier.people import access
from atelier.workshops import operations, queries
from atelier.workshops.forms.meeting import DeleteForm, NewSessionForm, PlainForm, start_of
from atelier.workshops.models import WorkshopSession
from atelier.workshops.templates import TEMPLATES
from atelier.workshops.views.blueprint import INVALID, asker, blueprint, locale, now, own, page, zone
from atelier.workshops.wording import worded

RUNNING = frozenset({"lobby", "live"})


@blueprint.get("/seances")
@access.signed_in
def sessions() -> AnyResponse:
    """What is being prepared, what runs, what is over, what is in the bin."""
    with house().database.reading() as db:
        found, deleted = queries.own_sessions(db, asker().id), queries.own_bin(db, asker().id)
    return page(
        "workshops/sessions.html",
        preparing=[one for one in found if one.phase == "draft"],
        running=[one for one in found if one.phase in RUNNING],
        past=[one for one in reversed(found) if one.phase == "closed"],
        deleted=[
            {"session": one, "until": one.deleted_at + queries.BIN_LIFE} for one in deleted if one.deleted_at
        ],
        form=PlainForm(),
        done=request.args.get("fait", ""),
    )


@blueprint.get("/seances/nouvelle")
@access.signed_in
def ask_new() -> AnyResponse:
    wanted = request.args.get("modele", "chantier")
    form = NewSessionForm(formdata=None, data={"template": wanted if wanted in TEMPLATES else "chantier"})
    return _new_page(form)


@blueprint.post("/seances")
@access.signed_in
def create() -> AnyResponse:
    form = NewSessionForm()
    if not form.validate():
        return _new_page(form, INVALID)
    template = TEMPLATES[form.template.data]
    hour = form.hour.data or template.starts or "18:00"
    given: dict[str, Any] = {"starts_at": start_of(form.day.data, hour, zone())}
    given |= {name: form[name].data for name in ("title", "place") if form[name].data}
    with house().database.writing() as db:
        session = operations.create_from_template(db, asker().id, template.key, now(), **given)
    return redirect(f"/seances/{session.id}", 303)


@blueprint.post("/seances/<int:session_id>/dupliquer")
@access.signed_in
def duplicate(session_id: int) -> AnyResponse:
    """Copy déroulé and settings into a new draft (D-21)."""
    if not PlainForm().validate():
        return redirect("/seances", 303)
    with house().database.writing() as db:
        copy = operations.duplicate_session(db, own(db, session_id), now())
    return redirect(f"/seances/{copy.id}/reglages?fait=copie", 303)


@blueprint.get("/seances/<int:session_id>/supprimer")
@access.signed_in
def ask_delete(session_id: int) -> AnyResponse:
    with house().database.reading() as db:
        return _delete_page(own(db, session_id), DeleteForm(formdata=None))


@blueprint.post("/seances/<int:session_id>/supprimer")
@access.signed_in
def delete(session_id: int) -> AnyResponse:
    form = DeleteForm()
    with house().database.writing() as db:
        session = own(db, session_id)
        phase = session.phase
        refusal = None
        if form.validate():
            refusal = operations.delete_session(db, session, form.motive.data or "", now())
    if form.errors or refusal:
        return _delete_page(session, form, refusal)
    return redirect("/seances?fait=" + ("supprimee" if phase == "draft" else "corbeille"), 303)


@blueprint.post("/seances/<int:session_id>/restaurer")
@access.signed_in
def restore(session_id: int) -> AnyResponse:
    if not PlainForm().validate():
        return redirect("/seances", 303)
    with house().database.writing() as db:
        operations.restore_session(db, queries.own_session(db, asker().id, session_id, deleted=True))
    return redirect("/seances?fait=restauree", 303)


def _new_page(form: NewSessionForm, status: int = 200) -> AnyResponse:
    return page("workshops/new.html", status, form=form, templates=TEMPLATES)


def _delete_page(session: WorkshopSession, form: DeleteForm, refusal: Refusal | None = None) -> AnyResponse:
    if refusal:
        form.motive.errors = [worded(refusal, locale())]
    status = INVALID if form.errors else 200
    return page("workshops/delete.html", status, session=session, form=form)
