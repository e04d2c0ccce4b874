"""From draft to published (D-29): which step may follow which, and what stands in the way. Pure: today is an argument.

    draft → in_review → approved → published → rectified

What blocks a step is an `Obstacle`: a code, what the door needs to say it, and the place where it is put right. Notices are
said in the same way and block nothing. Amendments and withdrawals from view are records, not states.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from atelier.minutes.calendar import Calendar
from atelier.minutes.content import Content, empty_parts
from atelier.minutes.divergence import OneSided
from atelier.minutes.redaction import GONE
from atelier.minutes.sources import GONE_FROM_SIGHT

DRAFT, IN_REVIEW, APPROVED, PUBLISHED, RECTIFIED = "draft", "in_review", "approved", "published", "rectified"
PHASES = (DRAFT, IN_REVIEW, APPROVED, PUBLISHED, RECTIFIED)
SEND, TAKE_BACK, APPROVE, REOPEN = "send", "take_back", "approve", "reopen"
CORRECT, PUBLISH = "correct", "publish"
TACIT, CONSENT = "tacit", "consent"

# act -> phase before -> phase after
TRANSITIONS: Mapping[str, Mapping[str, str]] = {
    SEND: {DRAFT: IN_REVIEW, IN_REVIEW: IN_REVIEW},  # sent again: another version is read
    TAKE_BACK: {IN_REVIEW: DRAFT},
    APPROVE: {IN_REVIEW: APPROVED},
    REOPEN: {APPROVED: IN_REVIEW},
    CORRECT: {APPROVED: APPROVED, PUBLISHED: PUBLISHED, RECTIFIED: RECTIFIED},
    PUBLISH: {APPROVED: PUBLISHED, PUBLISHED: RECTIFIED, RECTIFIED: RECTIFIED},
}


@dataclass(frozen=True, slots=True)
class Obstacle:
    """`place`: where it is put right: `text`, `text:<section>`, `amendments`, `names`, `calendar`,
    `vote`, `comparison`, `preparing`, `desk`."""

    code: str
    place: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Flagged:
    """A sentence whose source changed: `kind` of the flag, where, and what it cites."""

    kind: str
    section: str
    sentence: str
    ref: str


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything the rules look at. `vote`: of the consent activity, `none`, `waiting`, `adopted` or `rejected`."""

    phase: str
    content: Content
    today: date
    calendar: Calendar | None = None
    session_closed: bool = True
    approval: str = TACIT
    vote: str = "none"
    correcting: bool = False
    pending: int = 0  # amendments without an answer
    flags: Sequence[Flagged] = ()
    open_names: Sequence[str] = ()
    one_sided: Sequence[OneSided] = ()
    changed_since_sent: int = 0  # sections
    remarks: int = 0  # of the writers, not dealt with
    missing: Sequence[Obstacle] = ()  # what a later capability asks before the text is sent (atelier/forum)


def next_phase(act: str, phase: str) -> str | None:
    """Return the phase to which an act leads, None when it does not start from here."""
    return TRANSITIONS[act].get(phase)


def writable(phase: str, correcting: bool) -> bool:
    """Tell whether writers may change the text: while it is drafted or read; after that, only in a correction with a reason."""
    return phase in (DRAFT, IN_REVIEW) or correcting


def is_public(phase: str) -> bool:
    """Tell whether anybody may read the text: nothing leaves before approval and publication (R-101)."""
    return phase in (PUBLISHED, RECTIFIED)


def takes_amendments(phase: str, calendar: Calendar | None, today: date) -> bool:
    """Tell whether readers may still ask for a change: in review, to the end of the announced day."""
    return phase == IN_REVIEW and (calendar is None or today <= calendar.amendments)


def obstacles(act: str, at: Situation) -> tuple[Obstacle, ...]:
    """Return what stands in the way of an act, the first to put right first; empty when it may be done."""
    if next_phase(act, at.phase) is None:
        return (Obstacle("not_now", "text", {"phase": at.phase}),)
    return tuple(_CHECKS[act](at))


def notices(act: str, at: Situation) -> tuple[Obstacle, ...]:
    """Return what should be known before an act, and does not prevent it."""
    return tuple(_NOTICES.get(act, _nothing)(at))


def tacit_approval_due(at: Situation) -> bool:
    """Tell whether the announced day is over and nothing stands in the way of tacit approval."""
    return at.approval == TACIT and at.phase == IN_REVIEW and not obstacles(APPROVE, at)


# ---------------------------------------------------------------- each act


def _sending(at: Situation) -> Iterator[Obstacle]:
    if not at.session_closed:
        yield Obstacle("session_running", "desk")
    if not any(section.body.strip() for section in at.content.sections):
        yield Obstacle("nothing_written", "text")
    yield from at.missing
    yield from _sources(at)


def _approving(at: Situation) -> Iterator[Obstacle]:
    if at.pending:
        yield Obstacle("pending_amendments", "amendments", {"count": at.pending})
    if at.approval == CONSENT and at.vote != "adopted":
        yield Obstacle(f"vote_{at.vote}", "vote")
    if at.approval != CONSENT and at.calendar and at.today <= at.calendar.approval:
        yield Obstacle("before_the_day", "calendar", {"day": at.calendar.approval})
    yield from _sources(at)


def _correcting(at: Situation) -> Iterator[Obstacle]:
    if at.correcting:
        yield Obstacle("already_correcting", "text")


def _publishing(at: Situation) -> Iterator[Obstacle]:
    if is_public(at.phase) and not at.correcting:
        yield Obstacle("nothing_to_correct", "text")
    empty = empty_parts(at.content)
    if empty:
        headings = tuple(part.heading for part in empty)
        yield Obstacle("empty_parts", f"text:{empty[0].key}", {"parts": headings, "count": len(empty)})
    if at.pending:
        yield Obstacle("pending_amendments", "amendments", {"count": at.pending})
    yield from _sources(at)
    if at.open_names:
        yield Obstacle("open_names", "names", {"names": tuple(at.open_names), "count": len(at.open_names)})
    for vote in at.one_sided:
        yield Obstacle("one_sided", f"text:{vote.section}", {"ref": vote.ref, "options": vote.options})


def _sources(at: Situation) -> Iterator[Obstacle]:
    """A card withdrawn or hidden is cited no more: one line per sentence, so that each can be reached."""
    for flag in at.flags:
        if flag.kind in GONE_FROM_SIGHT:  # these block, the others are said
            yield Obstacle(
                f"cites_{flag.kind}", f"text:{flag.section}", {"ref": flag.ref, "sentence": flag.sentence}
            )


def _nothing(at: Situation) -> Iterator[Obstacle]:
    return iter(())


_CHECKS = {
    SEND: _sending, TAKE_BACK: _nothing, APPROVE: _approving, REOPEN: _nothing, CORRECT: _correcting, PUBLISH: _publishing,
}  # fmt: skip


def _before_sending(at: Situation) -> Iterator[Obstacle]:
    empty = empty_parts(at.content)
    if empty:
        headings = tuple(part.heading for part in empty)
        yield Obstacle("empty_parts", f"text:{empty[0].key}", {"parts": headings, "count": len(empty)})
    if at.remarks:
        yield Obstacle("open_remarks", "remarks", {"count": at.remarks})
    if at.open_names:
        yield Obstacle("open_names", "names", {"names": tuple(at.open_names), "count": len(at.open_names)})
    yield from _rewriting(at)
    yield from _figures(at)


def _before_approving(at: Situation) -> Iterator[Obstacle]:
    if at.changed_since_sent:
        yield Obstacle("changed_since_sent", "comparison", {"count": at.changed_since_sent})
    yield from _rewriting(at)
    yield from _figures(at)


def _before_publishing(at: Situation) -> Iterator[Obstacle]:
    yield from _rewriting(at)
    yield from _figures(at)


def _rewriting(at: Situation) -> Iterator[Obstacle]:
    """Sentences that lost words of a withdrawn card are still to be written again."""
    found = [section.key for section in at.content.sections for _ in range(section.body.count(GONE))]
    if found:
        yield Obstacle("words_gone", f"text:{found[0]}", {"count": len(found)})


def _figures(at: Situation) -> Iterator[Obstacle]:
    for flag in at.flags:
        if flag.kind == "vote_gap":
            yield Obstacle("vote_gap", f"text:{flag.section}", {"ref": flag.ref, "sentence": flag.sentence})


_NOTICES = {SEND: _before_sending, APPROVE: _before_approving, PUBLISH: _before_publishing}


def first(found: Iterable[Obstacle], code: str) -> Obstacle | None:
    """Return the first obstacle of a code, or None."""
    return next((one for one in found if one.code == code), None)
