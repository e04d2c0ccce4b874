"""Paper ballots, entered by the desk before the reveal (D-5, R-240).

Their subtotals live with the seals and die at the reveal; state keeps their number (« dont n papier »). Entering again
replaces. More paper than people without a phone warns and never blocks.

Refuses: `unknown_activity`, `not_a_vote`, `activity_not_open`, `already_revealed` {at}, `vote_annulled`, and the codes
of InvalidPaper (methods/contract.py; `one_by_one_required` under 5 ballots).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from atelier.errors import Refusal
from atelier.live.messages import Decider, Decision, Evolver, secret
from atelier.live.methods.contract import InvalidPaper
from atelier.live.methods.counting import paper_size
from atelier.live.methods.paper import paper_warnings
from atelier.live.rules.voting import option_keys
from atelier.live.state import Activity, Actor, LiveState, logged, with_activity
from atelier.live.voting_methods import METHODS


@dataclass(frozen=True, slots=True)
class EnterPaper:
    """All the paper ballots of a vote: totals, or one by one (methods/contract.py, Paper)."""

    activity: str
    paper: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PaperEntered:
    """`ballots` paper ballots stand in the box, in place of those entered before."""

    activity: str
    round: int
    ballots: int
    by: str
    warnings: tuple[str, ...] = ()
    paper: Mapping[str, Any] | None = secret()


def decide_enter_paper(command: EnterPaper, state: LiveState, actor: Actor, now: datetime) -> Decision:
    activity = vote_before_reveal(state, command.activity)
    if isinstance(activity, Refusal):
        return activity
    try:
        paper = METHODS[activity.kind].check_paper(command.paper, activity.settings, option_keys(activity))
    except InvalidPaper as invalid:
        return Refusal(invalid.code, invalid.params)
    ballots = paper_size(paper)
    warnings = paper_warnings(ballots, state.without_phone)
    return (PaperEntered(activity.key, activity.round, ballots, actor.signature, warnings, paper),)


def vote_before_reveal(state: LiveState, key: str) -> Activity | Refusal:
    """Return the vote if it is open, or closed and not revealed."""
    activity = state.activities.get(key)
    if activity is None:
        return Refusal("unknown_activity")
    if not activity.is_vote:
        return Refusal("not_a_vote")
    refusals = {
        "planned": Refusal("activity_not_open"),
        "revealed": Refusal("already_revealed", {"at": activity.revealed_at}),
        "annulled": Refusal("vote_annulled"),
    }
    return refusals.get(activity.phase, activity)


def evolve_paper_entered(state: LiveState, event: PaperEntered, at: datetime | None) -> LiveState:
    state = with_activity(state, event.activity, paper=event.ballots)
    return logged(
        state,
        at,
        "enter_paper",
        event.by,
        activity=event.activity,
        round=event.round,
        ballots=event.ballots,
        warnings=event.warnings,
    )


DECIDERS: Mapping[type, Decider] = {EnterPaper: decide_enter_paper}
EVOLVERS: Mapping[type, Evolver] = {PaperEntered: evolve_paper_entered}
