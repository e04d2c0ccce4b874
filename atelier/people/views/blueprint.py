"""The blueprint that the files beside it hang their routes on."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("people", __name__)
