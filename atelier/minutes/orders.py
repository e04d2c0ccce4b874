"""Places in a row that never run out: a text between two texts, compared sign by sign. Moving a section changes its place alone.

The signs stand in the order of ASCII, so that Python and JavaScript compare them alike.
"""

from __future__ import annotations

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
BASE = len(DIGITS)


def between(low: str, high: str | None) -> str:
    """Return a place after `low` ("" is the beginning) and before `high` (None is the end); ValueError where there is none."""
    place, bound, at = "", high, 0
    while True:
        down = DIGITS.index(low[at]) if at < len(low) else 0
        up = DIGITS.index(bound[at]) if bound is not None and at < len(bound) else BASE
        if up - down > 1:
            place += DIGITS[(down + up) // 2]
            break
        place += DIGITS[down]
        if up > down:
            bound = None  # already before `high`: only `low` bounds what follows
        at += 1
    if place <= low or (high is not None and place >= high):
        raise ValueError("nothing stands between these")
    return place


def spread(count: int) -> list[str]:
    """Return `count` places in order, of one length, with room between each two."""
    width = 1
    while BASE**width <= 4 * count:
        width += 1
    step = BASE**width // (count + 1)
    return [_written(step * (number + 1), width) for number in range(count)]


def _written(value: int, width: int) -> str:
    signs = []
    for _ in range(width):
        value, rest = divmod(value, BASE)
        signs.append(DIGITS[rest])
    return "".join(reversed(signs)).rstrip("0") or DIGITS[1]
