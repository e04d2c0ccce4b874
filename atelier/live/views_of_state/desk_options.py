"""The options of a vote before it opens, at the desk: whence they come, what they are, and what stops them (domain §3 b)."""

from __future__ import annotations

from typing import Any

from atelier.errors import Refusal
from atelier.live.rules.options_source import fills_itself, options_to_take, source_of
from atelier.live.state import Activity, LiveState


def coming_options(state: LiveState, vote: Activity) -> dict[str, Any] | None:
    """Return what the desk reads of options that come from an earlier activity; None for a vote that names none.

    `by_hand`: they were written here instead. `now`: the texts that would be offered if the vote opened now, empty when
    something stops it: `stopped` then is the code, `count`, `limit` and `of` what its sentence needs.
    """
    key, column = source_of(vote)
    if not key or not vote.untouched:
        return None
    source = state.activities.get(key)
    found = options_to_take(state, vote)
    stopped = isinstance(found, Refusal)
    by_itself = fills_itself(vote)
    params = found.params if isinstance(found, Refusal) else {}
    return {
        "source": source.question if source else "",
        "column": column_label(source, column),
        "by_hand": not by_itself,
        "now": [] if isinstance(found, Refusal) else [str(option["text"]) for option in found],
        "stopped": found.code if isinstance(found, Refusal) else "",
        "count": params.get("count", 0),
        "limit": params.get("limit", 0),
        "of": params.get("reason", ""),
        "edit": editing(vote, by_itself and not stopped, found),
    }


def column_label(source: Activity | None, key: str) -> str:
    """Return the title of a column of the board that is taken from."""
    columns = source.settings.get("columns", ()) if source else ()
    return next((str(column.get("label") or "") for column in columns if column.get("key") == key), "")


def editing(vote: Activity, fresh: bool, found: Any) -> dict[str, Any]:
    """Return the values of the dialog « Modifier », with the options that people would read."""
    options = [option["text"] for option in found] if fresh else [option.text for option in vote.options]
    return {
        "activity": vote.key,
        "question": vote.question,
        "minutes": vote.minutes,
        "options": options,
        "settings": dict(vote.settings),
    }
