"""What the projector may know: one thing per screen, chosen by the desk (R-201). Never a name but where the activity says
« nominatif » (D-12), never a contact, a token, a partial result, an error.

Slots of the page: `band` (rehearsal, invented content), `margin`, `head`, `body`, `wall`, `pairs` and `cards` (slips by two,
slips alone), `foot`, `full` (scenes without question), `strip` (how to join).
"""

from __future__ import annotations

from atelier.live.regions import Around, Audience, Region
from atelier.live.state import LiveState
from atelier.live.views_of_state import screen_around as around_scene
from atelier.live.views_of_state.screen_activity import (
    activity_scene,
    recap_scene,
    result_scene,
    sequence_scene,
)
from atelier.live.views_of_state.screen_wall import cards_scene, cluster_scene, wall_scene

IN_LARGE = frozenset({"lobby"})


def screen_view(state: LiveState, audience: Audience, around: Around) -> tuple[Region, ...]:
    """Return the regions of the projector."""
    bare = state.phase == "draft" or state.blanked
    large = not bare and (state.join_large or (state.frozen_at is None and state.scene.kind in IN_LARGE))
    regions = [around_scene.band(state)]
    if bare:
        regions += around_scene.blank(state)
    elif large:
        regions += around_scene.lobby(state, around)
    elif state.frozen_at is not None:
        regions += around_scene.pause(state)
    else:
        regions += scene_regions(state)
    if not large and state.phase != "draft":
        regions.append(around_scene.strip(state, around))
    return tuple(regions)


def scene_regions(state: LiveState) -> tuple[Region, ...]:
    """Return what the desk chose to project; what is gone since leaves the neutral screen."""
    kind, target = state.scene.kind, state.scene.target
    activity = state.activities.get(target)
    if kind == "end":
        return around_scene.end(state)
    if kind == "recap":
        return recap_scene(state, 0, "")
    if kind == "sequence" and target in state.sequences:
        return sequence_scene(state, target)
    if kind == "cluster" and target in state.clusters:
        return cluster_scene(state, state.clusters[target])
    if activity is None:
        return around_scene.blank(state)
    if kind == "wall":
        return wall_scene(state, activity)
    if kind == "cards":
        return cards_scene(state, activity)
    if kind == "result" and activity.phase == "revealed" and activity.result is not None:
        return result_scene(state, activity)
    return activity_scene(state, activity)


def page_count(state: LiveState) -> int:
    """Return how many pages the projected scene has: what the desk offers to turn."""
    if state.phase == "draft":
        return 1
    heads = [region.data.get("page") for region in scene_regions(state) if region.key == "head"]
    return next((page["total"] for page in heads if page), 1)
