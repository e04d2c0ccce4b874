"""What of people's words may leave the séance (D-15), decided in one place for the record, its exports and the compte rendu.

- a card is out when the desk kept it, nobody withdrew it, and its activity says « tout », or « ce que la personne valide »
  and the person did; what hides a merged card hides the cards it was made of;
- weather never leaves, whatever its setting says;
- a title, an option, a wording of the desk that repeats a card that is not out stays in the room with it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from atelier.live.rules.visibility import sayable, standing_card
from atelier.live.state import Activity, Contribution, LiveState

NEVER_OUT = frozenset({"check_in"})


def leaves(activity: Activity) -> bool:
    """Tell whether anything of this activity goes to the compte rendu."""
    return activity.to_minutes != "none" and activity.kind not in NEVER_OUT


def is_out(state: LiveState, card: Contribution) -> bool:
    """Tell whether the words of a card may leave the séance (D-15)."""
    activity = state.activities[card.activity]
    if card.status != "kept" or not leaves(activity):
        return False
    if card.merged_into is not None and standing_card(state, card.number).status != "kept":
        return False
    return activity.to_minutes != "validated" or card.validated


def words_out(state: LiveState, text: str, copied_from: Iterable[int]) -> str:
    """Return a text of the desk, empty when it repeats words that no card that is out says."""
    return text if sayable(state, text, copied_from, partial(is_out, state)) else ""


class Worded(NamedTuple):
    """What the desk did with words: which cards a wording of its own repeats, and which cards it once hid."""

    repeated: Mapping[str, Sequence[int]]  # owner of a wording -> cards
    hidden_once: frozenset[int]


def worded_by_desk(state: LiveState) -> Worded:
    repeated = defaultdict(list)
    for card in state.contributions.values():
        for owner in card.copies:
            repeated[owner].append(card.number)
    hidden = (entry.params["number"] for entry in state.log if entry.act == "hide_contribution")
    return Worded(repeated, frozenset(hidden))
