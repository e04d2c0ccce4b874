"""A séance in a database, before a server starts on it: account, row, opening, links. `seeded = seed(settings)`.

The opening and the links go through a real desk, so that the journal is the one a server would have written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from atelier import codes, schema, tables
from atelier.clock import Clock, utc_now
from atelier.db import Database
from atelier.live.desk import Act, Answer, Desk
from atelier.live.messages import Command
from atelier.live.rules.activities import OpenActivity
from atelier.live.rules.agenda import GoTo
from atelier.live.rules.links import GrantLink
from atelier.live.rules.opening import OpenSession
from atelier.live.state import Actor, LiveState
from atelier.people.operations import create_login_link
from atelier.settings import Settings
from atelier.workshops.models import WorkshopSession
from tests.factories import make_snapshot

EMAIL = "nadia@centre.example"
NAME = "Nadia"
LINKS = ("cofacilitator", "helper", "observer", "screen")


@dataclass(frozen=True, slots=True)
class Seeded:
    """What a test needs to knock. `tokens`: role of a link -> its token, for `auth.token` or `GET /l/<token>`."""

    settings: Settings = field(repr=False)
    session_id: int
    code: str
    owner: int
    sign_in_path: str
    tokens: Mapping[str, str] = field(default_factory=dict)

    @property
    def facilitator(self) -> Actor:
        return Actor("facilitator", f"u{self.owner}", NAME)


def seed(
    settings: Settings,
    snapshot: dict[str, Any] | None = None,
    code: str = "482137",
    reference: str = "CHA1",
    links: Iterable[str] = LINKS,
    open_at: tuple[str, str] | None = None,
    clock: Clock = utc_now,
) -> Seeded:
    """Bring the database to this release's schema and put one opened séance in it.

    `snapshot` is make_snapshot's (the chantier evening by default); `open_at=("s3", "a3")` goes there and opens the activity.
    """
    database = Database(settings.database_url)
    schema.upgrade(database)
    if schema.head() is None:  # no migration is written yet
        tables.metadata.create_all(database.writer)
    address = create_login_link(database, "", EMAIL, NAME, clock())
    with database.writing() as db:
        owner = _owner(db)
        row = WorkshopSession(
            owner_id=owner,
            reference=reference,
            code=code,
            title="Soirée chantier",
            phase="lobby",
            created_at=clock(),
        )
        db.add(row)
        db.flush()
        session_id = row.id
    seeded = Seeded(settings, session_id, code, owner, address)
    commands: list[Command] = [OpenSession(snapshot=snapshot or make_snapshot())]
    tokens = {role: f"{session_id}.{codes.token()}" for role in links}
    commands += [GrantLink(role, role, codes.hashed(token)) for role, token in tokens.items()]
    if open_at is not None:
        commands += [GoTo(*open_at), OpenActivity(open_at[1])]
    perform(seeded, database, commands, clock)
    database.dispose()
    return replace(seeded, tokens=tokens)


def perform(
    seeded: Seeded, database: Database, commands: Iterable[Command], clock: Clock = utc_now
) -> list[Answer]:
    """Perform the facilitator's acts on the database itself; each must be accepted."""
    desk = Desk(database, seeded.settings.seal_secret, clock)
    answers = []
    for command in commands:
        answer = desk.perform(
            Act(seeded.session_id, seeded.facilitator, f"seed-{codes.token()[:20]}", command)
        )
        assert answer["ok"], (command, answer)
        answers.append(answer)
    return answers


def state_on_disk(seeded: Seeded) -> LiveState:
    """Return the séance as another process would fold it from the journal."""
    database = Database(seeded.settings.database_url)
    try:
        return Desk(database, seeded.settings.seal_secret, utc_now).state(seeded.session_id)
    finally:
        database.dispose()


def _owner(db: Any) -> int:
    from sqlalchemy import select

    from atelier.people.models import Account

    return int(db.scalars(select(Account.id).where(Account.email == EMAIL)).one())
