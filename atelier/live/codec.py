"""Events to JSON and back. Free text leaves the payload for the table of words; secrets leave it for good."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from atelier.live.messages import Event

WORDS = "$w"
MOMENT = "$t"


@dataclass(frozen=True, slots=True)
class WordsRow:
    id: str
    owner: str
    body: str


def plain(value: Any) -> Any:
    """Return a JSON-safe image of a value: dataclasses become mappings, datetimes are marked."""
    if isinstance(value, datetime):
        return {MOMENT: value.isoformat()}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, frozenset | set):
        return sorted(plain(item) for item in value)
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value


def encode(event: Event, seq: int) -> tuple[dict[str, Any], list[WordsRow]]:
    """Return the journal's payload of an event and the words it sets aside, identified by `seq`."""
    rows: list[WordsRow] = []
    context = {f.name: getattr(event, f.name) for f in dataclasses.fields(event)}

    def set_aside(owner: str, body: str, **more: str) -> dict[str, str]:
        row = WordsRow(f"{seq}.{len(rows)}", owner.format(**{**context, **more}), body)
        rows.append(row)
        return {WORDS: row.id}

    payload: dict[str, Any] = {}
    for field in dataclasses.fields(event):
        value = context[field.name]
        if "secret" in field.metadata:
            continue
        if "words" in field.metadata:
            payload[field.name] = _set_aside_all(value, field.metadata["words"], set_aside)
        else:
            payload[field.name] = plain(value)
    return payload, rows


def _set_aside_all(value: Any, owner: str, set_aside: Callable[..., dict[str, str]]) -> Any:
    if isinstance(value, str):
        return set_aside(owner, value) if value else value
    if isinstance(value, Mapping):
        return {key: set_aside(owner, body, key=key) if body else body for key, body in value.items()}
    if value is None:
        return None
    items = []
    for item in value:
        image = plain(item)
        if image.get("text"):
            image["text"] = set_aside(owner, image["text"], key=str(image.get("key", "")))
        items.append(image)
    return items


def decode(kind: type, payload: Mapping[str, Any], bodies: Mapping[str, str]) -> Event:
    """Rebuild an event. `bodies` gives the words by id; erased words come back as empty text."""
    values = {name: _restore(value, bodies) for name, value in payload.items()}
    known = {field.name for field in dataclasses.fields(kind)}
    return kind(**{name: _shaped(kind, name, value) for name, value in values.items() if name in known})


def _restore(value: Any, bodies: Mapping[str, str]) -> Any:
    if isinstance(value, Mapping):
        if WORDS in value:
            return bodies.get(value[WORDS], "")
        if MOMENT in value:
            return datetime.fromisoformat(value[MOMENT])
        return {key: _restore(item, bodies) for key, item in value.items()}
    if isinstance(value, list):
        return tuple(_restore(item, bodies) for item in value)
    return value


def _shaped(kind: type, name: str, value: Any) -> Any:
    if isinstance(value, tuple) and "frozenset" in _annotations(kind)[name]:
        return frozenset(value)
    return value


@lru_cache(maxsize=256)
def _annotations(kind: type) -> Mapping[str, str]:
    return {field.name: str(field.type) for field in dataclasses.fields(kind)}
