"""What commands and events are made of: frozen dataclasses whose fields may be marked.

Three marks, each a `dataclasses.field`:
- `words(owner)`: free text. The journal stores it once, in the table of words, under that owner, so that it can be erased.
  The field is a str, a mapping str -> str, or a sequence of mappings with a "text" (options). In `owner`, `{name}` is replaced
  by the event's own fields, `{key}` by the key of the mapping or of the option.
- `secret()`: never written in the journal: sealed apart (ballots). `evolve` must ignore it; after a reload it is None.
- `filled()`: on commands only: given by the desk (`desk.py`), never by the wire; forms have no such field.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, field
from datetime import datetime
from typing import Any

from atelier.errors import Refusal
from atelier.live.state import Actor, LiveState

Command = Any
Event = Any
Decision = tuple[Event, ...] | Refusal
Decider = Callable[[Any, LiveState, Actor, datetime], Decision]
Evolver = Callable[[LiveState, Any, "datetime | None"], LiveState]


def words(owner: str, default: Any = MISSING, default_factory: Any = MISSING) -> Any:
    """Mark a field as free text that stands in the table of words under `owner` (`C:12`, `P:p3`, `K:K1`, `O:a5:o2`)."""
    return _marked({"words": owner}, default, default_factory)


def secret(default: Any = None) -> Any:
    """Mark an event's field as sealed apart: absent from the journal."""
    return _marked({"secret": True}, default, MISSING)


def filled(default: Any = None) -> Any:
    """Mark a command's field as given by the desk, never by a client."""
    return _marked({"filled": True}, default, MISSING)


def _marked(metadata: Mapping[str, Any], default: Any, default_factory: Any) -> Any:
    if default_factory is not MISSING:
        return field(default_factory=default_factory, metadata=metadata)
    if default is not MISSING:
        return field(default=default, metadata=metadata)
    return field(metadata=metadata)
