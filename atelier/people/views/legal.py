"""The pages that the footer names everywhere but on the projector (D-22)."""

from __future__ import annotations

from flask import Response

from atelier.house import house
from atelier.people import access, queries
from atelier.people.views.blueprint import blueprint


@blueprint.get("/mentions-legales")
def legal_notice() -> Response:
    return _page("people/legal_notice.html")


@blueprint.get("/donnees-personnelles")
def privacy() -> Response:
    return _page("people/privacy.html")


@blueprint.get("/accessibilite")
def accessibility() -> Response:
    return _page("people/accessibility.html")


@blueprint.get("/aide")
def help_page() -> Response:
    return _page("people/help.html")


def _page(template: str) -> Response:
    with house().database.reading() as db:
        facts = queries.installation_facts(db)
    return access.page(template, facts=facts, secure=house().settings.secure)
