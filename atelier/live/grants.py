"""Is what was granted still granted? Read again from state at every act and every surface."""

from __future__ import annotations

from atelier.errors import Refusal
from atelier.live.catalogue import wire_name
from atelier.live.messages import Command
from atelier.live.rules.people import Join
from atelier.live.state import Actor, LiveState
from atelier.people.policy import allows


def refusal_of_grant(state: LiveState, actor: Actor, command: Command) -> Refusal | None:
    """Say why this actor may not perform this command now, or None."""
    if not allows(actor.role, wire_name(type(command))):
        return Refusal("not_allowed")
    if isinstance(command, Join):
        # A device that joins is nobody of the séance yet. Whoever is somebody already would only be counted twice.
        return Refusal("not_allowed") if actor.participant else None
    return None if still_granted(state, actor) else Refusal("revoked")


def still_granted(state: LiveState, actor: Actor) -> bool:
    """Tell whether a link is not revoked, a phone still a person of the séance."""
    if actor.id.startswith("l"):
        link = state.links.get(actor.id)
        return link is not None and not link.revoked
    if actor.role in {"phone", "table"}:
        return (actor.participant or actor.id) in state.people
    return True
