"""Random cuts, retries, duplicates, reorders and restarts: nothing is lost, nothing is counted twice.

A phone is modelled by its outbox alone: what it wrote, what it believes settled. The network may lose an act before the server,
lose the answer after the commit, deliver an act again later, or the process may be replaced at any moment.
"""

from __future__ import annotations

import random
import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import event

from atelier import tables
from atelier.clock import utc_now
from atelier.db import Database
from atelier.live.desk import Act, Answer, Desk
from atelier.live.rules.activities import CloseActivity, OpenActivity
from atelier.live.rules.agenda import GoTo
from atelier.live.rules.contributions import SubmitContribution
from atelier.live.rules.voting import CastBallot
from tests.sockets.ground import SESSION, RealEvening

SAMPLE = 40
LONG = 10_000
PEOPLE = ("Samira", "Jean-Luc", "Odile")
CARDS_EACH = 3


@dataclass
class Outbox:
    """What one phone has to send, in order, and the answers it got."""

    acts: list[Act]
    answers: dict[str, Answer] = field(default_factory=dict)

    def waiting(self) -> list[Act]:
        return [act for act in self.acts if act.id not in self.answers]


class Network:
    """Between phones and the server, with every fault of a village hall."""

    def __init__(self, evening: RealEvening, chance: random.Random) -> None:
        self.evening = evening
        self.chance = chance
        self.late: list[Act] = []  # copies that will arrive again

    def send(self, outbox: Outbox, act: Act) -> None:
        fault = self.chance.random()
        if fault < 0.2:
            return  # lost before the server
        if fault < 0.3:
            self.late.append(act)
        answer = self.evening.desk.perform(act)
        if fault < 0.5:
            return  # the answer is lost: the phone will send it again
        outbox.answers[act.id] = answer

    def deliver_late(self) -> None:
        self.chance.shuffle(self.late)
        while self.late and self.chance.random() < 0.5:
            self.evening.desk.perform(self.late.pop())

    def restart(self) -> None:
        self.evening.desk = Desk(self.evening.database, self.evening.secret, self.evening.clock)


def run_once(database: Database, seed: int) -> None:
    """Play one random evening to the end, and count."""
    chance = random.Random(seed)
    evening = RealEvening(database, utc_now)
    for name in PEOPLE:
        evening.join(name)
    evening.act(GoTo("s3", "a3"))
    evening.act(OpenActivity("a3"))
    evening.act(OpenActivity("a4"))
    outboxes = {name: outbox_of(evening, name) for name in PEOPLE}
    network = Network(evening, chance)
    while any(outbox.waiting() for outbox in outboxes.values()):
        name = chance.choice(PEOPLE)
        waiting = outboxes[name].waiting()
        if waiting:
            network.send(outboxes[name], waiting[0])
        network.deliver_late()
        if chance.random() < 0.1:
            network.restart()
    while network.late:
        network.deliver_late()
    evening.act(CloseActivity("a4"))
    check(evening, outboxes)


def outbox_of(evening: RealEvening, name: str) -> Outbox:
    cards = [
        evening.act_of(
            SubmitContribution("a3", f"{name}, idée {n}", column="plus"), name, id=f"card-{name}-{n}"
        )
        for n in range(CARDS_EACH)
    ]
    ballots = [
        evening.act_of(CastBallot("a4", ballot={"dots": {option: 1}}), name, id=f"ballot-{name}-{option}")
        for option in ("o1", "o2")
    ]
    return Outbox(cards + ballots)


def check(evening: RealEvening, outboxes: dict[str, Outbox]) -> None:
    """Every acknowledged card is there once; every person has one ballot; reload gives the same."""
    wanted = sorted(f"{name}, idée {n}" for name in PEOPLE for n in range(CARDS_EACH))
    state = evening.reloaded()
    assert sorted(card.text for card in state.contributions.values()) == wanted
    assert dict(state.activities["a4"].turnout) == {evening.keys[name]: 1 for name in PEOPLE}
    assert all(answer["ok"] for outbox in outboxes.values() for answer in outbox.answers.values())
    numbers = [
        answer["number"]
        for outbox in outboxes.values()
        for answer in outbox.answers.values()
        if "number" in answer
    ]
    assert sorted(numbers) == sorted(state.contributions)
    assert evening.desk.state(SESSION) == state


def run_many(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        empty = Path(folder) / "empty.db"
        made = Database(f"sqlite:///{empty}")
        tables.metadata.create_all(made.writer)
        made.checkpoint()
        made.dispose()
        for seed in range(count):
            path = Path(folder) / f"{seed}.db"
            shutil.copyfile(empty, path)
            database = hurried(path)
            try:
                run_once(database, seed)
            except AssertionError as error:
                raise AssertionError(f"seed {seed}") from error
            finally:
                database.dispose()
                for left in Path(folder).glob(f"{seed}.db*"):
                    left.unlink()


def hurried(path: Path) -> Database:
    """Return a database that does not wait for the disk: what is tested here is the order of things, not crashes."""
    database = Database(f"sqlite:///{path}")
    event.listen(database.writer, "connect", lambda raw, _: raw.execute("PRAGMA synchronous=OFF"))
    return database


def test_random_cuts_and_retries_lose_and_double_nothing() -> None:
    run_many(SAMPLE)


@pytest.mark.soak
@pytest.mark.timeout(0)
def test_random_cuts_and_retries_ten_thousand_times() -> None:
    run_many(LONG)
