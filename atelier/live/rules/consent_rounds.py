"""Consent in rounds: an objection leads to an amended proposal and a new round; earlier ones are kept (domain §4, 7).

Refuses: `unknown_activity`, `not_a_consent`, `not_revealed`, `already_adopted`, `proposal_required`,
`session_closed` {at}.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from atelier.errors import Refusal
from atelier.live.messages import Decider, Decision, Evolver, words
from atelier.live.rules.agenda_key import agenda_act
from atelier.live.rules.annulment import fresh_round, kept_round
from atelier.live.state import Activity, Actor, LiveState, logged, with_activity, with_item


@dataclass(frozen=True, slots=True)
class NextRound:
    """Put the amended proposal to a new round, which is opened like any vote."""

    activity: str
    proposal: str = ""


@dataclass(frozen=True, slots=True)
class RoundPrepared:
    """`round` is the new one."""

    activity: str
    round: int
    by: str
    proposal: str = words("R:{activity}:{round}")


@agenda_act
def decide_next_round(command: NextRound, state: LiveState, actor: Actor, now: datetime) -> Decision:
    activity = state.activities.get(command.activity)
    if activity is None:
        return Refusal("unknown_activity")
    refusal = no_next_round(state, activity)
    if refusal:
        return refusal
    proposal = command.proposal.strip()
    if not proposal:
        return Refusal("proposal_required")
    return (RoundPrepared(activity.key, activity.round + 1, actor.signature, proposal),)


def no_next_round(state: LiveState, activity: Activity) -> Refusal | None:
    """Say why there is nothing to amend: only a revealed proposal that was not adopted has a next round."""
    if activity.kind != "consent":
        return Refusal("not_a_consent")
    if state.phase == "closed":
        return Refusal("session_closed", {"at": state.closed_at})
    if activity.phase != "revealed" or activity.result is None:
        return Refusal("not_revealed")
    return Refusal("already_adopted") if activity.result["adopted"] else None


def evolve_round_prepared(state: LiveState, event: RoundPrepared, at: datetime | None) -> LiveState:
    activity = state.activities[event.activity]
    state = with_activity(
        state,
        event.activity,
        settings=with_item(activity.settings, "proposal", event.proposal),
        rounds=(*activity.rounds, kept_round(activity)),
        **fresh_round(event.round),
    )
    return logged(state, at, "next_round", event.by, activity=event.activity, round=event.round)


DECIDERS: Mapping[type, Decider] = {NextRound: decide_next_round}
EVOLVERS: Mapping[type, Evolver] = {RoundPrepared: evolve_round_prepared}
