"""What people really typed, keystroke by keystroke (`editing-traces`), replayed through our replicas."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from typing import Any

import pytest

from atelier.minutes.content import Content, Section
from atelier.minutes.document import SharedText, loaded, make
from tests.conftest import DATA

FOLDER = DATA / "editing-traces"
BODY = "body"
EMPTY = Content("", (Section(BODY, 1, "Texte"),))


def trace(name: str) -> dict[str, Any]:
    """Return one trace; the test is skipped where the data is not there."""
    path = FOLDER / f"{name}.json.gz"
    if not path.exists():
        pytest.skip("the editing traces lie beside the project (ATELIER_TEST_DATA)")
    found: dict[str, Any] = json.loads(gzip.decompress(path.read_bytes()))
    return found


def typed_alone(made: dict[str, Any], most: int | None = None) -> Iterator[tuple[bytes, str]]:
    """Replay one person's trace: (update, the text that Python's own strings make of it)."""
    page = loaded([make(EMPTY, client=1)], client=2)
    wanted = made["startContent"]
    for change in made["txns"][:most]:
        for at, deleted, words in change["patches"]:
            wanted = wanted[:at] + words + wanted[at + deleted :]
        yield page.editing(lambda text, change=change: _patch(text, change["patches"])), wanted


def typed_at_once(made: dict[str, Any], most: int | None = None) -> Iterator[bytes]:
    """Replay several people's trace, each change on the very state that its author saw; yield the updates in order."""
    changes = made["txns"][:most]
    base = make(EMPTY, client=1)
    pages = [loaded([base], client=2 + agent) for agent in range(made["numAgents"])]
    known: list[set[int]] = [set() for _ in pages]
    updates: list[bytes] = []
    for number, change in enumerate(changes):
        page, held = pages[change["agent"]], known[change["agent"]]
        for earlier in sorted(_unseen(changes, change["parents"], held)):
            page.trust(updates[earlier])
            held.add(earlier)
        updates.append(page.editing(lambda text, change=change: _patch(text, change["patches"])))
        held.add(number)
        yield updates[-1]


def _unseen(changes: list[Any], parents: list[int], held: set[int]) -> set[int]:
    """Return what stands before these changes, themselves included, and is not held yet."""
    found: set[int] = set()
    waiting = list(parents)
    while waiting:
        number = waiting.pop()
        if number not in held and number not in found:
            found.add(number)
            waiting += changes[number]["parents"]
    return found


def _patch(text: SharedText, patches: list[Any]) -> None:
    for at, deleted, words in patches:
        text.splice(BODY, at, at + deleted, words)
