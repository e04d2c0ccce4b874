"""Where the options of a vote may come from: an activity that takes cards, or one column of its board (domain §3 b)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from atelier.workshops.kinds import KINDS

Source = tuple[str, str, str]  # value of `options_from`, title of the activity, title of the column or ""


def sources_in(activities: Iterable[Any]) -> list[Source]:
    """Return what a vote may take its options from among activities (rows of models.Activity)."""
    return [source for activity in activities if takes_cards(activity) for source in _sources(activity)]


def takes_cards(activity: Any) -> bool:
    """Say whether people write cards in an activity; a timed step only where it has a board."""
    boarded = activity.kind == "step" and bool(activity.settings.get("columns"))
    return KINDS[activity.kind].family == "write" or boarded


def source_lost(activity: Any) -> bool:
    """Say whether a vote names a source that does not come before it, or whose column is gone."""
    wanted = activity.settings.get("options_from")
    if not wanted:
        return False
    every = [one for sequence in activity.sequence.session.sequences for one in sequence.activities]
    earlier = every[: [one.key for one in every].index(activity.key)]
    return wanted not in [value for value, *_ in sources_in(earlier)]


def _sources(activity: Any) -> Iterator[Source]:
    title = activity.question or KINDS[activity.kind].label
    yield activity.key, title, ""
    columns = activity.settings.get("columns") or ()
    if len(columns) > 1:
        yield from ((f"{activity.key}:{column['key']}", title, column["label"]) for column in columns)
