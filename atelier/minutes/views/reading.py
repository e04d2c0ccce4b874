"""The reading page, and the card of a source: beside the text with scripts, a page of its own without."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from flask import redirect, request
from markupsafe import Markup
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from atelier.errors import NotAllowed, NotFound
from atelier.house import house
from atelier.minutes import queries
from atelier.minutes.access import guest_of, is_written
from atelier.minutes.content import Content
from atelier.minutes.operations.consultation import (
    PUBLISHED,
    SUBMITTED,
    WRITTEN,
    Text,
    published_text,
    text_for,
)
from atelier.minutes.operations.drawing import body_of
from atelier.minutes.reading import taken_up
from atelier.minutes.views.blueprint import ADDRESS, KINDS, Visit, blueprint, minutes, room_of, sources_for
from atelier.minutes.views.shown import banner, day, local_day, page
from atelier.people.queries import installation_facts
from atelier.validators import whole_number

EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
NOT_YET = 403


@blueprint.get(ADDRESS)
def reading(shelf: str, reference: str) -> AnyResponse:
    """The text as the asker may read it now. `?apercu=1`: what the public will see, for whoever writes."""
    preview = request.args.get("apercu") == "1"
    with house().database.reading() as db:
        found = asked(db, shelf, reference)
        try:
            text = read(db, found, preview)
        except NotAllowed:
            return page("minutes/not_yet.html", found, NOT_YET, banner=banner(db, found.document))
        except NotFound:
            withdrawn = queries.publications(db, found.document.id)
            if not withdrawn:
                raise
            return redirect(f"{found.address}/v{withdrawn[0].number}")  # which tells why (D-30)
        return reading_page(db, found, text, preview)


@blueprint.get(f"{ADDRESS}/sources/<ref>")
def source(shelf: str, reference: str, ref: str) -> AnyResponse:
    """One source: its card alone for the page that shows it beside the text, else a page. `?v=1`: as version 1 froze it."""
    with house().database.reading() as db:
        found = asked(db, shelf, reference)
        row = queries.publication(db, found.document.id, whole_number(request.args.get("v", "")) or 0)
        text = published_text(db, row) if row and row.withdrawn_at is None else read(db, found)
        known = text.source(ref)
    if known is None:
        raise NotFound(ref)
    template = "minutes/_source_card.html" if request.args.get("fiche") == "1" else "minutes/source.html"
    return page(
        template,
        found,
        source=known,
        ref=known.ref if known.reference == text.sources.reference else known.full,
        meeting=text.sources.meetings.get(known.reference, {}),
        colleges=text.sources.colleges.get(known.reference, []),
        cited_in=taken_up(text.content, known, text.sources),
        elsewhere=house().parts["forum"].taken_up(known.full, found.document.id),
        linked={other for other in (known.merged_into, *known.made_of, *known.voted) if text.source(other)},
        stage=text.stage,
        story=story_of(found, known.ref),
    )


def asked(db: Session, shelf: str, reference: str) -> Visit:
    """Find the document of an address, whoever asks."""
    document = queries.document_by_reference(db, reference, KINDS[shelf])
    if document is None:
        raise NotFound(reference)
    return Visit(document, guest_of(document), f"/{shelf}/{reference}")


def read(db: Session, found: Visit, preview: bool = False) -> Text:
    """Return the text that the asker reads, as far as it may be shown."""
    document = found.document

    def written() -> Content:
        room = room_of(document)
        room.catch_up()  # what another process stored
        return room.content()

    text = text_for(
        db,
        document,
        found.guest,
        written,
        lambda public: sources_for(document, public),
        preview,
    )
    return text if text.publication else replace(text, content=minutes().veil.content(document, text.content))


def reading_page(db: Session, found: Visit, text: Text, preview: bool = False, **more: Any) -> AnyResponse:
    """Draw the reading page of a text."""
    row = text.publication
    writing = text.stage == WRITTEN and not preview
    body = (
        Markup(row.html)  # noqa: S704 - drawn by us on the day it was published
        if row
        else body_of(house().drawing, text.content, text.sources, writing)
    )
    return page(
        "minutes/reading.html",
        found,
        title=text.content.title or found.document.title,
        body=body,
        text=text,
        writable=found.guest.may("write_document") and is_written(found.document),
        stage=text.stage,
        preview=preview,
        banner=banner(db, found.document),
        publication=row,
        facts=row.facts if row else {},
        publications=queries.publications(db, found.document.id),
        day_of_moment=lambda moment: day(local_day(moment)),
        files=files_of(found, text),
        **reporting(db, found, text),
        **{"newer": 0, **more},
    )


def reporting(db: Session, found: Visit, text: Text) -> dict[str, Any]:
    """Return where an error is told: on the review page while it is open, else to whoever answers for the installation."""
    open_review = found.document.phase == "in_review" and text.stage in {WRITTEN, SUBMITTED}
    if open_review and found.guest.may("view_review"):
        return {"report": f"{found.address}/relecture", "contact": "", "email": ""}
    facts = installation_facts(db)
    contact = str(facts["recourse"] or facts["controller"] or "")
    email = EMAIL.search(contact)
    return {"report": "", "contact": contact, "email": email[0] if email else ""}


def files_of(found: Visit, text: Text) -> str:
    """Return the address where this text is taken away, "" for those who may not."""
    if text.publication is not None:
        return f"{found.address}/v{text.publication.number}/fichiers"
    return f"{found.address}/brouillon/fichiers" if found.guest.may("export_draft") else ""


def story_of(found: Visit, ref: str) -> str:
    """Return the address of a card in « Ce qui s'est passé », for the desk of the séance."""
    if found.guest.person[:1] not in {"u", "l"} or found.document.kind != "minutes":
        return ""
    return f"/r/{found.document.reference}/{ref}?recit=1"


__all__ = ["PUBLISHED", "asked", "read", "reading_page"]
