"""Doors of the contribution au forum: the list, the page of preparation, the one-screen version."""

from atelier.forum.views import contributions, preparing  # noqa: F401 - their routes
from atelier.forum.views.blueprint import blueprint

__all__ = ["blueprint"]
