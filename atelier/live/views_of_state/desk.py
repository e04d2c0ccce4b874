"""What the desk may know, by role (D-18): the déroulé, the room, the cards; never a ballot, never a partial result that
nobody announced (D-1), never who wrote an anonymous card."""

from __future__ import annotations

from atelier.live.regions import Around, Audience, Region
from atelier.live.state import LiveState
from atelier.live.views_of_state.desk_agenda import agenda_regions
from atelier.live.views_of_state.desk_board import board_regions
from atelier.live.views_of_state.desk_cards import card_regions
from atelier.live.views_of_state.desk_entry import entry_regions
from atelier.live.views_of_state.desk_log import log_regions
from atelier.live.views_of_state.desk_people import people_regions
from atelier.live.views_of_state.desk_rights import Seen
from atelier.live.views_of_state.desk_room import room_regions
from atelier.live.views_of_state.desk_scene import scene_regions
from atelier.live.views_of_state.desk_speaking import speaking_regions
from atelier.live.views_of_state.desk_votes import vote_regions


def desk_view(state: LiveState, audience: Audience, around: Around) -> tuple[Region, ...]:
    """Return the regions of the desk."""
    seen = Seen(state, audience.role, around)
    return (
        *scene_regions(seen),
        *agenda_regions(seen),
        *vote_regions(seen),
        *speaking_regions(seen),
        *room_regions(seen),
        *card_regions(seen),
        *board_regions(seen),
        *people_regions(seen),
        *entry_regions(seen),
        *log_regions(seen),
    )
