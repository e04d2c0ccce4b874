"""Doors of the exports: the page of what happened, open data, counting sheets, paper, references."""

from atelier.exports.views import counting, distribution, documents, downloads, printing, references, story  # noqa: F401 - their routes
from atelier.exports.views.blueprint import blueprint

__all__ = ["blueprint"]
