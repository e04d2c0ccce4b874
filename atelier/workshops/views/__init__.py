"""The HTTP doors of preparation: one's séances, their déroulé, their settings."""

from atelier.workshops.views import activities, agenda, listing, meeting, sequences  # noqa: F401 - routes
from atelier.workshops.views.blueprint import blueprint

__all__ = ["blueprint"]
