"""The reveal: the box is opened, counted and destroyed, in one act; it is final (D-1).

The desk gives the ballots and the paper; both are complete or the reveal is refused: a count that lost a ballot is not
printed. The words of a consent answer become cards of their author in the same decision.

Refuses: `unknown_activity`, `not_a_vote`, `vote_not_closed`, `vote_annulled`, `people_finishing` {count, until} (D-20),
`ballots_missing` {expected, found}, `agenda_held` {by}. A second reveal changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from atelier.errors import Refusal
from atelier.live.messages import Decider, Decision, Evolver, filled
from atelier.live.methods.contract import Paper, Result
from atelier.live.methods.counting import paper_size
from atelier.live.rules.agenda_key import agenda_act
from atelier.live.rules.contributions import ContributionSubmitted, starts_held
from atelier.live.rules.electorate import ballots_in_box, finishing, present_at_close, present_of
from atelier.live.rules.envelope import Filled
from atelier.live.rules.numbering import contribution_number, with_number_taken
from atelier.live.rules.results import counted, pile, with_earlier_rounds, with_operator, with_record
from atelier.live.state import Activity, Actor, LiveState, logged, with_activity

STATEMENT_KINDS = {"reservation": "reservation", "objection": "objection", "withdraw": "withdrawal"}


@dataclass(frozen=True, slots=True)
class RevealResult:
    """`ballots`: (voter key, slot, sealed) of the open box; `papers`: the paper entry, None without one."""

    activity: str
    ballots: Sequence[tuple[str, int, Mapping[str, Any]]] = filled(())
    papers: Mapping[str, Any] | None = filled()


@dataclass(frozen=True, slots=True)
class VoteRevealed:
    """`canonical`: the sorted multiset of ballots, for a recount from the journal; state does not hold it."""

    activity: str
    round: int
    result: Mapping[str, Any]
    canonical: tuple[Mapping[str, Any], ...]
    by: str


@agenda_act
def decide_reveal_result(command: RevealResult, state: LiveState, actor: Actor, now: datetime) -> Decision:
    activity = state.activities.get(command.activity)
    if activity is None:
        return Refusal("unknown_activity")
    if activity.phase == "revealed":
        return ()
    paper = None if command.papers is None else dict(command.papers)
    refusal = not_revealable(state, activity, now) or missing(activity, command.ballots, paper)
    if refusal:
        return refusal
    result = counted(state, activity, command.ballots, paper, present_of(state, activity))
    cards: tuple[ContributionSubmitted, ...] = ()
    if activity.kind == "consent":
        cards = tuple(statements(state, activity, command.ballots))
        result = {**with_earlier_rounds(result, activity), "texts": numbers_by_kind(cards)}
    result = with_record(result, activity, actor.signature, now)
    ballots = pile(command.ballots, paper)
    return (VoteRevealed(activity.key, activity.round, result, ballots, actor.signature), *cards)


def not_revealable(state: LiveState, activity: Activity, now: datetime) -> Refusal | None:
    """Say why the box stays shut."""
    if not activity.is_vote:
        return Refusal("not_a_vote")
    if activity.phase == "annulled":
        return Refusal("vote_annulled")
    if activity.phase != "closed":
        return Refusal("vote_not_closed")
    waiting = finishing(state, activity, now)
    if waiting:
        until = max(state.people[key].extra_until[activity.key] for key in waiting)
        return Refusal("people_finishing", {"count": len(waiting), "until": until})
    return None


def missing(activity: Activity, ballots: Filled, paper: Paper | None) -> Refusal | None:
    """Refuse when the box gave something else than what state knows to be in it (a lost seal, another secret)."""
    received = {(voter, slot) for voter, slots in activity.slots.items() for slot in slots}
    given = {(voter, slot) for voter, slot, _ in ballots}
    if given == received and len(ballots) == len(given) and paper_size(paper) == activity.paper:
        return None
    found = len(ballots) + paper_size(paper)
    return Refusal("ballots_missing", {"expected": ballots_in_box(activity), "found": found})


def statements(state: LiveState, activity: Activity, ballots: Filled) -> Iterator[ContributionSubmitted]:
    """Yield the words of consent answers as cards, in an order that tells nothing of their arrival.

    In an anonymous activity they carry neither college nor table.
    """
    anonymous = activity.anonymity == "anonymous"
    said = sorted(
        (STATEMENT_KINDS[sealed["answer"]], sealed["text"], voter)
        for voter, _, sealed in ballots
        if sealed.get("text")
    )
    for kind, text, voter in said:
        number = contribution_number(state, activity.key, anonymous, 0)
        state = with_number_taken(state, activity.key, number, anonymous)
        person = None if anonymous else state.people.get(voter)
        yield ContributionSubmitted(
            number=number,
            activity=activity.key,
            author=voter,
            text=text,
            kind=kind,
            college=person.college if person else "",
            table=person.table if person else None,
            channel="shared" if person and person.shared else "phone",
            held=starts_held(state, activity),
        )


def numbers_by_kind(cards: tuple[ContributionSubmitted, ...]) -> dict[str, tuple[int, ...]]:
    """Return the numbers of the cards of each kind: C-12 is an objection of this round, and of no other."""
    kinds = sorted({card.kind for card in cards})
    return {kind: tuple(card.number for card in cards if card.kind == kind) for kind in kinds}


def partial_tally(state: LiveState, key: str, ballots: Filled, paper: Paper | None = None) -> Result | None:
    """Return the running tally for the desk, None unless the setting announces it and the vote is not revealed (D-1).

    It counts the people present now; by college it says nothing, since cells fill one ballot at a time.
    """
    activity = state.activities[key]
    if not activity.settings.get("partial_to_desk") or activity.phase not in {"open", "closed"}:
        return None
    present = present_at_close(state, activity) if activity.phase == "open" else present_of(state, activity)
    return {**counted(state, activity, ballots, paper, present), "by_college": None}


def evolve_vote_revealed(state: LiveState, event: VoteRevealed, at: datetime | None) -> LiveState:
    activity = state.activities[event.activity]
    state = with_activity(
        state,
        event.activity,
        phase="revealed",
        revealed_at=at,
        result=event.result,
        operators=with_operator(activity, event.by),
    )
    if state.scene.target == event.activity:
        state = replace(state, scene=replace(state.scene, page=0))  # a result is read from its head
    return logged(state, at, "reveal_result", event.by, activity=event.activity, round=event.round)


DECIDERS: Mapping[type, Decider] = {RevealResult: decide_reveal_result}
EVOLVERS: Mapping[type, Evolver] = {VoteRevealed: evolve_vote_revealed}
