"""Two texts compared word by word: what stayed, what was taken out, what was put in. Pure.

`before(changes)` and `after(changes)` give both texts back, sign for sign: nothing of a version can be lost by being shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from atelier.minutes.content import Content, Section

SAME, REMOVED, ADDED = "same", "removed", "added"
TOKEN = re.compile(r"\s+|\w+['’]?|[^\w\s]")
LINE = re.compile(r"[^\n]*\n|[^\n]+")
WINDOW = 12  # lines looked through for the twin of one that changed
MOST_PAIRS = 2_000_000  # beyond, a passage is shown as taken out and put in whole: a comparison must not hold the server


@dataclass(frozen=True, slots=True)
class Change:
    """A run of text. `kind` is `same`, `removed` or `added`."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class SectionChange:
    """One section in two versions. `state`: `same`, `changed`, `added` or `removed`; `moved` says that its place changed too."""

    key: str
    level: int
    state: str
    heading: tuple[Change, ...]
    body: tuple[Change, ...]
    moved: bool = False


def compare(old: str, new: str) -> tuple[Change, ...]:
    """Return the changes from `old` to `new`: lines first, then the words of the lines that differ."""
    return tuple(_joined(_lines(LINE.findall(old), LINE.findall(new))))


def before(changes: Iterable[Change]) -> str:
    """Return the old text."""
    return "".join(change.text for change in changes if change.kind != ADDED)


def after(changes: Iterable[Change]) -> str:
    """Return the new text."""
    return "".join(change.text for change in changes if change.kind != REMOVED)


def words_changed(changes: Iterable[Change]) -> tuple[int, int]:
    """Return how many words were put in and how many were taken out."""
    counts = {SAME: 0, ADDED: 0, REMOVED: 0}
    for change in changes:
        counts[change.kind] += len(change.text.split())
    return counts[ADDED], counts[REMOVED]


def compare_contents(old: Content, new: Content) -> tuple[SectionChange, ...]:
    """Compare section by section, in the order of `new`; a section taken out stands after the one it followed."""
    left, right = ({section.key: section for section in content.sections} for content in (old, new))
    keys = [section.key for section in new.sections]
    for place, section in enumerate(old.sections):
        if section.key not in right:
            known = [one.key for one in old.sections[:place] if one.key in keys]
            keys.insert(keys.index(known[-1]) + 1 if known else 0, section.key)
    moved = _moved([key for key in left if key in right], [key for key in right if key in left])
    return tuple(_section(key, left.get(key), right.get(key), key in moved) for key in keys)


def _section(key: str, old: Section | None, new: Section | None, moved: bool) -> SectionChange:
    heading = compare(old.heading if old else "", new.heading if new else "")
    body = compare(old.body if old else "", new.body if new else "")
    state = "changed" if old and new else "added" if new else "removed"
    if old and new and old.heading == new.heading and old.body == new.body:
        state = "same"
    level = new.level if new else old.level if old else 1
    return SectionChange(key, level, state, heading, body, moved)


def _moved(old: Sequence[str], new: Sequence[str]) -> set[str]:
    """Return the sections whose place changed among those that both have: the fewest that explain the new order."""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    kept = {old[place] for block in matcher.get_matching_blocks() for place in _range(block.a, block.size)}
    return set(old) - kept


def _range(start: int, size: int) -> range:
    return range(start, start + size)


def _lines(old: Sequence[str], new: Sequence[str]) -> Iterator[Change]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, i, i_end, j, j_end in matcher.get_opcodes():
        if tag == "equal":
            yield Change(SAME, "".join(old[i:i_end]))
        else:
            for left, right in _paired(old[i:i_end], new[j:j_end]):
                yield from _words(TOKEN.findall(left), TOKEN.findall(right))


def _paired(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Put side by side the lines that share most of their words, so that a word changed everywhere is shown as one word."""
    left, right = 0, 0
    bags = [set(line.split()) for line in new]
    for place, line in enumerate(old):
        bag = set(line.split())
        near = range(right, min(right + WINDOW, len(new)))
        twin = next((n for n in near if 2 * len(bag & bags[n]) > max(len(bag), len(bags[n]))), None)
        if twin is not None:
            yield "".join(old[left:place]), "".join(new[right:twin])
            yield line, new[twin]
            left, right = place + 1, twin + 1
    yield "".join(old[left:]), "".join(new[right:])


def _words(old: Sequence[str], new: Sequence[str]) -> Iterator[Change]:
    if len(old) * len(new) > MOST_PAIRS:
        yield from _replaced("".join(old), "".join(new))
        return
    matcher = SequenceMatcher(str.isspace, old, new, autojunk=False)
    for tag, i, i_end, j, j_end in matcher.get_opcodes():
        left, right = "".join(old[i:i_end]), "".join(new[j:j_end])
        if tag == "equal":
            yield Change(SAME, left)
        else:
            yield from _replaced(left, right)


def _replaced(left: str, right: str) -> Iterator[Change]:
    yield Change(REMOVED, left)
    yield Change(ADDED, right)


def _joined(changes: Iterable[Change]) -> Iterator[Change]:
    """Put together what is read together: a space between two changed words belongs to the change."""
    gone = come = ""
    kept = ""
    for change in changes:
        if not change.text:
            continue
        if change.kind == SAME:
            kept += change.text
            continue
        if kept and not (kept.isspace() and "\n" not in kept and (gone or come)):
            yield from _pending(gone, come)
            yield Change(SAME, kept)
            gone = come = ""
        else:
            gone, come = gone + kept, come + kept
        kept = ""
        gone += change.text if change.kind == REMOVED else ""
        come += change.text if change.kind == ADDED else ""
    yield from _pending(gone, come)
    if kept:
        yield Change(SAME, kept)


def _pending(gone: str, come: str) -> Iterator[Change]:
    if gone:
        yield Change(REMOVED, gone)
    if come:
        yield Change(ADDED, come)
