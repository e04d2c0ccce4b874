"""Keys and numbers: given once, never again (architecture §7)."""

from __future__ import annotations

from dataclasses import replace

from atelier.live.state import LiveState, with_item

ANONYMOUS_BLOCK = 20


def next_key(state: LiveState, letter: str, ahead: int = 0) -> str:
    """Return the next free key of a family: `next_key(state, "a")` -> `a7`. `ahead` skips keys given in the same decision."""
    return f"{letter}{state.next_key.get(letter, 0) + 1 + ahead}"


def with_key_taken(state: LiveState, key: str) -> LiveState:
    """Remember that `key` is given, whatever happens to the thing that bears it."""
    letter, number = key[0], int(key[1:])
    return replace(
        state, next_key=with_item(state.next_key, letter, max(number, state.next_key.get(letter, 0)))
    )


def contribution_number(state: LiveState, activity: str, anonymous: bool, draw: int) -> int:
    """Return the number of a new card.

    In an anonymous activity it is drawn (by `draw`, any non-negative integer) in a block set aside for that activity, so
    that numbers do not tell the order of arrival.
    """
    if not anonymous:
        return state.next_number
    block = free_numbers(state, activity)
    return block[draw % len(block)]


def free_numbers(state: LiveState, activity: str) -> tuple[int, ...]:
    """Numbers an anonymous activity may still give: what is left of its block, or a new block."""
    left = state.reserved.get(activity, ())
    return left or tuple(range(state.next_number, state.next_number + ANONYMOUS_BLOCK))


def with_number_taken(state: LiveState, activity: str, number: int, anonymous: bool) -> LiveState:
    """Remember that `number` is given."""
    if not anonymous:
        return replace(state, next_number=max(state.next_number, number + 1))
    block = free_numbers(state, activity)
    left = tuple(free for free in block if free != number)
    return replace(
        state,
        reserved=with_item(state.reserved, activity, left),
        next_number=max(state.next_number, max(block) + 1),
    )
