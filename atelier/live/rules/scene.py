"""What the projector shows: chosen by the facilitator, never by itself (R-201).

Choosing belongs to who holds the agenda; blanking the screen, showing the code and hiding the counts are safety acts of
any facilitator. Refuses: `unknown_scene`, `unknown_activity`, `unknown_sequence`, `unknown_cluster`, `not_revealed`,
`bad_page`, `session_not_open`, `agenda_held` {by}.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from atelier.errors import Refusal
from atelier.live.messages import Decider, Decision, Evolver
from atelier.live.rules.agenda_key import agenda_act
from atelier.live.state import Actor, LiveState, Scene

OF_ACTIVITY = frozenset({"activity", "wall", "cards", "result"})
ALONE = frozenset({"lobby", "recap", "end"})
LAST_PAGE = 999


@dataclass(frozen=True, slots=True)
class ProjectScene:
    """kind: lobby | activity | wall | cluster | cards | result | recap | sequence | end; `target` is a key, or empty."""

    kind: str
    target: str = ""


@dataclass(frozen=True, slots=True)
class TurnPage:
    """Show page `page` (from 0) of what is projected (D-25)."""

    page: int


@dataclass(frozen=True, slots=True)
class BlankScreen:
    """« Écran neutre »: stays until taken back, whatever step is reached behind it."""

    on: bool = True


@dataclass(frozen=True, slots=True)
class ShowJoinScreen:
    """The code and its QR in large, over what is projected; gone at the next step."""

    on: bool = True


@dataclass(frozen=True, slots=True)
class HideCounts:
    """No figure of people or cards on the projector."""

    on: bool = True


@dataclass(frozen=True, slots=True)
class SceneProjected:
    kind: str
    target: str = ""


@dataclass(frozen=True, slots=True)
class PageTurned:
    page: int


@dataclass(frozen=True, slots=True)
class ScreenBlanked:
    on: bool


@dataclass(frozen=True, slots=True)
class JoinScreenShown:
    on: bool


@dataclass(frozen=True, slots=True)
class CountsHidden:
    on: bool


@agenda_act
def decide_project_scene(command: ProjectScene, state: LiveState, actor: Actor, now: datetime) -> Decision:
    refusal = unfit(state, command.kind, command.target)
    if refusal:
        return refusal
    target = "" if command.kind in ALONE else command.target
    if state.scene == Scene(command.kind, target):
        return ()
    return (SceneProjected(command.kind, target),)


def unfit(state: LiveState, kind: str, target: str) -> Refusal | None:
    """Refuse a scene that does not exist, or a result that is not revealed (D-1)."""
    if state.phase == "draft":
        return Refusal("session_not_open")
    if kind in ALONE:
        return None
    if kind == "sequence":
        return None if target in state.sequences else Refusal("unknown_sequence")
    if kind == "cluster":
        return None if target in state.clusters else Refusal("unknown_cluster")
    if kind not in OF_ACTIVITY:
        return Refusal("unknown_scene")
    activity = state.activities.get(target)
    if activity is None:
        return Refusal("unknown_activity")
    if kind == "result" and activity.phase != "revealed":
        return Refusal("not_revealed")
    return None


def evolve_scene_projected(state: LiveState, event: SceneProjected, at: datetime | None) -> LiveState:
    return replace(state, scene=Scene(event.kind, event.target))


@agenda_act
def decide_turn_page(command: TurnPage, state: LiveState, actor: Actor, now: datetime) -> Decision:
    if not 0 <= command.page <= LAST_PAGE:
        return Refusal("bad_page")
    return () if command.page == state.scene.page else (PageTurned(command.page),)


def evolve_page_turned(state: LiveState, event: PageTurned, at: datetime | None) -> LiveState:
    return replace(state, scene=replace(state.scene, page=event.page))


def decide_blank_screen(command: BlankScreen, state: LiveState, actor: Actor, now: datetime) -> Decision:
    return () if state.blanked == command.on else (ScreenBlanked(command.on),)


def evolve_screen_blanked(state: LiveState, event: ScreenBlanked, at: datetime | None) -> LiveState:
    return replace(state, blanked=event.on)


def decide_show_join_screen(
    command: ShowJoinScreen, state: LiveState, actor: Actor, now: datetime
) -> Decision:
    return () if state.join_large == command.on else (JoinScreenShown(command.on),)


def evolve_join_screen_shown(state: LiveState, event: JoinScreenShown, at: datetime | None) -> LiveState:
    return replace(state, join_large=event.on)


def decide_hide_counts(command: HideCounts, state: LiveState, actor: Actor, now: datetime) -> Decision:
    return () if state.hide_counts == command.on else (CountsHidden(command.on),)


def evolve_counts_hidden(state: LiveState, event: CountsHidden, at: datetime | None) -> LiveState:
    return replace(state, hide_counts=event.on)


DECIDERS: Mapping[type, Decider] = {
    ProjectScene: decide_project_scene,
    TurnPage: decide_turn_page,
    BlankScreen: decide_blank_screen,
    ShowJoinScreen: decide_show_join_screen,
    HideCounts: decide_hide_counts,
}
EVOLVERS: Mapping[type, Evolver] = {
    SceneProjected: evolve_scene_projected,
    PageTurned: evolve_page_turned,
    ScreenBlanked: evolve_screen_blanked,
    JoinScreenShown: evolve_join_screen_shown,
    CountsHidden: evolve_counts_hidden,
}
