"""Doors of the exports: the page of what happened, open data, counting sheets, paper, references."""

from atelier.exports.views import (  # noqa: F401 - their routes
    counting,
    distribution,
    documents,
    downloads,
    importing,
    printing,
    references,
    story,
)
from atelier.exports.views.blueprint import blueprint

__all__ = ["blueprint"]
