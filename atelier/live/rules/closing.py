"""The end of the séance, and its return (R-202). Votes that were never revealed stay sealed and are listed.

Refuses: `session_not_open`, `session_closed` {at}, `not_closed`, `motive_required`, `agenda_held` {by}.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from atelier.errors import Refusal
from atelier.live.messages import Decider, Decision, Event, Evolver
from atelier.live.rules.access_to_activity import session_running
from atelier.live.rules.activities import closing
from atelier.live.rules.agenda import scene_of_step, with_sequence
from atelier.live.rules.agenda_key import agenda_act
from atelier.live.rules.pausing import thawed
from atelier.live.state import Actor, LiveState, Scene, hour, logged


@dataclass(frozen=True, slots=True)
class CloseSession:
    """Close every open activity, then the séance: nothing is sent any more."""


@dataclass(frozen=True, slots=True)
class ReopenSession:
    """Take the close back, with a motive for the log. Activities stay closed; each can be opened again."""

    motive: str


@dataclass(frozen=True, slots=True)
class SessionClosed:
    """`unrevealed`: votes with a closed box, never revealed."""

    unrevealed: tuple[str, ...] = ()
    by: str = ""


@dataclass(frozen=True, slots=True)
class SessionReopened:
    motive: str
    by: str = ""


@agenda_act
def decide_close_session(command: CloseSession, state: LiveState, actor: Actor, now: datetime) -> Decision:
    refusal = session_running(state)
    if refusal:
        return refusal
    events: list[Event] = []
    unrevealed = []
    for key, activity in state.activities.items():
        if activity.phase == "open":
            events += closing(state, activity, actor, now)
        if activity.is_vote and activity.phase in {"open", "closed"}:
            unrevealed.append(key)
    return (*events, SessionClosed(tuple(unrevealed), actor.signature))


def evolve_session_closed(state: LiveState, event: SessionClosed, at: datetime | None) -> LiveState:
    if state.current is not None:
        state = with_sequence(state, state.current[0], ended_at=at)
    state = replace(
        thawed(state, hour(at)),
        phase="closed",
        closed_at=at,
        scene=Scene("end"),
        timer=None,
        phones_hidden=False,
        join_large=False,
        blanked=False,
    )
    return logged(state, at, "close_session", event.by, unrevealed=event.unrevealed)


@agenda_act
def decide_reopen_session(command: ReopenSession, state: LiveState, actor: Actor, now: datetime) -> Decision:
    if state.phase != "closed":
        return Refusal("not_closed")
    motive = command.motive.strip()
    if not motive:
        return Refusal("motive_required")
    return (SessionReopened(motive, actor.signature),)


def evolve_session_reopened(state: LiveState, event: SessionReopened, at: datetime | None) -> LiveState:
    closed_at = state.closed_at
    if state.current is not None:
        state = with_sequence(state, state.current[0], ended_at=None)
    phase = "lobby" if state.started_at is None else "live"
    state = replace(state, phase=phase, closed_at=None, scene=scene_of_step(state))
    return logged(state, at, "reopen_session", event.by, motive=event.motive, closed_at=closed_at)


DECIDERS: Mapping[type, Decider] = {
    CloseSession: decide_close_session,
    ReopenSession: decide_reopen_session,
}
EVOLVERS: Mapping[type, Evolver] = {
    SessionClosed: evolve_session_closed,
    SessionReopened: evolve_session_reopened,
}
