"""Rows of the ballot box: seal, replace, open at the reveal, destroy."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, text

from atelier.live.models import SealedBallot, SealSalt
from atelier.live.seals import BALLOT_BYTES, PAPER_BYTES, new_salt, seal, unseal

PAPER = "paper"

# Built once: making a statement costs more than running it.
PUT = text(
    "INSERT INTO sealed_ballot (session_id, activity, voter, slot, sealed)"
    " VALUES (:session_id, :activity, :voter, :slot, :sealed)"
    " ON CONFLICT (session_id, activity, voter, slot) DO UPDATE SET sealed = excluded.sealed"
)
SALT = select(SealSalt.salt).where(
    SealSalt.session_id == bindparam("session_id"), SealSalt.activity == bindparam("activity")
)

Place = tuple[str, str, int]  # activity, voter, slot


@dataclass(slots=True)
class BallotBox:
    """The box of one séance inside one transaction. `secret` is the installation's seal secret.

    Ballots are written together by `flush()`, which the transaction must call at its end. Salts are read once per
    transaction and never kept longer: another process may destroy them.
    """

    connection: Connection
    session_id: int
    secret: bytes
    _waiting: dict[Place, bytes] = field(default_factory=dict)
    _salts: dict[str, bytes] = field(default_factory=dict)

    def put(self, activity: str, voter: str, slot: int, ballot: dict[str, Any]) -> None:
        """Seal a ballot in the place of the one this voter had, if any."""
        size = PAPER_BYTES if voter == PAPER else BALLOT_BYTES
        label = self._label(activity, voter, slot)
        self._waiting[activity, voter, slot] = seal(self.secret, self._salt(activity), ballot, label, size)

    def flush(self) -> None:
        """Write what was put."""
        waiting, self._waiting = self._waiting, {}
        if waiting:
            rows = [
                {"session_id": self.session_id, "activity": a, "voter": v, "slot": n, "sealed": sealed}
                for (a, v, n), sealed in waiting.items()
            ]
            self.connection.execute(PUT, rows)

    def open(self, activity: str) -> tuple[list[tuple[str, int, dict[str, Any]]], dict[str, Any] | None]:
        """Return the ballots as (voter, slot, ballot), and the paper entry if there is one."""
        self.flush()
        rows = self.connection.execute(
            select(SealedBallot.voter, SealedBallot.slot, SealedBallot.sealed).where(
                SealedBallot.session_id == self.session_id, SealedBallot.activity == activity
            )
        ).all()
        if not rows:
            return [], None
        salt = self._salt(activity)
        opened = [
            (
                row.voter,
                row.slot,
                unseal(self.secret, salt, row.sealed, self._label(activity, row.voter, row.slot)),
            )
            for row in rows
        ]
        paper = next((ballot for voter, _, ballot in opened if voter == PAPER), None)
        return sorted((item for item in opened if item[0] != PAPER), key=lambda item: item[:2]), paper

    def destroy(self, activity: str) -> None:
        """Delete the seals and their salt: nobody can open them again, not even with the secret."""
        self.flush()
        self._salts.pop(activity, None)
        for table in (SealedBallot, SealSalt):
            self.connection.execute(
                delete(table).where(table.session_id == self.session_id, table.activity == activity)
            )

    def _salt(self, activity: str) -> bytes:
        if activity not in self._salts:
            place = {"session_id": self.session_id, "activity": activity}
            salt: bytes | None = self.connection.scalar(SALT, place)
            if salt is None:
                salt = new_salt()
                self.connection.execute(insert(SealSalt).values(salt=salt, **place))
            self._salts[activity] = bytes(salt)
        return self._salts[activity]

    def _label(self, activity: str, voter: str, slot: int) -> str:
        return f"{self.session_id}/{activity}/{voter}/{slot}"
