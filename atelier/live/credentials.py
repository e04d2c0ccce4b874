"""Who knocks: from what a request or a handshake brings to an actor of one séance. A role is asked, and granted by credential."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.orm import Session

from atelier.codes import hashed
from atelier.live.catalogue import wire_name
from atelier.live.messages import Command
from atelier.live.state import Actor, LiveState
from atelier.people import policy
from atelier.people.models import Device
from atelier.people.queries import seat_of
from atelier.people.tokens import Proofs, anonymous_id, keep_code

# Acts whose author, in an activity « anonyme pour tous », is known by nobody. A ballot is not one: turnout is by participant.
WORD_ACTS = frozenset(
    {
        "submit_contribution",
        "edit_contribution",
        "withdraw_contribution",
        "support_contribution",
        "report_misplaced",
        "validate_contribution",
        "allow_name",
    }
)


# Built once: asked for each batch of acts.
SEATS = select(Device.token_hash, Device.session_id, Device.participant).where(
    Device.token_hash.in_(bindparam("tokens", expanding=True))
)


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody let in: the actor, and what only their device can prove."""

    actor: Actor
    device: str = ""

    @property
    def seat(self) -> str:
        return hashed(self.device) if self.device else ""

    @property
    def proof_code(self) -> str:
        return keep_code(self.device) if self.device else ""

    def anonymous(self, activity: str) -> str:
        """Return this device's author id in an anonymous activity."""
        return anonymous_id(self.device, activity) if self.device else ""


def guest_for(db: Session, session: Any, state: LiveState, surface: str, proofs: Proofs) -> Guest | None:
    """Return whom the proofs let onto this surface, or None.

    `session` is the séance's row (`id`, `owner_id`). The desk comes before the phone: somebody who facilitates and holds
    a phone's cookie in the same browser keeps both apart by surface.
    """
    if surface == "phone":
        return _phone(db, session.id, state, proofs.device)
    if proofs.account_id is not None and proofs.account_id == session.owner_id:
        return Guest(Actor(policy.FACILITATOR, f"u{proofs.account_id}", proofs.account_name))
    guest = _link(state, proofs.link)
    return guest if guest and policy.may_read(guest.actor.role, surface) else None


def _phone(db: Session, session_id: int, state: LiveState, token: str) -> Guest | None:
    if not token:
        return None
    seat = seat_of(db, token, session_id)
    person = state.people.get(seat.participant) if seat else None
    if person is None:
        return None
    role = policy.TABLE if person.shared else policy.PHONE
    return Guest(Actor(role, person.key, person.name, participant=person.key), token)


def seats_held(connection: Connection, tokens: Iterable[str]) -> dict[str, tuple[int, str]]:
    """Return, for the hashes of some devices' tokens, the séance and the participant that each speaks for now."""
    wanted = sorted({token for token in tokens if token})
    rows = connection.execute(SEATS, {"tokens": wanted}) if wanted else ()
    return {row.token_hash: (row.session_id, row.participant) for row in rows}


def _link(state: LiveState, token: str) -> Guest | None:
    digest = hashed(token) if token else ""
    for link in state.links.values():
        if digest and link.token_hash == digest and not link.revoked:
            return Guest(Actor(link.role, link.key, link.label))
    return None


def actor_of(guest: Guest, command: Command, state: LiveState) -> Actor:
    """Return the actor of one act: in an anonymous activity, an id that only this device can make again."""
    if not guest.device or wire_name(type(command)) not in WORD_ACTS:
        return guest.actor
    card = state.contributions.get(getattr(command, "number", 0))
    activity = state.activities.get(card.activity if card else getattr(command, "activity", ""))
    if activity is None or activity.anonymity != "anonymous":
        return guest.actor
    actor = guest.actor
    return Actor(actor.role, guest.anonymous(activity.key), "", participant=actor.participant)
