"""What the pages on a document's way to publication show alike: where it stands, its steps, what blocks, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date
from flask import request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from atelier.errors import Refusal
from atelier.house import house
from atelier.i18n import DEFAULT, translations
from atelier.live.state import LiveState
from atelier.minutes import queries
from atelier.minutes.access import is_written
from atelier.minutes.calendar import Calendar
from atelier.minutes.comparison import compare
from atelier.minutes.content import Content
from atelier.minutes.models import Document, DocumentVersion
from atelier.minutes.obstacle_sentences import COUNTS, OBSTACLES, PLACES
from atelier.minutes.operations import situation
from atelier.minutes.operations.situation import Standing
from atelier.minutes.operations.versions import content_at
from atelier.minutes.sources import Sources
from atelier.minutes.steps import steps_of
from atelier.minutes.views.blueprint import Visit, live, minutes, room_of, sources_for
from atelier.minutes.wording import worded
from atelier.minutes.workflow import IN_REVIEW, Obstacle
from atelier.people import access
from atelier.workshops.models import WorkshopSession


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence and, where it helps, the link to the place that it speaks of."""

    sentence: str
    href: str = ""
    link: str = ""


def zone() -> ZoneInfo:
    return ZoneInfo(house().settings.timezone)


def today() -> date:
    return house().clock().astimezone(zone()).date()


def local_day(moment: datetime | None) -> date | None:
    return moment.astimezone(zone()).date() if moment else None


def state_of(session_id: int) -> LiveState:
    state: LiveState = live().desk.state(session_id)
    return state


def text_of(document: Document) -> Content:
    """Return the text as it is stored now, whichever process it was written in, as far as it may be shown."""
    return minutes().veil.content(document, stored_text(document))


def stored_text(document: Document) -> Content:
    """Return the text as its writers see it in the editor."""
    room = room_of(document)
    room.catch_up()
    return room.content()


def version_text(document: Document, row: DocumentVersion) -> Content:
    """Return what a version says, as far as it may be shown."""
    return minutes().veil.content(document, content_at(row))


def standing(
    db: Session, document: Document, content: Content | None = None, sources: Sources | None = None
) -> Standing:
    """Return where a document stands, its text as it is stored now; what is to be drawn of it is veiled.

    Inside a transaction that writes, give the sources: to find them the record of the séance may have to be written first.
    """
    text = stored_text(document) if content is None else content
    known = sources_for(document) if sources is None else sources
    found = situation.standing_of(db, document, text, state_of, known, house().clock(), zone())
    veil = minutes().veil
    found = replace(
        found, annexed=veil.content(document, found.annexed), facts=veil.plain(document, found.facts)
    )
    later = house().parts.get("forum") if document.kind == "forum" else None
    if later is None:
        return found
    asked = [
        Obstacle("asked", "preparing", {"sentence": one}) for one in later.missing(document, text, known)
    ]
    return replace(found, situation=replace(found.situation, missing=asked))


def bring_up(document: Document) -> None:
    """Bring what the app says in a contribution au forum up to its text and its votes, before it is sent or approved."""
    if document.kind == "forum" and is_written(document):
        house().parts["forum"].bring_up(document)


def settle(document: Document) -> None:
    """Do what fell due before the page is drawn: silence approves at the first look after the announced day."""
    if document.phase == IN_REVIEW:
        house().parts["deadlines"].settle(document.id)


# ---------------------------------------------------------------- words


def day(value: date | None) -> str:
    """« mardi 3 novembre 2015 » to whoever reads the page, in their language."""
    return _in_words(value, "EEEE d MMMM y", access.locale_of_request())


def written_day(value: date | None) -> str:
    """« mardi 3 novembre 2015 » in what is written for everybody, whoever writes it."""
    return _in_words(value, "EEEE d MMMM y", DEFAULT)


def short_day(value: date | None) -> str:
    """« 3 novembre » to whoever reads the page, with the year when it is not this one."""
    this_year = value is not None and value.year == today().year
    return _in_words(value, "d MMMM" if this_year else "d MMMM y", access.locale_of_request())


def _in_words(value: date | None, pattern: str, locale: str) -> str:
    if value is None:
        return ""
    words = format_date(value, pattern, locale=locale)
    first = locale == DEFAULT and value.day == 1 and (words.startswith("1 ") or " 1 " in words)
    return words.replace("1 ", "1er ", 1) if first else words


def sentence_of(refusal: Refusal, act: str = "") -> str:
    """Return the sentence of a refusal, its days in words."""
    params = {
        name: day(value) if isinstance(value, date) else value for name, value in refusal.params.items()
    }
    state = params.get("state")
    return worded(
        refusal.code, {"phase": state, **params} if state else params, access.locale_of_request(), act
    )


def obstacles_said(found: Iterable[Obstacle], at: Visit, notice: bool = False) -> list[Said]:
    """Return what blocks a step, in words, each with the link to its place."""
    return [_said(one, at, notice) for one in found]


def _said(one: Obstacle, at: Visit, notice: bool) -> Said:
    gettext = translations(access.locale_of_request()).gettext
    count = one.params.get("count")
    number = "" if count is None else ".one" if count < 2 else ".many"
    name = one.code + number
    endings = [".notice", ""] if notice else ["." + at.document.kind, ""]
    template = next(OBSTACLES[name + ending] for ending in endings if name + ending in OBSTACLES)
    said = {key: _worded(key, value) for key, value in one.params.items()}
    if "sentence" in said:
        said["sentence"] = minutes().veil.quotations(at.document, said["sentence"])
    sentence = gettext(template) % said
    place, _, section = one.place.partition(":")
    return Said(sentence, _address(at, place, section), gettext(PLACES[place]))


def _worded(key: str, value: Any) -> str:
    if isinstance(value, date):
        return day(value)
    if isinstance(value, tuple):
        return ", ".join(str(item) for item in value)
    if key == "count" and value in COUNTS:
        return translations(access.locale_of_request()).gettext(COUNTS[value])
    return str(value)


def _address(at: Visit, place: str, section: str) -> str:
    places = {
        "text": f"{at.address}/ecrire" + (f"#partie-{section}" if section else ""),
        "remarks": f"{at.address}/ecrire#remarques",
        "amendments": f"{at.address}/suivi#demandes",
        "names": f"{at.address}/noms",
        "calendar": f"{at.address}/suivi#calendrier",
        "vote": f"{at.address}/suivi#approbation",
        "comparison": f"{at.address}/versions/comparer?de=envoi",
        "preparing": f"{at.address}/preparer",
        "desk": f"/seances/{at.document.session_id}",
    }
    return places[place]


# ---------------------------------------------------------------- steps and pages


def calendar_of(db: Session, document: Document) -> Calendar:
    return situation.calendar_for(document, session_of(db, document), zone())


def steps_shown(db: Session, document: Document) -> list[dict[str, Any]]:
    """Return the steps for the bar: code, state, day in words, late."""
    published = queries.publications(db, document.id)
    steps = steps_of(
        document.phase,
        calendar_of(db, document),
        today(),
        local_day(document.sent_at),
        local_day(document.approved_at),
        local_day(published[-1].published_at) if published else None,
    )
    return [
        {"code": step.code, "state": step.state, "day": short_day(step.day), "late": step.late}
        for step in steps
    ]


def banner(db: Session, document: Document) -> dict[str, Any]:
    """Return what the approval banner says: phase, days, what readers did."""
    calendar = calendar_of(db, document)
    return {
        "phase": document.phase,
        "approval": document.approval,
        "approved_on": day(local_day(document.approved_at)),
        "until": day(calendar.amendments),
        "approval_day": day(calendar.approval),
        "vote": situation.vote_of(db, document, state_of) if document.phase == IN_REVIEW else "none",
        "facts": minutes().veil.plain(document, situation.facts_in(db, document)),
    }


def session_of(db: Session, document: Document) -> WorkshopSession | None:
    return db.get(WorkshopSession, document.session_id) if document.session_id else None


def page(template: str, found: Visit, status: int = 200, /, **context: Any) -> AnyResponse:
    """Draw a page of a document, kept by nobody on the way."""
    around: Mapping[str, Any] = {
        "document": found.document,
        "guest": found.guest,
        "address": found.address,
        "done": request.args.get("fait", "") if request.method == "GET" else "",
        "public_url": house().settings.public_url,
        "compare": compare,
    }
    return access.private_page(template, status, **{**around, **context})
