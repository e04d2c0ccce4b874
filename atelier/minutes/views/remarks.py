"""The panel « Remarques » of the editor: what writers say to each other beside the text, and what readers still ask for."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from atelier.house import house
from atelier.minutes import queries
from atelier.minutes.access import refusal_of_writing
from atelier.minutes.facts import PENDING
from atelier.minutes.operations.remarks import remarks_of
from atelier.minutes.operations.writing_names import names_of
from atelier.minutes.remarks import open_ones, shown_quote, threads_of
from atelier.minutes.views.blueprint import ADDRESS, Visit, blueprint, live, visit
from atelier.minutes.views.shown import local_day, page, short_day


@blueprint.get(f"{ADDRESS}/ecrire/remarques")
def remarks_panel(shelf: str, reference: str) -> AnyResponse:
    """Draw the remarks as they are kept. The page puts them in the order of its text, where it finds their words."""
    with house().database.reading() as db:
        found = visit(db, shelf, reference, "view_remarks")
        return page("minutes/_editor_remarks.html", found, **_listed(db, found))


def _listed(db: Session, found: Visit) -> dict[str, Any]:
    threads = threads_of(remarks_of(db, found.document.id))
    asked = queries.amendments(db, found.document.id)
    return {
        "threads": threads,
        "open": open_ones(threads),
        "asked": [one for one in asked if one.state == PENDING],
        "names": names_of(db, found.document, live().desk.state),
        "writable": refusal_of_writing(found.document, found.guest, lambda _person: True) is None,
        "shown_quote": shown_quote,
        "on_day": lambda moment: short_day(local_day(moment)),
    }
