"""The published vectors, cast by phones one by one, closed and revealed (domain §4, D-8 to D-10)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from tests.unit.rules.polling import BLANK, dots, make_station

FOODS = {"Arancini": [1, 1, 4, 3, 7, 4, 1], "Burger": [2, 2, 5, 5, 5, 0, 2], "Chips": [0, 1, 2, 1, 6, 7, 4]}
LETTERS = {
    "A": [2, 2, 2, 2, 2],
    "B": [2, 1, 1, 1, 5],
    "C": [2, 1, 1, 2, 4],
    "D": [2, 1, 5, 0, 2],
    "E": [2, 2, 2, 2, 2],
}


def merit(profiles: Mapping[str, Sequence[int]]) -> list[tuple[str, int, int]]:
    """(name, rank, majority grade) of profiles given from worst to best, each voter grading every option."""
    names = tuple(profiles)
    grades = {name: [g for g, n in enumerate(counts) for _ in range(n)] for name, counts in profiles.items()}
    voters = len(grades[names[0]])
    steps = len(profiles[names[0]])
    station = make_station(0, "majority_judgment", options=names, settings={"grades": steps}, opened=False)
    for n in range(voters):
        station.play.join(f"Personne {n}")
    station.play.open("a1")
    for n in range(voters):
        ballot = {f"o{place}": grades[name][n] for place, name in enumerate(names, 1)}
        station.vote(f"Personne {n}", {"grades": ballot})
    result = station.close_and_reveal()
    station.play.assert_refolds()
    return [(names[int(e["key"][1:]) - 1], e["rank"], e["grade"]) for e in result["options"]]


def test_reveal_majority_judgment_ranks_the_published_profiles() -> None:
    assert merit(FOODS) == [("Chips", 1, 5), ("Arancini", 2, 4), ("Burger", 3, 3)]
    assert [(name, rank) for name, rank, _ in merit(LETTERS)] == [
        ("B", 1),
        ("C", 2),
        ("D", 3),
        ("A", 4),
        ("E", 4),
    ]


def test_reveal_majority_judgment_moves_ballots_to_the_nearest_grade_that_is_not_empty() -> None:
    assert [(name, rank) for name, rank, _ in merit({"Y": [1, 0, 1, 1, 0], "X": [1, 0, 1, 0, 1]})] == [
        ("X", 1),
        ("Y", 2),
    ]
    assert merit({"Z": [0, 2, 0, 2, 0]}) == [("Z", 1, 1)]


@pytest.mark.parametrize(
    ("favourable", "neutral", "unfavourable", "label"),
    [
        (36, 4, 2, "consensus"),
        (30, 6, 6, "broad_agreement"),
        (19, 7, 16, "divided"),
        (24, 9, 9, "rather_favourable"),
        (14, 26, 0, "no_majority"),
        (0, 0, 40, "rejected"),
        (27, 0, 13, "divided"),
    ],
)
def test_reveal_gradients_gives_the_label_of_the_vector(
    favourable: int, neutral: int, unfavourable: int, label: str
) -> None:
    levels = [1, 2] * (favourable // 2) + [1] * (favourable % 2) + [3] * neutral
    levels += [5, 4] * (unfavourable // 2) + [5] * (unfavourable % 2)
    station = make_station(len(levels) + 1, "gradients", options=("Une assemblée sans ordre du jour",))
    names = list(station.play.keys)
    for name, level in zip(names, levels, strict=False):
        station.vote(name, {"levels": {"o1": level}})
    station.vote(names[-1], BLANK)
    (entry,) = station.close_and_reveal()["options"]
    assert (entry["favourable"], entry["neutral"], entry["unfavourable"], entry["label"]) == (
        favourable,
        neutral,
        unfavourable,
        label,
    )


def test_reveal_scale_with_an_even_split_keeps_both_medians() -> None:
    station = make_station(4, "scale", options=("L'accueil",), settings={"low": 0, "high": 10})
    for name, value in zip(("Samira", "Jean-Luc", "Odile", "Thierry"), (2, 3, 4, 9), strict=True):
        station.vote(name, {"values": {"o1": value}})
    (entry,) = station.close_and_reveal()["options"]
    assert (entry["median"], entry["median_high"], entry["q1"], entry["q3"]) == (3, 4, 2, 4)


@pytest.mark.parametrize(
    ("kind", "options", "ballots", "read"),
    [
        ("choice", ("Oui", "Non"), [{"options": ["o1"]}, {"options": ["o1"]}, {"options": ["o2"]}], (2, 1)),
        ("check_in", (), [{"weather": 5}, {"weather": 5}, {"weather": 1}], (1, 0, 0, 0, 2)),
        ("roti", (), [{"value": 3}, {"value": 4}, {"value": 4}], (0, 0, 1, 2, 0)),
        ("consent", (), [{"answer": "consent"}] * 2 + [{"answer": "withdraw"}], (2, 0, 0, 1)),
        ("dot_vote", ("A", "B"), [dots(o1=2, o2=1), dots(o1=1), dots(o2=2)], (3, 3)),
    ],
)
def test_every_kind_of_vote_runs_from_the_opening_to_the_reveal(
    kind: str, options: tuple[str, ...], ballots: list[dict[str, Any]], read: tuple[int, ...]
) -> None:
    station = make_station(3, kind, options=options)
    for name, ballot in zip(("Samira", "Jean-Luc", "Odile"), ballots, strict=True):
        station.vote(name, ballot)
    result = station.close_and_reveal()
    entries = sorted(result["options"], key=lambda entry: str(entry["key"]))
    field = {"choice": "people", "dot_vote": "dots"}.get(kind, "counts")
    values = entries[0][field] if field == "counts" else tuple(entry[field] for entry in entries)
    assert values == read
    assert result["counts"]["voters"] == 3
    station.play.assert_refolds()
