"""Colleges of a démarche (D-13): one letter and one shape each, and a last choice that is always there."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

# A new college has a new shape, never a new colour alone: the colour follows the shape.
COLOURS: Mapping[str, str] = {
    "square": "lagon",
    "circle": "soleil",
    "triangle": "rose",
    "losange": "violet-tendre",
    "pentagon": "passable",
    "hexagon": "nappe",
    "croissant": "violet-clair",
}
SHAPES = tuple(COLOURS)
LAST = {
    "key": "X",
    "label": "Autre, ou je préfère ne pas dire",
    "letter": "",
    "shape": "ring",
    "color": "blanc",
}
MOST = len(SHAPES)


def college(letter: str, label: str, shape: str) -> dict[str, str]:
    """Return a college as it is stored. Its key is its letter without accent."""
    key = unicodedata.normalize("NFD", letter)[0]
    return {"key": key, "label": label, "letter": letter, "shape": shape, "color": COLOURS[shape]}


CHANTIER = (
    college("E", "Élus et agents", "square"),
    college("A", "Associatifs et citoyens", "circle"),
    college("U", "Universitaires", "triangle"),
)
WORKSHOPS = (
    college("É", "Élus", "square"),
    college("T", "Techniciens des collectivités", "losange"),
    college("A", "Associations", "circle"),
    college("L", "Lycées", "pentagon"),
    college("N", "Entreprises", "hexagon"),
    college("H", "Habitants", "croissant"),
)
EXCHANGE = (
    college("P", "Professionnels", "losange"),
    college("E", "Élus", "square"),
    college("B", "Bénévoles", "circle"),
)


def completed(chosen: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the colleges that people choose from: those of the séance, then the last choice. None when it has none."""
    kept = [dict(item) for item in chosen if item["key"] != LAST["key"]]
    return [*kept, dict(LAST)] if kept else []
