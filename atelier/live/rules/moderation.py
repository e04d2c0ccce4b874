"""Moderation by the desk: keep, hide with a motive, un-hide, project; questions answered (R-257, D-17).

Every act but « répondu » is a line of the log: who, when, which card, why. A hidden card is never on the projector.

Refusals: unknown_card, already_withdrawn, card_hidden {number}, merged_card {number, into}, unknown_motive,
motive_needed, too_long {limit}, not_hidden, not_a_question.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from atelier.errors import Refusal
from atelier.live.messages import Decider, Decision, Evolver, words
from atelier.live.state import Actor, Contribution, LiveState, logged, with_contribution

MOTIVES = ("attack", "hate", "third_party_data", "off_topic", "duplicate", "other")
NOTE_LIMIT = 200  # characters


@dataclass(frozen=True, slots=True)
class KeepContribution:
    number: int


@dataclass(frozen=True, slots=True)
class HideContribution:
    """`motive` is one of MOTIVES; `note`, the desk's own words beside it, is asked for with « autre »."""

    number: int
    motive: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class UnhideContribution:
    """Back to what the card was before: kept, or waiting."""

    number: int


@dataclass(frozen=True, slots=True)
class ProjectContribution:
    """Put a card on the projector (`on`), which keeps it, or take it off."""

    number: int
    on: bool = True


@dataclass(frozen=True, slots=True)
class MarkAnswered:
    number: int
    on: bool = True


@dataclass(frozen=True, slots=True)
class ContributionKept:
    number: int
    by: str


@dataclass(frozen=True, slots=True)
class ContributionHidden:
    number: int
    motive: str
    by: str
    note: str = words("C:{number}", default="")


@dataclass(frozen=True, slots=True)
class ContributionUnhidden:
    number: int
    by: str


@dataclass(frozen=True, slots=True)
class ContributionProjected:
    number: int
    on: bool
    by: str


@dataclass(frozen=True, slots=True)
class QuestionAnswered:
    number: int
    on: bool


def live_card(state: LiveState, number: int) -> Contribution | Refusal:
    """Return a card that exists and was not withdrawn."""
    card = state.contributions.get(number)
    if card is None:
        return Refusal("unknown_card")
    return Refusal("already_withdrawn", {"number": number}) if card.status == "withdrawn" else card


def showable_card(state: LiveState, number: int) -> Contribution | Refusal:
    """Return a card that stands by itself and is not hidden: what may be grouped, merged and projected."""
    card = live_card(state, number)
    if isinstance(card, Refusal):
        return card
    if card.merged_into is not None:
        return Refusal("merged_card", {"number": number, "into": card.merged_into})
    return Refusal("card_hidden", {"number": number}) if card.status == "hidden" else card


def kept_by(actor: Actor, *cards: Contribution) -> tuple[ContributionKept, ...]:
    """Return what keeps those of `cards` that wait: the desk that groups, merges or projects a card has read it."""
    return tuple(ContributionKept(card.number, actor.signature) for card in cards if card.status == "held")


def decide_keep_contribution(
    command: KeepContribution, state: LiveState, actor: Actor, now: datetime
) -> Decision:
    card = live_card(state, command.number)
    if isinstance(card, Refusal):
        return card
    if card.status == "hidden":
        return Refusal("card_hidden", {"number": card.number})
    return kept_by(actor, card)


def evolve_contribution_kept(state: LiveState, event: ContributionKept, at: datetime | None) -> LiveState:
    state = with_contribution(state, event.number, status="kept")
    return logged(state, at, "keep_contribution", event.by, number=event.number)


def decide_hide_contribution(
    command: HideContribution, state: LiveState, actor: Actor, now: datetime
) -> Decision:
    card = live_card(state, command.number)
    if isinstance(card, Refusal):
        return card
    note = command.note.strip()
    if command.motive not in MOTIVES:
        return Refusal("unknown_motive")
    if command.motive == "other" and not note:
        return Refusal("motive_needed")
    if len(note) > NOTE_LIMIT:
        return Refusal("too_long", {"limit": NOTE_LIMIT})
    if (card.status, card.motive, card.motive_note) == ("hidden", command.motive, note):
        return ()
    return (ContributionHidden(card.number, command.motive, actor.signature, note),)


def evolve_contribution_hidden(state: LiveState, event: ContributionHidden, at: datetime | None) -> LiveState:
    card = state.contributions[event.number]
    state = with_contribution(
        state,
        event.number,
        status="hidden",
        status_before=card.status_before if card.status == "hidden" else card.status,
        motive=event.motive,
        motive_note=event.note,
        hidden_by=event.by,
        on_screen=False,
    )
    return logged(
        state, at, "hide_contribution", event.by, number=event.number, motive=event.motive, note=event.note
    )


def decide_unhide_contribution(
    command: UnhideContribution, state: LiveState, actor: Actor, now: datetime
) -> Decision:
    card = live_card(state, command.number)
    if isinstance(card, Refusal):
        return card
    if card.status != "hidden":
        return Refusal("not_hidden")
    return (ContributionUnhidden(card.number, actor.signature),)


def evolve_contribution_unhidden(
    state: LiveState, event: ContributionUnhidden, at: datetime | None
) -> LiveState:
    status = state.contributions[event.number].status_before
    state = with_contribution(
        state, event.number, status=status, status_before="", motive="", motive_note="", hidden_by=""
    )
    return logged(state, at, "unhide_contribution", event.by, number=event.number)


def decide_project_contribution(
    command: ProjectContribution, state: LiveState, actor: Actor, now: datetime
) -> Decision:
    card = live_card(state, command.number) if not command.on else showable_card(state, command.number)
    if isinstance(card, Refusal):
        return card
    if card.on_screen == command.on:
        return ()
    projected = ContributionProjected(card.number, command.on, actor.signature)
    return (*kept_by(actor, card), projected) if command.on else (projected,)


def evolve_contribution_projected(
    state: LiveState, event: ContributionProjected, at: datetime | None
) -> LiveState:
    was = state.contributions[event.number].was_on_screen
    state = with_contribution(state, event.number, on_screen=event.on, was_on_screen=was or event.on)
    return logged(state, at, "project_contribution", event.by, number=event.number, on=event.on)


def decide_mark_answered(command: MarkAnswered, state: LiveState, actor: Actor, now: datetime) -> Decision:
    card = live_card(state, command.number)
    if isinstance(card, Refusal):
        return card
    if card.kind != "question":
        return Refusal("not_a_question")
    return () if card.answered == command.on else (QuestionAnswered(card.number, command.on),)


def evolve_question_answered(state: LiveState, event: QuestionAnswered, at: datetime | None) -> LiveState:
    return with_contribution(state, event.number, answered=event.on)


DECIDERS: Mapping[type, Decider] = {
    KeepContribution: decide_keep_contribution,
    HideContribution: decide_hide_contribution,
    UnhideContribution: decide_unhide_contribution,
    ProjectContribution: decide_project_contribution,
    MarkAnswered: decide_mark_answered,
}
EVOLVERS: Mapping[type, Evolver] = {
    ContributionKept: evolve_contribution_kept,
    ContributionHidden: evolve_contribution_hidden,
    ContributionUnhidden: evolve_contribution_unhidden,
    ContributionProjected: evolve_contribution_projected,
    QuestionAnswered: evolve_question_answered,
}
