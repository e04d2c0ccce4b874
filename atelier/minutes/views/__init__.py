"""The pages of documents: reading, writing, review, publication. Each module adds its own doors to the blueprint."""

from atelier.minutes.views import (  # noqa: F401 - routes
    answers,
    approving,
    drafts,
    editor,
    follow_up,
    names,
    publication,
    readers,
    reading,
    remarks,
    review,
    sheets,
    team,
    versions,
)
from atelier.minutes.views.blueprint import blueprint

__all__ = ["blueprint"]
