"""A vote of the evening, from its opening to its reveal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

from atelier.demonstration.people import AIDE, voters
from atelier.demonstration.replay import Replay, Voter
from atelier.live.rules.activities import CloseActivity, OpenActivity
from atelier.live.rules.paper import EnterPaper
from atelier.live.rules.reveal import RevealResult
from atelier.live.rules.voting import CastBallot

BLANK = {"blank": True}
ABSTAIN = {"abstain": True}
Ballots = Mapping[str, Sequence[Mapping[str, Any]]]  # by college


@dataclass(frozen=True, slots=True)
class Vote:
    """Hours of opening, close and reveal; ballots by college; what was said beside them (college, place) -> words."""

    opens: str
    closes: str
    reveals: str
    ballots: Ballots
    turn: int = 0
    said: Mapping[tuple[str, int], str] = field(default_factory=dict)
    paper: Mapping[str, Any] | None = None


def hold(replay: Replay, activity: str, vote: Vote) -> None:
    """Open, vote, close, enter the paper, reveal."""
    open_and_cast(replay, activity, vote)
    close(replay, activity, vote.closes)
    if vote.paper is not None:
        replay.do(EnterPaper(activity, vote.paper), by=AIDE, after=15)
    replay.hour(vote.reveals)
    replay.do(RevealResult(activity))
    replay.commit()


def open_and_cast(replay: Replay, activity: str, vote: Vote) -> None:
    """Open the vote and let the ballots come in, spread over the time that it stays open."""
    replay.hour(vote.closes)
    closes = replay.now
    replay.hour(vote.opens)
    replay.do(OpenActivity(activity), after=0)
    cast = in_turn(vote)
    pause = (closes - replay.now).total_seconds() / (len(cast) + 2)
    for (name, slot), ballot, said in cast:
        replay.do(CastBallot(activity, slot, ballot, said), by=name, after=pause)


def close(replay: Replay, activity: str, hour: str) -> None:
    replay.hour(hour)
    replay.do(CloseActivity(activity), after=0)


def in_turn(vote: Vote) -> list[tuple[Voter, Mapping[str, Any], str]]:
    """Return who casts what, one of each college after the other, as they would come."""
    queues = [
        [
            (voter, ballot, vote.said.get((college, place), ""))
            for place, (voter, ballot) in enumerate(zip(voters(college, vote.turn), ballots, strict=False))
        ]
        for college, ballots in vote.ballots.items()
    ]
    return [cast for row in zip_longest(*queues) for cast in row if cast is not None]
