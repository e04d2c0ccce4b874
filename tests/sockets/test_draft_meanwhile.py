"""People write, cards leave, another process drafts, at every moment at which the app looks away: nobody's sentence is lost."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import wraps
from typing import Any

import pytest

from atelier import realtime
from atelier.db import Database
from atelier.live.followers import Followers
from atelier.live.rules.activities import CloseActivity
from atelier.live.rules.closing import CloseSession
from atelier.live.rules.contributions import SubmitContribution
from atelier.live.rules.withdrawal import WithdrawContribution
from atelier.minutes.follower import FOLLOWER, Drafter
from atelier.minutes.operations import drafts, withdrawals
from atelier.minutes.operations.veil import Veil
from atelier.minutes.operations.withdrawals import Withdrawals
from atelier.minutes.room import Room, Stored
from atelier.minutes.rooms import Rooms
from atelier.settings import Settings
from tests.conftest import FakeClock
from tests.documents.hands import OWNER_GUEST, Hand
from tests.sockets.drafted_evening import Drafted
from tests.sockets.ground import SESSION

SECTIONS = ("context", "case", "strengths", "weaknesses", "hypotheses", "promises")
QUOTED = "Une carte que l'on retire sans bruit"


class Process:
    """One process beside others: its rooms, its drafter, what takes words out, its followers of the journal."""

    def __init__(self, evening: Drafted) -> None:
        self.desk = evening.desk
        self.rooms = Rooms(evening.database, evening.clock, self.desk.state)
        self.drafter = Drafter(evening.house, self.desk, self.rooms, self._forget, lambda _: None)
        veil = Veil(evening.database, self.desk.state, evening.secret, str)
        self.withdrawals = Withdrawals(
            evening.database, self.rooms, veil, self.drafter.redraft, self._forget, lambda _: None
        )
        self.followers = Followers(self.desk)
        self.followers.follow(FOLLOWER, self.drafter.handle)
        self.followers.follow(withdrawals.FOLLOWER, self.withdrawals.handle)

    def _forget(self, document_id: int) -> None:
        self.rooms.open(document_id).forget_history()

    def follow(self) -> None:
        self.followers.wake(SESSION)
        self.followers.drain()


class Meanwhile:
    """Two processes and what people do while one of them is busy, drawn by chance."""

    def __init__(self, evening: Drafted, seed: int) -> None:
        self.evening = evening
        self.chance = random.Random(seed)
        self.processes = [Process(evening), Process(evening)]
        self.typed: list[str] = []
        self.busy = False
        self.working = self.processes[0]
        rule = {"statement": "Une règle suffit"}
        self.cards: list[Callable[[], Any]] = [
            lambda: evening.act(SubmitContribution("a4", fields=rule), "Samira"),
            lambda: evening.act(CloseActivity("a4")),
            lambda: evening.act(WithdrawContribution(2), "Jean-Luc"),
        ]
        self.hands: list[Callable[[], Any]] = [*(self.type,) * 8, *(self.other,) * 3]
        self.chance.shuffle(self.hands)

    def work(self) -> None:
        """Each process reads the journal, while something happens."""
        for process in self.processes:
            self.working = process
            process.follow()

    def something_happens(self) -> None:
        """Now and then somebody acts: called wherever the app looks away, or has just looked."""
        acts = self.chance.choice([self.cards, self.hands])
        if not self.busy and acts and self.chance.random() < 0.4:
            self.busy = True
            acts.pop(0)()
            self.busy = False

    def type(self) -> None:
        """Somebody types a sentence of their own, or one that quotes the card, at the end of a part."""
        document = self.evening.row()
        if document is None:
            return
        hand = Hand(
            self.chance.choice(self.processes).rooms.open(document.id), OWNER_GUEST, 100 + len(self.typed)
        )
        sentence = f"Phrase {len(self.typed)} à nous."
        if self.chance.random() < 0.3:
            self._add(hand, f"« {QUOTED} » [C-2], dit-on. {sentence}")
        else:
            self._add(hand, sentence)
        self.typed.append(sentence)

    def _add(self, hand: Hand, words: str) -> None:
        section = self.chance.choice(SECTIONS)
        end = len(hand.text.markdown(section))
        outcome = hand.send(hand.text.editing(lambda text: text.splice(section, end, end, f"\n\n{words}\n")))
        assert isinstance(outcome, Stored), outcome

    def other(self) -> None:
        """The other process does its own work, from end to end."""
        one = next(process for process in self.processes if process is not self.working)
        one.follow()
        one.withdrawals.sweep()


@pytest.mark.parametrize(
    "seed", [*range(10), *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(10, 200))]
)
def test_nobody_s_sentence_is_lost_whatever_happens_meanwhile(
    sqlite_database: Database,
    sqlite_settings: Settings,
    clock: FakeClock,
    monkeypatch: pytest.MonkeyPatch,
    seed: int,
) -> None:
    evening = Drafted(sqlite_database, sqlite_settings, clock)
    evening.open("a3")
    for text, name in (("La parole circule", "Samira"), (QUOTED, "Jean-Luc")):
        evening.act(SubmitContribution("a3", text, column="minus"), name)
    evening.act(CloseActivity("a3"))
    evening.open("a4")
    meanwhile = Meanwhile(evening, seed)

    def watched(owner: Any, name: str) -> None:
        plain = getattr(owner, name)

        @wraps(plain)
        def then(*args: Any, **more: Any) -> Any:
            found = plain(*args, **more)
            meanwhile.something_happens()
            return found

        monkeypatch.setattr(owner, name, then)

    for owner, name in (
        (realtime, "pause"),
        (drafts, "held"),
        (Room, "content"),
        (Room, "write"),
        (Room, "catch_up"),
    ):
        watched(owner, name)
    meanwhile.work()
    while meanwhile.cards or meanwhile.hands:
        meanwhile.something_happens()
        meanwhile.work()
    evening.act(CloseSession())
    meanwhile.work()
    for process in meanwhile.processes:
        process.rooms.open(evening.document().id).catch_up()
        process.withdrawals.sweep()
    one, two = (process.rooms.open(evening.document().id) for process in meanwhile.processes)
    one.catch_up()
    whole = "\n".join(section.body for section in one.content().sections)
    assert [sentence for sentence in meanwhile.typed if sentence not in whole] == []
    two.catch_up()
    assert one.content() == two.content()
    assert QUOTED not in evening.kept()
    assert "La parole circule" in whole
    assert "Une règle suffit" in whole
