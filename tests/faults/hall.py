"""A whole house without a network: one opened séance, and everybody who may knock, as guests of its doors."""

from __future__ import annotations

from typing import Any

from atelier.codes import hashed, token
from atelier.house import House
from atelier.live.credentials import Guest
from atelier.live.desk import Act, Answer
from atelier.live.messages import Command
from atelier.live.rules.activities import OpenActivity
from atelier.live.rules.agenda import GoTo
from atelier.live.rules.links import GrantLink
from atelier.live.rules.opening import OpenSession
from atelier.live.rules.people import Join
from atelier.live.service import Live
from atelier.live.state import Actor, LiveState
from atelier.people.operations import give_seat
from atelier.workshops.models import WorkshopSession
from tests.factories import make_snapshot

LINK_ROLES = ("cofacilitator", "helper", "observer", "screen")


class Hall:
    """Acts go through `live.sockets.perform`, the one path of sockets and HTTP."""

    def __init__(
        self,
        house: House,
        snapshot: dict[str, Any] | None = None,
        code: str = "482137",
        reference: str = "CHA1",
        owner: int = 1,
    ) -> None:
        self.house = house
        self.live: Live = house.parts["live"]
        self.code = code
        self.tokens: dict[str, str] = {}
        self.devices: dict[str, str] = {}
        self._count = 0
        with house.database.writing() as db:
            row = WorkshopSession(
                owner_id=owner, reference=reference, code=code, title="Soirée", created_at=house.clock()
            )
            db.add(row)
            db.flush()
            self.session_id = row.id
        self.facilitator = Actor("facilitator", f"u{owner}", "Nadia")
        self.do(OpenSession(snapshot=snapshot or make_snapshot()))
        for role in LINK_ROLES:
            self.tokens[role] = f"{self.session_id}.{token()}"
            self.do(GrantLink(role, role, hashed(self.tokens[role])))

    @property
    def state(self) -> LiveState:
        return self.live.desk.state(self.session_id)

    def do(self, command: Command, actor: Actor | None = None) -> Answer:
        """Perform a command of ours, past the doors; it must be accepted."""
        self._count += 1
        act = Act(self.session_id, actor or self.facilitator, f"hall-{self._count:06d}", command)
        answer = self.live.desk.perform(act)
        assert answer["ok"], (command, answer)
        return answer

    def go(self, sequence: str, activity: str) -> None:
        self.do(GoTo(sequence, activity))
        self.do(OpenActivity(activity))

    def phone(self, name: str, college: str = "A", **more: Any) -> Guest:
        """Let somebody in with a device of their own."""
        device = token()
        key = self.do(
            Join(name=name, college=college, **more), Actor("phone", f"join:{hashed(device)[:24]}")
        )["key"]
        with self.house.database.writing() as db:
            give_seat(db, device, self.session_id, key, self.house.clock())
        self.devices[name] = device
        role = "table" if more.get("shared") else "phone"
        return Guest(Actor(role, key, name, participant=key), device)

    def guest(self, role: str) -> Guest:
        """Return somebody of the desk, or the screen, as their link lets them in."""
        if role == "facilitator":
            return Guest(self.facilitator)
        digest = hashed(self.tokens[role])
        link = next(link for link in self.state.links.values() if link.token_hash == digest)
        return Guest(Actor(role, link.key, link.label))

    def perform(self, guest: Guest, name: Any, data: Any = None, id: Any = None) -> Answer:
        """Send what a client would send."""
        self._count += 1
        sent = {"id": id or f"sent-{self._count:06d}", "name": name, "data": {} if data is None else data}
        return self.live.sockets.perform(self.session_id, guest, sent, "fr")

    def reloaded(self) -> LiveState:
        """Return the state as another process would fold it from the journal."""
        from atelier.live.desk import Desk

        return Desk(self.house.database, self.house.settings.seal_secret, self.house.clock).state(
            self.session_id
        )
