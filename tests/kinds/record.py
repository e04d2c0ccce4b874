"""Writes the journals of these séances and the drafts they make: `.venv/bin/python -m tests.kinds.record [--drafts]`.

The journals are what the doors wrote when the séances were played; `--drafts` keeps them and writes only the drafts again,
to be read line by line before they are committed.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from atelier import tables
from atelier.app import create_app
from atelier.house import House
from atelier.live.recap import recap
from atelier.settings import from_environment
from atelier.workshops.operations import create_from_template
from atelier.workshops.snapshot import snapshot_of
from tests.factories import make_snapshot
from tests.faults.hall import Hall
from tests.journals.record import Clock, rows_of
from tests.kinds import exchange_day, open_evening, workshops
from tests.kinds.carriers import HouseRoom
from tests.kinds.golden import FOLDER, draft_of, markdown, path_of
from tests.kinds.room import Room

BEGUN = datetime(2026, 3, 16, 17, 0, tzinfo=UTC)  # 18 h in Dunkerque
Plays = Mapping[str, tuple[str, str, Callable[[Room], None]]]  # reference -> template, title, what happens
PLAYS: Plays = {
    "GE1": (exchange_day.TEMPLATE, "Groupe d'échanges, première journée", exchange_day.play),
    "DK1": (workshops.TEMPLATES[0], "Atelier de Dunkerque, séance 1", workshops.first),
    "DK2": (workshops.TEMPLATES[1], "Atelier de Dunkerque, séance 2", workshops.second),
    "DK3": (workshops.TEMPLATES[2], "Atelier de Dunkerque, séance 3", workshops.third),
    "PL1": ("", "La place du Puits", open_evening.play),
}


def record(folder: Path) -> None:
    clock = Clock()
    settings = replace(from_environment({"ATELIER_VAR": str(folder)}), public_url="http://localhost")
    app = create_app(settings, clock=clock, background=False)
    house: House = app.extensions["atelier"]
    tables.metadata.create_all(house.database.writer)
    for reference, hall in played(house, clock, PLAYS).items():
        text = json.dumps(rows_of(hall), ensure_ascii=False, indent=1, sort_keys=True)
        path_of(reference).write_text(f"{text}\n", encoding="utf-8")
    house.database.dispose()


def played(house: House, clock: Clock, references: Iterable[str], owner: int = 1) -> dict[str, Hall]:
    """Play séances in a house, the one after the other, each at its first hour."""
    halls: dict[str, Hall] = {}
    before: dict[str, Any] = {}
    for number, reference in enumerate(references, 1):
        template, title, play = PLAYS[reference]
        clock.now = BEGUN
        snapshot = _snapshot(house, template, title, reference, before)
        hall = Hall(house, snapshot, code=f"48213{number}", reference=reference, owner=owner)
        hall.perform(hall.guest("facilitator"), "take_agenda")
        play(HouseRoom(hall, snapshot, clock.wait))
        before = recap(hall.state)
        halls[reference] = hall
    return halls


def _snapshot(
    house: House, template: str, title: str, reference: str, before: Mapping[str, Any]
) -> dict[str, Any]:
    if not template:
        meeting = {
            "kind": "blank",
            "reference": reference,
            "title": title,
            "question": "Que faire de la place ?",
        }
        return make_snapshot(open_evening.sequences(), tables=0, **meeting)
    with house.database.writing() as db:
        session = create_from_template(
            db, 1, template, BEGUN, title=title, reference=f"{reference}-P", place="Kursaal", starts_at=BEGUN
        )
        previous = before if reference in {"DK2", "DK3"} else {}
        made = snapshot_of(session, previous=previous)
    return {**made, "meeting": {**made["meeting"], "reference": reference}}


def main() -> None:
    if "--drafts" not in sys.argv:
        with tempfile.TemporaryDirectory() as folder:
            record(Path(folder))
    for reference in PLAYS:
        path = FOLDER / f"{reference}.txt"
        path.write_text(markdown(draft_of(reference)), encoding="utf-8")
        print(f"{path.name}: {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
