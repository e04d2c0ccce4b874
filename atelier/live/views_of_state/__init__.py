"""What each audience may know: state -> regions of plain data. Nothing secret leaves these functions."""

from __future__ import annotations

from atelier.live.regions import Around, Audience, Region
from atelier.live.state import LiveState
from atelier.live.views_of_state.desk import desk_view
from atelier.live.views_of_state.person import Persons, person_view, persons
from atelier.live.views_of_state.phone import phone_view
from atelier.live.views_of_state.screen import screen_view

__all__ = ["Persons", "person_view", "persons", "regions_of"]


def regions_of(state: LiveState, audience: Audience, around: Around) -> tuple[Region, ...]:
    """Return the regions of an audience's surface, in order."""
    if audience.surface == "desk":
        return desk_view(state, audience, around)
    if audience.surface == "phone":
        return phone_view(state, audience, around)
    return screen_view(state, audience, around)
