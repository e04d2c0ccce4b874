"""The rows of documents: what is written (documents.py), what its writers remark (remarks.py), what is said of it and what is
published (reviews.py).
"""

from __future__ import annotations

from atelier.minutes.models.documents import (
    Document,
    DocumentClient,
    DocumentSnapshot,
    DocumentUpdate,
    DocumentVersion,
    DocumentWriter,
)
from atelier.minutes.models.remarks import DocumentRemark
from atelier.minutes.models.reviews import (
    Amendment,
    Publication,
    QuoteConsent,
    Reading,
    ReviewLink,
)

__all__ = [
    "Amendment",
    "Document",
    "DocumentClient",
    "DocumentRemark",
    "DocumentSnapshot",
    "DocumentUpdate",
    "DocumentVersion",
    "DocumentWriter",
    "Publication",
    "QuoteConsent",
    "Reading",
    "ReviewLink",
]
