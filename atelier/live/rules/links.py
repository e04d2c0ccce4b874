"""Revocable links and QR codes for co-facilitation, aides, observers, screens and table phones (D-18).

Only the hash of a link's token is known here. Refuses: `unknown_role`, `token_missing`, `label_too_long` {limit},
`unknown_link`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from atelier.errors import Refusal
from atelier.live.messages import Decider, Decision, Evolver, filled
from atelier.live.rules.numbering import next_key, with_key_taken
from atelier.live.state import AccessLink, Actor, LiveState, logged, with_item

ROLES = frozenset({"cofacilitator", "helper", "observer", "screen", "table"})
LONGEST_LABEL = 60  # characters


@dataclass(frozen=True, slots=True)
class GrantLink:
    """Make a link. `label` says for whom (« aide, table du fond »)."""

    role: str
    label: str = ""
    token_hash: str = filled("")


@dataclass(frozen=True, slots=True)
class RevokeLink:
    """Final. Whoever came by that link is out at their next act, and lets the agenda go."""

    link: str


@dataclass(frozen=True, slots=True)
class LinkGranted:
    link: str
    role: str
    label: str
    token_hash: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class LinkRevoked:
    link: str
    by: str = ""


def decide_grant_link(command: GrantLink, state: LiveState, actor: Actor, now: datetime) -> Decision:
    if command.role not in ROLES:
        return Refusal("unknown_role")
    if not command.token_hash:
        return Refusal("token_missing")
    label = " ".join(command.label.split())
    if len(label) > LONGEST_LABEL:
        return Refusal("label_too_long", {"limit": LONGEST_LABEL})
    return (LinkGranted(next_key(state, "l"), command.role, label, command.token_hash, actor.signature),)


def evolve_link_granted(state: LiveState, event: LinkGranted, at: datetime | None) -> LiveState:
    link = AccessLink(event.link, event.role, event.label, event.token_hash)
    state = replace(with_key_taken(state, event.link), links=with_item(state.links, event.link, link))
    return logged(state, at, "grant_link", event.by, link=event.link, role=event.role)


def decide_revoke_link(command: RevokeLink, state: LiveState, actor: Actor, now: datetime) -> Decision:
    link = state.links.get(command.link)
    if link is None:
        return Refusal("unknown_link")
    return () if link.revoked else (LinkRevoked(link.key, actor.signature),)


def evolve_link_revoked(state: LiveState, event: LinkRevoked, at: datetime | None) -> LiveState:
    link = replace(state.links[event.link], revoked=True)
    state = replace(state, links=with_item(state.links, event.link, link))
    if state.agenda_holder == event.link:
        state = replace(state, agenda_holder=None, agenda_label="")
    return logged(state, at, "revoke_link", event.by, link=event.link, role=link.role)


DECIDERS: Mapping[type, Decider] = {GrantLink: decide_grant_link, RevokeLink: decide_revoke_link}
EVOLVERS: Mapping[type, Evolver] = {LinkGranted: evolve_link_granted, LinkRevoked: evolve_link_revoked}
