"""A real desk on a real database, and the evening of tests/factories.py played on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from atelier.db import Database
from atelier.live.desk import Act, Answer, Desk
from atelier.live.messages import Command
from atelier.live.rules.opening import OpenSession
from atelier.live.rules.people import Join
from atelier.live.state import Actor, LiveState
from atelier.people.tokens import anonymous_id, keep_code
from atelier.workshops.models import WorkshopSession
from tests.factories import EVENING, NADIA, make_snapshot

SESSION = 1
SECRET = b"a secret that is in no database"


class RealEvening:
    """One séance, opened. People act by first name; each act gets an id of its own unless one is given."""

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        snapshot: dict[str, Any] | None = None,
        secret: bytes = SECRET,
    ) -> None:
        self.database = database
        self.clock = clock
        self.secret = secret
        self.desk = Desk(database, secret, clock)
        self.keys: dict[str, str] = {}
        self._count = 0
        with database.writing() as db:
            db.add(
                WorkshopSession(
                    id=SESSION,
                    owner_id=1,
                    reference="CHA1",
                    code="482137",
                    title="Soirée",
                    created_at=EVENING,
                )
            )
        self.act(OpenSession(snapshot=snapshot or make_snapshot()))

    @property
    def state(self) -> LiveState:
        return self.desk.state(SESSION)

    def token(self, name: str) -> str:
        return f"device-token-of-{name}"

    def join(self, name: str, college: str = "A", **more: Any) -> str:
        actor = Actor("table" if more.get("shared") else "phone", f"join:{name}")
        answer = self.answer(Join(name=name, college=college, **more), actor)
        assert answer["ok"], answer
        self.keys[name] = answer["key"]
        return self.keys[name]

    def actor(self, by: Actor | str) -> Actor:
        if isinstance(by, Actor):
            return by
        return Actor("phone", self.keys[by], by, participant=self.keys[by])

    def masked(self, name: str, activity: str) -> Actor:
        return Actor("phone", anonymous_id(self.token(name), activity), "", participant=self.keys[name])

    def act_of(self, command: Command, by: Actor | str = NADIA, id: str = "") -> Act:
        self._count += 1
        proof = keep_code(self.token(by)) if isinstance(by, str) else ""
        return Act(SESSION, self.actor(by), id or f"act-{self._count:06d}", command, proof)

    def answer(self, command: Command, by: Actor | str = NADIA, id: str = "") -> Answer:
        return self.desk.perform(self.act_of(command, by, id))

    def act(self, command: Command, by: Actor | str = NADIA, id: str = "") -> Answer:
        answer = self.answer(command, by, id)
        assert answer["ok"], (command, answer)
        return answer

    def reloaded(self) -> LiveState:
        """Return the state as another process would fold it."""
        return Desk(self.database, self.secret, self.clock).state(SESSION)
