"""What the documents say of the code is so: links, rooms, keys."""

from __future__ import annotations

import re
from pathlib import Path

from tests.architecture.source import ROOT, files_in, own_files, text_of

LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")
NAMES_OF_KEYS = {
    "ArrowRight": "→", "ArrowLeft": "←", "Space": "Espace", "Enter": "Entrée", "PageUp": "Page ↑", "PageDown": "Page ↓",
}  # fmt: skip


def documents() -> list[Path]:
    return [path for path in own_files() if path.suffix == ".md"]


def test_every_link_between_documents_leads_somewhere() -> None:
    links = [(path, target) for path in documents() for target in LINK.findall(text_of(path))]
    assert links
    assert [(str(path), to) for path, to in links if not (ROOT / path.parent / to).exists()] == []


def test_every_room_stands_on_the_plan() -> None:
    plan = text_of(Path("ARCHITECTURE.md")).partition("## Rooms")[2].partition("## ")[0]
    rooms = {path.parts[1].removesuffix(".py") for path in files_in("atelier", ".py")} - {
        "__init__",
        "__main__",
    }
    assert sorted(room for room in rooms if not re.search(rf"\b{room}\b", plan)) == []


def test_the_guide_tells_every_key_of_the_desk() -> None:
    markup = "".join(text_of(path) for path in files_in("templates/live/desk", ".html"))
    keys = set(re.findall(r'(?:shortcut|data-key)="(\w+)"', markup))
    assert {"ArrowRight", "s"} <= keys
    guide = text_of(Path("docs/guide-animation.md"))
    told = {
        key
        for row in re.findall(r"(?m)^\| ([^|]+) \|", guide)
        for key in (row, *row.split(" / "), *row.split())
    }
    assert {key for key in keys if NAMES_OF_KEYS.get(key, key.upper()) not in told} == set()
