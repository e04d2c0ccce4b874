"""What any release has written is read the same by this one (architecture §4, history.py)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from atelier.live.catalogue import EVENTS
from atelier.live.codec import decode, plain
from atelier.live.engine import fold
from atelier.live.history import lifted, version_of
from atelier.live.state import LiveState

JOURNALS = sorted(Path(__file__).parent.glob("*.json"))
AGAIN = "before the release is out, write it again: .venv/bin/python -m tests.journals.record"


def load(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def folded(golden: Mapping[str, Any], erased: frozenset[str] = frozenset()) -> LiveState:
    bodies = {id: "" if owner in erased else body for id, (owner, body) in golden["words"].items()}
    return fold(
        LiveState(),
        (
            (
                decode(EVENTS[kind], lifted(kind, v, payload), bodies),
                datetime.fromisoformat(at) if at else None,
            )
            for _, kind, v, payload, _, at in golden["events"]
        ),
    )


def differences(then: Any, now: Any, path: str = "state") -> list[str]:
    """Return where what was known then is no longer the same; what the state has learned since is welcome."""
    if isinstance(then, Mapping) and isinstance(now, Mapping):
        return [
            found
            for key, value in then.items()
            for found in (
                [f"{path}.{key}: gone"] if key not in now else differences(value, now[key], f"{path}.{key}")
            )
        ]
    if isinstance(then, list) and isinstance(now, list) and len(then) == len(now):
        return [
            f
            for n, pair in enumerate(zip(then, now, strict=True))
            for f in differences(*pair, f"{path}[{n}]")
        ]
    return [] if then == now else [f"{path}: {then!r} was read, now {now!r}"]


@pytest.mark.parametrize("path", JOURNALS, ids=lambda path: path.stem)
def test_a_journal_of_an_earlier_release_folds_to_the_same_seance(path: Path) -> None:
    golden = load(path)
    now = json.loads(json.dumps(plain(folded(golden)), ensure_ascii=False))
    assert differences(golden["state"], now) == [], AGAIN
    assert now["seq"] == golden["events"][-1][0]


@pytest.mark.parametrize("path", JOURNALS, ids=lambda path: path.stem)
def test_a_golden_journal_with_its_words_erased_still_folds(path: Path) -> None:
    """Whatever has been erased since: the shape of the séance never depends on what was said (R-205, erasure)."""
    golden = load(path)
    owners = frozenset(owner for owner, _ in golden["words"].values())
    assert folded(golden, owners).seq == folded(golden).seq
    for owner in sorted(owners):
        assert folded(golden, frozenset({owner})).seq == golden["events"][-1][0]


def test_the_newest_golden_journal_holds_every_kind_of_event_of_this_release() -> None:
    newest = load(JOURNALS[-1])
    assert newest["release"] == version("atelier")
    assert set(EVENTS) - {kind for _, kind, *_ in newest["events"]} == set(), AGAIN
    assert {(kind, v) for _, kind, v, *_ in newest["events"]} == {
        (kind, version_of(kind)) for kind in EVENTS
    }, AGAIN


@pytest.mark.parametrize("path", JOURNALS, ids=lambda path: path.stem)
def test_no_ballot_is_in_a_golden_journal(path: Path) -> None:
    ballots = [
        payload
        for _, kind, _, payload, *_ in load(path)["events"]
        if kind in {"BallotReceived", "PaperEntered"}
    ]
    assert len(ballots) > 4
    assert {name for payload in ballots for name in payload} & {"ballot", "paper"} == set()


def test_the_comparison_sees_what_changed_and_what_is_gone() -> None:
    then = {"a": 1, "b": [1, {"c": 2}]}
    assert differences(then, {"a": 1, "b": [1, {"c": 2, "new": 3}], "more": 0}) == []
    assert differences(then, {"a": 2, "b": [1, {}]}) == ["state.a: 1 was read, now 2", "state.b[1].c: gone"]
    assert differences(then, {"a": 1, "b": [1]}) != []
