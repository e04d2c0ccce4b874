"""The table of voting methods: the kind of an activity -> the module that checks and counts its ballots."""

from __future__ import annotations

from collections.abc import Mapping

from atelier.live.methods import (
    check_in,
    choice,
    consent,
    dot_vote,
    gradients,
    majority_judgment,
    roti,
    scale,
)
from atelier.live.methods.contract import Method

METHODS: Mapping[str, Method] = {
    "dot_vote": dot_vote,
    "choice": choice,
    "scale": scale,
    "gradients": gradients,
    "majority_judgment": majority_judgment,
    "consent": consent,
    "check_in": check_in,
    "roti": roti,
}
