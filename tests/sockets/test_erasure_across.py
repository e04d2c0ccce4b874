"""Words withdrawn in a séance leave those that continue it: recap, ranking, questions, boards that go on (R-077, erasure).

Each walk first finds the words in every séance, so that finding nothing means something.
"""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import text

from atelier import tables
from atelier.db import Database
from atelier.live.continuing import FOLLOWER, Continuing
from atelier.live.desk import Act
from atelier.live.followers import Followers
from atelier.live.messages import Command
from atelier.live.recap import imports_of, recap
from atelier.live.recording import FOLLOWER as RECORD
from atelier.live.recording import Recorder
from atelier.live.rules.activities import CloseActivity, OpenActivity
from atelier.live.rules.agenda import GoTo
from atelier.live.rules.closing import CloseSession
from atelier.live.rules.clusters import CreateCluster
from atelier.live.rules.contributions import SubmitContribution
from atelier.live.rules.opening import OpenSession
from atelier.live.rules.reveal import RevealResult
from atelier.live.rules.voting import CastBallot
from atelier.live.rules.withdrawal import WithdrawContribution
from atelier.live.state import LiveState
from atelier.workshops.models import WorkshopSession
from tests.conftest import FakeClock
from tests.factories import EVENING, NADIA, chantier_sequences, make_activity, make_sequence, make_snapshot
from tests.sockets.ground import SESSION, RealEvening

SECOND, THIRD = 2, 3
WORDS = "Le chauffage tombe en panne chaque hiver"
OTHER = "Le parc ferme trop tot"  # plain letters: JSON in a column escapes the others
ASKED = "Qui a la cle du local des jeunes"


def first_evening() -> dict[str, Any]:
    vote = make_activity("a20", "dot_vote", "Que choisir ?", settings={"options_from": "a3", "dots": 3})
    return make_snapshot([*chantier_sequences(), make_sequence("s20", "Priorités", 5, vote)])


class Cycle(RealEvening):
    """Three séances, each continuing the one before, and their followers, fed by hand."""

    def __init__(self, database: Database, clock: FakeClock) -> None:
        super().__init__(database, clock, first_evening())
        self.followers = Followers(self.desk)
        self.followers.follow(RECORD, Recorder(self.desk).handle)
        self.followers.follow(FOLLOWER, Continuing(self.desk).handle)
        self.desk.told.append(self.followers.told)
        with database.writing() as db:
            for number, before in ((SECOND, SESSION), (THIRD, SECOND)):
                row = {"reference": f"CHA{number}", "code": f"48213{number}", "continues": before}
                db.add(WorkshopSession(id=number, owner_id=1, title="Suite", created_at=EVENING, **row))
        self.join("Samira")
        self.act(GoTo("s2", "a2"))
        self.act(OpenActivity("a2"))
        self.asked = int(self.act(SubmitContribution("a2", ASKED), "Samira")["number"])
        self.act(GoTo("s3", "a3"))
        self.act(OpenActivity("a3"))
        self.number, other = (
            int(self.act(SubmitContribution("a3", words, column="minus"), "Samira")["number"])
            for words in (WORDS, OTHER)
        )
        self.act(CreateCluster("a3", WORDS, "minus", (self.number,)))
        self.act(CreateCluster("a3", "Le parc", "minus", (other,)))
        self.act(GoTo("s20", "a20"))
        self.act(OpenActivity("a20"))
        self.act(CastBallot("a20", ballot={"dots": {"o1": 2}}), "Samira")
        self.act(CloseActivity("a20"))
        self.act(RevealResult("a20"))
        self.act(CloseSession())

    def in_seance(self, number: int, command: Command) -> None:
        self._count += 1
        answer = self.desk.perform(Act(number, NADIA, f"act-{self._count:06d}", command))
        assert answer["ok"], (command, answer)

    def snapshot_after(self, before: int) -> dict[str, Any]:
        """Return what opens the séance that continues `before`, as the door makes it."""
        state = self.desk.state(before)
        board = make_activity(
            "a3", "board", "Forces et faiblesses", settings={"continues": "a3", **columns()}
        )
        made = make_snapshot([make_sequence("s1", "On continue", 20, board)], previous=recap(state))
        made["meeting"]["reference"] = f"CHA{before + 1}"
        return {**made, "imports": imports_of(state, [board])}

    def open_next(self, before: int) -> None:
        self.in_seance(before + 1, OpenSession(snapshot=self.snapshot_after(before)))

    def found(self, words: str = WORDS) -> dict[str, int]:
        """Return, for each table, how many rows hold the words, in any column."""
        counts = {}
        with self.database.reading() as db:
            for table in tables.metadata.sorted_tables:
                rows = db.execute(text(f'SELECT * FROM "{table.name}"')).all()
                count = sum(1 for row in rows if any(words in str(value) for value in row))
                if count:
                    counts[table.name] = count
        return counts


def columns() -> dict[str, Any]:
    return {"columns": [{"key": "c1", "label": "Faiblesses", "sign": "minus", "prompt": ""}]}


def said(state: LiveState) -> str:
    return repr(state)


@pytest.fixture
def cycle(database: Database, clock: FakeClock) -> Cycle:
    return Cycle(database, clock)


def test_words_withdrawn_in_a_seance_leave_every_seance_that_continues_it(cycle: Cycle) -> None:
    cycle.open_next(SESSION)
    cycle.open_next(SECOND)
    cycle.followers.drain()
    previous = cycle.desk.state(SECOND).meeting.previous
    assert [item["title"] for item in previous["clusters"]] == [WORDS, "Le parc"]
    assert previous["ranking"][0]["text"] == WORDS
    assert [WORDS in said(cycle.desk.state(number)) for number in (SESSION, SECOND, THIRD)] == [True] * 3
    assert cycle.found() == {"words": 10, "record": 3}
    cycle.act(WithdrawContribution(cycle.number), "Samira")
    cycle.followers.drain()
    assert cycle.found() == {}
    for number in (SESSION, SECOND, THIRD):
        assert WORDS not in said(cycle.desk.state(number))
    left = cycle.desk.state(SECOND).meeting.previous
    assert [item["title"] for item in left["clusters"]] == ["", "Le parc"]
    assert cycle.found(OTHER) != {}


def test_a_question_withdrawn_leaves_the_recap(cycle: Cycle) -> None:
    cycle.open_next(SESSION)
    assert ASKED in said(cycle.desk.state(SECOND))
    cycle.act(WithdrawContribution(cycle.asked), "Samira")
    cycle.followers.drain()
    assert ASKED not in said(cycle.desk.state(SECOND))
    assert cycle.found(ASKED) == {}


def test_what_another_process_folds_is_the_same_seance(cycle: Cycle) -> None:
    cycle.open_next(SESSION)
    cycle.act(WithdrawContribution(cycle.number), "Samira")
    cycle.followers.drain()
    lived = cycle.desk.state(SECOND)
    cycle.desk.forget(SECOND)
    assert cycle.desk.state(SECOND) == lived


def test_a_withdrawal_between_the_reading_of_the_recap_and_the_opening_is_heard(cycle: Cycle) -> None:
    snapshot = cycle.snapshot_after(SESSION)
    cycle.act(WithdrawContribution(cycle.number), "Samira")
    cycle.followers.drain()
    cycle.in_seance(SECOND, OpenSession(snapshot=snapshot))
    assert cycle.found() != {}
    cycle.followers.drain()
    assert cycle.found() == {}


def test_a_withdrawal_told_twice_changes_nothing_more(cycle: Cycle) -> None:
    cycle.open_next(SESSION)
    cycle.act(WithdrawContribution(cycle.number), "Samira")
    cycle.followers.drain()
    seq = cycle.desk.state(SECOND).seq
    fresh = Followers(cycle.desk)
    fresh.follow("continuing-again", Continuing(cycle.desk).handle)
    fresh.wake(SESSION, SECOND)
    fresh.drain()
    assert cycle.desk.state(SECOND).seq == seq


def test_a_seance_that_continues_another_and_is_not_open_yet_opens_without_the_words(cycle: Cycle) -> None:
    cycle.act(WithdrawContribution(cycle.number), "Samira")
    cycle.followers.drain()
    cycle.open_next(SESSION)
    assert WORDS not in said(cycle.desk.state(SECOND))
