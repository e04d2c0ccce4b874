"""The shape of what the desk sends for an activity made during the séance: settings and options, as preparation makes them.

Refuses: `bad_settings` {name}, `bad_options`. A setting that this release does not know is kept if it is a plain value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from atelier.errors import Refusal

KEY = re.compile(r"[A-Za-z0-9_]{1,12}")
CARD = re.compile(r"(?:[A-Za-z0-9]{1,12}-)?[0-9]{1,9}")
LONGEST_TEXT = 2_000  # characters
MOST_COLUMNS = 12

Check = Callable[[Any], bool]


def ill_set(settings: Mapping[str, Any]) -> Refusal | None:
    """Refuse settings that methods and screens could not read."""
    for name, value in settings.items():
        if not CHECKS.get(name, _plain)(value):
            return Refusal("bad_settings", {"name": name})
    return None


def ill_shaped(options: Sequence[Any]) -> Refusal | None:
    """Refuse options that are not `{text, key?, cluster?, copied_from?}`."""
    return None if all(_option(option) for option in options) else Refusal("bad_options")


def _option(value: Any) -> bool:
    if not isinstance(value, Mapping) or not isinstance(value.get("text") or "", str):
        return False
    keys = (value.get("key") or "o", value.get("cluster") or "K")
    copied = value.get("copied_from") or ()
    return (
        all(isinstance(key, str) and KEY.fullmatch(key) for key in keys)
        and isinstance(copied, list | tuple)
        and all(_card(card) for card in copied)
    )


def _card(value: Any) -> bool:
    return _whole(0, 10**9)(value) or (isinstance(value, str) and CARD.fullmatch(value) is not None)


def _whole(low: int, high: int) -> Check:
    return lambda value: type(value) is int and low <= value <= high


def _or_none(check: Check) -> Check:
    return lambda value: value is None or check(value)


def _one_of(*values: Any) -> Check:
    return lambda value: type(value) is not bool and value.__hash__ is not None and value in values


def _flag(value: Any) -> bool:
    return isinstance(value, bool)


def _text(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST_TEXT


def _plain(value: Any) -> bool:
    return value is None or isinstance(value, bool | int) or _text(value)


def _rows(*required: str) -> Check:
    def check(value: Any) -> bool:
        return (
            isinstance(value, list | tuple)
            and len(value) <= MOST_COLUMNS
            and all(isinstance(row, Mapping) and all(map(_text, row.values())) for row in value)
            and all(name in row for name in required for row in value)
        )

    return check


def _columns(value: Any) -> bool:
    if not _rows("key", "label")(value):
        return False
    keys = [column["key"] for column in value]
    signs = {column.get("sign", "none") for column in value}
    return (
        all(map(KEY.fullmatch, keys)) and len(set(keys)) == len(keys) and signs <= {"plus", "minus", "none"}
    )


FLAGS = ("upvotes", "multiple", "word", "comment", "vary_order", "partial_to_desk", "by_college")
CHECKS: Mapping[str, Check] = {
    **dict.fromkeys(FLAGS, _flag),
    **dict.fromkeys(("low_label", "high_label", "proposal", "instruction"), _text),
    "max_chars": _or_none(_whole(0, LONGEST_TEXT)),
    "max_per_person": _or_none(_whole(0, 1_000)),
    "minimum": _or_none(_whole(0, 1_000)),
    "dots": _or_none(_whole(0, 100)),
    "per_option": _or_none(_whole(0, 100)),
    "min": _or_none(_whole(0, 12)),
    "max": _or_none(_whole(0, 12)),
    "low": _one_of(0, 1),
    "high": _one_of(5, 10),
    "grades": _one_of(5, 7),
    "steps": _one_of(5),
    "quorum": _or_none(_whole(0, 100)),
    "seconds": _whole(0, 3_600),
    "per": _one_of("person", "table"),
    "policy": _one_of("fifo", "first_time"),
    "columns": _columns,
    "texts": _rows(),
}
