"""A draft made again, and a document that people have been writing: what the app changes by itself, and what it proposes. Pure.

The app only ever changes blocks that are still as it wrote them (*intact*), and words of people are never overwritten:

- nobody has written yet: the document is the draft;
- otherwise, until the séance was closed once, the blocks that are still intact follow it;
- a block of a source never written before is added at the end of its section;
- an intact block that quotes words which stand nowhere in the séance any more (withdrawn, hidden) follows at once, with the
  intact blocks where the other cards it told now stand;
- any other difference is a proposal, to accept or to keep, until the séance says something else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from atelier.minutes.blocks import Block, blocks_of, mark_of, remove_block, replace_block, written
from atelier.minutes.content import Content
from atelier.minutes.said import Place, marks, places, said_in, told_refs, words_in


@dataclass(frozen=True, slots=True)
class Memory:
    """What the app has done before: marks of the blocks it wrote, and of those that people chose not to take."""

    drafted: Mapping[Place, str] = field(default_factory=dict)
    kept: Mapping[Place, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Proposal:
    """One difference to decide. `before` is "" where the text holds no such block, `after` where the draft has none left."""

    section: str
    source: str
    before: str
    after: str

    @property
    def key(self) -> str:
        """`weaknesses:V-2:0c41bb7e:3f9a1c0d`: what is decided, what the text says there now, and what it would say."""
        return f"{self.section}:{self.source}:{mark_of(self.before)}:{mark_of(self.after)}"


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """`edits`: new bodies by section. `erased`: words left the text. `drafted`: what the app will have written."""

    edits: Mapping[str, str] = field(default_factory=dict)
    proposals: tuple[Proposal, ...] = ()
    erased: bool = False
    drafted: Mapping[Place, str] = field(default_factory=dict)


def reconcile(
    current: Content,
    fresh: Content,
    human: bool,
    memory: Memory = Memory(),
    standing: Content | None = None,
    adding: bool = True,
    following: bool = False,
    leaving: Collection[str] = (),
) -> Reconciliation:
    """Compare a document with the draft made now.

    `human`: a person has written in it. `standing`: the draft with activities that are open (again), whose words have not
    left. `adding` False: nothing is added by itself, a text that is being read only loses what must go. `following`: the
    séance is still being held, intact blocks follow it. `leaving`: cards whose words or author may no longer stand (`C-12`).
    """
    if not human and adding:
        return _followed(current, fresh)
    comparison = _Comparison(current, fresh, standing or fresh, memory, adding, following)
    return comparison.reconciled({ref.rpartition("-")[2] for ref in leaving})


def _followed(current: Content, fresh: Content) -> Reconciliation:
    bodies = {section.key: section.body for section in fresh.sections}
    edits = {
        section.key: bodies[section.key]
        for section in current.sections
        if section.key in bodies and bodies[section.key] != section.body
    }
    lost = words_in(current) - words_in(fresh)
    return Reconciliation(edits, erased=bool(lost), drafted=marks(fresh))


class _Comparison:
    """One document beside one draft. A block that people moved to another section is still that block."""

    def __init__(
        self,
        current: Content,
        fresh: Content,
        standing: Content,
        memory: Memory,
        adding: bool,
        following: bool,
    ) -> None:
        self._bodies = {section.key: section.body for section in current.sections}
        self._before = dict(self._bodies)
        self._here = dict(places(current))
        self._fresh = dict(places(fresh))
        self._open = {place for place, _ in places(standing)} - set(self._fresh)
        self._standing = words_in(standing)
        self._memory, self._adding, self._following = memory, adding, following
        self._homes = {ref: place for place, block in self._fresh.items() for ref in told_refs(block.text)}
        self._moved = self._found_elsewhere()
        self._moved_from = {here: place for place, here in self._moved.items()}

    def _found_elsewhere(self) -> dict[Place, Place]:
        """Return, for blocks of the draft that stand in another section, where they stand."""
        missing: dict[str, list[Place]] = {}
        for place in self._fresh:
            if place not in self._here:
                missing.setdefault(place[1], []).append(place)
        strays = [here for here in self._here if here not in self._fresh and here not in self._open]
        return {missing[here[1]][0]: here for here in strays if len(missing.get(here[1], ())) == 1}

    def _place_here(self, place: Place) -> Place | None:
        """Return where a block of the draft stands in the text."""
        return place if place in self._here else self._moved.get(place)

    def _place_fresh(self, here: Place) -> Place | None:
        """Return the block of the draft that a block of the text is."""
        return here if here in self._fresh else self._moved_from.get(here)

    def reconciled(self, leaving: set[str]) -> Reconciliation:
        lost = [
            here
            for here, block in self._here.items()
            if block.intact and self._must_follow(here, block, leaving)
        ]
        followed = self._with_homes([*lost, *(self._outdated() if self._following else ())])
        for here in followed:
            self._follow(here)
        added = self._new(set() if self._adding else self._told_in(followed))
        for place in added:
            self._append(place)
        done = {*added, *filter(None, map(self._place_fresh, followed))}
        drafted = dict(self._memory.drafted)
        drafted |= {self._place_fresh(here) or here: block.mark for here, block in self._here.items()}
        drafted |= {place: self._fresh[place].mark for place in done}
        edits = {key: body for key, body in self._bodies.items() if body != self._before[key]}
        open_ones = (*self._changed(done), *self._left_over(followed))
        proposals = tuple(proposal for proposal in open_ones if not self._decided(proposal))
        return Reconciliation(edits, proposals, bool(lost), drafted)

    def _must_follow(self, here: Place, block: Block, leaving: set[str]) -> bool:
        """Whether a block says words that stand nowhere any more, or something of a card that the draft tells otherwise."""
        if said_in(block.text) - self._standing:
            return True
        told = {ref.rpartition("-")[2] for ref in told_refs(block.text)} if leaving else set()
        return bool(told & leaving) and here not in self._open and block.mark != self._mark_now(here)

    def _outdated(self) -> list[Place]:
        """Return the intact blocks that say something else than the draft, those of open activities apart."""
        return [
            here
            for here, block in self._here.items()
            if block.intact and here not in self._open and block.mark != self._mark_now(here)
        ]

    def _mark_now(self, here: Place) -> str:
        place = self._place_fresh(here)
        return self._fresh[place].mark if place else ""

    def _with_homes(self, waiting: list[Place]) -> list[Place]:
        """Return blocks that follow at once, with the intact ones that now tell what these told."""
        found: dict[Place, None] = {}
        while waiting:
            here = waiting.pop()
            if here in found:
                continue
            found[here] = None
            fresh = self._place_fresh(here)
            kept = told_refs(self._fresh[fresh].text) if fresh else set()
            for ref in told_refs(self._here[here].text) - kept:
                home = self._place_here(self._homes[ref]) if ref in self._homes else None
                if home and self._here[home].intact:
                    waiting.append(home)
        return list(found)

    def _told_in(self, followed: list[Place]) -> set[str]:
        return {ref for here in followed for ref in told_refs(self._here[here].text)}

    def _new(self, only: set[str]) -> list[Place]:
        """Return the blocks that the app has never written, in sections that still stand; of `only` these cards, if any."""
        return [
            place
            for place, block in self._fresh.items()
            if place not in self._memory.drafted
            and self._place_here(place) is None
            and place[0] in self._bodies
            and (self._adding or told_refs(block.text) & only)
        ]

    def _follow(self, here: Place) -> None:
        section, source = here
        place, body = self._place_fresh(here), self._bodies[section]
        if place is None:
            self._bodies[section] = remove_block(body, source)
        else:
            self._bodies[section] = replace_block(body, source, self._fresh[place].text)

    def _append(self, place: Place) -> None:
        section, source = place
        self._bodies[section] = _with_block(self._bodies[section], source, self._fresh[place].text)

    def _changed(self, done: set[Place]) -> Iterator[Proposal]:
        """Yield where the draft says something else than what the app last wrote there."""
        for place, block in self._fresh.items():
            here = self._place_here(place)
            last = self._here[here].mark if here else self._memory.drafted.get(place)
            if place not in done and last != block.mark:
                section, source = here or place
                yield Proposal(section, source, self._here[here].text if here else "", block.text)

    def _left_over(self, followed: list[Place]) -> Iterator[Proposal]:
        """Yield the intact blocks that the draft no longer has."""
        for here, block in self._here.items():
            if (
                block.intact
                and here not in followed
                and here not in self._open
                and self._place_fresh(here) is None
            ):
                yield Proposal(*here, before=block.text, after="")

    def _decided(self, proposal: Proposal) -> bool:
        return self._memory.kept.get((proposal.section, proposal.source)) == mark_of(proposal.after)


# ---------------------------------------------------------------- deciding


def accepted(body: str, proposal: Proposal) -> str | None:
    """Return the body of a section once a proposal is accepted: the block says what the draft says.

    None when the block no longer says what it said when the proposal was read: somebody's words are not replaced unseen.
    """
    blocks = [block for block in blocks_of(body) if block.source == proposal.source]
    if not proposal.before:
        return None if blocks else _with_block(body, proposal.source, proposal.after)
    block = next((block for block in blocks if block.text == proposal.before), None)
    if block is None:
        return None
    if not proposal.after:
        return remove_block(body, proposal.source)
    return body[: block.start] + written(proposal.source, proposal.after) + body[block.end :]


def _with_block(body: str, source: str, text: str) -> str:
    rest, block = body.rstrip("\n"), written(source, text)
    return f"{rest}\n\n{block}" if rest else block


def to_settings(memory: Memory) -> dict[str, Any]:
    """Return a memory as JSON keeps it: marks only, no words."""
    return {
        "drafted": [[*place, mark] for place, mark in sorted(memory.drafted.items())],
        "kept": [[*place, mark] for place, mark in sorted(memory.kept.items())],
    }


def from_settings(settings: Mapping[str, Any]) -> Memory:
    return Memory(*(_places(settings.get(name, ())) for name in ("drafted", "kept")))


def _places(rows: Iterable[tuple[str, str, str]]) -> dict[Place, str]:
    return {(section, source): mark for section, source, mark in rows}
