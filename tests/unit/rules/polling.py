"""A polling station: a played séance with a ballot box, as the desk keeps one for real (sealed, replaced, emptied)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from atelier.errors import Refusal
from atelier.live.messages import Command, Event
from atelier.live.rules.annulment import VoteAnnulled
from atelier.live.rules.paper import EnterPaper, PaperEntered
from atelier.live.rules.reveal import RevealResult, VoteRevealed
from atelier.live.rules.voting import BallotReceived, CastBallot
from atelier.live.state import Actor
from tests.factories import NADIA, Play, make_activity, make_play, make_sequence, make_snapshot

FEARS = ("Le bailleur ne vient pas", "Les mêmes parlent", "Qui décide après ?")
BLANK = {"blank": True}
ABSTAIN = {"abstain": True}


@dataclass
class Station:
    """`box` and `papers` hold what the desk would have sealed; the reveal gets it and it is gone."""

    play: Play
    box: dict[tuple[str, str, int], Mapping[str, Any]] = field(default_factory=dict)
    papers: dict[str, Mapping[str, Any]] = field(default_factory=dict)

    def act(self, command: Command, by: Actor | str = NADIA) -> tuple[Event, ...]:
        return tuple(self._kept(event) for event in self.play.act(command, by))

    def refused(self, command: Command, by: Actor | str = NADIA) -> Refusal:
        return self.play.refused(command, by)

    def _kept(self, event: Event) -> Event:
        if isinstance(event, BallotReceived):
            assert event.ballot is not None
            self.box[event.activity, event.voter, event.slot] = event.ballot
        if isinstance(event, PaperEntered):
            assert event.paper is not None
            self.papers[event.activity] = event.paper
        if isinstance(event, VoteRevealed | VoteAnnulled):
            self.papers.pop(event.activity, None)
            self.box = {place: sealed for place, sealed in self.box.items() if place[0] != event.activity}
        return event

    def vote(self, name: Actor | str, ballot: Mapping[str, Any], key: str = "a1", **more: Any) -> Event:
        (event,) = self.act(CastBallot(key, ballot=ballot, **more), by=name)
        return event

    def paper(self, paper: Mapping[str, Any], key: str = "a1", by: Actor | str = NADIA) -> Event:
        (event,) = self.act(EnterPaper(key, paper), by)
        return event

    def reveal_command(self, key: str = "a1") -> RevealResult:
        ballots = [(voter, slot, sealed) for (vote, voter, slot), sealed in self.box.items() if vote == key]
        return RevealResult(key, ballots=tuple(ballots), papers=self.papers.get(key))

    def reveal(self, key: str = "a1", by: Actor | str = NADIA) -> Mapping[str, Any]:
        """Reveal, and return the result that the room reads."""
        self.act(self.reveal_command(key), by)
        result = self.play.activity(key).result
        assert result is not None
        return result

    def close_and_reveal(self, key: str = "a1") -> Mapping[str, Any]:
        self.play.close(key)
        return self.reveal(key)


def make_station(
    people: int = 0,
    kind: str = "dot_vote",
    options: tuple[str, ...] = FEARS,
    settings: Mapping[str, Any] | None = None,
    opened: bool = True,
    meeting: Mapping[str, Any] | None = None,
    **more: Any,
) -> Station:
    """Return a séance with one vote, `a1`, open unless `opened` is False, and `people` joined (their names: factories.NAMES)."""
    vote = make_activity(
        "a1", kind, "Que faut-il comprendre d'abord ?", options=options, settings=dict(settings or {}), **more
    )
    writing = make_activity("a2", "contributions", "Qu'avez-vous vu ?")
    snapshot = make_snapshot([make_sequence("s1", "Vote", 20, vote, writing)], **dict(meeting or {}))
    play = make_play(people, snapshot=snapshot)
    if opened:
        play.open("a1")
    return Station(play)


def dots(**placed: int) -> dict[str, Any]:
    return {"dots": placed}
