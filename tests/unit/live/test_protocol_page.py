"""docs/protocol.md says what the house does: its tables are made from the catalogue, its examples are tried."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

from atelier import realtime
from atelier.live import forms
from atelier.live.broadcast import SCALE
from atelier.live.catalogue import COMMANDS
from atelier.live.desk import QUEUE_LIMIT, RETRYABLE
from atelier.live.rules.people import LONGEST_NAME, MOST_AT_TABLE
from atelier.live.ticker import TICK_S
from atelier.live.voting_methods import METHODS

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs/protocol.md").read_text(encoding="utf-8")


def generator() -> object:
    spec = importlib.util.spec_from_file_location("protocol_tables", ROOT / "scripts/protocol_tables.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_tables_are_those_of_the_catalogue() -> None:
    assert generator().written(PAGE) == PAGE, "run scripts/protocol_tables.py"  # type: ignore[attr-defined]


def test_every_act_is_on_the_page_with_its_fields() -> None:
    for name, command in COMMANDS.items():
        row = next(line for line in PAGE.splitlines() if line.startswith(f"| `{name}` |"))
        for field in forms.form_for(command)()._fields:
            assert f"`{field}` " in row


def test_limits_on_the_page_are_those_of_the_house() -> None:
    assert realtime.MAX_MESSAGE_BYTES == 262_144
    assert "262,144 bytes" in PAGE
    assert f"{QUEUE_LIMIT}, then `busy`" in PAGE
    assert f"one per {round(TICK_S * 1000)} ms" in PAGE
    assert f"journal's number × {SCALE:,}" in PAGE
    assert f"text ≤ {LONGEST_NAME}" in PAGE
    assert f"integer 1–{MOST_AT_TABLE}" in PAGE
    assert f"{forms.JSON_LIMIT:,} characters" in PAGE
    assert f"{forms.DEPTH_LIMIT} levels" in PAGE
    retryable = re.search(r"\*\*Retryable\*\*: ([^.]*)\.", PAGE)
    assert retryable is not None
    assert set(re.findall(r"`(\w+)`", retryable[1])) == RETRYABLE


def test_ballots_on_the_page_are_taken_by_their_methods() -> None:
    import json

    settings = {
        "dots": 3, "per_option": 2, "multiple": False, "min": 1, "max": 1, "low": 0, "high": 10, "grades": 5,
    }  # fmt: skip
    rows = re.findall(r"^\| ((?:`\w+`(?:, )?)+) \| `(\{.*?\})`(?:.*?, `(\{.*?\})`)?", PAGE, re.MULTILINE)
    tried = set()
    for kinds, *ballots in rows:
        for kind, ballot in zip(re.findall(r"`(\w+)`", kinds), filter(None, ballots), strict=False):
            METHODS[kind].check(json.loads(ballot), settings, ["o1", "o2", "o3"])
            tried.add(kind)
    assert tried == set(METHODS)
