from __future__ import annotations

import hashlib

import pytest

from atelier.errors import Refusal
from atelier.live.rules.drawing_lots import MAX_SEED, DrawLots
from tests.unit.rules.polling import Station, dots, make_station


def tied_station() -> Station:
    """o1 and o2 share the first place, o3 and o4 the third."""
    station = make_station(2, options=("Le lieu", "L'heure", "La langue", "La sono"), settings={"dots": 6})
    station.vote("Samira", dots(o1=2, o2=2, o3=1))
    station.vote("Jean-Luc", dots(o4=1))
    station.close_and_reveal()
    return station


def test_draw_lots_records_the_seed_and_leaves_the_tie_a_tie() -> None:
    station = tied_station()
    station.act(DrawLots("a1", seed=" 4 2 6 "))
    result = station.play.activity("a1").result or {}
    expected = sorted(("o1", "o2"), key=lambda key: hashlib.sha256(f"4 2 6:{key}".encode()).hexdigest())
    assert result["draws"] == (
        {
            "keys": ("o1", "o2"),
            "seed": "4 2 6",
            "order": tuple(expected),
            "rule": "sha256",
            "by": "Nadia",
            "at": "2015-10-13T17:00:00+00:00",
        },
    )
    assert [(e["rank"], e["tied"]) for e in result["options"]] == [(1, True), (1, True), (3, True), (3, True)]
    assert station.play.state.log[-1].act == "draw_lots"
    station.play.assert_refolds()


def test_draw_lots_takes_the_ties_one_after_the_other_and_none_twice() -> None:
    station = tied_station()
    station.act(DrawLots("a1", seed="4"))
    station.act(DrawLots("a1", seed="5"))
    result = station.play.activity("a1").result or {}
    assert [draw["keys"] for draw in result["draws"]] == [("o1", "o2"), ("o3", "o4")]
    assert station.refused(DrawLots("a1", seed="6")) == Refusal("already_drawn")


def test_draw_lots_of_chosen_options_are_one_whole_tie() -> None:
    station = tied_station()
    assert station.refused(DrawLots("a1", seed="4", keys=("o1", "o3"))) == Refusal("no_tie")
    assert station.refused(DrawLots("a1", seed="4", keys=({}, 3))) == Refusal("no_tie")  # type: ignore[arg-type]
    station.act(DrawLots("a1", seed="4", keys=("o4", "o3")))
    assert station.refused(DrawLots("a1", seed="5", keys=("o3", "o4"))) == Refusal("already_drawn")


@pytest.mark.parametrize(
    ("seed", "refusal"),
    [
        ("", Refusal("seed_required")),
        ("  ", Refusal("seed_required")),
        ("6" * 61, Refusal("too_long", {"limit": MAX_SEED})),
    ],
)
def test_draw_lots_without_a_seed_that_can_be_printed_is_refused(seed: str, refusal: Refusal) -> None:
    assert tied_station().refused(DrawLots("a1", seed=seed)) == refusal


def test_draw_lots_without_a_tie_or_before_the_reveal_is_refused() -> None:
    station = make_station(2)
    assert station.refused(DrawLots("a1", seed="4")) == Refusal("not_revealed")
    assert station.refused(DrawLots("a9", seed="4")) == Refusal("unknown_activity")
    station.vote("Samira", dots(o1=2, o2=1))
    station.close_and_reveal()
    assert station.refused(DrawLots("a1", seed="4")) == Refusal("no_tie")
