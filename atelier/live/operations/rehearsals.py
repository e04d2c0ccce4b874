"""Rehearsals as the desk sees them: how far one is, and all of them deleted in one act (D-24).

A rehearsal is played by a process of its own (`atelier rehearse`). It tells how far it is in a small file beside the
database, so that any process of the machine may say it; the file holds numbers and the verdict, nothing about anybody.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from atelier.house import House
from atelier.workshops.models import WorkshopSession
from atelier.workshops.operations import erase_session

FOLDER = "rehearsals"
SILENT_FOR = timedelta(seconds=90)  # a step takes seconds: after that long, nobody plays any more
GOING_ON = frozenset({"starting", "joining", "running"})


def tell(var: Path, code: str, at: datetime, **facts: Any) -> None:
    """Say how far the rehearsal of the séance `code` is. A reader finds the old words or the new ones, never half of them.

    `facts`: state (starting | joining | running | done), phones, done, steps, copy (its join code), verdict (by language),
    follows.
    """
    path = _path(var, code)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps({**facts, "at": at.isoformat()}, ensure_ascii=False))
    os.replace(fresh, path)


def told(var: Path, code: str, now: datetime) -> Mapping[str, Any]:
    """Return what was said last, `{"state": "none"}` if nothing was; a rehearsal that fell silent is `broken`."""
    path = _path(var, code)
    if not path.exists():
        return {"state": "none"}
    facts: dict[str, Any] = json.loads(path.read_text())
    silent = now - datetime.fromisoformat(facts.pop("at")) > SILENT_FOR
    if facts["state"] in GOING_ON and silent:
        facts["state"] = "broken"
    return facts


def delete_rehearsals(house: House, source: WorkshopSession) -> int:
    """Delete every rehearsal of a séance, with all that was written in them; return how many there were."""
    live = house.parts["live"]
    with house.database.writing() as db:
        copies = db.scalars(select(WorkshopSession).where(WorkshopSession.rehearsal_of == source.id)).all()
        gone = [copy.id for copy in copies]
        for session_id in gone:
            live.forget(session_id)
        for copy in copies:
            erase_session(db, copy)
    for session_id in gone:
        live.forget(session_id)  # whoever knocked meanwhile
    _path(house.settings.var, source.code).unlink(missing_ok=True)
    return len(gone)


def _path(var: Path, code: str) -> Path:
    return var / FOLDER / f"{code}.json"
