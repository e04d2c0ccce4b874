"""The four steps that readers see, with their days: co-writing, review, approval, publication (D-29, mockup 30). Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from atelier.minutes.calendar import Calendar
from atelier.minutes.workflow import APPROVED, DRAFT, IN_REVIEW, PHASES, PUBLISHED

WRITING, REVIEW, APPROVAL, PUBLICATION = "writing", "review", "approval", "publication"
PHASE_OF = {WRITING: DRAFT, REVIEW: IN_REVIEW, APPROVAL: APPROVED, PUBLICATION: PUBLISHED}
DONE, CURRENT, NEXT = "done", "current", "next"


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `day`: until when, or on which day, it is planned; once done, when it was. `late`: that day is over."""

    code: str
    state: str
    day: date | None = None
    late: bool = False


def steps_of(
    phase: str,
    calendar: Calendar | None,
    today: date,
    sent_on: date | None = None,
    approved_on: date | None = None,
    published_on: date | None = None,
) -> tuple[Step, ...]:
    """Return the steps, the current one marked. In review until approved: the approval is the end of the review."""
    reached = PHASES.index(phase)
    current = WRITING if phase == DRAFT else REVIEW if phase == IN_REVIEW else PUBLICATION
    planned = {
        WRITING: calendar.review if calendar else None,
        REVIEW: calendar.amendments if calendar else None,
        APPROVAL: calendar.approval if calendar else None,
        PUBLICATION: None,
    }
    happened = {WRITING: sent_on, REVIEW: approved_on, APPROVAL: approved_on, PUBLICATION: published_on}
    if phase == IN_REVIEW and calendar and today > calendar.amendments:
        current = APPROVAL
    steps = []
    for code in (WRITING, REVIEW, APPROVAL, PUBLICATION):
        done = _is_done(code, reached, current)
        state = DONE if done else CURRENT if code == current else NEXT
        day = (happened[code] or planned[code]) if done else planned[code]
        steps.append(Step(code, state, day, state == CURRENT and day is not None and today > day))
    return tuple(steps)


def _is_done(code: str, reached: int, current: str) -> bool:
    if code == PUBLICATION:
        return reached >= PHASES.index(PUBLISHED)
    if code == APPROVAL:
        return reached >= PHASES.index(APPROVED)
    if code == REVIEW:
        return reached >= PHASES.index(APPROVED) or current == APPROVAL
    return reached >= PHASES.index(IN_REVIEW)
