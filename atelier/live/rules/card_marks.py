"""What a person says about a card without changing its words: support, « mal rangée », consents (D-15, R-252, R-253).

Refusals: those of `access_to_activity` and of `contributions.own_card`; unknown_card, own_question, anonymous_activity.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from atelier.errors import Refusal
from atelier.live.messages import Decider, Decision, Evolver
from atelier.live.rules.access_to_activity import activity_open_to
from atelier.live.rules.contributions import own_card
from atelier.live.state import Actor, LiveState, with_contribution


@dataclass(frozen=True, slots=True)
class SupportContribution:
    """Give (`on`) or take back an upvote to a question."""

    number: int
    on: bool = True


@dataclass(frozen=True, slots=True)
class ReportMisplaced:
    """« Ma carte est mal rangée »: the author tells the desk (`on`), or says that it is settled."""

    number: int
    on: bool = True


@dataclass(frozen=True, slots=True)
class ValidateContribution:
    """The author accepts (`on`), or no longer, that the card goes to the compte rendu (D-15). Also after the close."""

    number: int
    on: bool = True


@dataclass(frozen=True, slots=True)
class AllowName:
    """The author accepts (`on`), or no longer, that their name goes with the card. Also after the close."""

    number: int
    on: bool = True


@dataclass(frozen=True, slots=True)
class ContributionSupported:
    number: int
    voter: str
    on: bool


@dataclass(frozen=True, slots=True)
class MisplacedReported:
    number: int
    on: bool


@dataclass(frozen=True, slots=True)
class ContributionValidated:
    number: int
    on: bool


@dataclass(frozen=True, slots=True)
class NameAllowed:
    number: int
    on: bool


def decide_support_contribution(
    command: SupportContribution, state: LiveState, actor: Actor, now: datetime
) -> Decision:
    card = state.contributions.get(command.number)
    if card is None or card.status != "kept" or not card.standing or card.kind != "question":
        return Refusal("unknown_card")
    activity = activity_open_to(state, card.activity, actor, now)
    if isinstance(activity, Refusal):
        return activity
    if card.author == actor.id:
        return Refusal("own_question")
    if (actor.id in card.upvotes) == command.on:
        return ()
    return (ContributionSupported(card.number, actor.id, command.on),)


def evolve_contribution_supported(
    state: LiveState, event: ContributionSupported, at: datetime | None
) -> LiveState:
    voters = state.contributions[event.number].upvotes
    changed = voters | {event.voter} if event.on else voters - {event.voter}
    return with_contribution(state, event.number, upvotes=changed)


def decide_report_misplaced(
    command: ReportMisplaced, state: LiveState, actor: Actor, now: datetime
) -> Decision:
    card = own_card(state, command.number, actor)
    if isinstance(card, Refusal):
        return card
    return () if card.misplaced == command.on else (MisplacedReported(card.number, command.on),)


def evolve_misplaced_reported(state: LiveState, event: MisplacedReported, at: datetime | None) -> LiveState:
    return with_contribution(state, event.number, misplaced=event.on)


def decide_validate_contribution(
    command: ValidateContribution, state: LiveState, actor: Actor, now: datetime
) -> Decision:
    card = own_card(state, command.number, actor)
    if isinstance(card, Refusal):
        return card
    return () if card.validated == command.on else (ContributionValidated(card.number, command.on),)


def evolve_contribution_validated(
    state: LiveState, event: ContributionValidated, at: datetime | None
) -> LiveState:
    return with_contribution(state, event.number, validated=event.on)


def decide_allow_name(command: AllowName, state: LiveState, actor: Actor, now: datetime) -> Decision:
    card = own_card(state, command.number, actor)
    if isinstance(card, Refusal):
        return card
    if state.activities[card.activity].anonymity == "anonymous":
        return Refusal("anonymous_activity")
    return () if card.name_consent == command.on else (NameAllowed(card.number, command.on),)


def evolve_name_allowed(state: LiveState, event: NameAllowed, at: datetime | None) -> LiveState:
    fields = dict(state.contributions[event.number].fields)
    if not event.on and "who" in fields:
        fields["who"] = ""
    return with_contribution(state, event.number, name_consent=event.on, fields=fields)


DECIDERS: Mapping[type, Decider] = {
    SupportContribution: decide_support_contribution,
    ReportMisplaced: decide_report_misplaced,
    ValidateContribution: decide_validate_contribution,
    AllowName: decide_allow_name,
}
EVOLVERS: Mapping[type, Evolver] = {
    ContributionSupported: evolve_contribution_supported,
    MisplacedReported: evolve_misplaced_reported,
    ContributionValidated: evolve_contribution_validated,
    NameAllowed: evolve_name_allowed,
}
