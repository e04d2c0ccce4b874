"""The blueprint that the files beside it hang their routes on."""

from __future__ import annotations

from flask import Blueprint

from atelier.people import access

blueprint = Blueprint("people", __name__)
blueprint.after_app_request(access.keep_language)
