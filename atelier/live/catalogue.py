"""The table of contents of the product: every command, every event, every voting method, under the name it bears on the wire."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import ModuleType

from atelier.live.messages import Decider, Evolver
from atelier.live.rules import (
    activities,
    agenda,
    agenda_changes,
    agenda_key,
    annulment,
    attendance,
    card_marks,
    cards_display,
    closing,
    cluster_vote,
    clusters,
    consent_rounds,
    contributions,
    drawing_lots,
    earlier,
    floor,
    grouping_undo,
    importing,
    links,
    merging,
    moderation,
    opening,
    options_taken,
    paper,
    pausing,
    people,
    personal_time,
    placing,
    proxy_entry,
    reveal,
    rewording,
    scene,
    sequence_changes,
    speaking,
    tables,
    timing,
    undo_close,
    voting,
    withdrawal,
)
from atelier.live.voting_methods import METHODS as METHODS

RULES: tuple[ModuleType, ...] = (
    contributions,
    withdrawal,
    card_marks,
    moderation,
    proxy_entry,
    rewording,
    merging,
    clusters,
    placing,
    grouping_undo,
    cluster_vote,
    voting,
    paper,
    reveal,
    annulment,
    consent_rounds,
    drawing_lots,
    opening,
    importing,
    earlier,
    agenda_key,
    agenda,
    activities,
    options_taken,
    undo_close,
    timing,
    personal_time,
    people,
    speaking,
    floor,
    scene,
    pausing,
    cards_display,
    tables,
    attendance,
    links,
    closing,
    agenda_changes,
    sequence_changes,
)

DECIDERS: Mapping[type, Decider] = {
    command: decider for module in RULES for command, decider in module.DECIDERS.items()
}
EVOLVERS: Mapping[type, Evolver] = {
    event: evolver for module in RULES for event, evolver in module.EVOLVERS.items()
}


def wire_name(command: type) -> str:
    """`CastBallot` -> `cast_ballot`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", command.__name__).lower()


COMMANDS: Mapping[str, type] = {wire_name(command): command for command in DECIDERS}
EVENTS: Mapping[str, type] = {event.__name__: event for event in EVOLVERS}
