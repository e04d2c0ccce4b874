"""Rewording by the desk: the author's words stay beneath, come back in one act, and the author is told (R-205, R-206).

On a merged card that has a wording of its own, it is that wording which is replaced, and given back.

Refusals: unknown_card, already_withdrawn, merged_card {number, into}, earlier_session, empty_text, too_long {limit},
not_reworded.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from atelier.errors import Refusal
from atelier.live.messages import Decider, Decision, Evolver, words
from atelier.live.rules.card_fit import length_limit
from atelier.live.rules.copies import copied_cards, with_copies
from atelier.live.rules.moderation import live_card
from atelier.live.rules.numbering import next_key, with_key_taken
from atelier.live.state import Actor, Contribution, LiveState, Wording, logged, with_contribution


@dataclass(frozen=True, slots=True)
class RewordContribution:
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class UndoRewording:
    number: int


@dataclass(frozen=True, slots=True)
class ContributionReworded:
    """`copied_from`: the cards that the new words repeat, whose withdrawal blanks them."""

    number: int
    wording: str
    text: str = words("W:{wording}")
    copied_from: tuple[int, ...] = ()
    by: str = ""


@dataclass(frozen=True, slots=True)
class RewordingUndone:
    number: int
    by: str


def decide_reword_contribution(
    command: RewordContribution, state: LiveState, actor: Actor, now: datetime
) -> Decision:
    card = rewordable(state, command.number)
    if isinstance(card, Refusal):
        return card
    text = command.text.strip()
    refusal = unfit_wording(state, card, text)
    if refusal:
        return refusal
    if text == card.words:
        return ()
    if card.merged is None and text == card.text:
        return (RewordingUndone(card.number, actor.signature),)
    wording = next_key(state, "w")
    copies = copied_cards(state, card.activity, text)
    return (ContributionReworded(card.number, wording, text, copies, actor.signature),)


def rewordable(state: LiveState, number: int) -> Contribution | Refusal:
    """Return a card that the desk may reword: also a hidden one, so that it can be shown without a name."""
    card = live_card(state, number)
    if isinstance(card, Refusal):
        return card
    if card.merged_into is not None:
        return Refusal("merged_card", {"number": number, "into": card.merged_into})
    return Refusal("earlier_session") if card.origin else card


def unfit_wording(state: LiveState, card: Contribution, text: str) -> Refusal | None:
    """Refuse words of the desk that are empty, or longer than the activity allows and than the card itself."""
    if not text:
        return Refusal("empty_text")
    limit = length_limit(state.activities[card.activity])
    if limit and len(text) > max(limit, len(card.text)):
        return Refusal("too_long", {"limit": limit})
    return None


def evolve_contribution_reworded(
    state: LiveState, event: ContributionReworded, at: datetime | None
) -> LiveState:
    card = state.contributions[event.number]
    if card.merged is not None:
        state = with_contribution(
            state, event.number, merged=Wording(event.wording, event.text, before=card.merged)
        )
        state = with_copies(state, event.copied_from, event.wording)
    else:
        state = with_contribution(
            state, event.number, reworded=event.text, reworded_by=event.by, reworded_key=event.wording
        )
        state = with_copies(state, {event.number, *event.copied_from}, event.wording)
    state = with_key_taken(state, event.wording)
    return logged(state, at, "reword_contribution", event.by, number=event.number)


def decide_undo_rewording(command: UndoRewording, state: LiveState, actor: Actor, now: datetime) -> Decision:
    card = live_card(state, command.number)
    if isinstance(card, Refusal):
        return card
    reworded = card.reworded is not None if card.merged is None else card.merged.before is not None
    return (RewordingUndone(card.number, actor.signature),) if reworded else Refusal("not_reworded")


def evolve_rewording_undone(state: LiveState, event: RewordingUndone, at: datetime | None) -> LiveState:
    card = state.contributions[event.number]
    if card.merged is not None:
        state = with_contribution(state, event.number, merged=card.merged.before)
    else:
        state = with_contribution(state, event.number, reworded=None, reworded_by="", reworded_key="")
    return logged(state, at, "undo_rewording", event.by, number=event.number)


DECIDERS: Mapping[type, Decider] = {
    RewordContribution: decide_reword_contribution,
    UndoRewording: decide_undo_rewording,
}
EVOLVERS: Mapping[type, Evolver] = {
    ContributionReworded: evolve_contribution_reworded,
    RewordingUndone: evolve_rewording_undone,
}
