"""A vote is corrected by annulling it, with a motive, and holding it again; both stay in the record (D-1).

`Activity.rounds` keeps every earlier round: {round, annulled, motive, annulled_at, by, proposal, ballots, present,
electorate, operators, opened_at, closed_at, revealed_at, reopened, result}. Question and options are the activity's own:
they never change once a vote was opened (agenda_changes.py). A vote that was not revealed is annulled uncounted.

Refuses: `unknown_activity`, `not_a_vote`, `activity_not_open`, `motive_required`, `annul_first`, `session_closed` {at}.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from atelier.errors import Refusal
from atelier.live.messages import Decider, Decision, Evolver, words
from atelier.live.rules.agenda_key import agenda_act
from atelier.live.rules.electorate import ballots_in_box
from atelier.live.rules.results import with_operator
from atelier.live.state import Activity, Actor, LiveState, logged, with_activity


@dataclass(frozen=True, slots=True)
class AnnulVote:
    """Annul a vote that was opened, whether revealed or not. The motive is published with the result."""

    activity: str
    motive: str = ""


@dataclass(frozen=True, slots=True)
class HoldAgain:
    """Prepare a new vote on the same question; it is opened like any other."""

    activity: str


@dataclass(frozen=True, slots=True)
class VoteAnnulled:
    activity: str
    round: int
    by: str
    motive: str = words("V:{activity}:{round}")


@dataclass(frozen=True, slots=True)
class VoteHeldAgain:
    """`round` is the new one."""

    activity: str
    round: int
    by: str


@agenda_act
def decide_annul_vote(command: AnnulVote, state: LiveState, actor: Actor, now: datetime) -> Decision:
    activity = known_vote(state, command.activity)
    if isinstance(activity, Refusal):
        return activity
    if activity.phase == "annulled":
        return ()
    if activity.phase == "planned":
        return Refusal("activity_not_open")
    motive = command.motive.strip()
    if not motive:
        return Refusal("motive_required")
    return (VoteAnnulled(activity.key, activity.round, actor.signature, motive),)


def known_vote(state: LiveState, key: str) -> Activity | Refusal:
    """Return the vote of that key."""
    activity = state.activities.get(key)
    if activity is None:
        return Refusal("unknown_activity")
    return activity if activity.is_vote else Refusal("not_a_vote")


@agenda_act
def decide_hold_again(command: HoldAgain, state: LiveState, actor: Actor, now: datetime) -> Decision:
    activity = known_vote(state, command.activity)
    if isinstance(activity, Refusal):
        return activity
    if state.phase == "closed":
        return Refusal("session_closed", {"at": state.closed_at})
    if activity.phase == "planned" and activity.round > 1:
        return ()
    if activity.phase != "annulled":
        return Refusal("annul_first")
    return (VoteHeldAgain(activity.key, activity.round + 1, actor.signature),)


def kept_round(activity: Activity, **annulment: Any) -> dict[str, Any]:
    """Return what `Activity.rounds` keeps of the round that ends; `annulment`: by, motive, annulled_at."""
    return {
        "round": activity.round,
        "annulled": bool(annulment),
        "motive": "",
        "annulled_at": None,
        "by": "",
        "proposal": activity.settings.get("proposal", ""),
        "ballots": ballots_in_box(activity),
        "present": activity.present,
        "electorate": activity.electorate,
        "operators": activity.operators,
        "opened_at": activity.opened_at,
        "closed_at": activity.closed_at,
        "revealed_at": activity.revealed_at,
        "reopened": activity.reopened,
        "result": activity.result,
        **annulment,
    }


def fresh_round(number: int) -> dict[str, Any]:
    """Return the changes that make an activity planned again, with an empty box, as round `number`."""
    return {
        "phase": "planned",
        "round": number,
        "opened_at": None,
        "closed_at": None,
        "revealed_at": None,
        "closing_at": None,
        "turnout": {},
        "slots": {},
        "electors": None,
        "electorate": 0,
        "present": 0,
        "paper": 0,
        "reopened": (),
        "result": None,
        "operators": (),
    }


def evolve_vote_annulled(state: LiveState, event: VoteAnnulled, at: datetime | None) -> LiveState:
    activity = state.activities[event.activity]
    kept = kept_round(activity, by=event.by, motive=event.motive, annulled_at=at)
    state = with_activity(
        state,
        event.activity,
        phase="annulled",
        closing_at=None,
        result=None,
        rounds=(*activity.rounds, kept),
        operators=with_operator(activity, event.by),
    )
    return logged(
        state,
        at,
        "annul_vote",
        event.by,
        activity=event.activity,
        round=event.round,
        motive=event.motive,
    )


def evolve_vote_held_again(state: LiveState, event: VoteHeldAgain, at: datetime | None) -> LiveState:
    state = with_activity(state, event.activity, **fresh_round(event.round))
    return logged(state, at, "hold_again", event.by, activity=event.activity, round=event.round)


DECIDERS: Mapping[type, Decider] = {AnnulVote: decide_annul_vote, HoldAgain: decide_hold_again}
EVOLVERS: Mapping[type, Evolver] = {
    VoteAnnulled: evolve_vote_annulled,
    VoteHeldAgain: evolve_vote_held_again,
}
