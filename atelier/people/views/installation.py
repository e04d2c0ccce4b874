"""What the installation says of itself (R-255). Without it no séance leaves draft (D-22)."""

from __future__ import annotations

from flask import redirect, request
from werkzeug.wrappers import Response as AnyResponse

from atelier.house import house
from atelier.people import access, operations, queries
from atelier.people.forms import InstallationForm
from atelier.people.views.blueprint import blueprint

DEFAULTS = {
    "device_hours": queries.DEFAULT_DEVICE_HOURS,
    "contact_months": queries.DEFAULT_CONTACT_MONTHS,
    "name_months": queries.DEFAULT_NAME_MONTHS,
}


@blueprint.get("/installation")
@access.administers
def installation() -> AnyResponse:
    with house().database.reading() as db:
        row = queries.installation(db)
    form = InstallationForm(formdata=None, obj=row) if row else InstallationForm(formdata=None, data=DEFAULTS)
    return _page(form)


@blueprint.post("/installation")
@access.administers
def save_installation() -> AnyResponse:
    form = InstallationForm()
    if not form.validate():
        return _page(form, 422)
    values = {name: value for name, value in form.data.items() if name != "csrf_token"}
    with house().database.writing() as db:
        operations.save_installation(db, values, house().clock())
    return redirect("/installation?fait=1", 303)


def _page(form: InstallationForm, status: int = 200) -> AnyResponse:
    with house().database.reading() as db:
        missing, entries = queries.missing_for_opening(db), queries.audit_entries(db, 30)
    page = access.page(
        "people/installation.html",
        status,
        form=form,
        missing=missing,
        entries=entries,
        saved=request.args.get("fait") == "1",
    )
    page.headers["Cache-Control"] = "no-store"
    return page
