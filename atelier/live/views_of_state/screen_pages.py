"""How much of a list fits the projector: lists of more than five are paged from the desk, seven lines at most (D-25).

Widths are characters per line at the sizes of experience §2 (Atkinson, 1920 × 1080). They decide pages, never what is
cut: a text that is longer than foreseen still stands whole on its page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

MOST = 5
LINES = 7
HALF, FULL, LABEL, READING = (
    30,
    64,
    26,
    58,
)  # characters per line: half the scene, all of it, beside a bar, a text


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list: the places it holds, its number (from 0) and how many pages there are."""

    start: int
    stop: int
    number: int = 0
    total: int = 1


@lru_cache(maxsize=8_192)  # asked for every card at every tick
def lines(text: str, width: int) -> int:
    """Return how many lines a text takes at `width` characters per line, broken between words."""
    count, used = 1, 0
    for word in text.split():
        need = len(word) + (1 if used else 0)
        if used and used + need > width:
            count, used = count + 1, len(word)
        else:
            used += need
    return count


def page_at(costs: Sequence[int], budget: int, wanted: int, most: int = MOST) -> Page:
    """Return page `wanted` (clipped) of a list whose items cost `costs`; pages are even when all items are alike."""
    bounds = page_bounds(costs, budget, most)
    number = min(max(wanted, 0), len(bounds) - 1)
    return Page(*bounds[number], number, len(bounds))


def page_bounds(costs: Sequence[int], budget: int, most: int = MOST) -> list[tuple[int, int]]:
    """Return the (start, stop) of each page: never empty, never more than `most` items, within `budget` if it can be."""
    if not costs:
        return [(0, 0)]
    even = -(-len(costs) // -(-len(costs) // most))
    bounds, start, spent = [], 0, 0
    for place, cost in enumerate(costs):
        if place > start and (spent + cost > budget or place - start >= even):
            bounds.append((start, place))
            start, spent = place, 0
        spent += cost
    return [*bounds, (start, len(costs))]


def in_two_columns(texts: Sequence[str], tallest: int = 2) -> bool:
    """Tell whether short texts may stand two by two."""
    return len(texts) > 1 and all(lines(text, HALF) <= tallest for text in texts)


def slips_page(texts: Sequence[str], wanted: int, budget: int = LINES) -> tuple[Page, bool]:
    """Return the page of some slips, and whether they stand two by two. `budget`: lines of text."""
    if in_two_columns(texts):
        return page_at([1] * len(texts), MOST, wanted), True
    return page_at([lines(text, FULL) for text in texts], budget, wanted), False


def text_pages(heading: str, text: str) -> list[dict[str, str]]:
    """Cut one text into pages of seven lines, heading included; words stay whole."""
    pages: list[list[str]] = [[]]
    room = left = LINES - (1 if heading else 0)
    for paragraph in (part for part in text.splitlines() if part.strip()):
        fresh = True
        for line in wrapped(paragraph):
            if left == 0:
                pages.append([])
                left, fresh = room, True
            if fresh:
                pages[-1].append(line)
            else:
                pages[-1][-1] += f" {line}"
            left, fresh = left - 1, False
    return [{"heading": heading, "text": "\n".join(page)} for page in pages]


def wrapped(paragraph: str) -> list[str]:
    """Cut a paragraph into lines of READING characters; an empty one takes no line."""
    found: list[str] = []
    for word in paragraph.split():
        if found and len(found[-1]) + 1 + len(word) <= READING:
            found[-1] += f" {word}"
        else:
            found.append(word)
    return found
