"""Any history of several people who write at once, offline, over lines that lose, double and disorder; the server restarts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from atelier.minutes.document import Gap, SharedText, loaded, make
from tests.documents.ground import CONTENT
from tests.documents.pages import NOISE, Answer, Page, Signs

KEYS = [section.key for section in CONTENT.sections]
PEOPLE = 4
people = st.integers(0, PEOPLE - 1)
keys = st.sampled_from(KEYS)
places = st.floats(0, 1)
noise = st.text(alphabet=NOISE, max_size=8)


class Server:
    """A server without a disk: its log, and a replica that a restart makes again from it."""

    def __init__(self) -> None:
        self.log = [make(CONTENT)]
        self.text: SharedText = loaded(self.log)

    def serve(self, client: int, clock: int, update: bytes) -> Answer:
        try:
            fresh = self.text.apply(update).fresh
        except Gap:
            return "resync", self.text.vector()
        if fresh:
            self.log.append(fresh)
        if clock > self.text.clocks().get(client, 0):
            return "resync", self.text.vector()
        return "ok", fresh

    def updates_from(self, number: int, count: int) -> list[bytes]:
        return self.log[number : number + count]

    def head(self) -> int:
        return len(self.log)

    def restart(self) -> None:
        self.text = loaded(self.log)

    def restart_from_a_snapshot(self) -> None:
        self.text = loaded([self.text.snapshot()])

    def forget_history(self) -> None:
        self.log = [self.text.snapshot()]

    def on_disk(self) -> SharedText:
        """Return what a process that starts now would read."""
        return loaded(self.log)


class Writing(RuleBasedStateMachine):
    """`make_server` gives what is served; subclasses of other tests give a real one."""

    make_server: Callable[[], Any] = Server

    def __init__(self) -> None:
        super().__init__()
        self.server = type(self).make_server()
        self.signs = Signs()
        self.clients = 100
        self.pages: list[Page] = []
        self.heard: list[int] = []

    @initialize()
    def arrive(self) -> None:
        for _ in range(PEOPLE):
            self.clients += 1
            self.pages.append(Page(self.clients, self.server.text.snapshot(), self.signs))
            self.heard.append(self.server.head())

    @rule(who=people, key=keys, at=places, words=noise)
    def type(self, who: int, key: str, at: float, words: str) -> None:
        self.pages[who].type(key, at, words)

    @rule(who=people, key=keys, start=places, length=st.floats(0, 0.3))
    def erase(self, who: int, key: str, start: float, length: float) -> None:
        self.pages[who].erase(key, start, min(1, start + length))

    @rule(who=people, key=keys, start=places, length=st.floats(0, 0.3))
    def rewrite(self, who: int, key: str, start: float, length: float) -> None:
        self.pages[who].rewrite(key, start, min(1, start + length))

    @rule(who=people, key=keys, after=st.sampled_from([None, *KEYS]))
    def move(self, who: int, key: str, after: str | None) -> None:
        self.pages[who].move(key, after)

    @rule(who=people, answered=st.booleans())
    def send(self, who: int, answered: bool) -> None:
        self.pages[who].send(self.server.serve, answered)

    @rule(who=people)
    def send_newest_first(self, who: int) -> None:
        self.pages[who].send_newest_first(self.server.serve)

    @rule(who=people, count=st.integers(1, 3))
    def lose(self, who: int, count: int) -> None:
        self.pages[who].lose(count)

    @rule(who=people, count=st.integers(0, 5), order=st.randoms(use_true_random=False))
    def hear(self, who: int, count: int, order: Any) -> None:
        """Some of what the server relays arrives, twice and in disorder."""
        log = self.server.updates_from(self.heard[who], count)
        heard = [*log, *log[:2]]
        order.shuffle(heard)
        for update in heard:
            self.pages[who].hear(update)
        self.heard[who] += len(log)

    @rule(who=people)
    def open(self, who: int) -> None:
        self.pages[who].open(self.server.serve, self.server.text)
        self.heard[who] = self.server.head()

    @rule(who=people)
    def reload(self, who: int) -> None:
        self.clients += 1
        self.pages[who] = self.pages[who].reloaded(self.clients)

    @rule()
    def restart(self) -> None:
        self.server.restart()

    @rule()
    def restart_from_a_snapshot(self) -> None:
        self.server.restart_from_a_snapshot()

    @rule()
    def forget_history(self) -> None:
        self.server.forget_history()
        self.heard = [
            self.server.head()
        ] * PEOPLE  # those who did not hear all open again, as a missing number tells them

    @invariant()
    def what_was_acknowledged_is_there(self) -> None:
        said = "".join(section.body for section in self.server.text.content().sections)
        missing = {sign for sign in self.signs.acknowledged - self.signs.erased if said.count(sign) != 1}
        assert missing == set()

    def teardown(self) -> None:
        for _ in range(2):
            for page in self.pages:
                page.open(self.server.serve, self.server.text)
        said = [page.text.content() for page in self.pages]
        assert said == [self.server.text.content()] * len(said)
        assert self.server.on_disk().equals(self.server.text)
        assert loaded([self.server.text.snapshot()]).equals(self.server.text)
        self.what_was_acknowledged_is_there()
        kept = self.signs.acknowledged | self.signs.erased
        assert len(kept) == self.signs.given


def run(machine: type[Writing], examples: int, steps: int) -> None:
    how = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(machine, settings=how)
