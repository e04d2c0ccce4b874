"""A lost phone gets its person back, with the one-time code that the desk gives face to face (D-2)."""

from __future__ import annotations

from flask import redirect, request
from werkzeug.wrappers import Response as AnyResponse

from atelier import codes
from atelier.errors import Refusal
from atelier.house import house
from atelier.later import N_
from atelier.people import access, operations
from atelier.people.forms import RestoreForm, own_path
from atelier.people.views.blueprint import blueprint


@blueprint.get("/retrouver/<int:session_id>")
def ask_restore_code(session_id: int) -> AnyResponse:
    return _page(session_id, RestoreForm())


@blueprint.post("/retrouver/<int:session_id>")
def use_restore_code(session_id: int) -> AnyResponse:
    """Give this device a new token and the person's seat; the device that was lost loses it."""
    form = RestoreForm(request.form)
    if not access.may_try_personal_code("restore"):
        return access.page("people/too_many.html", 429)
    if not form.validate():
        return _page(session_id, form, 422)
    token, at = codes.token(), house()
    with at.database.writing() as db:
        person = operations.use_restore_code(
            db, at.settings.secret_key, session_id, str(form.code.data), token, at.clock()
        )
    if isinstance(person, Refusal):
        access.note_failed_personal_code("restore")
        form.code.errors = [N_("Ce code n'ouvre rien. Demandez-en un autre à l'animation.")]
        return _page(session_id, form, 422)
    response = redirect(own_path(request.form.get("vers"), "/"), 303)
    access.give_device_token(response, session_id, token)
    return response


def _page(session_id: int, form: RestoreForm, status: int = 200) -> AnyResponse:
    back = own_path(request.values.get("vers"), "/")
    page = access.page("people/restore.html", status, session_id=session_id, form=form, back=back)
    page.headers["Cache-Control"] = "no-store"
    return page
