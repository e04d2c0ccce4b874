"""A tie is shown as a tie; a public drawing of lots may decide, recorded with its seed (domain §4, rule 8; D-11).

The seed is chosen in the room once the tie is known (dice, numbers called out), so that anybody can repeat the draw.

Refuses: `unknown_activity`, `not_revealed`, `no_tie`, `already_drawn`, `seed_required`, `too_long` {limit}.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from atelier.errors import Refusal
from atelier.live.messages import Decider, Decision, Evolver
from atelier.live.methods.lots import apply_draw, draw_lots, tie_groups
from atelier.live.rules.results import iso
from atelier.live.rules.snapshot import frozen
from atelier.live.state import Actor, LiveState, logged, with_activity

MAX_SEED = 60  # characters


@dataclass(frozen=True, slots=True)
class DrawLots:
    """Draw between tied options: those of `keys`, or the best-placed tie that was not drawn yet."""

    activity: str
    seed: str = ""
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LotsDrawn:
    """`draw`: {keys, seed, order, rule, by, at} (methods/lots.py)."""

    activity: str
    draw: Mapping[str, Any]
    by: str


def decide_draw_lots(command: DrawLots, state: LiveState, actor: Actor, now: datetime) -> Decision:
    activity = state.activities.get(command.activity)
    if activity is None:
        return Refusal("unknown_activity")
    if activity.phase != "revealed" or activity.result is None:
        return Refusal("not_revealed")
    tie = tie_to_draw(activity.result, command.keys)
    if isinstance(tie, Refusal):
        return tie
    seed = command.seed.strip()
    if not seed:
        return Refusal("seed_required")
    if len(seed) > MAX_SEED:
        return Refusal("too_long", {"limit": MAX_SEED})
    draw = frozen({**draw_lots(tie, seed), "by": actor.signature, "at": iso(now)})
    return (LotsDrawn(activity.key, draw, actor.signature),)


def tie_to_draw(result: Mapping[str, Any], keys: tuple[str, ...]) -> list[str] | Refusal:
    """Return one whole group of tied options that was not drawn: a draw is not repeated."""
    drawn = [sorted(draw["keys"]) for draw in result.get("draws", ())]
    wanted = set(map(str, keys))
    groups = [group for group in tie_groups(dict(result)) if not wanted or set(group) == wanted]
    if not groups:
        return Refusal("no_tie")
    return next((group for group in groups if sorted(group) not in drawn), Refusal("already_drawn"))


def evolve_lots_drawn(state: LiveState, event: LotsDrawn, at: datetime | None) -> LiveState:
    result = state.activities[event.activity].result
    drawn = frozen(apply_draw(dict(result or {}), dict(event.draw)))
    state = with_activity(state, event.activity, result=drawn)
    return logged(state, at, "draw_lots", event.by, activity=event.activity, seed=event.draw["seed"])


DECIDERS: Mapping[type, Decider] = {DrawLots: decide_draw_lots}
EVOLVERS: Mapping[type, Evolver] = {LotsDrawn: evolve_lots_drawn}
