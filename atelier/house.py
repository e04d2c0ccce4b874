"""The parts of a running installation, made once and passed down: what doors find under `current_app.extensions["atelier"]`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from flask import Response, current_app

from atelier.clock import Clock
from atelier.db import Database
from atelier.drawing import Drawing
from atelier.settings import Settings


@dataclass(slots=True)
class House:
    """Ground parts. Capabilities add theirs to `parts` under their own name (`live`, …)."""

    settings: Settings
    database: Database
    drawing: Drawing
    clock: Clock
    parts: dict[str, Any] = field(default_factory=dict)

    def page(self, template: str, /, locale: str = "fr", status: int = 200, **context: Any) -> Response:
        """Draw a whole page."""
        return Response(self.drawing.draw(template, locale, **context), status, mimetype="text/html")


def house() -> House:
    """Return the house of the request at hand."""
    found: House = current_app.extensions["atelier"]
    return found
