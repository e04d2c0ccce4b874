"""Takes a compte rendu of the demonstration from its draft to its publication, by the acts and on the days that it would take."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from atelier.demonstration.radio_text import written
from atelier.demonstration.replay import DemonstrationFault
from atelier.errors import Refusal
from atelier.house import House
from atelier.live.record import record
from atelier.live.state import LiveState
from atelier.minutes import queries, workflow
from atelier.minutes.content import Content
from atelier.minutes.facts import FAITHFUL, RESERVE
from atelier.minutes.models import Document
from atelier.minutes.operations import approval, publication, review, situation
from atelier.minutes.operations.freezing import with_text
from atelier.minutes.operations.printing import frozen_of
from atelier.minutes.operations.review import ensure_calendar
from atelier.minutes.room import Room
from atelier.minutes.sources import sources_of
from atelier.minutes.workflow import TACIT

SENT_AFTER, PUBLISHED_AFTER = 7, 2  # days after the séance, after the approval
READERS = (
    (FAITHFUL, ""), (FAITHFUL, ""), (FAITHFUL, ""), (FAITHFUL, ""),
    (RESERVE, "Il manque le travail de la personne qui tient l'accueil du centre social."),
)  # fmt: skip

Done = TypeVar("Done")


class Press:
    """One document on its way to publication."""

    def __init__(self, house: House, document: Document, state: LiveState) -> None:
        self._house, self._document, self._state = house, document, state
        self._room: Room = house.parts["minutes"].rooms.open(document.id)

    def write(self, ref_of: Callable[[str], str], author: str) -> None:
        """Put in what people wrote."""
        for section, body in written(self._room.content(), ref_of):
            self._room.write(author, lambda text, section=section, body=body: text.edit(section, body))  # type: ignore[misc]

    def publish(self, held_on: date) -> None:
        """Send, hear the readers, let the announced day pass, publish."""
        sent = _at(held_on + timedelta(days=SENT_AFTER), self._house)

        def send(db: Session, document: Document, content: Content) -> Any:
            ensure_calendar(document, held_on)
            return review.send_for_review(db, document, content, TACIT, sent.date(), sent)

        version = self._act(send)
        with self._house.database.writing() as db:
            document = queries.locked(db, self._document.id)
            for place, (verdict, reserve) in enumerate(READERS):
                at = sent + timedelta(days=place)
                given = review.give_link(db, document, "link", True, at, label="")
                _done(
                    review.say(db, document, f"r{given.link_id}", True, version.number, verdict, at, reserve)
                )
            assert document.approval_due is not None
            approved = _at(document.approval_due, self._house)
        self._act(lambda db, document, content: approval.approve(db, document, content, TACIT, approved))
        self._freeze(approved + timedelta(days=PUBLISHED_AFTER))

    def _freeze(self, at: datetime) -> None:
        house, state = self._house, self._state
        rows, reference = record(state), self._document.reference
        inside, outside = (sources_of(state, rows, reference, public) for public in (False, True))

        def act(db: Session, document: Document, content: Content) -> Any:
            zone = house.drawing.zone
            drawn = situation.standing_of(db, document, content, lambda _session: state, inside, at, zone)
            missing = workflow.obstacles(workflow.PUBLISH, drawn.situation)
            if missing:
                raise DemonstrationFault(f"not to be published: {missing}")
            writers = situation.published_writers(db, document)
            frozen = frozen_of(house.drawing, document, drawn, outside, writers, at.astimezone(zone).date())
            return publication.publish(db, document, drawn.annexed, frozen, at)

        self._act(act)
        house.parts["minutes"].forget_history(self._document.id)

    def _act(self, act: Callable[[Session, Document, Content], Done | Refusal]) -> Done:
        def held(db: Session, content: Content) -> Done | Refusal:
            return act(db, queries.locked(db, self._document.id), content)

        return _done(with_text(self._house.database, self._room, held))


def _at(day: date, house: House) -> datetime:
    return datetime.combine(day, time(10), house.drawing.zone)


def _done(outcome: Done | Refusal) -> Done:
    if isinstance(outcome, Refusal):
        raise DemonstrationFault(outcome.code)
    return outcome
