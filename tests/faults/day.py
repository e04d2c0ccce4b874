"""A whole day in simulated time: thirty phones, a desk, a screen; pauses, sleeping phones, reconnects, timers, votes.

The clock moves second by second; the real desk, ticker and broadcaster do the rest, without a network.
"""

from __future__ import annotations

import random
import tracemalloc
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from atelier.house import House
from atelier.live.credentials import Guest
from atelier.live.models import LiveEvent
from atelier.live.rules.activities import AnnounceClose, CloseActivity, OpenActivity
from atelier.live.rules.agenda import GoTo
from atelier.live.rules.pausing import FreezePhones
from atelier.live.rules.reveal import RevealResult
from atelier.live.rules.timing import ExtendTimer, PauseTimer, StartTimer
from atelier.live.store import read_tail
from atelier.live.ticker import SLOW_EVERY
from tests.factories import NAMES, make_activity, make_sequence, make_snapshot
from tests.faults.hall import Hall
from tests.faults.listening import Air, Listener, image_of

BLOCK_MIN = 20  # one writing and one vote
OPTIONS = ["Le bailleur", "Les mêmes parlent", "Qui décide ?", "La langue"]


def day_snapshot(hours: float) -> dict[str, Any]:
    """Blocks of twenty minutes, each a sequence with a question to write on and a vote."""
    sequences = []
    for block in range(int(hours * 60 / BLOCK_MIN)):
        writing = make_activity(f"a{2 * block + 1}", "contributions", "Que faut-il dire ?", minutes=12)
        vote = make_activity(
            f"a{2 * block + 2}",
            "dot_vote",
            "Par quoi commencer ?",
            minutes=5,
            options=OPTIONS,
            settings={"dots": 2},
        )
        sequences.append(make_sequence(f"s{block + 1}", f"Bloc {block}", BLOCK_MIN, writing, vote))
    return make_snapshot(sequences)


@dataclass
class Day:
    """`run(hours)`, then look at `memory`, at `rang_late` and at the séance."""

    house: House
    clock: Any
    hours: float
    seed: int = 1
    people: int = 30
    memory: list[tuple[int, int]] = field(default_factory=list)  # events in the journal, bytes allocated
    heard: int = 0

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self.hall = Hall(self.house, day_snapshot(self.hours))
        self.air = Air(self.hall)
        self.ticker = self.hall.live.ticker
        self.desk = self.air.listen(self.hall.guest("facilitator"), "desk")
        self.screen = self.air.listen(self.hall.guest("screen"), "screen")
        self.phones = [self.air.listen(self._guest(number), "phone") for number in range(self.people)]
        self.started_at: datetime = self.clock()
        self._beats = 0

    def _guest(self, number: int) -> Guest:
        return self.hall.phone(NAMES[number % len(NAMES)], "EAU"[number % 3], table=number % 7 + 1)

    def run(self) -> None:
        tracemalloc.start()
        try:
            for block in range(int(self.hours * 60 / BLOCK_MIN)):
                self._block(block)
                self._measure()
        finally:
            tracemalloc.stop()

    def _block(self, block: int) -> None:
        writing, vote = f"a{2 * block + 1}", f"a{2 * block + 2}"
        self.hall.do(GoTo(f"s{block + 1}", writing))
        self.hall.do(OpenActivity(writing))
        self.hall.do(StartTimer(10 * 60))
        self._live(6 * 60, writing)
        self._disturb()
        self._live(6 * 60, writing)
        self.hall.do(AnnounceClose(writing, 30))
        self._live(60, writing)
        assert self.hall.state.activities[writing].phase == "closed"
        self.hall.do(GoTo(f"s{block + 1}", vote))
        self.hall.do(OpenActivity(vote))
        self.hall.do(StartTimer(3 * 60))
        self._live(4 * 60, vote)
        self.hall.do(CloseActivity(vote))
        self.hall.do(RevealResult(vote))
        self._live(3 * 60, "")

    def _disturb(self) -> None:
        """What happens in a day: the countdown is held, extended, everybody is asked to listen."""
        what = self.chance.randrange(3)
        if what == 0:
            self.hall.do(PauseTimer(True))
            self._live(90, "")
            self.hall.do(PauseTimer(False))
        elif what == 1:
            self.hall.do(ExtendTimer(60))
        else:
            self.hall.do(FreezePhones(True))
            self._live(60, "")
            self.hall.do(FreezePhones(False))

    def _live(self, seconds: int, activity: str) -> None:
        for _ in range(seconds):
            self.clock.wait(seconds=1)
            if activity and self.chance.random() < 0.05:
                self._speak(self.chance.choice(self.phones), activity)
            if self.chance.random() < 0.01:
                phone = self.chance.choice(self.phones)
                phone.wake() if phone.asleep else phone.sleep()
            self._beats += SLOW_EVERY
            self.ticker.beat(self._beats)

    def _speak(self, phone: Listener, activity: str) -> None:
        if self.hall.state.activities[activity].kind == "contributions":
            name, data = "submit_contribution", {"activity": activity, "text": f"idée {self._beats}"}
        else:
            dots = dict.fromkeys(self.chance.sample(["o1", "o2", "o3", "o4"], 2), 1)
            name, data = "cast_ballot", {"activity": activity, "ballot": {"dots": dots}}
        answer = self.hall.perform(phone.guest, name, data)
        assert answer["ok"] or answer["code"] in {"activity_closed", "frozen"}, answer

    def _measure(self) -> None:
        for phone in [*self.phones, self.desk, self.screen]:
            self.heard += len(phone.heard)
            phone.heard.clear()
        self.memory.append((self.hall.state.seq, tracemalloc.get_traced_memory()[0]))

    def awake(self) -> list[Listener]:
        return [self.desk, self.screen, *(phone for phone in self.phones if not phone.asleep)]

    def stale(self) -> list[str]:
        """Return who, awake, does not see what a page loaded now would show."""
        self.air.tick()
        return [one.sid for one in self.awake() if one.image.html != image_of(self.air.fresh(one).html)]

    def rings(self) -> list[timedelta]:
        """Return, for each countdown that rang, how late it did; fold the journal to know when it was due."""
        from atelier.live.engine import evolve
        from atelier.live.state import LiveState

        late = []
        state = LiveState()
        with self.house.database.reading() as db:
            for item in read_tail(db, self.hall.session_id, 0):
                if type(item.event).__name__ == "TimerRang":
                    assert state.timer is not None
                    assert item.at is not None
                    late.append(item.at - state.timer.ends_at)
                state = evolve(state, item.event, item.at)
        return late

    def count_of(self, kind: str) -> int:
        with self.house.database.reading() as db:
            return len(db.scalars(select(LiveEvent.seq).where(LiveEvent.kind == kind)).all())
